"""Periods in codes and in the wording of offices."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuance.facts.period import Period, find_period, parse_period, read_period


@pytest.mark.parametrize("code", ["2023", "2023H1", "2023Q3", "2023M09"])
def test_a_code_reads_back_as_it_is_written(code: str) -> None:
    assert str(parse_period(code)) == code


@pytest.mark.parametrize("code", ["2023Q5", "2023H0", "2023M13", "23", "2023X1", "", "20233"])
def test_what_is_no_code_is_no_period(code: str) -> None:
    assert parse_period(code) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2023年", "2023"),
        ("2023年度", "2023"),
        ("２０２３年", "2023"),
        ("2023.0", "2023"),
        ("2023年末", "2023"),
        ("2023年三季度", "2023Q3"),
        ("2023年第三季度", "2023Q3"),
        ("2023年前三季度", "2023Q3"),
        ("2023年 3季度", "2023Q3"),
        ("2023-Q3", "2023Q3"),
        ("2023年Q3", "2023Q3"),
        ("2023年1-9月", "2023Q3"),
        ("2023年1—9月累计", "2023Q3"),
        ("2023年1-5月", "2023M05"),
        ("2023年上半年", "2023H1"),
        ("2023年下半年", "2023H2"),
        ("2023年9月", "2023M09"),
        ("2023/09", "2023M09"),
        ("2023-9", "2023M09"),
        ("202309", "2023M09"),
    ],
)
def test_the_wording_of_offices_is_understood(text: str, code: str) -> None:
    assert str(read_period(text)) == code


@pytest.mark.parametrize("text", ["去年", "2023年13月", "2023年1-15月", "三季度", "2023-09-30", "第三季度2023"])
def test_what_names_no_period_is_none(text: str) -> None:
    assert read_period(text) is None


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("昆明市2023年三季度园区主要指标", "2023Q3"),
        ("2023年主要指标", "2023"),
        ("facts_2023Q2", "2023Q2"),
        ("Table of 2021", "2021"),
        ("2023年1-9月园区经济指标（累计）", "2023Q3"),
    ],
)
def test_a_title_tells_its_period(title: str, code: str) -> None:
    assert str(find_period(title)) == code


@pytest.mark.parametrize(
    "title",
    [
        "Sheet1",
        "2022—2023年",
        "填报日期2024年1月15日",
        "云政发〔2023〕45号",
        "12345",
        "2022年与2023年对比",
        "规上企业1000家",
    ],
)
def test_a_span_a_date_and_a_file_number_tell_none(title: str) -> None:
    assert find_period(title) is None


def test_a_year_earlier_is_the_same_period_of_the_year_before() -> None:
    assert str(Period(2023, "quarter", 3).years_earlier(1)) == "2022Q3"
    assert Period(2023, "quarter", 1).earlier_in_year(1) is None
    assert str(Period(2023, "quarter", 3).earlier_in_year(1)) == "2023Q2"


@given(st.text(max_size=40))
def test_any_text_is_a_period_or_none(text: str) -> None:
    read_period(text)
    find_period(text)
