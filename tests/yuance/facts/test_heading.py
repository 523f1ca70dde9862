"""The heading is found wherever offices put it, and each column is understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.yuance.facts.desk import VARIABLES, Rows, codes, only, read_text, rows, value, write_book
from yuance.facts.fault import FactsError
from yuance.facts.heading import caption_measures
from yuance.facts.reading import read_facts


@pytest.mark.parametrize("above", [0, 1, 5, 14])
def test_the_heading_may_begin_in_any_of_the_first_rows(tmp_path: Path, above: int) -> None:
    text = "昆明市园区主要指标,,\n" * above + "unit,period,tax\nA,2023,5\n"
    assert rows(read_text(tmp_path, text)) == {("A", "2023"): {"tax": 5.0}}


def test_a_heading_that_is_merged_over_two_rows_is_read(tmp_path: Path) -> None:
    sheet: Rows = [
        ["昆明市园区主要指标表"],
        ["单位：亿元、亩"],
        ["序号", "园区", "效益", None, "土地"],
        [None, None, "税收收入", "利润总额", "已供用地（公顷）"],
        [1, "高新区", 1.5, 2, 3],
    ]
    merged = [("一", "A1:E1", sheet[0][0]), ("一", "A3:A4", "序号"), ("一", "B3:B4", "园区"), ("一", "C3:D3", "效益")]
    facts = read_facts(write_book(tmp_path / "a.xlsx", {"一": sheet}, merged), VARIABLES, period="2023")
    assert rows(facts) == {("高新区", "2023"): {"tax": 15000.0, "profit": 20000.0, "land": 45.0}}
    assert codes(facts) == ["F034", "F034", "F034"]


def test_a_heading_of_three_rows_may_hold_group_name_and_measure(tmp_path: Path) -> None:
    text = "园区,效益,,土地\n,税收收入,研发强度,已供用地\n,亿元,%,亩\nA,1,2,3\n"
    assert rows(read_text(tmp_path, text, period="2023")) == {("A", "2023"): {"tax": 10000.0, "rate": 2.0, "land": 3.0}}


def test_actual_and_target_may_stand_below_the_name(tmp_path: Path) -> None:
    sheet: Rows = [["园区", "税收收入", None], [None, "实际", "目标"], ["A", 1, 2]]
    book = write_book(tmp_path / "a.xlsx", {"一": sheet}, [("一", "B1:C1", "税收收入"), ("一", "A1:A2", "园区")])
    assert rows(read_facts(book, VARIABLES, period="2023")) == {("A", "2023"): {"tax": 1.0, "tax:target": 2.0}}


def test_growth_under_a_variable_is_not_the_variable(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "园区,税收收入,,研发强度\n,增速,总量,\nA,5,100,2\n", period="2023")
    assert rows(facts) == {("A", "2023"): {"tax": 100.0, "rate": 2.0}}


def test_a_caption_of_percent_does_not_touch_ratios(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "单位：万元、%,,\n园区,tax,share\nA,1,0.5\n", period="2023")
    assert rows(facts) == {("A", "2023"): {"tax": 1.0, "share": 0.5}}


def test_ids_may_stand_below_the_names(tmp_path: Path) -> None:
    assert rows(read_text(tmp_path, "园区,期间,税收\nunit,period,tax\nA,2023,1\n")) == {("A", "2023"): {"tax": 1.0}}


def test_a_numbering_row_below_the_heading_is_no_unit(tmp_path: Path) -> None:
    assert rows(read_text(tmp_path, "园区,期间,税收收入\n甲,乙,1\nA,2023,5\n")) == {("A", "2023"): {"tax": 5.0}}


def test_the_caption_concerns_only_what_is_measured_so(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "单位：亿元,,\n园区,税收收入,从业人员\nA,1,30\n", period="2023")
    assert rows(facts) == {("A", "2023"): {"tax": 10000.0, "people": 30.0}}


def test_an_office_that_fills_in_a_form_is_no_measure() -> None:
    assert caption_measures("填报单位：高新区管委会") == []
    assert caption_measures("单位：高新区管委会") == []
    assert caption_measures("计量单位：万元、亩、%") == ["万元", "亩", "%"]
    assert caption_measures("（单位：万元）") == ["万元"]


def test_the_column_called_unit_wins_over_all_others(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "园区名称,企业名称,unit,period,tax\n高新区,某公司,E1,2023,1\n")
    assert rows(facts) == {("E1", "2023"): {"tax": 1.0}}


@pytest.mark.parametrize(
    "head", ["单位代码", "园区", "园区名称", "企业名称", "统一社会信用代码", "地区", "Unit", "country", "name"]
)
def test_many_words_head_the_units(tmp_path: Path, head: str) -> None:
    assert rows(read_text(tmp_path, f"{head},period,tax\nA,2023,1\n")) == {("A", "2023"): {"tax": 1.0}}


@pytest.mark.parametrize("head", ["period", "期间", "报告期", "年份", "Year", "时期"])
def test_many_words_head_the_periods(tmp_path: Path, head: str) -> None:
    assert rows(read_text(tmp_path, f"unit,{head},tax\nA,2023,1\n")) == {("A", "2023"): {"tax": 1.0}}


def test_a_year_and_a_quarter_beside_it_are_one_period(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "园区,年份,季度,税收收入\nA,2023,3,1\nA,2023,四季度,2\nA,2022年,,3\n")
    assert rows(facts) == {("A", "2023Q3"): {"tax": 1.0}, ("A", "2023Q4"): {"tax": 2.0}, ("A", "2022"): {"tax": 3.0}}


def test_the_sheet_the_title_or_the_file_may_tell_the_period(tmp_path: Path) -> None:
    sheet: Rows = [["园区", "税收收入"], ["A", 1]]
    book = write_book(tmp_path / "a.xlsx", {"2023年一季度": sheet, "二": [["2023年上半年园区指标"], *sheet]})
    assert set(rows(read_facts(book, VARIABLES))) == {("A", "2023Q1"), ("A", "2023H1")}
    (tmp_path / "2021.csv").write_text("unit,tax\nA,1\n")
    assert set(rows(read_facts(tmp_path / "2021.csv", VARIABLES))) == {("A", "2021")}


def test_the_period_that_is_given_is_finer_than_a_title_of_the_same_year(tmp_path: Path) -> None:
    assert set(rows(read_text(tmp_path, "2023年园区指标,\n园区,tax\nA,1\n", period="2023Q3"))) == {("A", "2023Q3")}


def test_two_columns_of_one_variable_are_told_and_the_first_stands(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "unit,period,tax,税收收入\nA,2023,1,2\n")
    assert value(facts, "A", "2023", "tax") == 1
    assert only(facts, "F033").severity == "error"


def test_columns_of_serial_numbers_and_blank_columns_need_no_word(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "序号,unit,period,tax,,\n1,A,2023,1,,\n")
    assert codes(facts) == []
    assert facts.units.columns == ["unit", "name", "category"]


def test_a_sheet_without_units_is_noted_beside_one_that_has_them(tmp_path: Path) -> None:
    book = write_book(tmp_path / "a.xlsx", {"说明": [["请按时填报"]], "2023": [["园区", "tax"], ["A", 1]]})
    assert only(read_facts(book, VARIABLES), "F021").severity == "note"


def test_no_heading_at_all_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FactsError, match="F021"):
        read_text(tmp_path, "1,2,3\n4,5,6\n")
