"""Figures, periods and references read as an office writes them."""

from __future__ import annotations

import pytest

from tests.yuance.loop.evaluation.explained import small_method
from yuance.loop.evaluation.caption import (
    bracketed,
    category_words,
    equals,
    legal_words,
    measured,
    percent,
    period_words,
    shown,
    unit_noun,
)
from yuance.method.schema import Legal


@pytest.mark.parametrize(
    ("value", "words"),
    [(3000.0, "3,000"), (1 / 3, "0.333333"), (12.34567, "12.3457"), (-2.5, "−2.5"), (0.0, "0"), (-0.0, "0"), (0.0000123, "0.0000123"),
     (1e18, "1e+18"), (1e-12, "1e-12"), (None, "缺失"), ("国家级", "国家级"), (float("inf"), "inf")],
)  # fmt: skip
def test_a_figure_is_parted_and_cut(value: float | str | None, words: str) -> None:
    assert shown(value) == words


@pytest.mark.parametrize(("unit", "words"), [("万元", "12.5 万元"), ("%", "12.5%"), ("", "12.5"), ("无量纲", "12.5")])
def test_a_unit_of_measure_follows_its_figure(unit: str, words: str) -> None:
    assert measured(12.5, unit) == words


def test_a_gap_has_no_unit() -> None:
    assert measured(None, "万元") == "缺失"


def test_what_is_cut_is_only_about_equal() -> None:
    assert (equals(80.0), equals(80.12345)) == ("=", "≈")


def test_a_negative_operand_stands_in_brackets() -> None:
    assert (bracketed(-3.0), bracketed(3.0)) == ("(−3)", "3")


def test_a_share_is_a_percentage() -> None:
    assert (percent(0.06), percent(1 / 3), percent(None)) == ("6%", "33.3333%", "缺失")


@pytest.mark.parametrize(
    ("code", "words"),
    [("2023", "2023年"), ("2023H1", "2023年上半年"), ("2023H2", "2023年下半年"), ("2023Q3", "2023年三季度"), ("2023M09", "2023年9月"), ("?", "?")],
)  # fmt: skip
def test_a_period_is_written_out(code: str, words: str) -> None:
    assert period_words(code) == words


def test_a_category_has_letter_and_name() -> None:
    method = small_method()
    assert category_words(method, "A") == "A 类（制造类）"
    assert category_words(method, None) == ""
    assert unit_noun(method) == "园区"


def test_a_reference_says_document_article_date_and_remark() -> None:
    references = (
        Legal(document="某办法", article="第二条", date="2023", note="说明"),
        Legal(document="《甲》", article=None, date=None, note=None),
    )
    assert legal_words(references) == ("《某办法》第二条，2023，说明", "《甲》")
