"""Cells become values in the variable's measure, and every refusal names its cell."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.yuance.facts.desk import LAND, TAX, VARIABLES, Rows, codes, only, read_text, value, write_book
from yuance.facts.cells import clean, scaled
from yuance.facts.reading import facts_from_frame, read_facts
from yuance.facts.sheet import Column


def test_moving_the_decimal_point_is_exact() -> None:
    values = pl.Series([0.07, 1.1, 1e-7, 123456789.123, 1e21, -3.3, None])
    expected = [700.0, 11000.0, 1e-3, 1234567891230.0, 1e25, -33000.0, None]
    assert scaled(values, Fraction(10**4)).to_list() == expected
    assert scaled(pl.Series([7.0]), Fraction(1, 10**4)).to_list() == [0.0007]


@given(st.floats(-1e15, 1e15), st.integers(-12, 12))
def test_scaling_by_a_power_of_ten_is_what_one_would_write(number: float, power: int) -> None:
    factor = Fraction(10) ** power
    mantissa, _, exponent = repr(number).partition("e")
    expected = float(f"{mantissa}e{int(exponent or 0) + power}")
    assert scaled(pl.Series([number]), factor)[0] == expected


@given(st.lists(st.floats(0, 1e9).map(lambda number: f"{number:,.3f}"), min_size=1))
def test_a_column_of_written_numbers_reads_back_exactly(texts: list[str]) -> None:
    found = clean(Column(text=pl.Series(texts)), pl.Series(range(len(texts)), dtype=pl.UInt32), TAX)
    assert found.values.to_list() == [float(text.replace(",", "")) for text in texts]


def test_a_percent_sign_fits_what_is_measured_in_percent(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "unit,period,rate,share\nA,2023,12.5%,12.5%\nB,2023,5‰,0.3\nC,2023,１２％,1\n")
    assert [value(facts, unit, "2023", "rate") for unit in "ABC"] == [12.5, 0.5, 12.0]
    assert [value(facts, unit, "2023", "share") for unit in "ABC"] == [0.125, 0.3, 1.0]


def test_a_percent_sign_elsewhere_is_refused(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "unit,period,tax\nA,2023,12.5%\n")
    assert value(facts, "A", "2023", "tax") is None
    assert str(only(facts, "F057").origin) == "facts.csv C2"


def test_cells_shown_as_percentages_hold_hundredths(tmp_path: Path) -> None:
    sheet: Rows = [["unit", "period", "rate", "share", "tax"], ["A", 2023, 0.07, 0.07, 0.07], ["B", 2023, 7, 0.5, 3]]
    formats = {"一!C2": "0.0%", "一!D2": "0%", "一!E2": "0.00%"}
    facts = read_facts(write_book(tmp_path / "a.xlsx", {"一": sheet}, formats=formats), VARIABLES)
    assert [value(facts, unit, "2023", "rate") for unit in "AB"] == [7.0, 7.0]
    assert value(facts, "A", "2023", "share") == 0.07
    assert value(facts, "A", "2023", "tax") is None
    assert str(only(facts, "F057").origin) == "a.xlsx《一》 E2"


def test_a_measure_behind_the_number_is_converted_and_noted(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "unit,period,tax,land\nA,2023,1.2亿元,2公顷\nB,2023,5,3\n")
    assert value(facts, "A", "2023", "tax") == 12000
    assert value(facts, "A", "2023", "land") == 30
    assert codes(facts) == ["F061", "F061"]


def test_the_measure_of_a_cell_wins_over_that_of_its_heading(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "unit,period,税收收入（亿元）\nA,2023,5000万元\nB,2023,1\n")
    assert [value(facts, unit, "2023", "tax") for unit in "AB"] == [5000, 10000]


def test_a_decimal_comma_anywhere_makes_a_single_comma_doubtful(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "unit;period;tax\nA;2023;1,5\nB;2023;1,234\nC;2023;7\n")
    assert codes(facts) == ["F052", "F052"]
    assert value(facts, "C", "2023", "tax") == 7


def test_gaps_are_counted_once_a_column_and_never_become_zero(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "unit,period,tax,land\nA,2023,—,1\nB,2023,无,2\nC,2023,0,3\nD,2023,,4\n")
    assert [value(facts, unit, "2023", "tax") for unit in "ABCD"] == [None, None, 0.0, None]
    assert only(facts, "F060").values["times"] == 2


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("约3", "F051"),
        ("inf", "F053"),
        ("nan", "F053"),
        ("#REF!", "F054"),
        ("3万", "F051"),
        ("3人", "F058"),
        ("2023-01-05", "F055"),
    ],
)
def test_what_is_no_number_is_an_error_at_its_cell(tmp_path: Path, cell: str, code: str) -> None:
    facts = read_text(tmp_path, f"unit,period,tax\nA,2023,{cell}\nB,2023,1\n")
    finding = only(facts, code)
    assert (finding.severity, finding.unit, finding.period, finding.place) == ("error", "A", "2023", "tax")
    assert str(finding.origin) == "facts.csv C2"
    assert value(facts, "A", "2023", "tax") is None


def test_failed_formulas_dates_and_truth_values_in_number_cells_are_errors(tmp_path: Path) -> None:
    import datetime as dt

    sheet: Rows = [
        ["unit", "period", "tax"],
        ["A", 2023, "=1/0"],
        ["B", 2023, dt.date(2023, 9, 1)],
        ["C", 2023, True],
        ["D", 2023, "#N/A"],
    ]
    path = write_book(tmp_path / "a.xlsx", {"一": sheet}, formats={"一!C3": "yyyy-mm-dd"})
    _fail(path)
    facts = read_facts(path, VARIABLES)
    assert [str(finding.origin) for finding in facts.findings if finding.severity == "error"] == [
        "a.xlsx《一》 C2",
        "a.xlsx《一》 C3",
        "a.xlsx《一》 C4",
    ]
    assert codes(facts, "error") == ["F054", "F055", "F056"]


def _fail(path: Path) -> None:
    """Write the first value of the sheet anew as a formula that failed, as a spreadsheet program stores it."""
    import zipfile

    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    start = sheet.index(b'<c r="C2"')
    end = sheet.index(b"</c>", start) + 4
    parts["xl/worksheets/sheet1.xml"] = sheet[:start] + b'<c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c>' + sheet[end:]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)


def test_yes_and_no_are_one_and_zero_in_every_spelling(tmp_path: Path) -> None:
    sheet: Rows = [
        ["unit", "period", "platform"],
        ["A", 2023, "是"],
        ["B", 2023, "无"],
        ["C", 2023, True],
        ["D", 2023, 0],
        ["E", 2023, "—"],
        ["F", 2023, 5],
    ]
    facts = read_facts(write_book(tmp_path / "a.xlsx", {"一": sheet}), VARIABLES)
    assert [value(facts, unit, "2023", "platform") for unit in "ABCDEF"] == [1, 0, 1, 0, None, None]
    assert only(facts, "F059").unit == "F"


def test_grades_stay_words_and_numbers_among_them_are_read_as_people_do(tmp_path: Path) -> None:
    sheet: Rows = [
        ["unit", "period", "credit"],
        ["A", 2023, " 优 "],
        ["B", 2023, 3],
        ["C", 2023, "—"],
        ["D", 2023, None],
    ]
    facts = read_facts(write_book(tmp_path / "a.xlsx", {"一": sheet}), VARIABLES)
    assert [value(facts, unit, "2023", "credit") for unit in "ABCD"] == ["优", "3", None, None]


def test_numbers_that_are_stored_as_text_are_numbers(tmp_path: Path) -> None:
    sheet: Rows = [["unit", "period", "tax"], ["A", "2023", "1,234.5"], ["B", "2023", "７"], ["C", 2023, 3]]
    facts = read_facts(write_book(tmp_path / "a.xlsx", {"一": sheet}), VARIABLES)
    assert [value(facts, unit, "2023", "tax") for unit in "ABC"] == [1234.5, 7.0, 3.0]


def test_clean_numbers_of_a_frame_pass_through_untouched() -> None:
    frame = pl.DataFrame({"unit": ["A", "B"], "period": ["2023", "2023"], "land": [0.1 + 0.2, None]})
    assert facts_from_frame(frame, [LAND]).table["land"].to_list() == [0.1 + 0.2, None]


def test_infinities_and_not_a_numbers_of_a_frame_are_errors() -> None:
    frame = pl.DataFrame({"unit": ["A", "B", "C"], "period": ["2023"] * 3, "land": [float("inf"), float("nan"), -0.0]})
    facts = facts_from_frame(frame, [LAND])
    assert facts.table["land"].to_list() == [None, None, 0.0]
    assert str(facts.table["land"][2]) == "0.0"
    assert codes(facts) == ["F053", "F053"]
