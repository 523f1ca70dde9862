from __future__ import annotations

import numpy as np
import polars as pl

from yuance_demo.city import City, generate, method_variables, periods
from yuance_demo.registry import INVENTED, PUBLIC, WORKED_OUT


def test_the_same_seed_gives_the_same_city() -> None:
    one, other = (generate(np.random.default_rng(7)) for _ in range(2))
    assert one.facts.equals(other.facts)
    assert one.enterprises.equals(other.enterprises)
    assert one.provenance.equals(other.provenance)


def test_another_seed_gives_another_city(city: City) -> None:
    assert not generate(np.random.default_rng(7)).facts.equals(city.facts)


def test_every_variable_of_both_methods_is_generated_for_every_period(city: City) -> None:
    wanted = {(variable.id, period) for variable in method_variables() for period in periods()}
    assert set(city.facts.filter(pl.col("kind") == "actual").select("variable", "period").iter_rows()) == wanted


def test_fifteen_periods_are_told_from_2021_on() -> None:
    assert len(periods()) == 15
    assert periods()[:5] == ["2021Q1", "2021Q2", "2021Q3", "2021Q4", "2021"]


def test_every_fact_says_where_it_comes_from(city: City) -> None:
    keys = ["unit", "period", "variable", "kind"]
    assert city.facts.join(city.provenance, on=keys, how="anti").is_empty()
    assert set(city.provenance["mark"]) == {PUBLIC, WORKED_OUT, INVENTED}
    known = city.provenance.filter(pl.col("mark") != INVENTED)
    assert (known["note"].str.len_chars() > 0).all()
    assert not known["source"].str.contains("yuance_demo").any()


def test_few_facts_are_public_and_all_others_are_marked_as_invented(city: City) -> None:
    invented = city.provenance.filter(pl.col("mark") == INVENTED).height
    assert invented > 0.99 * city.provenance.height


def test_values_lie_within_the_plausible_range_of_their_variable(city: City) -> None:
    for variable in city.variables:
        if variable.range is not None:
            low, high = variable.range
            values = city.facts.filter(pl.col("variable") == variable.id)["value"]
            assert values.is_between(-np.inf if low is None else low, np.inf if high is None else high).all(), (
                variable.id
            )


def test_units_carry_the_names_by_which_a_park_may_be_called(city: City) -> None:
    row = city.units.row(by_predicate=pl.col("unit") == "KM08", named=True)
    assert row["former_names"] == "昆明呈贡信息产业园区"
    assert row["short_name"] == "数字经济开发区"
    assert row["category"] == "C"
