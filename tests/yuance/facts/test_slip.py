"""Which story explains a value that is far off."""

from __future__ import annotations

import pytest

from tests.yuance.facts.desk import FIRMS, LAND, PEOPLE, RATE, TAX, Item
from yuance.facts.slip import likely_slip


@pytest.mark.parametrize(
    ("variable", "ratio", "measure"),
    [
        (TAX, 1e-4, "亿元"),
        (TAX, 1.7e4, "元"),
        (LAND, 1 / 15, "公顷"),
        (LAND, 1 / 1400, "平方公里"),
        (LAND, 666.0, "平方米"),
        (PEOPLE, 1.1e-4, "万人"),
        (RATE, 0.01, "比例"),
        (Item("e", "能耗", "万吨标准煤"), 1e4, "吨标准煤"),
        (Item("i", "投资强度", "万元/亩"), 1e-4, "亿元/亩"),
    ],
)
def test_the_measure_that_was_probably_typed_is_named(variable: Item, ratio: float, measure: str) -> None:
    found = likely_slip(ratio, variable)
    assert found is not None
    assert found.measure == measure


@pytest.mark.parametrize(("ratio", "zeros"), [(100.0, 2), (0.001, 3), (-1e6, 6)])
def test_otherwise_zeros_are_counted(ratio: float, zeros: int) -> None:
    found = likely_slip(ratio, FIRMS)
    assert found is not None
    assert (found.measure, found.zeros) == ("", zeros)


@pytest.mark.parametrize("ratio", [1.0, 5.0, 0.2, 40.0])
def test_growth_is_no_slip(ratio: float) -> None:
    assert likely_slip(ratio, FIRMS) is None
