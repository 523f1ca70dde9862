"""Viet Nam's provincial index: fourteen years whose questions change, with gaps, blank rows and two odd values."""

from __future__ import annotations

from functools import cache

import polars as pl
import pytest

from tests.methods.known_answers import KNOWN, answers, scored
from yuance.loop.evaluation import Evaluation

TABLE = KNOWN / "papi" / "papi.csv"
YEARS = [str(year) for year in range(2011, 2025)]
PARTS = {
    "C01": ["SC11", "SC12", "SC13", "SC14"],
    "C02": ["SC21", "SC22", "SC23", "SC24"],
    "C03": ["SC31", "SC32", "SC33"],
    "C04": ["SC41", "SC42", "SC43", "SC44"],
    "C05": ["SC51", "SC52", "SC53", "SC54"],
    "C06": ["SC61", "SC62", "SC63", "SC64"],
    "C07": ["SC71", "SC72", "SC73"],
    "C08": ["SC81", "SC82", "SC83"],
}
# Rows without a single answer, and provinces that lack whole dimensions which others have.
BLANK = {("2014", "P15"), ("2014", "P56"), ("2021", "P14"), ("2021", "P15"), ("2021", "P18")} | {
    ("2023", "P14"), ("2023", "P47"), ("2024", "P17"), ("2024", "P52"),
}  # fmt: skip
PARTIAL = {("2018", "P14"), ("2018", "P56"), ("2022", "P15"), ("2022", "P18")}


@cache
def evaluation() -> Evaluation:
    return scored("vietnam-papi@2024", TABLE)


@cache
def sums() -> pl.DataFrame:
    """Dimensions as plain sums of what was answered, the total as their mean: the answer by another way."""
    frame = answers(TABLE).with_columns(pl.col("^SC.*$").cast(pl.Float64, strict=False))
    dimensions = [
        pl.when(pl.any_horizontal(pl.col(parts).is_not_null())).then(pl.sum_horizontal(parts)).alias(dimension)
        for dimension, parts in PARTS.items()
    ]
    return frame.select("period", "unit", *dimensions).with_columns(total=pl.mean_horizontal(*PARTS))


def both() -> pl.DataFrame:
    return sums().join(evaluation().scores, on=["period", "unit"], suffix="_ours")


def test_fourteen_years_and_sixty_three_provinces_are_scored() -> None:
    scores = evaluation().scores
    assert sorted(scores["period"].unique()) == YEARS
    assert scores.group_by("period").len()["len"].to_list() == [63] * 14


@pytest.mark.parametrize("dimension", PARTS)
def test_a_dimension_is_the_sum_of_what_was_asked(dimension: str) -> None:
    table = both()
    assert table.filter(pl.col(dimension).is_null() != pl.col(f"{dimension}_ours").is_null()).height == 0
    assert (table[dimension] - table[f"{dimension}_ours"]).abs().max() < 1e-9  # type: ignore[operator]


def test_the_total_is_the_mean_of_the_dimensions_on_their_scale_of_one_to_ten() -> None:
    table = both().filter(pl.col("total").is_not_null())
    assert (table["total"] - table["score_exact"]).abs().max() < 1e-9  # type: ignore[operator]
    assert table["score"].is_between(1, 10).all()


def test_the_sets_of_questions_change_by_year() -> None:
    scored_in = {
        year: [d for d in PARTS if evaluation().scores.filter(pl.col("period") == year)[d].is_not_null().any()]
        for year in YEARS
    }
    assert all(len(scored_in[year]) == 6 for year in YEARS[:7])
    assert all(len(scored_in[year]) == 8 for year in YEARS[7:])


def test_a_province_that_lacks_what_others_have_is_listed_and_not_ranked() -> None:
    left = evaluation().scores.filter(pl.col("status") != "ranked")
    assert set(left.select("period", "unit").rows()) == BLANK | PARTIAL
    assert left["rank"].null_count() == left.height
    failed = evaluation().findings.filter(pl.col("severity") == "error", pl.col("place").str.ends_with("_answered"))
    assert set(failed.select("period", "unit").rows()) == BLANK | PARTIAL


def test_the_findings_name_the_dimensions_that_a_province_lacks() -> None:
    failed = evaluation().findings.filter(pl.col("severity") == "error", pl.col("place").str.ends_with("_answered"))
    lacking = {key: sorted(rows["place"]) for key, rows in failed.group_by(["period", "unit"])}
    assert lacking["2018", "P14"] == ["C02_answered", "C04_answered"]
    assert lacking["2022", "P15"] == ["C01_answered", "C02_answered", "C04_answered", "C05_answered"]
    assert lacking["2022", "P18"] == ["C02_answered", "C03_answered", "C04_answered", "C08_answered"]
    assert len(lacking["2024", "P17"]) == 8


def test_two_values_are_out_of_range_and_named_with_their_cell() -> None:
    odd = evaluation().findings.filter(pl.col("severity") == "explain").sort("unit")
    assert odd.select("period", "unit", "place").rows() == [("2018", "P32", "SC82"), ("2018", "P50", "SC82")]
    for message, value in zip(odd["message"], ["3.47", "3.36"], strict=True):
        assert value in message
        assert "papi.csv" in message


def test_ranks_follow_the_exact_totals_of_the_ranked() -> None:
    ranked = both().filter(pl.col("status") == "ranked")
    places = ranked.with_columns(place=pl.col("total").round(9).rank("min", descending=True).over("period"))
    assert places.filter(pl.col("place") != pl.col("rank")).height == 0
