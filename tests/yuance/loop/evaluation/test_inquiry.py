"""A unit is found by its code or by any of its names; what is not found brings near names."""

from __future__ import annotations

import pytest

from tests.yuance.loop.evaluation.explained import FACTS, small_city
from yuance.errors import YuanceError
from yuance.loop.evaluation import Evaluation
from yuance.loop.evaluation.inquiry import asked


@pytest.fixture(scope="module")
def city() -> Evaluation:
    head, *rows = FACTS.strip().splitlines()
    named = [head + ",short_name,former_names", *(f"{row},简{row[1]},旧{row[1]}；老{row[1]}" for row in rows)]
    return small_city(facts="\n".join(named) + "\n")


@pytest.mark.parametrize("name", ["u1", "甲园", "简1", "旧1", "老1"])
def test_a_unit_is_found_by_each_of_its_names(city: Evaluation, name: str) -> None:
    subject, focus = asked(city, name, None, None)
    assert (subject.unit, subject.period, focus) == ("u1", "2023", "total")


def test_a_node_is_found_by_its_name(city: Evaluation) -> None:
    assert asked(city, "u1", None, "亩均税收")[1] == "tax_per_mu"


def test_an_unknown_unit_brings_near_ones(city: Evaluation) -> None:
    with pytest.raises(YuanceError) as error:
        asked(city, "甲", None, None)
    assert "甲园（u1）" in error.value.faults[0].text()


def test_an_unknown_period_brings_those_that_were_evaluated(city: Evaluation) -> None:
    with pytest.raises(YuanceError) as error:
        asked(city, "u1", "2023Q1", None)
    assert "2022、2023" in error.value.faults[0].text()


def test_a_period_in_which_the_unit_has_no_facts_is_said() -> None:
    facts = "\n".join(line for line in FACTS.splitlines() if not line.startswith("u1,甲园,A,2022"))
    with pytest.raises(YuanceError) as error:
        asked(small_city(facts=facts + "\n"), "u1", "2022", None)
    assert [fault.code for fault in error.value.faults] == ["E404"]


def test_an_unknown_node_brings_all_where_none_is_near(city: Evaluation) -> None:
    with pytest.raises(YuanceError) as error:
        asked(city, "u1", None, "???")
    assert "total" in error.value.faults[0].text()
