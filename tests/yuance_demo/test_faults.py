from __future__ import annotations

import polars as pl

from yuance_demo.city import City, periods
from yuance_demo.faults import name_in


def value(city: City, unit: str, period: str, variable: str) -> list[float]:
    here = (pl.col("unit") == unit) & (pl.col("period") == period) & (pl.col("variable") == variable)
    return city.facts.filter(here & (pl.col("kind") == "actual"))["value"].to_list()


def test_there_are_five_peculiarities_in_five_parks(city: City) -> None:
    assert [one.id for one in city.peculiarities] == [
        "unit_slip",
        "missing_department",
        "veto",
        "no_industry",
        "renamed",
    ]
    assert len({one.unit for one in city.peculiarities}) == 5


def test_one_tax_figure_is_ten_thousand_times_too_small(city: City) -> None:
    (slipped,) = value(city, "KM12", "2023Q3", "tax_revenue")
    (before,) = value(city, "KM12", "2022Q3", "tax_revenue")
    assert 0.00005 < slipped / before < 0.0002


def test_one_department_left_its_variables_of_one_park_and_quarter_empty(city: City) -> None:
    gap = next(one for one in city.peculiarities if one.id == "missing_department")
    assert "carbon_emissions" in gap.variables
    for variable in gap.variables:
        assert value(city, "KM15", "2023Q2", variable) == []
        assert value(city, "KM15", "2023Q1", variable) != []
        assert value(city, "KM14", "2023Q2", variable) != []


def test_one_larger_accident_stands_from_the_third_quarter_on(city: City) -> None:
    stricken = city.facts.filter((pl.col("variable") == "larger_accidents") & (pl.col("value") > 0))
    assert stricken.select("unit", "period").rows() == [("KM10", "2023"), ("KM10", "2023Q3"), ("KM10", "2023Q4")]


def test_the_resort_reports_nothing_of_manufacturing_and_no_zeros_for_it(city: City) -> None:
    empty = next(one for one in city.peculiarities if one.id == "no_industry").variables
    assert {"industrial_output", "manufacturing_revenue", "industrial_land", "energy_use"} <= set(empty)
    assert city.facts.filter((pl.col("unit") == "KM05") & pl.col("variable").is_in(empty)).is_empty()


def test_one_park_goes_by_its_former_name_until_2022(city: City) -> None:
    park = next(park for park in city.parks if park.unit == "KM08")
    called = {period: name_in(park, period, city.peculiarities) for period in periods()}
    assert called["2022Q4"] == "昆明呈贡信息产业园区" == park.former_names
    assert called["2023Q1"] == park.name
