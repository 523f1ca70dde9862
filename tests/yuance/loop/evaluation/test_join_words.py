"""How children join is told with their scores; what is not arithmetic does not pretend to be."""

from __future__ import annotations

from typing import Any

import pytest

from tests.yuance.loop.evaluation.building import facts, method
from yuance.loop.evaluation import evaluate
from yuance.loop.evaluation.join_words import join_rule, join_sum
from yuance.loop.evaluation.subject import Subject
from yuance.method.schema import Join


def told(by: Any, values: tuple[float | None, float | None] = (40.0, 90.0)) -> str:
    indicators = [{"id": name.upper(), "value": name, "score": {"by": "given"}} for name in ("x", "y")]
    whole = method(method={"by": by, "missing": "refuse"}, variables="x y", indicator=indicators)
    evaluation = evaluate(facts([{"x": values[0], "y": values[1]}, {"x": 50, "y": 50}], whole), whole)
    return join_sum(Subject(evaluation, "u1", "2023"), "total")


@pytest.mark.parametrize(
    ("by", "words"),
    [
        ("arithmetic", "40 × 50% + 90 × 50% = 65"),
        ("geometric", "40 ^ 50% × 90 ^ 50% = 60"),
        ("harmonic", "1 ÷ (50% ÷ 40 + 50% ÷ 90) ≈ 55.3846"),
        ("minimum", "最低（X 40，Y 90） = 40"),
        ("median", "中位数（X 40（权重 50%），Y 90（权重 50%）） = 65"),
        ("copeland", "与比较组逐一比较（X 40（权重 50%），Y 90（权重 50%）） = 0"),
        ({"power": 2}, "(50% × 40 ^ 2 + 50% × 90 ^ 2) ^ (1 ÷ 2) ≈ 69.6419"),
    ],
)
def test_the_joining_is_written_out(by: Any, words: str) -> None:
    assert told(by) == words


def test_a_total_that_does_not_exist_is_not_written_out() -> None:
    assert told("arithmetic", (None, 90.0)) == ""


def test_a_power_mean_names_its_exponent() -> None:
    assert join_rule(Join(by=None, power=0.5)) == "幂平均（指数 0.5）"
    assert join_rule(Join(by="geometric", power=None)) == "加权几何平均"
