"""From gap to veto: what is done about missing values, how much must be there, what is added, what strikes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.yuance.loop.evaluation.building import Rows, Table, column, method, one, scored, traced

GIVEN = {"by": "given"}
LINEAR = {"by": "linear", "to": [60, 100]}


def filled(by: Any, *values: float | None, score: Table | None = None, **keys: Any) -> list[Any]:
    return traced(scored(one(score or LINEAR, missing=by), [{"x": value} for value in values], **keys))


def test_zero_scores_a_gap_zero_and_leaves_the_distribution_alone() -> None:
    assert filled("zero", 10, 50, None) == [60, 100, 0]


def test_lowest_is_the_lowest_score_given() -> None:
    assert filled("lowest", 10, 50, None) == [60, 100, 60]
    assert filled("lowest", 10, 50, None, score={"by": "linear", "low": 0, "high": 100}) == [10, 50, 10]


def test_mean_and_median_put_a_value_in_place() -> None:
    assert filled("mean", 10, 20, 60, None) == [60, 68, 100, 100 - 40 * 30 / 50]
    assert filled("median", 10, 20, 60, None) == [60, 68, 100, 68]


def test_a_mean_is_imputed_before_outliers_are_treated() -> None:
    of = one(GIVEN, missing="mean", treat={"by": "winsorise", "high": 10})
    evaluation = scored(of, [{"x": 2}, {"x": 40}, {"x": None}])
    assert traced(evaluation, part="treated") == [2, 10, 10]
    assert traced(evaluation, part="value") == [2, 40, None]


def test_a_mean_may_come_from_another_set() -> None:
    units = {f"u{number}": {"category": "AAB"[number - 1]} for number in (1, 2, 3)}
    for among, expected in (("category", 10), ("all", 20)):
        of = one(GIVEN, missing={"by": "mean", "among": among}, category=[{"id": "A"}, {"id": "B"}])
        assert traced(scored(of, [{"x": 10}, {"x": None}, {"x": 30}], units=units))[1] == expected


def test_last_is_the_latest_earlier_value_of_the_same_kind_of_period() -> None:
    of = one(GIVEN, missing="last", method={"periods": ["year", "quarter"]})
    told = [("2020", 1), ("2021", 2), ("2022", None), ("2022Q4", 9), ("2023", None), ("2024", 5)]
    evaluation = scored(of, [{"unit": "u1", "period": period, "x": x} for period, x in told], periods=["2023"])
    assert traced(evaluation) == [2]


def test_last_without_an_earlier_value_is_still_a_gap() -> None:
    evaluation = scored(one(GIVEN, missing="last"), [{"x": None}, {"x": 1}])
    assert column(evaluation, "status") == ["not-ranked", "ranked"]


def test_drop_leaves_it_out() -> None:
    assert filled("drop", 10, 50, None) == [60, 100, None]


def test_refuse_lists_what_is_lacking_and_scores_the_others_against_all() -> None:
    evaluation = scored(one(LINEAR, name="亩均税收"), [{"x": 10}, {"x": 50}, {"x": None}])
    assert column(evaluation, "status") == ["ranked", "ranked", "not-ranked"]
    assert column(evaluation, "note") == ["", "", "缺少：亩均税收"]


def two(rows: Rows, needs: float = 0.75, missing: str = "drop") -> list[Any]:
    of = method(
        method={"needs": needs}, variables="x y",
        indicator=[
            {"id": "a", "value": "x", "weight": 3, "score": GIVEN, "missing": missing},
            {"id": "b", "value": "y", "weight": 1, "score": GIVEN, "missing": missing},
        ],
    )  # fmt: skip
    return column(scored(of, rows), "status")


def test_a_unit_with_less_than_the_needed_weight_is_not_ranked() -> None:
    assert two([{"x": 1, "y": 1}, {"x": 1}, {"y": 1}]) == ["ranked", "ranked", "not-ranked"]
    assert two([{"x": 1, "y": 1}, {"x": 1}], needs=0.76) == ["ranked", "not-ranked"]


def test_a_gap_scored_zero_is_still_a_gap_and_an_imputed_one_is_not() -> None:
    assert two([{"x": 1, "y": 1}, {"y": 1}], missing="zero") == ["ranked", "not-ranked"]
    assert two([{"x": 1, "y": 1}, {"y": 1}], missing="mean") == ["ranked", "ranked"]


def adjusted(*extras: float | None, **keys: Any) -> list[Any]:
    of = one(GIVEN, adjustment=[{"id": "award", "points": "2 * y", **keys}])
    return column(scored(of, [{"x": 80, "y": extra} for extra in extras]), "score_exact")


def test_adjustments_are_added_within_their_limits() -> None:
    assert adjusted(1, 3, -5) == [82, 86, 70]
    assert adjusted(1, 3, -5, limits=[0, 4]) == [82, 84, 80]
    assert adjusted(3, -5, limits={"high": 4}) == [84, 70]


def test_an_adjustment_without_its_operand_adds_nothing() -> None:
    assert adjusted(None) == [80]


GRADES = [{"name": "优秀", "at_least": 90}, {"name": "合格", "at_least": 60}, {"name": "不合格", "at_least": -100}]


def struck(effect: Table, *rows: tuple[float, float | None]) -> dict[str, list[Any]]:
    of = one(GIVEN, grade=GRADES, veto=[{"id": "accident", "name": "较大事故", "when": "y > 0", "effect": effect}])
    evaluation = scored(of, [{"x": x, "y": y} for x, y in rows])
    return {name: column(evaluation, name) for name in ("score_exact", "rank", "grade", "status", "note")}


def test_a_veto_limits_the_grade_and_makes_no_grade_better() -> None:
    told = struck({"grade_at_most": "合格"}, (95, 1), (95, 0), (10, 1))
    assert told["grade"] == ["合格", "优秀", "不合格"]
    assert told["score_exact"] == [95, 95, 10]
    assert told["rank"] == [1, 1, 3]
    assert told["status"] == ["vetoed", "ranked", "vetoed"]
    assert told["note"] == ["一票否决：较大事故", "", "一票否决：较大事故"]


def test_a_veto_may_name_a_grade_outside_the_order() -> None:
    assert struck({"grade": "不定等次"}, (95, 1), (95, 0))["grade"] == ["不定等次", "优秀"]


def test_a_veto_may_take_the_rank_and_the_others_move_up() -> None:
    told = struck({"ranked": False}, (95, 1), (80, 0))
    assert told["rank"] == [None, 1]
    assert told["grade"] == [None, "合格"]
    assert told["score_exact"] == [95, 80]


def test_a_veto_may_set_the_score() -> None:
    told = struck({"score": 0}, (95, 1), (80, 0))
    assert told["score_exact"] == [0, 80]
    assert told["rank"] == [2, 1]
    assert told["grade"] == ["不合格", "合格"]


def test_a_veto_that_cannot_be_judged_does_not_strike() -> None:
    told = struck({"ranked": False}, (95, None))
    assert (told["status"], told["rank"]) == (["ranked"], [1])


@pytest.mark.parametrize(("sign", "expected"), [("and", "ranked"), ("or", "vetoed")])
def test_a_known_half_decides_where_it_can(sign: str, expected: str) -> None:
    """False and missing is false; true or missing is true."""
    known = 0 if sign == "and" else 1
    of = one(GIVEN, veto=[{"id": "v", "when": f"y > 0 {sign} z > 0", "effect": {"score": 0}}])
    assert column(scored(of, [{"x": 1, "y": known, "z": None}]), "status") == [expected]


def test_a_veto_scores_after_the_adjustments() -> None:
    of = one(
        GIVEN, veto=[{"id": "v", "when": "y > 0", "effect": {"score": 0}}], adjustment=[{"id": "a", "points": "5"}]
    )
    assert column(scored(of, [{"x": 80, "y": 1}, {"x": 80, "y": 0}]), "score_exact") == [0, 85]
