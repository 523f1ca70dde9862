from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from yuance_demo.economy import through
from yuance_demo.registry import CITY_REVENUE_2022, Anchor, anchors, parks

FLOWS = [
    "revenue",
    "manufacturing_revenue",
    "producer_service_revenue",
    "leading_industry_revenue",
    "industrial_output",
    "leading_industry_output",
    "emerging_output",
    "industrial_value_added",
    "fixed_investment",
    "industrial_investment",
    "outside_capital",
    "tax_revenue",
    "industrial_tax",
    "rd_spending",
    "energy_use",
    "carbon_emissions",
    "water_use",
    "solid_waste_generated",
    "solid_waste_used",
    "foreign_capital",
    "trade",
]


def never(wide: pl.DataFrame, broken: pl.Expr) -> bool:
    return wide.filter(broken).is_empty()


def test_tax_is_below_revenue(wide: pl.DataFrame) -> None:
    assert never(wide, pl.col("tax_revenue") >= pl.col("revenue"))


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("industrial_tax", "tax_revenue"),
        ("leading_industry_revenue", "revenue"),
        ("leading_industry_output", "industrial_output"),
        ("emerging_output", "industrial_output"),
        ("industrial_value_added", "industrial_output"),
        ("industrial_investment", "fixed_investment"),
        ("rd_spending", "revenue"),
        ("solid_waste_used", "solid_waste_generated"),
    ],
)
def test_a_part_never_exceeds_its_whole(wide: pl.DataFrame, part: str, whole: str) -> None:
    assert never(wide, pl.col(part) > pl.col(whole))


def test_manufacturing_and_producer_services_fit_into_revenue(wide: pl.DataFrame) -> None:
    both = pl.col("manufacturing_revenue").fill_null(0) + pl.col("producer_service_revenue")
    assert never(wide, both > pl.col("revenue"))


@pytest.mark.parametrize("flow", FLOWS)
def test_cumulated_quarters_never_fall_and_the_fourth_is_the_year(wide: pl.DataFrame, flow: str) -> None:
    quarters = wide.filter(pl.col("period").str.contains("Q")).with_columns(year=pl.col("period").str.head(4))
    steps = quarters.sort("unit", "period").with_columns(own=pl.col(flow).diff().over("unit", "year"))
    assert never(steps, pl.col("own") < 0)
    fourth = quarters.filter(pl.col("period").str.ends_with("Q4")).select("unit", "year", fourth=flow)
    year = wide.filter(~pl.col("period").str.contains("Q")).select("unit", year="period", whole=flow)
    assert never(fourth.join(year, on=["unit", "year"]), pl.col("fourth") != pl.col("whole"))


@pytest.mark.parametrize("flow", FLOWS)
def test_flows_are_whole_numbers_and_not_negative(wide: pl.DataFrame, flow: str) -> None:
    assert never(wide, (pl.col(flow) != pl.col(flow).round()) | (pl.col(flow) < 0))


def test_growth_continues_the_year_before(wide: pl.DataFrame) -> None:
    years = wide.filter(~pl.col("period").str.contains("Q")).sort("unit", "period")
    growth = years.with_columns(growth=pl.col("revenue") / pl.col("revenue").shift().over("unit") - 1)
    assert never(growth, pl.col("growth").abs() > 0.4)


def test_real_growth_of_value_added_is_near_the_nominal_one(wide: pl.DataFrame) -> None:
    earlier = wide.with_columns(
        period=(pl.col("period").str.head(4).cast(int) + 1).cast(str) + pl.col("period").str.slice(4)
    )
    both = wide.join(earlier, on=["unit", "period"], suffix="_before")
    nominal = 100 * (pl.col("industrial_value_added") / pl.col("industrial_value_added_before") - 1)
    assert never(both, (nominal - pl.col("industrial_value_added_growth")).abs() > 10)


def test_the_parks_of_2022_sum_to_the_public_total(wide: pl.DataFrame) -> None:
    assert wide.filter(pl.col("period") == "2022")["revenue"].sum() == CITY_REVENUE_2022


def test_public_figures_are_met_exactly(wide: pl.DataFrame) -> None:
    for anchor in anchors():
        name = anchor.variable + (":target" if anchor.kind == "target" else "")
        row = wide.filter((pl.col("unit") == anchor.unit) & (pl.col("period") == anchor.period))
        assert row[name].item() == anchor.value, anchor


def test_anning_reached_its_october_figure_between_the_third_and_the_fourth_quarter(wide: pl.DataFrame) -> None:
    anning = wide.filter(pl.col("unit") == "KM10")
    third, fourth = (anning.filter(pl.col("period") == p)["industrial_output"].item() for p in ("2022Q3", "2022Q4"))
    assert third < 10_342_200 < fourth


def test_a_path_takes_the_factor_of_the_nearest_known_year() -> None:
    known = Anchor("KM01", "2022Q4", "revenue", "actual", 200.0, "", "", "")
    paths = np.full((19, 3, 4), 100.0)
    scaled = through(parks(), [known], "revenue", paths)
    assert (scaled[0] == 200).all()
    assert (scaled[1:] == 100).all()


def test_targets_to_date_are_quarters_of_the_target_of_the_year(wide: pl.DataFrame) -> None:
    table = wide.with_columns(year=pl.col("period").str.head(4))
    year = table.filter(~pl.col("period").str.contains("Q")).select("unit", "year", whole="outside_capital:target")
    half = table.filter(pl.col("period").str.ends_with("Q2")).join(year, on=["unit", "year"])
    assert never(half, pl.col("outside_capital:target") * 2 != pl.col("whole"))
