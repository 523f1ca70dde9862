"""The trace: points add up to the total, and every node says what happened to it."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from tests.yuance.loop.evaluation.building import Table, method, one, scored, traced
from yuance.loop.evaluation import Evaluation

GIVEN = {"by": "given"}
ROWS = [{"x": 90, "y": 60, "z": 30}, {"x": 10, "y": 20, "z": 70}, {"x": 50, "z": 40}]


def tree(header: Table | None = None, **dimension: Any) -> Evaluation:
    """total ← one (weight 3) ← a (1), b (3); total ← c (1); an award and a veto."""
    of = method(
        method=header or {}, variables="x y z", dimension=[{"id": "one", "weight": 3, **dimension}],
        indicator=[
            {"id": "a", "value": "x", "dimension": "one", "weight": 1, "score": GIVEN, "missing": "drop"},
            {"id": "b", "value": "y", "dimension": "one", "weight": 3, "score": GIVEN, "missing": "drop"},
            {"id": "c", "value": "z", "weight": 1, "score": GIVEN},
        ],
        adjustment=[{"id": "award", "points": "x / 10", "limits": [0, 4]}],
        veto=[{"id": "accident", "name": "较大事故", "when": "x < 20", "effect": {"ranked": False}}],
    )  # fmt: skip
    return scored(of, ROWS)


def test_nodes_stand_in_the_order_of_the_method_for_every_unit() -> None:
    first = tree().trace.filter(pl.col("unit") == "u1")
    assert first.get_column("node").to_list() == ["one", "a", "b", "c", "award", "accident", "total"]
    kinds = ["dimension", "indicator", "indicator", "indicator", "adjustment", "veto", "total"]
    assert first.get_column("kind").to_list() == kinds


def test_the_weight_is_the_effective_share_of_the_total() -> None:
    evaluation = tree()
    told = [traced(evaluation, node, "weight")[0] for node in ("one", "a", "b", "c", "total")]
    assert told == pytest.approx([0.75, 0.1875, 0.5625, 0.25, 1])
    assert [traced(evaluation, node, "weight")[2] for node in ("a", "b", "c")] == pytest.approx([0.75, 0, 0.25])


def test_points_of_indicators_and_adjustments_add_up_to_the_total() -> None:
    trace = tree().trace
    leaves = (
        trace.filter(pl.col("kind").is_in(["indicator", "adjustment"])).group_by("unit").agg(pl.col("points").sum())
    )
    total = trace.filter(pl.col("kind") == "total").select("unit", total="points")
    sums = leaves.join(total, on="unit").sort("unit")
    assert sums.get_column("points").to_list() == pytest.approx(sums.get_column("total").to_list(), abs=1e-9)
    assert sums.get_column("total").to_list() == pytest.approx([0.75 * 67.5 + 7.5 + 4, 0.75 * 17.5 + 17.5 + 1, 51.5])


def test_points_are_not_told_under_a_join_that_does_not_add_up() -> None:
    evaluation = tree(by="geometric")
    assert [traced(evaluation, node, "points")[0] for node in ("a", "b")] == [None, None]
    assert traced(evaluation, "c", "points")[0] == 7.5
    assert traced(tree({"by": "geometric"}), "c", "points")[0] is None


def test_a_power_of_one_adds_up() -> None:
    assert traced(tree(by={"power": 1}), "a", "points")[0] == pytest.approx(0.1875 * 90)


def test_an_adjustment_tells_what_its_formula_gave_and_what_was_added() -> None:
    evaluation = tree()
    assert traced(evaluation, "award", "value") == [9, 1, 5]
    assert traced(evaluation, "award", "points") == [4, 1, 4]


def test_a_veto_tells_whether_it_struck() -> None:
    evaluation = tree()
    assert traced(evaluation, "accident", "value") == [0, 1, 0]
    assert traced(evaluation, "accident", "note") == ["", "一票否决：较大事故", ""]


def test_an_indicator_tells_its_value_what_it_was_treated_to_and_its_score() -> None:
    of = one({"by": "linear", "low": 0, "high": 20}, treat={"by": "winsorise", "high": 10})
    evaluation = scored(of, [{"x": 5}, {"x": 40}])
    assert [traced(evaluation, part=part) for part in ("value", "treated", "score")] == [[5, 40], [5, 10], [25, 50]]
    assert traced(evaluation, part="note") == ["", "异常值已处理"]


def test_a_gap_tells_how_it_was_handled() -> None:
    evaluation = scored(one(GIVEN, missing="zero"), [{"x": 5}, {"x": None}])
    assert traced(evaluation, part="note") == ["", "缺失：得 0 分"]
    assert traced(evaluation, part="points") == [5, 0]


def test_the_total_of_a_trace_is_the_exact_score() -> None:
    evaluation = scored(one(GIVEN), [{"x": 12.3456}])
    assert traced(evaluation, "total", "score") == evaluation.scores.get_column("score_exact").to_list() == [12.3456]
