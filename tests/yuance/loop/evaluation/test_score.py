"""Each way of scoring, with the numbers of the language's page and of the official techniques (T1–T16)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.yuance.loop.evaluation.building import Table, column, one, scored, traced


def scores(score: Table, *values: float | None, **keys: Any) -> list[Any]:
    return traced(scored(one(score, **keys), [{"x": value} for value in values]))


def test_linear_runs_between_the_extremes_by_default() -> None:
    assert scores({"by": "linear"}, 10, 30, 50) == [0, 50, 100]


def test_linear_default_anchors_change_places_where_lower_is_better() -> None:
    assert scores({"by": "linear"}, 10, 20, 50, direction="lower") == [100, 75, 0]


def test_efficacy_of_thirty_between_ten_and_fifty_is_eighty() -> None:
    assert scores({"by": "linear", "to": [60, 100]}, 10, 30, 50) == [60, 80, 100]


def test_the_extreme_value_method_with_a_floor_of_twenty() -> None:
    assert [30 * score / 100 for score in scores({"by": "linear", "to": [20, 100]}, 10, 30, 50)] == [6, 18, 30]


def test_linear_is_clipped_unless_the_method_says_otherwise() -> None:
    anchors = {"by": "linear", "low": 0, "high": 10}
    assert scores(anchors, -5, 15) == [0, 100]
    assert scores({**anchors, "clip": False}, -5, 15) == [-50, 150]


def test_linear_without_spread_is_the_upper_score() -> None:
    assert scores({"by": "linear", "to": [60, 100]}, 7, 7) == [100, 100]


def test_anchors_may_be_expressions_over_the_distribution() -> None:
    assert scores({"by": "linear", "low": 0, "high": "2 * mean"}, 10, 20, 30) == [25, 50, 75]


def test_exponential_efficacy_in_the_middle_is_the_geometric_mean() -> None:
    assert scores({"by": "exponential"}, 10, 30, 50) == pytest.approx([60, 77.4597, 100], abs=5e-5)
    assert scores({"by": "exponential"}, 10, 30, 50, direction="lower") == pytest.approx([100, 77.4597, 60], abs=5e-5)


def test_ratio_to_a_base_without_and_with_cap_and_floor() -> None:
    assert scores({"by": "ratio", "base": 10}, 10, 20, 30) == [100, 200, 300]
    assert scores({"by": "ratio", "base": 10, "cap": 150}, 5, 30) == [50, 150]
    assert scores({"by": "ratio", "base": 10}, -5) == [0]
    assert scores({"by": "ratio", "base": 10, "floor": -20}, -1, -5) == [-10, -20]


def test_ratio_of_what_is_better_lower_is_turned_round() -> None:
    assert scores({"by": "ratio", "base": 10}, 5, 20, direction="lower") == [200, 50]


def test_ratio_to_the_maximum() -> None:
    assert scores({"by": "ratio", "base": "highest"}, 10, 25, 50) == [20, 50, 100]


def test_base_of_twice_last_years_mean_gives_half_at_that_mean() -> None:
    method = one({"by": "ratio", "base": "2 * last_year_mean", "cap": 100})
    rows = [{"unit": unit, "period": "2022", "x": x} for unit, x in (("u1", 10), ("u2", 30))]
    rows += [{"unit": unit, "x": x} for unit, x in (("u1", 20), ("u2", 90))]
    assert traced(scored(method, rows, periods=["2023"])) == [50, 100]


PROFIT = {"by": "steps", "table": [[-1e9, 1.8], [2, 2.4], [8, 3]]}


def test_steps_give_the_score_of_the_highest_bound_reached() -> None:
    assert scores(PROFIT, 1.99, 2, 7.9, 8, 80) == [1.8, 2.4, 2.4, 3, 3]


def test_an_open_edge_must_be_passed() -> None:
    assert scores({**PROFIT, "edge": "open"}, 2, 2.01, 8) == [1.8, 2.4, 2.4]


def test_steps_where_lower_is_better_and_nothing_beyond_the_last() -> None:
    assert scores({"by": "steps", "table": [[1, 100], [3, 60]]}, 0.5, 1, 2, 3, 4, direction="lower") == [
        100,
        100,
        60,
        60,
        0,
    ]


def test_points_are_joined_by_straight_lines_and_flat_outside() -> None:
    assert scores({"by": "points", "table": [[0, 0], [10, 60], [20, 100]]}, -1, 0, 5, 10, 15, 99) == [
        0,
        0,
        30,
        60,
        80,
        100,
    ]


def test_rank_points_fall_by_the_step_down_to_the_least() -> None:
    assert scores({"by": "rank", "step": 30, "least": 20}, 4, 3, 2, 1) == [100, 70, 40, 20]
    assert scores({"by": "rank", "first": "count", "step": 1}, 4, 3, 2, direction="lower") == [1, 2, 3]


@pytest.mark.parametrize(("ties", "shared"), [("better", 100), ("worse", 90), ("middle", 95)])
def test_equal_values_share_a_place(ties: str, shared: float) -> None:
    assert scores({"by": "rank", "step": 10, "ties": ties}, 5, 5, 1) == [shared, shared, 80]


def test_rank_points_by_table_give_the_least_beyond_its_end() -> None:
    assert scores({"by": "rank", "table": [10, 8], "least": 1}, 9, 8, 7) == [10, 8, 1]


@pytest.mark.parametrize(("ties", "shared"), [("better", 100), ("worse", 50), ("middle", 75)])
def test_percent_rank_counts_who_is_worse_among_the_others(ties: str, shared: float) -> None:
    assert scores({"by": "percent-rank", "ties": ties}, 1, 5, 5) == [0, shared, shared]


def test_zscore_uses_the_sample_deviation_and_is_turned_round() -> None:
    assert scores({"by": "zscore"}, 1, 2, 3) == [-1, 0, 1]
    assert scores({"by": "zscore", "mean": 50, "sd": 10}, 1, 2, 3, direction="lower") == [60, 50, 40]
    assert scores({"by": "zscore", "mean": 50}, 4, 4) == [50, 50]


def test_given_is_the_value_itself() -> None:
    assert scores({"by": "given"}, -3, 88.5) == [-3, 88.5]


def test_a_formula_sees_x_the_anchors_and_the_weight() -> None:
    inverse = {"by": "formula", "is": "max(0, (2 - x / 10) * weight / 2)"}
    assert scores(inverse, 0, 5, 10, 20, weight=4) == [4, 3, 2, 0]
    assert scores({"by": "formula", "is": "x - mean + count"}, 1, 3) == [1, 3]


@pytest.mark.parametrize(("percent", "points"), [(108, 0.8), (140, 3), (60, -3)])
def test_completion_with_points_per_percent_and_limits(percent: float, points: float) -> None:
    formula = {"by": "formula", "is": "clip(0.1 * (x - 100), -3, 3)"}
    method = one(formula, value="completion(x)")
    assert traced(scored(method, [{"x": percent, "x:target": 100}])) == pytest.approx([points])


def test_the_category_is_a_comparison_set_of_its_own() -> None:
    units = {f"u{number}": {"category": "A" if number < 3 else "B"} for number in (1, 2, 3, 4)}
    method = one({"by": "linear", "among": "category"}, category=[{"id": "A"}, {"id": "B"}])
    rows = [{"x": 1}, {"x": 2}, {"x": 100}, {"x": 300}]
    assert traced(scored(method, rows, units=units)) == [0, 100, 0, 100]


def test_a_panel_compares_all_periods_of_the_run() -> None:
    rows = [{"unit": "u1", "period": "2022", "x": 0}, {"unit": "u1", "x": 5}, {"unit": "u2", "x": 10}]
    evaluation = scored(one({"by": "linear", "among": "panel"}), rows, periods=["2023"])
    assert column(evaluation, "score") == [50, 100]
