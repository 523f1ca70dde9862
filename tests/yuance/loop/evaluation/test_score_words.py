"""The sum written out is the sum that was computed: whoever works it out by hand finds the score."""

from __future__ import annotations

from typing import Any

import pytest

from tests.yuance.loop.evaluation.building import facts, one
from yuance.loop.evaluation import evaluate
from yuance.loop.evaluation.score_words import ScoreWords, score_words, with_value
from yuance.loop.evaluation.subject import Subject


def told(score: dict[str, Any], values: list[float | None], unit: str = "u1", **keys: Any) -> ScoreWords:
    method = one(score, missing="drop", **keys)
    evaluation = evaluate(facts([{"x": value} for value in values], method), method)
    return score_words(Subject(evaluation, unit, "2023"), method.indicators["i"])


LOWER = {"direction": "lower"}


@pytest.mark.parametrize(
    ("score", "keys", "values", "words"),
    [
        ({"by": "linear", "low": 10, "high": 50, "to": [60, 100]}, {}, [30.0], "60 + 40 × (30 − 10) ÷ (50 − 10) = 80"),
        ({"by": "linear"}, {}, [30.0, 10.0, 50.0], "100 × (30 − 10) ÷ (50 − 10) = 50"),
        ({"by": "linear"}, LOWER, [20.0, 10.0, 50.0], "100 × (20 − 50) ÷ (10 − 50) = 75"),
        ({"by": "linear", "low": -10, "high": 10}, {}, [-5.0], "100 × ((−5) − (−10)) ÷ (10 − (−10)) = 25"),
        ({"by": "linear", "low": 0, "high": 10, "to": [100, 60]}, {"direction": "lower"}, [5.0], "100 − 40 × (5 − 0) ÷ (10 − 0) = 80"),
        ({"by": "linear", "low": 0, "high": 10}, {}, [12.0], "100 × (12 − 0) ÷ (10 − 0) = 120，超出区间，按端点计 = 100"),
        ({"by": "linear", "low": 0, "high": 10, "clip": False}, {}, [12.0], "100 × (12 − 0) ÷ (10 − 0) = 120"),
        ({"by": "linear"}, {}, [5.0, 5.0], "两个锚点相等（5），得 100 分"),
        ({"by": "exponential", "low": 0, "high": 10}, {}, [5.0], "60 × (100 ÷ 60) ^ [(5 − 0) ÷ (10 − 0)] ≈ 77.4597"),
        ({"by": "ratio", "base": 50}, {}, [30.0], "100 × 30 ÷ 50 = 60"),
        ({"by": "ratio", "base": 50}, LOWER, [100.0], "100 × 50 ÷ 100 = 50"),
        ({"by": "ratio", "base": 20, "cap": 120}, {}, [30.0], "100 × 30 ÷ 20 = 150，封顶 = 120"),
        ({"by": "ratio", "base": 20, "floor": 30}, {}, [2.0], "100 × 2 ÷ 20 = 10，保底 = 30"),
        ({"by": "steps", "table": [[0, 30], [10, 60], [15, 80]]}, {}, [12.0], "12 ≥ 10，得 60 分"),
        ({"by": "steps", "table": [[10, 60], [15, 80]], "edge": "open"}, {}, [15.0], "15 > 10，得 60 分"),
        ({"by": "steps", "table": [[5, 100], [20, 90]]}, LOWER, [12.0], "12 ≤ 20，得 90 分"),
        ({"by": "steps", "table": [[5, 100], [20, 90]], "edge": "open"}, LOWER, [5.0], "5 < 20，得 90 分"),
        ({"by": "steps", "table": [[10, 60]]}, {}, [1.0], "1 未达到任何一档，得 0 分"),
        ({"by": "points", "table": [[0, 0], [30, 60], [60, 90]]}, {}, [40.0], "60 + 30 × (40 − 30) ÷ (60 − 30) = 70"),
        ({"by": "points", "table": [[0, 0], [30, 60]]}, {}, [99.0], "99 在折点上或两端之外，得 60 分"),
        ({"by": "rank", "step": 10}, {}, [30.0, 50.0, 10.0], "3 个中第 2 名：100 − 10 × (2 − 1) = 90"),
        ({"by": "rank", "step": 10}, {}, [30.0, 50.0, 30.0], "3 个中第 2 名，与另外 1 个并列：100 − 10 × (2 − 1) = 90"),
        ({"by": "rank", "step": 60, "least": 10}, {}, [1.0, 2.0, 3.0], "3 个中第 3 名：100 − 60 × (3 − 1) = −20，按最低分计 = 10"),
        ({"by": "rank", "table": [9, 7]}, {}, [1.0, 2.0], "2 个中第 2 名，= 7"),
        ({"by": "percent-rank"}, {}, [30.0, 10.0, 50.0], "3 个中有 1 个较差：100 × 1 ÷ (3 − 1) = 50"),
        ({"by": "percent-rank"}, {}, [30.0, 30.0, 50.0], "3 个中有 0 个较差、另有 1 个相同：100 × (0 + 1 ÷ 2) ÷ (3 − 1) = 25"),
        ({"by": "percent-rank"}, {}, [30.0], "组内只有本对象，得 100 分"),
        ({"by": "zscore", "mean": 50, "sd": 10}, {}, [3.0, 1.0, 2.0], "50 + 10 × (3 − 2) ÷ 1 = 60"),
        ({"by": "zscore"}, LOWER, [3.0, 1.0, 2.0], "(2 − 3) ÷ 1 = −1"),
        ({"by": "zscore", "mean": 50}, {}, [3.0, 3.0], "组内没有差异，得均值分 = 50"),
        ({"by": "given"}, {}, [88.0], "88（指标值即得分）"),
        ({"by": "formula", "is": "x / highest * 100"}, {}, [30.0, 60.0], "指标值 30 ÷ 最大值 60 × 100 = 50"),
    ],
)  # fmt: skip
def test_the_sum_is_written_out(
    score: dict[str, Any], keys: dict[str, Any], values: list[float | None], words: str
) -> None:
    assert told(score, values, **keys).sum == words


@pytest.mark.parametrize(
    ("score", "words"),
    [
        ({"by": "linear", "low": 20, "high": "highest"}, "线性：20 计 0 分，最大值计 100 分，超出按端点计"),
        ({"by": "ratio", "base": "mean", "cap": 150}, "比值：100 × 指标值 ÷ 基准值，基准值 平均值，封顶 150 分"),
        ({"by": "steps", "table": [[10, 60]]}, "分档：≥ 10 得 60；都未达到得 0"),
        ({"by": "points", "table": [[0, 0], [30, 60]]}, "折线：依次连接（指标值，得分）（0，0），（30，60），两端持平"),
        (
            {"by": "rank", "step": 5, "least": 60},
            "名次赋分：第一名 100 分，每低一名减 5 分，最低 60 分，并列取较好名次",
        ),
        ({"by": "rank", "table": [10, 8]}, "名次赋分：依次为 10、8，其余 0 分，并列取较好名次"),
        ({"by": "percent-rank", "to": [60, 100]}, "位次百分比：60 至 100 分，并列取中间名次"),
        ({"by": "zscore", "mean": 50, "sd": 10}, "标准分：均值得 50 分，每个标准差 10 分"),
        ({"by": "formula", "is": "100 - 2 * weight"}, "公式：100 − 2 × 权重"),
        ({"by": "given"}, "指标值即得分"),
    ],
)
def test_the_rule_is_told_in_words(score: dict[str, Any], words: str) -> None:
    assert told(score, [30.0, 10.0]).rule == words


def test_a_missing_value_has_a_rule_but_no_sum() -> None:
    assert told({"by": "linear"}, [None, 1.0]).sum == ""


def test_anchors_come_with_their_figures() -> None:
    figures = told({"by": "linear", "high": "percentile(50) + sd"}, [1.0, 2.0, 3.0]).anchors
    assert [(figure.name, figure.value) for figure in figures] == [("最小值", 1.0), ("第50百分位数 + 样本标准差", 3.0)]


def test_a_formula_over_all_units_names_the_figure() -> None:
    words = told({"by": "formula", "is": "100 * x / total(x)"}, [30.0, 70.0]).sum
    assert words == "100 × 指标值 30 ÷ 指标值合计 100 = 30"


def test_nobody_counts_what_is_not_there() -> None:
    assert with_value(None, "i.treated") is None
