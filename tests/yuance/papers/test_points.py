"""The figures of the table visibly add up to its sum line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.yuance.loop.evaluation.explained import METHOD, small_city
from yuance.loop.evaluation.explanation import explain
from yuance.papers.points import PointsTable, balanced, points_table


def table(unit: str, text: str = METHOD, node: str | None = None) -> PointsTable:
    return points_table(explain(small_city(text), unit, node=node))


def figure(text: str) -> Decimal:
    return Decimal(text.replace("−", "-").replace(",", "") or "0")


@pytest.mark.parametrize("unit", ["u1", "u2", "u3", "u4"])
def test_the_indicators_and_adjustments_add_up_to_the_sum(unit: str) -> None:
    whole = table(unit)
    indicators = sum(figure(row.points) for row in whole.rows if row.kind == "indicator")
    adjustments = sum(figure(row.points) for row in whole.adjustments)
    assert indicators == figure(whole.joined)
    assert indicators + adjustments == figure(whole.sum)


@pytest.mark.parametrize("unit", ["u1", "u2", "u3", "u4"])
def test_the_dimensions_add_up_too(unit: str) -> None:
    whole = table(unit)
    assert sum(figure(row.points) for row in whole.rows if row.kind == "dimension") == figure(whole.joined)


def test_a_shown_figure_is_less_than_one_unit_from_the_exact_one() -> None:
    told = explain(small_city(), "u1")
    for node, row in zip(told.nodes, points_table(told).rows, strict=True):
        assert abs(float(figure(row.points)) - (node.part.points or 0.0)) < 1e-4


def test_thirds_are_balanced_to_the_whole() -> None:
    assert sorted(balanced([("a", 1 / 3), ("b", 1 / 3), ("c", 1 / 3)], 10_000).values()) == [3333, 3333, 3334]


def test_negative_parts_are_balanced_as_well() -> None:
    units = balanced([("a", 2.00005), ("b", -0.30003)], 17_000)
    assert sum(units.values()) == 17_000


def test_parts_that_do_not_make_the_whole_are_left_as_they_are() -> None:
    assert balanced([("a", 1.5), ("b", 2.5)], 0) == {"a": 15_000, "b": 25_000}


def test_what_does_not_count_is_marked() -> None:
    (unused,) = [row for row in table("u4").rows if not row.used]
    assert (unused.id, unused.points) == ("research_share", "")


def test_a_node_has_a_sum_of_its_own() -> None:
    whole = table("u1", node="drive")
    assert (whole.sum, whole.adjustments) == ("37.3333", ())


def test_means_that_are_not_arithmetic_have_no_points() -> None:
    whole = table("u1", METHOD.replace('missing = "drop"', 'missing = "drop"\nby = "geometric"'))
    assert {row.points for row in whole.rows} == {""}
    assert whole.adjustments[0].points == "3.0000"
