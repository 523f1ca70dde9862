from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from yuance.loop.evaluation import Evaluation
from yuance_demo.__main__ import main, told


def findings(evaluation: Evaluation, unit: str, period: str) -> pl.DataFrame:
    return evaluation.findings.filter((pl.col("unit") == unit) & (pl.col("period") == period))


def status(evaluation: Evaluation, unit: str, period: str) -> dict[str, object]:
    row = evaluation.scores.row(by_predicate=(pl.col("unit") == unit) & (pl.col("period") == period), named=True)
    return {name: row[name] for name in ("status", "rank", "grade")}


def test_the_unit_slip_is_named_with_the_likely_unit_and_its_cell(kunming: Evaluation) -> None:
    messages = findings(kunming, "KM12", "2023Q3")["message"].to_list()
    assert any("亿元" in message and "2023年三季度" in message for message in messages)
    assert status(kunming, "KM12", "2023Q3") == {"status": "not-ranked", "rank": None, "grade": None}
    assert status(kunming, "KM12", "2023Q4")["status"] == "ranked"


def test_the_missing_department_keeps_its_park_out_of_the_ranking_of_that_quarter(kunming: Evaluation) -> None:
    missing = findings(kunming, "KM15", "2023Q2").filter(pl.col("severity") == "error")
    assert set(missing["place"]) == {"carbon_growth", "solid_waste_utilisation"}
    assert status(kunming, "KM15", "2023Q2")["rank"] is None
    assert status(kunming, "KM15", "2023Q3")["rank"] is not None


def test_the_veto_costs_the_grade_and_not_the_rank(kunming: Evaluation) -> None:
    assert status(kunming, "KM10", "2023Q2")["grade"] == "优秀"
    stricken = status(kunming, "KM10", "2023Q3")
    assert stricken["grade"] == "合格"
    assert stricken["rank"] is not None


def test_the_park_without_industry_is_ranked(kunming: Evaluation) -> None:
    assert all(status(kunming, "KM05", period)["status"] == "ranked" for period in ("2023Q1", "2023Q2", "2023"))


def test_the_renamed_park_has_growth_over_the_year_of_its_former_name(kunming: Evaluation) -> None:
    growth = kunming.trace.filter((pl.col("unit") == "KM08") & (pl.col("node") == "revenue_growth"))
    assert growth["value"].null_count() == 0
    assert kunming.findings["message"].str.contains("昆明呈贡信息产业园区").any()


def test_the_workbook_and_the_tidy_table_hold_the_same_facts(kunming: Evaluation, tidy: Evaluation) -> None:
    assert kunming.facts.digest == tidy.facts.digest
    assert kunming.scores.equals(tidy.scores)


def test_points_add_up_to_the_total(kunming: Evaluation) -> None:
    parts = kunming.trace.filter(pl.col("kind").is_in(["indicator", "adjustment"]))
    sums = parts.group_by("period", "unit").agg(total=pl.col("points").sum())
    both = sums.join(kunming.scores, on=["period", "unit"]).filter(pl.col("score_exact").is_not_null())
    assert both.filter((pl.col("total") - pl.col("score_exact")).abs() > 1e-9).is_empty()


def test_what_is_printed_says_that_it_is_invented_and_reconstructed(kunming: Evaluation) -> None:
    text = "\n".join(told(kunming))
    assert "演示数据（虚构）" in text
    assert "重建稿，非官方文本" in text


def test_the_whole_demonstration_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(tmp_path) == 0
    said = capsys.readouterr().out
    assert "A 类" in said
    assert "paihaotou-quarter@2023" in said
    for folder in ("kunming-parks-2023-trial", "paihaotou-quarter-2023"):
        left = {path.name for path in (tmp_path / folder).iterdir()}
        assert {"scores.csv", "trace.csv", "findings.csv", "run.json"} <= left
    page = tmp_path / "pages" / "index.html"
    assert page.resolve().as_uri() in said
    text = page.read_text(encoding="utf-8")
    assert "演示数据（虚构）" in text
    assert "非官方文本" in text
    explained = (tmp_path / "pages" / "explain").glob("*.html")
    assert all("演示数据（虚构）" in one.read_text(encoding="utf-8") for one in explained)
