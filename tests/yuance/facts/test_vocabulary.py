"""Headings are understood by id, by name, with a measure or a target along; what is ambiguous means nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.yuance.facts.desk import VARIABLES, Item
from yuance.facts.vocabulary import Vocabulary

WORDS = Vocabulary(VARIABLES)


@pytest.mark.parametrize(
    ("text", "column", "measure"),
    [
        ("tax", "tax", ""),
        ("TAX", "tax", ""),
        ("税收收入", "tax", ""),
        (" 税收 收入 ", "tax", ""),
        ("税收收入（亿元）", "tax", "亿元"),
        ("税收收入(单位：亿元)", "tax", "亿元"),
        ("税收收入[亿元]", "tax", "亿元"),
        ("税收收入/亿元", "tax", "亿元"),
        ("税收收入 亿元", "tax", "亿元"),
        ("税收收入（累计）", "tax", ""),
        ("tax:target", "tax:target", ""),
        ("税收收入：目标", "tax:target", ""),
        ("税收收入目标", "tax:target", ""),
        ("税收收入目标值（亿元）", "tax:target", "亿元"),
        ("税收收入（亿元）目标", "tax:target", "亿元"),
        ("税收收入（目标）", "tax:target", ""),
        ("税收收入实际", "tax", ""),
        ("利润总额", "profit", ""),
        ("利润总额（万元）", "profit", ""),
        ("利润总额（亿元）", "profit", "亿元"),
        ("税收收入（tax）", "tax", ""),
        ("亩均税收（万元/亩）", "per_mu", "万元/亩"),
    ],
)
def test_a_heading_is_understood(text: str, column: str, measure: str) -> None:
    found = WORDS.read(text)
    assert found is not None
    assert (found.column, found.measure) == (column, measure)


@pytest.mark.parametrize("text", ["备注", "税收", "", "目标", "（亿元）", "GDP", "税收收入占比"])
def test_other_words_mean_no_variable(text: str) -> None:
    assert WORDS.read(text) is None


def test_a_bracket_that_is_no_known_measure_is_kept_so_that_it_can_be_refused() -> None:
    found = WORDS.read("税收收入（箱）")
    assert found is not None
    assert found.measure == "箱"


def test_a_name_of_two_variables_means_neither() -> None:
    words = Vocabulary([Item("a", "收入"), Item("b", "收入")])
    assert words.read("收入") is None
    assert [one.id for one in words.namesakes("收入")] == ["a", "b"]
    assert words.read("a") is not None


def test_a_variable_that_is_called_target_is_itself() -> None:
    words = Vocabulary([Item("t", "税收收入目标"), Item("tax", "税收收入")])
    found = words.read("税收收入目标")
    assert found is not None
    assert found.column == "t"


@given(st.text(max_size=60))
def test_any_text_can_be_asked(text: str) -> None:
    WORDS.read(text)
