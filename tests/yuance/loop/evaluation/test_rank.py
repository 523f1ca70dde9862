"""Rounding, ranks and grades: on the borders, and where units are equal."""

from __future__ import annotations

from typing import Any

import pytest

from tests.yuance.loop.evaluation.building import Table, column, one, scored

GIVEN = {"by": "given"}


def ranking(values: list[float | None], ranks: Table | None = None, **keys: Any) -> list[Any]:
    header = {"ranks": ranks} if ranks else {}
    return column(scored(one(GIVEN, method=header), [{"x": value} for value in values]), "rank", **keys)


def published(value: float, mode: str = "half-up", digits: int = 2) -> Any:
    header = {"rounding": {"digits": digits, "mode": mode}}
    return column(scored(one(GIVEN, method=header), [{"x": value}]), "score")[0]


def grades(values: list[float | None], grade: list[Table], **grading: Any) -> list[Any]:
    of = one(GIVEN, grade=grade, grading=grading)
    return column(scored(of, [{"x": value} for value in values]), "grade")


def test_equal_scores_share_a_rank_and_the_next_is_counted_on() -> None:
    assert ranking([9, 8, 8, 7]) == [1, 2, 2, 4]


def test_dense_ranks_leave_no_number_out() -> None:
    assert ranking([9, 8, 8, 7], {"ties": "dense"}) == [1, 2, 2, 3]


def test_broken_ties_go_by_the_units_code() -> None:
    assert ranking([8, 9, 8, 8], {"ties": "broken"}) == [2, 1, 3, 4]


def test_published_scores_tie_where_exact_ones_do_not() -> None:
    assert ranking([8.001, 8.002]) == [1, 1]
    assert ranking([8.001, 8.002], {"on": "exact"}) == [2, 1]


def test_dust_of_arithmetic_does_not_part_exact_scores() -> None:
    assert ranking([0.1 + 0.2, 0.3], {"on": "exact"}) == [1, 1]


@pytest.mark.parametrize(("order", "expected"), [(["y"], [2, 1, 3]), (["-y"], [2, 3, 1]), (["z", "-y"], [1, 3, 2])])
def test_an_order_breaks_ties_highest_first_unless_turned(order: list[str], expected: list[int]) -> None:
    rows = [{"x": 8, "y": 5, "z": 2}, {"x": 8, "y": 6, "z": 1}, {"x": 8, "y": 4, "z": 1}]
    assert column(scored(one(GIVEN, method={"ranks": {"order": order}}), rows), "rank") == expected


def test_an_order_that_does_not_decide_leaves_the_tie_shared() -> None:
    rows = [{"x": 8, "y": 5}, {"x": 8, "y": 5}, {"x": 8, "y": 4}]
    assert column(scored(one(GIVEN, method={"ranks": {"order": ["y"]}}), rows), "rank") == [1, 1, 3]


def test_who_lacks_what_breaks_the_tie_comes_last_in_it() -> None:
    rows = [{"x": 8}, {"x": 8, "y": 4}, {"x": 8, "y": 5}, {"x": 7, "y": 9}]
    assert column(scored(one(GIVEN, method={"ranks": {"order": ["-y"]}}), rows), "rank") == [3, 1, 2, 4]


def test_who_is_not_scored_has_no_rank_and_takes_no_place() -> None:
    assert ranking([None, 5, 6]) == [None, 2, 1]


def test_ranks_within_the_category_stand_beside_those_over_all() -> None:
    units = {f"u{number}": {"category": "AABB"[number - 1]} for number in (1, 2, 3, 4)}
    of = one(GIVEN, category=[{"id": "A"}, {"id": "B"}])
    evaluation = scored(of, [{"x": 9}, {"x": 7}, {"x": 8}, {"x": 6}], units=units)
    assert column(evaluation, "rank") == [1, 3, 2, 4]
    assert column(evaluation, "rank_in_category") == [1, 2, 1, 2]


@pytest.mark.parametrize(
    ("mode", "value", "expected"),
    [
        ("half-up", 2.675, 2.68), ("half-up", 2.6749, 2.67), ("half-up", -2.675, -2.68), ("half-up", 1.005, 1.01),
        ("half-even", 2.675, 2.68), ("half-even", 2.665, 2.66), ("half-even", 2.6651, 2.67), ("half-even", -2.665, -2.66),
        ("down", 2.679, 2.67), ("down", -2.679, -2.67), ("down", 2.68, 2.68),
        ("up", 2.671, 2.68), ("up", -2.671, -2.68), ("up", 2.67, 2.67),
    ],
)  # fmt: skip
def test_rounding_goes_by_the_written_decimals(mode: str, value: float, expected: float) -> None:
    assert published(value, mode) == expected


def test_rounding_to_whole_numbers() -> None:
    assert published(88.5, digits=0) == 89
    assert published(88.5, "half-even", digits=0) == 88


def test_nothing_is_published_as_minus_zero() -> None:
    assert str(published(-0.001)) == "0.0"


SHARES = [{"name": "A", "top": 0.2}, {"name": "B", "top": 0.9}, {"name": "C", "top": 1}]


def test_two_tenths_of_fifteen_are_three() -> None:
    told = grades([float(value) for value in range(15, 0, -1)], SHARES, quota="floor")
    assert [told.count(name) for name in "ABC"] == [3, 10, 2]
    assert told[:4] == ["A", "A", "A", "B"]


@pytest.mark.parametrize(("quota", "share"), [("ceil", 0.28), ("floor", 0.28), ("ceil", 0.56), ("floor", 0.56)])
def test_a_share_that_comes_to_whole_units_is_not_moved_by_dust(quota: str, share: float) -> None:
    """0.28 × 25 is 7.000000000000001 to a computer, which rounded up would be 8."""
    values: list[float | None] = [float(value) for value in range(25)]
    told = grades(values, [{"name": "A", "top": share}, {"name": "B", "top": 1}], quota=quota)
    assert told.count("A") == round(25 * share)


@pytest.mark.parametrize(("quota", "first"), [("round", 3), ("floor", 2), ("ceil", 3)])
def test_half_a_unit_is_a_place_unless_rounded_down(quota: str, first: int) -> None:
    told = grades([5, 4, 3, 2, 1], [{"name": "A", "top": 0.5}, {"name": "B", "top": 1}], quota=quota)
    assert told.count("A") == first


def test_a_small_part_of_a_unit_is_a_place_only_where_rounded_up() -> None:
    values: list[float | None] = [6, 5, 4, 3, 2, 1]
    assert grades(values, SHARES).count("A") == 1
    assert grades(values, SHARES, quota="ceil").count("A") == 2


def test_a_tie_at_the_border_is_wholly_inside_when_its_place_is() -> None:
    assert grades([9, 8, 8, 7, 6], [{"name": "A", "top": 0.4}, {"name": "B", "top": 1}]) == ["A", "A", "A", "B", "B"]


def test_dense_ranks_do_not_make_quotas_larger() -> None:
    of = one(GIVEN, grade=[{"name": "A", "top": 0.4}, {"name": "B", "top": 1}], method={"ranks": {"ties": "dense"}})
    assert column(scored(of, [{"x": value} for value in (9, 9, 8, 7, 6)]), "grade") == ["A", "A", "B", "B", "B"]


def test_shares_are_of_the_ranked_units_only() -> None:
    assert grades([4, 3, 2, 1, None], [{"name": "A", "top": 0.5}, {"name": "B", "top": 1}]) == [
        "A",
        "A",
        "B",
        "B",
        None,
    ]


def test_shares_within_the_category() -> None:
    units = {f"u{number}": {"category": "AABB"[number - 1]} for number in (1, 2, 3, 4)}
    of = one(
        GIVEN, category=[{"id": "A"}, {"id": "B"}], grading={"within": "category"},
        grade=[{"name": "good", "top": 0.5}, {"name": "fair", "top": 1}],
    )  # fmt: skip
    evaluation = scored(of, [{"x": 9}, {"x": 8}, {"x": 2}, {"x": 1}], units=units)
    assert column(evaluation, "grade") == ["good", "fair", "good", "fair"]


def test_grades_by_score_look_at_the_published_score() -> None:
    told = grades(
        [89.995, 89.994, 60, 59], [{"name": "A", "at_least": 90}, {"name": "B", "at_least": 60}, {"name": "C"}]
    )
    assert told == ["A", "B", "B", "C"]


def test_without_grades_there_is_none() -> None:
    assert column(scored(one(GIVEN), [{"x": 1}]), "grade") == [None]
