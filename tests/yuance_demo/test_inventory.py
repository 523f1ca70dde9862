from __future__ import annotations

import polars as pl
import pytest

COUNTS = [
    "employees",
    "industrial_employees",
    "new_above_size_enterprises",
    "signed_projects",
    "started_projects",
    "major_projects",
    "rd_platforms",
    "high_tech_enterprises",
    "tech_smes",
    "specialised_smes",
    "invention_patents",
    "reports_due",
    "reports_on_time",
    "tasks_due",
    "tasks_done",
    "powers_delegated",
    "powers_exercised",
    "general_accidents",
    "larger_accidents",
    "hazards_found",
    "hazards_fixed",
    "provincial_honours",
    "monthly_talks",
    "quarterly_talks",
]


def test_land_in_use_is_within_supplied_within_ready_within_planned(wide: pl.DataFrame) -> None:
    in_order = (
        (pl.col("land_in_use") < pl.col("land_supplied"))
        & (pl.col("land_supplied") <= pl.col("land_developed"))
        & (pl.col("land_developed") <= pl.col("land_planned"))
    )
    assert wide.select(in_order.all()).item()


def test_idle_land_is_supplied_but_not_in_use(wide: pl.DataFrame) -> None:
    assert wide.select((pl.col("idle_land") + pl.col("land_in_use") <= pl.col("land_supplied")).all()).item()


def test_land_in_use_never_shrinks(wide: pl.DataFrame) -> None:
    quarters = wide.filter(pl.col("period").str.contains("Q")).sort("unit", "period")
    steps = quarters.select(pl.col("land_in_use").diff().over("unit"))
    assert steps.filter(pl.col("land_in_use") < 0).is_empty()


@pytest.mark.parametrize("count", COUNTS)
def test_counts_are_whole_and_not_negative(wide: pl.DataFrame, count: str) -> None:
    assert wide.filter((pl.col(count) != pl.col(count).round()) | (pl.col(count) < 0)).is_empty()


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("industrial_land", "land_in_use"),
        ("industrial_employees", "employees"),
        ("started_projects", "signed_projects"),
        ("major_projects", "started_projects"),
        ("reports_on_time", "reports_due"),
        ("tasks_done", "tasks_due"),
        ("bond_paid", "bond_allocated"),
        ("powers_exercised", "powers_delegated"),
        ("hazards_fixed", "hazards_found"),
    ],
)
def test_a_part_never_exceeds_its_whole(wide: pl.DataFrame, part: str, whole: str) -> None:
    assert wide.filter(pl.col(part) > pl.col(whole)).is_empty()


@pytest.mark.parametrize(
    "count", ["signed_projects", "started_projects", "general_accidents", "hazards_found", "tasks_due"]
)
def test_what_is_counted_within_the_year_never_falls_within_it(wide: pl.DataFrame, count: str) -> None:
    quarters = wide.filter(pl.col("period").str.contains("Q")).with_columns(year=pl.col("period").str.head(4))
    steps = quarters.sort("unit", "period").select(pl.col(count).diff().over("unit", "year"))
    assert steps.filter(pl.col(count) < 0).is_empty()


def test_yanglin_has_no_special_bond_as_the_letter_says(wide: pl.DataFrame) -> None:
    assert wide.filter(pl.col("unit") == "KM03")["bond_allocated"].null_count() == wide["period"].n_unique()


def test_no_honour_is_invented_for_a_park(wide: pl.DataFrame) -> None:
    honoured = wide.filter((pl.col("national_honours") > 0) | (pl.col("provincial_honours") > 0))
    assert honoured.select("unit", "period").rows() == [("KM01", "2022"), ("KM01", "2022Q4")]


def test_satisfaction_and_rates_stay_within_their_scale(wide: pl.DataFrame) -> None:
    assert wide["enterprise_satisfaction"].is_between(0, 100).all()
    assert wide["approval_days"].is_between(1, 250).all()
