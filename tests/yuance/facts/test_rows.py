"""Which rows count: totals, footnotes and blank rows do not; merged and blank unit cells are settled."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.yuance.facts.desk import VARIABLES, Rows, codes, only, read_text, rows, write_book, write_text
from yuance.facts.fault import FactsError
from yuance.facts.reading import read_facts


@pytest.mark.parametrize("total", ["合计", "总计", "合 计", "全市", "全市合计", "Total", "平均"])
def test_a_row_of_totals_is_left_out_with_a_note(tmp_path: Path, total: str) -> None:
    facts = read_text(tmp_path, f"unit,period,tax\nA,2023,1\n{total},2023,1\n")
    assert rows(facts) == {("A", "2023"): {"tax": 1.0}}
    assert str(only(facts, "F045").origin) == "facts.csv A3"


def test_the_word_for_a_total_may_stand_beside_the_column_of_units(tmp_path: Path) -> None:
    sheet: Rows = [["序号", "园区", "period", "tax"], [1, "A", 2023, 1], ["合计", None, None, 1]]
    facts = read_facts(write_book(tmp_path / "a.xlsx", {"一": sheet}, [("一", "A3:B3", "合计")]), VARIABLES)
    assert rows(facts) == {("A", "2023"): {"tax": 1.0}}
    assert codes(facts) == ["F045"]


def test_a_unit_that_is_called_like_a_total_counts_when_it_is_listed(tmp_path: Path) -> None:
    units = write_text(tmp_path / "units.csv", "unit,name\n01,全市\n")
    assert set(rows(read_text(tmp_path, "unit,period,tax\n全市,2023,1\n", units=units))) == {("01", "2023")}


@pytest.mark.parametrize(
    "note",
    [
        "注：以上为快报数",
        "填表人：张三",
        "审核人（签字）",
        "数据来源：市统计局",
        "备注: x",
        "Note: preliminary",
        "说明",
    ],
)
def test_a_footnote_is_no_unit(tmp_path: Path, note: str) -> None:
    facts = read_text(tmp_path, f"unit,period,tax\nA,2023,1\n{note},,\n")
    assert rows(facts) == {("A", "2023"): {"tax": 1.0}}
    assert codes(facts) == ["F044"]


def test_a_park_whose_name_begins_like_a_footnote_is_a_unit(tmp_path: Path) -> None:
    assert set(rows(read_text(tmp_path, "unit,period,tax\n注塑产业园,2023,1\n电话小镇,2023,2\n"))) == {
        ("注塑产业园", "2023"),
        ("电话小镇", "2023"),
    }


def test_footnotes_in_any_column_are_no_values(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "unit,period,tax\nA,2023,1\n,,填表人：张三\n")
    assert codes(facts) == ["F044"]


def test_blank_rows_are_skipped_in_silence(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "unit,period,tax\n\nA,2023,1\n,,\n  ,　,\nB,2023,2\n\n")
    assert set(rows(facts)) == {("A", "2023"), ("B", "2023")}
    assert codes(facts) == []


def test_a_unit_without_values_stays_and_is_noted(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "unit,period,tax,land\nA,2023,1,2\nB,2023,,\n")
    assert rows(facts)["B", "2023"] == {}
    assert only(facts, "F062").unit == "B"


def test_values_without_a_unit_are_an_error(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "unit,tax\nA,1\n,2\n", period="2023")
    finding = only(facts, "F042")
    assert (finding.severity, str(finding.origin)) == ("error", "facts.csv A3")


def test_merged_units_and_periods_are_filled_from_their_range(tmp_path: Path) -> None:
    sheet: Rows = [
        ["园区", "期间", "税收收入"],
        ["A", "2022年", 1],
        [None, "2023年", 2],
        ["B", "2022年", 3],
        [None, None, 4],
    ]
    book = write_book(tmp_path / "a.xlsx", {"一": sheet}, [("一", "A2:A3", "A")])
    facts = read_facts(book, VARIABLES)
    assert rows(facts) == {("A", "2022"): {"tax": 1.0}, ("A", "2023"): {"tax": 2.0}, ("B", "2022"): {"tax": 3.0}}
    assert codes(facts) == ["F042"]


def test_a_period_written_once_above_several_units_is_filled_with_a_note(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "期间,园区,税收收入\n2022年,A,1\n,B,2\n2023年,A,3\n,B,4\n")
    assert set(rows(facts)) == {("A", "2022"), ("B", "2022"), ("A", "2023"), ("B", "2023")}
    assert codes(facts) == ["F047", "F047"]


def test_a_unit_written_once_beside_several_periods_is_filled_with_a_note(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "园区,期间,税收收入\nA,2022,1\n,2023,2\n,2024,3\n")
    assert set(rows(facts)) == {("A", "2022"), ("A", "2023"), ("A", "2024")}
    assert codes(facts) == ["F043", "F043"]


def test_a_period_that_nobody_understands_is_an_error_and_the_others_stand(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "unit,period,tax\nA,去年,1\nB,2023,2\n")
    assert set(rows(facts)) == {("B", "2023")}
    finding = only(facts, "F046")
    assert (finding.severity, finding.unit, str(finding.origin)) == ("error", "A", "facts.csv B2")


def test_kinds_of_period_may_be_mixed(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "unit,period,tax\nA,2023,4\nA,2023年一季度,1\nA,2023H1,2\nA,2023年9月,3\n")
    assert [period for _, period in rows(facts)] == ["2023", "2023H1", "2023M09", "2023Q1"]


def test_dates_of_a_months_first_day_are_that_month(tmp_path: Path) -> None:
    import datetime as dt

    sheet: Rows = [["unit", "period", "tax"], ["A", dt.date(2023, 9, 1), 1], ["B", dt.date(2023, 9, 30), 1]]
    path = write_book(tmp_path / "a.xlsx", {"一": sheet}, formats={"一!B2": "yyyy-mm", "一!B3": "yyyy-mm"})
    facts = read_facts(path, VARIABLES)
    assert set(rows(facts)) == {("A", "2023M09")}
    assert codes(facts) == ["F046"]


def test_a_heading_that_is_printed_again_on_the_next_page_is_no_unit(tmp_path: Path) -> None:
    assert set(rows(read_text(tmp_path, "园区,期间,税收收入\nA,2023,1\n园区,期间,税收收入\nB,2023,1\n"))) == {
        ("A", "2023"),
        ("B", "2023"),
    }


def test_a_thousands_comma_without_quotes_is_seen_by_the_length_of_its_row(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "unit,period,tax,land\nA,2023,1,234,5\nB,2023,1,5\n")
    assert set(rows(facts)) == {("B", "2023")}
    finding = only(facts, "F041")
    assert (finding.severity, finding.unit) == ("error", "A")


def test_a_table_of_nothing_but_totals_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FactsError, match="F025"):
        read_text(tmp_path, "unit,period,tax\n合计,2023,1\n")
