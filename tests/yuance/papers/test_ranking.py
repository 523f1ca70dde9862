"""The contents of a ranking: groups, places, movements, notes."""

from __future__ import annotations

import pytest

from tests.yuance.loop.evaluation.building import facts, one
from tests.yuance.loop.evaluation.explained import METHOD, small_city
from yuance.loop.evaluation import evaluate
from yuance.papers.ranking import Movement, Ranking, rankings


@pytest.fixture(scope="module")
def years() -> tuple[Ranking, ...]:
    return rankings(small_city())


def test_there_is_a_ranking_for_every_period_in_order_of_time(years: tuple[Ranking, ...]) -> None:
    assert [ranking.period for ranking in years] == ["2022", "2023"]


def test_the_units_stand_by_category_and_place(years: tuple[Ranking, ...]) -> None:
    groups = years[1].groups
    assert [(group.category, [line.unit for line in group.lines]) for group in groups] == [
        ("A", ["u1", "u2", "u3"]),
        ("B", ["u4"]),
    ]
    assert [line.place for line in groups[0].lines] == [1, 2, 3]


def test_movement_is_against_the_period_before(years: tuple[Ranking, ...]) -> None:
    assert years[1].before == "2022"
    assert {line.unit: line.movement for line in years[1].groups[0].lines} == {
        "u1": Movement("up", 2, 3), "u2": Movement("down", 1, 1), "u3": Movement("down", 1, 2),
    }  # fmt: skip


def test_the_first_period_has_no_movement(years: tuple[Ranking, ...]) -> None:
    assert years[0].before == ""
    assert {line.movement.move for line in years[0].lines} == {""}


def test_a_unit_without_an_earlier_place_is_new() -> None:
    method = one({"by": "given"})
    rows = [
        {"unit": "u1", "period": "2022", "x": 1},
        {"unit": "u1", "period": "2023", "x": 1},
        {"unit": "u2", "period": "2023", "x": 1},
    ]
    lines = rankings(evaluate(facts(rows, method), method))[1].lines
    assert [(line.unit, line.movement.move) for line in lines] == [("u1", "same"), ("u2", "new")]


def test_who_is_not_ranked_stands_last_with_the_reason() -> None:
    group = rankings(small_city(METHOD.replace('missing = "drop"', 'missing = "refuse"')))[1].groups[0]
    assert (group.lines[-1].unit, group.lines[-1].place, group.lines[-1].movement) == ("u3", None, Movement(""))
    assert "研发强度" in group.lines[-1].note


def test_a_method_without_categories_has_one_group() -> None:
    method = one({"by": "given"})
    (ranking,) = rankings(evaluate(facts([{"x": 1}, {"x": 2}], method), method))
    assert [(group.words, len(group.lines)) for group in ranking.groups] == [("", 2)]


def test_a_unit_without_a_category_is_not_forgotten() -> None:
    text = METHOD.replace('id = "B"\n', 'id = "C"\n').replace("B = 0", "C = 0")
    groups = rankings(small_city(text))[1].groups
    assert [(group.words, [line.unit for line in group.lines]) for group in groups][-1] == ("没有类别", ["u4"])


def test_the_scale_holds_every_score(years: tuple[Ranking, ...]) -> None:
    assert years[0].scale == (0.0, 100.0)
    method = one({"by": "given"})
    assert rankings(evaluate(facts([{"x": 0.4}], method), method))[0].scale == (0.0, 1.0)
    assert rankings(evaluate(facts([{"x": -3}, {"x": 5}], method), method))[0].scale == (-3.0, 5.0)


def test_findings_of_a_period_stand_apart_from_general_ones(years: tuple[Ranking, ...]) -> None:
    assert {finding.period for finding in years[1].findings} == {"2023"}
    assert {finding.period for finding in years[1].general} <= {""}
