"""Numbers as people write them are read exactly, or refused with the reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuance.facts.number import GAP, is_gap, read_number, read_yes_no

FULL_WIDTH = str.maketrans("0123456789.,-+", "０１２３４５６７８９．，－＋")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.1", 0.1),
        ("１２３．４", 123.4),
        (" 　12\u00a0", 12.0),
        ("1,234,567.8", 1234567.8),
        ("1，234，567", 1234567.0),
        ("1 234 567", 1234567.0),
        ("1\u202f234", 1234.0),
        ("−5", -5.0),
        ("－5", -5.0),
        ("+3", 3.0),
        ("1.2e3", 1200.0),
        (".5", 0.5),
        ("7.", 7.0),
        ("-0", 0.0),
    ],
)
def test_every_accepted_form_is_read_exactly(text: str, expected: float) -> None:
    assert read_number(text).value == expected


def test_there_is_only_one_zero() -> None:
    assert str(read_number("-0").value) == "0.0"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "—",
        "——",
        "-",
        "–",
        "/",
        "无",
        "N/A",
        "#N/A",
        "n/a",
        "暂无",
        "…",
        "……",
        "NULL",
        "不适用",
        "(无)",
        "\u3000",
    ],
)
def test_what_offices_write_for_no_value_is_a_gap(text: str) -> None:
    assert is_gap(text)
    assert read_number(text) == GAP


@pytest.mark.parametrize("text", ["1,5", "1.234,5", "12,34", "1,2345", "0,234", "1.234.567", "1,234,56", ",5", "12 34"])
def test_what_could_be_two_numbers_is_refused(text: str) -> None:
    assert read_number(text).refusal == "ambiguous"


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("约300", "words"),
        ("300余", "words"),
        ("<5", "words"),
        ("(123)", "words"),
        ("1_000", "words"),
        ("0x10", "words"),
        ("五百", "words"),
        ("inf", "infinite"),
        ("-∞", "infinite"),
        ("NaN", "not-a-number"),
        ("1e999", "too-large"),
        ("#DIV/0!", "sheet-error"),
        ("#REF!", "sheet-error"),
        ("2023-09-30", "date"),
        ("2023年9月30日", "date"),
        ("2023.9.30", "date"),
    ],
)
def test_what_is_no_number_is_refused_with_the_reason(text: str, refusal: str) -> None:
    assert read_number(text).refusal == refusal


@pytest.mark.parametrize(
    ("text", "measure"), [("12.5%", "%"), ("１２．５％", "%"), ("5‰", "‰"), ("3000万元", "万元"), ("2 公顷", "公顷")]
)
def test_a_measure_written_behind_the_number_is_kept(text: str, measure: str) -> None:
    assert read_number(text).measure == measure


@given(
    st.decimals(min_value=-(10**12), max_value=10**12, places=4), st.sampled_from(["plain", "grouped", "wide", "blank"])
)
def test_numbers_written_in_any_accepted_form_read_back_exactly(number: object, form: str) -> None:
    text = f"{number:,.4f}" if form in {"grouped", "wide"} else f"{number:.4f}"
    text = text.translate(FULL_WIDTH) if form == "wide" else f" \u00a0{text}\u3000" if form == "blank" else text
    assert read_number(text).value == float(f"{number:.4f}") + 0.0


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_float_reads_back_from_its_shortest_form(number: float) -> None:
    assert read_number(repr(number)).value == number


@given(st.text(max_size=30))
def test_any_text_is_a_number_a_gap_or_a_refusal(text: str) -> None:
    reading = read_number(text)
    assert (reading.value is None) or (reading.refusal == "")


@pytest.mark.parametrize("text", ["是", "有", "Yes", "TRUE", "1", "√", " 是 "])
def test_yes_is_one(text: str) -> None:
    assert read_yes_no(text).value == 1


@pytest.mark.parametrize("text", ["否", "无", "no", "False", "0", "×", "没有"])
def test_no_is_zero_also_where_it_is_written_as_none(text: str) -> None:
    assert read_yes_no(text).value == 0


def test_what_is_neither_yes_nor_no_is_refused_and_a_dash_is_a_gap() -> None:
    assert read_yes_no("也许").refusal == "words"
    assert read_yes_no("—") == GAP
    assert read_yes_no("#REF!").refusal == "sheet-error"
