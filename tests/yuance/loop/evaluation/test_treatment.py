"""Outliers: anchors, logarithms, and the JRC's rule on skewness and kurtosis with moments computed by hand."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from typing import Any

import pytest

from tests.yuance.loop.evaluation.building import Table, one, scored, traced
from yuance.loop.evaluation import Evaluation


def treating(treat: Table, values: Sequence[float | None], **keys: Any) -> Evaluation:
    return scored(one({"by": "given"}, treat=treat, **keys), [{"x": value} for value in values])


def treated(treat: Table, *values: float | None, **keys: Any) -> list[Any]:
    return traced(treating(treat, values, **keys), part="treated")


def moved(evaluation: Evaluation) -> int:
    (table,) = (table for table in evaluation.anchors if "i.filled~moved" in table.columns)
    return int(table.get_column("i.filled~moved").item())


def skewness(values: Sequence[float]) -> float:
    """As a spreadsheet's SKEW."""
    n, mean, sd = len(values), statistics.mean(values), statistics.stdev(values)
    return n / ((n - 1) * (n - 2)) * sum(((value - mean) / sd) ** 3 for value in values)


def kurtosis(values: Sequence[float]) -> float:
    """As a spreadsheet's KURT."""
    n, mean, sd = len(values), statistics.mean(values), statistics.stdev(values)
    fourth = sum(((value - mean) / sd) ** 4 for value in values)
    return n * (n + 1) / ((n - 1) * (n - 2) * (n - 3)) * fourth - 3 * (n - 1) ** 2 / ((n - 2) * (n - 3))


JRC = {"by": "winsorise", "skewness": 2, "kurtosis": 3.5, "at_most": 5}
TEN = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]


def test_anchors_clip_and_either_may_be_absent() -> None:
    assert treated({"by": "winsorise", "low": 2, "high": 4}, 1, 3, 9) == [2, 3, 4]
    assert treated({"by": "winsorise", "high": 4}, 1, 3, 9) == [1, 3, 4]


def test_percentiles_interpolate_between_order_statistics() -> None:
    """Type 7: the fifth percentile of five values lies 0.2 of the way from the first to the second."""
    ends = {"by": "winsorise", "low": "percentile(5)", "high": "percentile(95)"}
    assert treated(ends, 0, 10, 20, 30, 100) == pytest.approx([2, 10, 20, 30, 86])


def test_a_logarithm_is_shifted_only_where_the_lowest_is_not_positive() -> None:
    assert treated({"by": "log"}, 1, 10) == pytest.approx([0, math.log(10)])
    assert treated({"by": "log"}, -4, 5) == pytest.approx([0, math.log(10)])
    assert treated({"by": "log"}, 0, 5) == pytest.approx([0, math.log(6)])


def test_one_value_far_off_moves_to_the_next() -> None:
    values = [*TEN, 1000.0]
    assert skewness(values) > 2
    assert kurtosis(values) > 3.5
    evaluation = treating(JRC, values)
    after = traced(evaluation, part="treated")
    assert after == [*TEN, 9.0]
    assert moved(evaluation) == 1
    assert abs(skewness(after)) < 2


def test_the_lowest_moves_where_the_tail_is_on_the_left() -> None:
    assert treated(JRC, *(-value for value in TEN), -1000.0) == [*(-value for value in TEN), -9.0]


def test_ties_at_the_extreme_move_together() -> None:
    values = [*TEN, *TEN, *TEN, 500.0, 500.0]
    assert skewness(values) > 2
    assert kurtosis(values) > 3.5
    evaluation = treating(JRC, values)
    assert max(traced(evaluation, part="treated")) == 9
    assert moved(evaluation) == 2


def test_skewness_alone_does_not_make_an_outlier() -> None:
    """Both limits must be passed: with the kurtosis out of reach nothing moves, and the other way round."""
    values = [*TEN, 1000.0]
    assert treated({**JRC, "kurtosis": 50}, *values) == values
    assert treated({**JRC, "skewness": 50}, *values) == values


def test_no_more_values_move_than_allowed() -> None:
    values = [*TEN, *TEN, *TEN, 100.0, 1000.0, 10000.0]
    evaluation = treating({**JRC, "at_most": 1}, values)
    assert traced(evaluation, part="treated")[-3:] == [100, 1000, 1000]
    assert moved(evaluation) == 1


def test_what_still_fails_is_replaced_by_a_logarithm_of_the_untreated_values() -> None:
    values = [*TEN, *TEN, *TEN, 100.0, 1000.0, 10000.0]
    after = treated({**JRC, "at_most": 1, "otherwise": "log"}, *values)
    share = 0.01 * (10000 - 1)
    assert after == pytest.approx([math.log(value - 1 + share) for value in values])


def test_missing_values_are_not_counted() -> None:
    assert treated(JRC, *TEN, 1000.0, None, None, missing="drop") == [*TEN, 9.0, None, None]


def test_fewer_than_four_values_are_left_alone() -> None:
    assert treated({**JRC, "skewness": 0.1, "kurtosis": -10}, 1, 2, 1000) == [1, 2, 1000]
