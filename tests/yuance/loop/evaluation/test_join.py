"""Children join in their parent: each mean, what is left out, what refuses, what weighs nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.yuance.loop.evaluation.building import Rows, Table, column, method, scored
from yuance.loop.evaluation import Evaluation
from yuance.method import Method


def three(by: Any, weights: tuple[float, ...] = (1, 1, 1), header: Table | None = None, **keys: Any) -> Method:
    """Indicators a, b, c that score what x, y, z say, joined in the total."""
    pairs = zip("abc", "xyz", weights, strict=True)
    indicators = [
        {"id": name, "value": value, "weight": weight, "score": {"by": "given"}, **keys}
        for name, value, weight in pairs
    ]
    return method(
        method={"by": by, "rounding": {"digits": 9}, **(header or {})}, variables="x y z", indicator=indicators
    )


def joined(of: Method, *rows: tuple[float | None, float | None, float | None]) -> Evaluation:
    return scored(of, [dict(zip("xyz", row, strict=True)) for row in rows])


def total(by: Any, row: tuple[float, float, float], weights: tuple[float, ...] = (1, 1, 1)) -> Any:
    return column(joined(three(by, weights), row), "score_exact")[0]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("arithmetic", (40 + 2 * 10 + 80) / 4),
        ("geometric", (40 * 10**2 * 80) ** 0.25),
        ("harmonic", 4 / (1 / 40 + 2 / 10 + 1 / 80)),
        ({"power": 2}, ((40**2 + 2 * 10**2 + 80**2) / 4) ** 0.5),
        ({"power": -1}, 4 / (1 / 40 + 2 / 10 + 1 / 80)),
        ({"power": 1}, 35),
        ("minimum", 10),
    ],
)
def test_a_mean_weighs_its_children(by: Any, expected: float) -> None:
    assert total(by, (40, 10, 80), (1, 2, 1)) == pytest.approx(expected, abs=1e-9)


def test_minimum_ignores_weights_but_not_a_weight_of_zero() -> None:
    assert total("minimum", (40, 10, 80), (9, 0.001, 1)) == 10
    assert total("minimum", (40, 10, 80), (1, 0, 1)) == 40


@pytest.mark.parametrize(("weights", "expected"), [((1, 1, 1), 40), ((1, 5, 1), 10), ((1, 2, 1), 25)])
def test_the_median_is_weighted_and_lies_between_where_half_is_reached_exactly(
    weights: tuple[float, ...], expected: float
) -> None:
    assert total("median", (40, 10, 80), weights) == expected


def test_copeland_counts_who_leads_in_more_than_half_of_the_weight() -> None:
    """u1 beats u2 by 2:1 and u3 by 3:0; u2 beats u3 by 2:1."""
    evaluation = joined(three("copeland"), (9, 9, 1), (5, 5, 5), (1, 1, 8))
    assert column(evaluation, "score_exact") == [2, 0, -2]


def test_copeland_counts_equal_scores_half() -> None:
    evaluation = joined(three("copeland", (2, 1, 1)), (5, 9, 1), (5, 1, 9), (5, 0, 0))
    assert column(evaluation, "score_exact") == [1, 1, -2]


def test_copeland_compares_within_the_comparison_set() -> None:
    of = method(
        method={"by": "copeland", "among": "category"}, variables="x", category=[{"id": "A"}, {"id": "B"}],
        indicator=[{"id": "a", "value": "x", "score": {"by": "given"}}],
    )  # fmt: skip
    units = {f"u{number}": {"category": "AABB"[number - 1]} for number in (1, 2, 3, 4)}
    evaluation = scored(of, [{"x": 1}, {"x": 2}, {"x": 3}, {"x": 4}], units=units)
    assert column(evaluation, "score_exact") == [-1, 1, -1, 1]


def test_what_is_dropped_leaves_its_weight_to_its_siblings() -> None:
    evaluation = joined(three("arithmetic", (1, 2, 1), missing="drop"), (40, None, 80), (None, None, 7), (4, 5, 6))
    assert column(evaluation, "score_exact") == [60, 7, 5]


def nested(rows: Rows, missing: str = "drop") -> Evaluation:
    indicators = [
        {"id": name, "value": value, "dimension": parent, "missing": missing, "score": {"by": "given"}}
        for name, value, parent in (("a", "x", "one"), ("b", "y", "one"), ("c", "z", "two"))
    ]
    return scored(method(variables="x y z", dimension=[{"id": "one"}, {"id": "two"}], indicator=indicators), rows)


def test_a_dimension_without_any_child_is_dropped_in_turn() -> None:
    evaluation = nested([{"z": 30}, {"x": 60, "z": 30}, {}])
    assert column(evaluation, "one") == [None, 60, None]
    assert column(evaluation, "score_exact") == pytest.approx([30, (2 * 60 + 30) / 3, None])
    assert column(evaluation, "status") == ["ranked", "ranked", "not-ranked"]


def test_what_may_not_be_missing_refuses_its_parents_and_leaves_the_others() -> None:
    evaluation = nested([{"x": 1, "z": 30}], missing="refuse")
    assert [column(evaluation, name)[0] for name in ("one", "two", "score_exact", "status")] == [
        None,
        30,
        None,
        "not-ranked",
    ]


@pytest.mark.parametrize("by", ["geometric", "harmonic", {"power": -2}])
def test_a_score_that_a_mean_cannot_take_is_an_error_naming_unit_and_node(by: Any) -> None:
    evaluation = joined(three(by), (0, 5, 5), (5, 5, 5))
    assert column(evaluation, "status") == ["not-ranked", "ranked"]
    errors = [note for note in evaluation.notes if note.severity == "error"]
    assert [(note.code, note.unit, note.place) for note in errors] == [("E205", "u1", "total")]


def test_a_power_above_zero_takes_a_zero() -> None:
    assert total({"power": 0.5}, (0, 0, 9)) == pytest.approx(1)


def test_an_indicator_of_weight_zero_neither_counts_nor_refuses() -> None:
    evaluation = joined(three("arithmetic", (1, 0, 1)), (40, None, 80))
    assert column(evaluation, "score_exact") == [60]
    assert column(evaluation, "status") == ["ranked"]
    assert not evaluation.notes


def test_a_weight_by_category_is_that_of_the_units_category() -> None:
    of = method(
        variables="x y", category=[{"id": "A"}, {"id": "B"}],
        indicator=[
            {"id": "a", "value": "x", "score": {"by": "given"}, "weight": {"A": 3, "B": 0}},
            {"id": "b", "value": "y", "score": {"by": "given"}, "weight": {"A": 1, "B": 1}},
        ],
    )  # fmt: skip
    units = {"u1": {"category": "A"}, "u2": {"category": "B"}}
    assert column(scored(of, [{"x": 8, "y": 4}, {"x": 8, "y": 4}], units=units), "score_exact") == [7, 4]
