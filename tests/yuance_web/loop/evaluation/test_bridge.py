"""What the platform computes is what the command computes outside."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.yuance_web.loop.evaluation.stage import Stage
from yuance.cli.main import group
from yuance_web.loop.evaluation import bridge, snapshots
from yuance_web.records.facts.models import CellState

pytestmark = pytest.mark.django_db


def test_an_exported_snapshot_gives_the_same_digests_and_scores_by_the_command(stage: Stage, tmp_path: Path) -> None:
    run = stage.frozen()
    content = bridge.package(run.facts, stage.release, {"facts.digest": run.facts_digest})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(tmp_path)
    arguments = [
        "score",
        "facts.csv",
        "--units",
        "units.csv",
        "--method",
        "method",
        "--period",
        "2023Q4",
        "--out",
        "results",
    ]
    paths = [str(tmp_path / one) if (tmp_path / one).exists() or one == "results" else one for one in arguments]
    result = CliRunner().invoke(group, paths)
    assert result.exit_code in {0, 1}, result.output
    told = json.loads((tmp_path / "results" / "run.json").read_text(encoding="utf-8"))
    assert told["facts"]["digest"] == run.facts_digest
    assert told["method"]["digest"] == run.method_digest == stage.release.digest
    lines = (tmp_path / "results" / "scores.csv").read_text(encoding="utf-8").splitlines()
    outside = {line.split(",")[1]: float(line.split(",")[4]) for line in lines[1:]}
    assert outside == {row["unit"]: row["score"] for row in run.scores}


def test_the_package_is_the_same_bytes_each_time(stage: Stage) -> None:
    snapshot = snapshots.take(stage.round, frozen=True)
    assert bridge.package(snapshot, stage.release, {}) == bridge.package(snapshot, stage.release, {})


def test_yes_no_text_and_targets_come_through_a_snapshot_as_through_files(stage: Stage) -> None:
    snapshot = {
        "period": "2023Q4", "unit_columns": ["unit", "name", "category"], "units": [["KM01", "一", "A"], ["KM02", "二", "A"]],
        "columns": ["revenue", "revenue:target", "tax_revenue", "land"],
        "rows": [["KM01", "2023Q4", 0.1 + 0.2, 1e-9, 12345678901.25, 3.0], ["KM02", "2023Q4", None, 7.0, 2.0, 1.0]],
    }  # fmt: skip
    text = bridge.facts_csv(snapshot)
    assert "KM01,2023Q4,revenue,actual,0.30000000000000004" in text
    assert "KM01,2023Q4,revenue,target,1e-09" in text
    assert "KM02,2023Q4,revenue,actual" not in text


def test_a_preview_takes_what_is_merely_reported_and_a_frozen_run_does_not(stage: Stage) -> None:
    cell = stage.cell("KM01", "tax_revenue")
    cell.reported, cell.verified, cell.adopted, cell.state = 77.0, None, None, CellState.REPORTED
    cell.save()
    at = snapshots.take(stage.round, frozen=False)["columns"].index("tax_revenue") + 2

    def value(*, frozen: bool) -> float | None:
        rows = snapshots.take(stage.round, frozen=frozen)["rows"]
        return next(row[at] for row in rows if row[:2] == ["KM01", "2023Q4"])

    assert value(frozen=False) == 77.0
    assert value(frozen=True) is None


def test_a_value_corrected_to_nothing_stays_nothing(stage: Stage) -> None:
    cell = stage.cell("KM01", "tax_revenue")
    cell.verified, cell.adopted, cell.state = None, None, CellState.CORRECTED
    cell.save()
    snapshot = snapshots.take(stage.round, frozen=False)
    at = snapshot["columns"].index("tax_revenue") + 2
    assert next(row[at] for row in snapshot["rows"] if row[:2] == ["KM01", "2023Q4"]) is None


def test_earlier_settled_rounds_are_history_and_later_ones_are_not(stage: Stage) -> None:
    assert {row[1] for row in snapshots.take(stage.round, frozen=True)["rows"]} == {"2022Q4", "2023Q4"}
    assert {row[1] for row in snapshots.take(stage.before, frozen=True)["rows"]} == {"2022Q4"}


def test_a_what_if_is_nobodys_release(stage: Stage) -> None:
    snapshot = snapshots.take(stage.round, frozen=True)
    plain = bridge.compute(snapshot, stage.release)
    supposed = bridge.compute(snapshot, stage.release, {"without": ["tax_per_mu"]})
    assert plain.facts_digest == supposed.facts_digest
    assert plain.method_digest != supposed.method_digest
    assert {row["unit"]: row["score"] for row in supposed.scores}["KM01"] == 100.0


def test_what_cannot_be_scored_is_told_in_words(stage: Stage) -> None:
    snapshot = {**snapshots.take(stage.round, frozen=True), "period": "2023"}
    with pytest.raises(bridge.Unscorable, match="2023"):
        bridge.compute(snapshot, stage.release)


def test_periods_stand_in_order_of_their_ends() -> None:
    periods = ["2023", "2023Q4", "2023Q1", "2022", "2023H1", "2023M12"]
    assert sorted(periods, key=bridge.period_order) == ["2022", "2023Q1", "2023H1", "2023M12", "2023Q4", "2023"]
