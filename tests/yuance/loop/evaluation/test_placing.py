"""Rank and grade say how they came about: among how many, tied with whom, by which quota, limited by which veto."""

from __future__ import annotations

from typing import Literal

import pytest

from tests.yuance.loop.evaluation.building import facts, one
from tests.yuance.loop.evaluation.explained import METHOD, small_city
from yuance.loop.evaluation import evaluate
from yuance.loop.evaluation.placing import Placing, placing, quota
from yuance.loop.evaluation.subject import Subject
from yuance.method.schema import Grade, Grading


def placed(unit: str, text: str = METHOD) -> Placing:
    return placing(Subject(small_city(text), unit, "2023"))


def test_a_rank_says_among_how_many() -> None:
    place = placed("u1")
    assert (place.rank, place.ranked, place.rank_in_category, place.ranked_in_category) == (1, 4, 1, 3)


def test_a_grade_by_share_shows_the_quota() -> None:
    graded = placed("u1").graded
    assert (
        graded[0]
        == "同类参加排名 3 个：优秀至第 2 名（累计 50%，1.5 四舍五入），合格至第 3 名（累计 100%）；第 1 名为“优秀”"
    )
    assert graded[-1] == "等次：优秀"


def test_a_veto_that_limits_the_grade_is_a_step() -> None:
    assert placed("u2").graded[1:] == ("“较大事故”触发：等次不高于“合格”", "等次：合格")


def test_a_grade_by_score_shows_the_bound() -> None:
    text = METHOD.replace("top = 0.5", "at_least = 85").replace("top = 1\n", "at_least = 0\n")
    assert placed("u1", text).graded[0] == "公布分 88.33 ≥ 85，为“优秀”"


def test_those_with_the_same_rank_are_named() -> None:
    method = one({"by": "given"})
    evaluation = evaluate(facts([{"x": 5}, {"x": 5}, {"x": 1}], method), method)
    assert placing(Subject(evaluation, "u1", "2023")).tied == ("u2",)


def test_a_unit_that_is_not_ranked_has_no_place_and_no_grade() -> None:
    place = placed("u3", METHOD.replace('missing = "drop"', 'missing = "refuse"'))
    assert (place.rank, place.rank_in_category, place.grade, place.graded) == (None, None, None, ())
    assert "研发强度" in place.note


def test_the_rule_of_ranking_is_told() -> None:
    text = METHOD.replace(
        'missing = "drop"', 'missing = "drop"\nranks = { on = "exact", ties = "broken", order = ["per_mu", "-land"] }'
    )
    rule = placed("u1", text).rule
    assert rule == "按精确分由高到低排名，同分再比；同分依次比较：亩均效益高者在前、已供用地低者在前"


@pytest.mark.parametrize(("mode", "places"), [("round", 2), ("floor", 2), ("ceil", 3)])
def test_a_share_becomes_places(mode: Literal["round", "floor", "ceil"], places: int) -> None:
    assert quota(Grade(name="优秀", top=0.2, at_least=None), Grading(within="all", quota=mode), 11).places == places


def test_a_share_is_not_led_astray_by_noise() -> None:
    assert quota(Grade(name="优秀", top=0.2, at_least=None), Grading(within="all", quota="floor"), 15).places == 3
