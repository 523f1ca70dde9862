"""`yuance score`: the contract's command line, results and exit statuses (method language, part 7)."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from yuance.cli.main import group


def score(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(
        group, ["score", str(folder / "facts.csv"), "--method", str(folder / "method.toml"), *options]
    )


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_the_folder_receives_the_four_files_with_the_contracts_columns(folder: Path) -> None:
    done = score(folder, "--out", str(folder / "out"))
    assert done.exit_code == 0, done.output
    heads = {
        name: (folder / "out" / name).read_text(encoding="utf-8").splitlines()[0]
        for name in ("scores.csv", "trace.csv", "findings.csv")
    }
    assert (
        heads["scores.csv"]
        == "period,unit,name,category,score,score_exact,rank,rank_in_category,grade,status,note,per_mu"
    )
    assert heads["trace.csv"] == "period,unit,node,kind,value,treated,score,weight,points,note"
    assert heads["findings.csv"] == "period,unit,place,severity,message"
    run = json.loads((folder / "out" / "run.json").read_text(encoding="utf-8"))
    assert run["method"]["id"] == "three"
    assert len(run["method"]["digest"]) == 64
    assert len(run["facts"]["digest"]) == 64
    assert run["periods"] == ["2023"]
    assert run["counts"]["ranked"] == 3


def test_scores_come_in_the_order_of_rank(folder: Path) -> None:
    score(folder, "--out", str(folder / "out"))
    table = rows(folder / "out" / "scores.csv")
    assert [(row["unit"], float(row["score"]), int(row["rank"])) for row in table] == [
        ("P1", 100, 1),
        ("P3", 80, 2),
        ("P2", 60, 3),
    ]


def test_json_says_the_same_as_the_files(folder: Path) -> None:
    score(folder, "--out", str(folder / "out"))
    printed = json.loads(score(folder, "--json").stdout)
    assert set(printed) == {"scores", "trace", "findings", "run"}
    assert [row["unit"] for row in printed["scores"]] == [row["unit"] for row in rows(folder / "out" / "scores.csv")]
    assert printed["run"] == json.loads((folder / "out" / "run.json").read_text(encoding="utf-8"))


def test_without_a_folder_a_readable_ranking_is_printed(folder: Path) -> None:
    done = score(folder)
    assert done.exit_code == 0
    assert done.stdout.index("甲园区") < done.stdout.index("丙园区") < done.stdout.index("乙园区")


def test_a_gap_that_the_method_refuses_ends_in_status_1_with_results_written(folder: Path) -> None:
    (folder / "facts.csv").write_text(
        "unit,period,tax_revenue,land_in_use\nP1,2023,3000,100\nP2,2023,—,100\n", encoding="utf-8"
    )
    done = score(folder, "--out", str(folder / "out"))
    assert done.exit_code == 1
    states = {row["unit"]: (row["status"], row["rank"]) for row in rows(folder / "out" / "scores.csv")}
    assert states == {"P1": ("ranked", "1"), "P2": ("not-ranked", "")}
    assert "税收收入" in (folder / "out" / "findings.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--period", "2024"], "2024"),
        (["--period", "last year"], "last year"),
        (["--period", "2023Q1"], "quarter"),
        (["--units", "absent.csv"], "absent.csv"),
    ],
)
def test_what_cannot_be_done_ends_in_status_2_and_says_why(folder: Path, options: list[str], words: str) -> None:
    done = score(folder, *options, "--out", str(folder / "out"))
    assert done.exit_code == 2
    assert words in done.stderr
    assert not (folder / "out").exists()


def test_all_faults_of_a_method_are_said_at_once(folder: Path) -> None:
    method = folder / "method.toml"
    text = method.read_text(encoding="utf-8").replace(
        'value = "tax_revenue / land_in_use"', 'value = "tax_revenu / land"\nweigth = 3'
    )
    method.write_text(text, encoding="utf-8")
    done = score(folder)
    assert done.exit_code == 2
    for word in ("tax_revenu", "weigth", "method.toml:"):
        assert word in done.stderr


def test_a_table_without_periods_takes_the_period_that_is_named(folder: Path) -> None:
    (folder / "facts.csv").write_text("unit,tax_revenue,land_in_use\nP1,3000,100\nP2,1000,100\n", encoding="utf-8")
    assert score(folder).exit_code == 2
    done = score(folder, "--period", "2022", "--out", str(folder / "out"))
    assert done.exit_code == 0
    assert {row["period"] for row in rows(folder / "out" / "scores.csv")} == {"2022"}


def test_an_undeclared_attribute_may_be_used_where_the_units_have_it(folder: Path) -> None:
    method = folder / "method.toml"
    text = method.read_text(encoding="utf-8").replace(
        '"tax_revenue / land_in_use"', '"tax_revenue / land_in_use * factor"'
    )
    method.write_text(text, encoding="utf-8")
    assert score(folder).exit_code == 2
    (folder / "units.csv").write_text("unit,name,factor\nP1,甲园区,1\nP2,乙园区,3\nP3,丙园区,1\n", encoding="utf-8")
    done = score(folder, "--units", str(folder / "units.csv"), "--out", str(folder / "out"))
    assert done.exit_code == 0, done.stderr
    ranks = {row["unit"]: row["rank"] for row in rows(folder / "out" / "scores.csv")}
    assert ranks == {"P1": "1", "P2": "1", "P3": "3"}


def test_the_same_facts_give_the_same_bytes_under_another_zone_locale_and_order_of_rows(folder: Path) -> None:
    lines = (folder / "facts.csv").read_text(encoding="utf-8").splitlines()
    other = folder / "other"
    other.mkdir()
    (other / "facts.csv").write_text("\n".join([lines[0], *reversed(lines[1:])]) + "\n", encoding="utf-8")
    source = str(Path(__file__).resolve().parents[3] / "src")
    for place, settings in (
        (folder, {"TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"}),
        (other, {"TZ": "America/Lima", "LC_ALL": "C"}),
    ):
        command = [sys.executable, "-m", "yuance", "score", "facts.csv", "-m", str(folder / "method.toml"), "-o", "out"]
        subprocess.run(
            command, cwd=place, env={**os.environ, **settings, "PYTHONPATH": source}, check=True, capture_output=True
        )
    for name in ("scores.csv", "trace.csv", "findings.csv", "run.json"):
        assert (folder / "out" / name).read_bytes() == (other / "out" / name).read_bytes()
