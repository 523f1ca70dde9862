"""Measures convert to their sisters, and to nothing else."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuance.facts.measure import confused_with, conversion, read_measure


@pytest.mark.parametrize(
    ("written", "wanted", "factor"),
    [
        ("亿元", "万元", 10**4),
        ("元", "万元", Fraction(1, 10**4)),
        ("百万元", "万元", 100),
        ("公顷", "亩", 15),
        ("亩", "公顷", Fraction(1, 15)),
        ("平方公里", "亩", 1500),
        ("km²", "公顷", 100),
        ("㎡", "平方米", 1),
        ("万平方米", "公顷", 1),
        ("万吨标准煤", "吨标准煤", 10**4),
        ("吨标煤", "吨标准煤", 1),
        ("亿千瓦时", "万千瓦时", 10**4),
        ("兆瓦时", "千瓦时", 1000),
        ("公斤", "吨", Fraction(1, 1000)),
        ("万人", "人", 10**4),
        ("户", "家", 1),
        ("‰", "%", Fraction(1, 10)),
        ("百分点", "%", 1),
        ("亿元/平方公里", "万元/亩", Fraction(10**4, 1500)),
        ("元/平方米", "万元/亩", Fraction(1, 10**4) * Fraction(2000, 3)),
        ("吨标准煤/亿元", "吨标准煤/万元", Fraction(1, 10**4)),
        ("万元每人", "元/人", 10**4),
        ("万美元", "美元", 10**4),
    ],
)
def test_sister_measures_convert(written: str, wanted: str, factor: Fraction | int) -> None:
    assert conversion(written, wanted) == factor


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("美元", "元"),
        ("千瓦时", "吨标准煤"),
        ("吨", "吨标准煤"),
        ("亩", "万元"),
        ("人", "家"),
        ("万元", "%"),
        ("万元/亩", "万元"),
        ("平方", "平方米"),
        ("", "万元"),
        ("全口径", "万元"),
    ],
)
def test_what_depends_on_a_convention_or_is_another_thing_is_refused(written: str, wanted: str) -> None:
    assert conversion(written, wanted) is None


def test_a_measure_that_nobody_knows_still_agrees_with_itself() -> None:
    assert conversion("PPP $", "ppp $") == 1


@given(st.text(max_size=20))
def test_any_text_is_a_measure_or_none(text: str) -> None:
    found = read_measure(text)
    assert found is None or found.scale > 0


def test_what_is_typed_by_mistake_is_told_with_its_factor() -> None:
    assert ("亿元", Fraction(1, 10**4)) in confused_with("万元")
    assert ("公顷", Fraction(1, 15)) in confused_with("亩")
    assert ("亿元/亩", Fraction(1, 10**4)) in confused_with("万元/亩")
    assert confused_with("PPP $") == []
