"""The Human Development Index: every published value and rank of 2021, 2022 and the series 1990–2021."""

from __future__ import annotations

import polars as pl
import pytest

from tests.methods.known_answers import KNOWN, answers, scored

HDI = "undp-hdi@2022"


@pytest.mark.parametrize(("year", "countries"), [("2021", 191), ("2022", 193)])
def test_the_published_values_and_ranks_of_a_year(year: str, countries: int) -> None:
    ours = scored(HDI, KNOWN / "undp" / f"{year}.csv").scores
    both = answers(KNOWN / "undp" / f"{year}.published.csv").join(ours, on=["unit", "period"])
    published = both.filter(pl.col("hdi").is_not_null())
    assert published.height == countries
    assert published.filter(pl.col("hdi") != pl.col("score")).select("unit", "hdi", "score").rows() == []
    assert published.filter(pl.col("hdi_rank") != pl.col("rank")).select("unit", "hdi_rank", "rank").rows() == []


@pytest.mark.parametrize("year", ["2021", "2022"])
def test_a_country_without_all_four_inputs_has_no_rank(year: str) -> None:
    ours = scored(HDI, KNOWN / "undp" / f"{year}.csv").scores
    unpublished = answers(KNOWN / "undp" / f"{year}.published.csv").filter(pl.col("hdi").is_null())
    left = ours.filter(pl.col("unit").is_in(unpublished["unit"].implode()))
    assert set(left["status"]) == {"not-ranked"}
    assert left["rank"].null_count() == left.height


def test_the_series_from_1990_to_2021() -> None:
    ours = scored(HDI, KNOWN / "undp" / "panel.csv").scores
    both = answers(KNOWN / "undp" / "panel.published.csv").join(ours, on=["unit", "period"])
    assert both.height == 5571
    assert both["period"].n_unique() == 32
    assert both.filter(pl.col("hdi") != pl.col("score")).select("unit", "period", "hdi", "score").rows() == []


def test_education_is_the_mean_of_its_two_indices() -> None:
    ours = scored(HDI, KNOWN / "undp" / "2022.csv")
    wide = ours.trace.filter(pl.col("unit") == "NOR").select("node", "score").rows()
    node = dict(wide)
    assert node["expected_schooling"] == 1.0
    assert node["education"] == pytest.approx((node["expected_schooling"] + node["mean_schooling"]) / 2, abs=1e-12)


def test_only_what_a_country_lacks_is_an_error() -> None:
    ours = scored(HDI, KNOWN / "undp" / "2022.csv")
    errors = ours.findings.filter(pl.col("severity") == "error")
    assert set(errors["unit"]) == {"MCO", "PRK"}
