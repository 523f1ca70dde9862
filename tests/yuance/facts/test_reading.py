"""The whole way, as a city's office sends it."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tests.yuance.facts.desk import VARIABLES, Rows, codes, read_text, rows, write_book, write_text
from yuance.facts.fault import FactsError
from yuance.facts.reading import facts_from_frame, read_facts

OFFICE: Rows = [
    ["昆明市园区主要指标表"],
    ["填报单位：某某局", None, None, None, None, "单位：亿元、亩"],
    ["序号", "园区", "效益指标", None, "土地", None, "备注"],
    [None, None, "税收收入", "利润总额", "已供用地（公顷）", "研发强度（%）", None],
    [1, "高新区", " １．５ ", "—", 2, 0.125, "快报"],
    [2, "经开区", "1,234.5", 3, None, 0.2, None],
    [3, "度假区", None, None, None, None, None],
    [None, "合 计", 5, 6, 7, 8],
    [None, "注：本表由统计局提供"],
    [None, None, "填表人：张三", None, "审核人：李四"],
]
MERGED = [
    ("2023年三季度", area, text)
    for area, text in (
        ("A1:G1", "昆明市园区主要指标表"),
        ("A3:A4", "序号"),
        ("B3:B4", "园区"),
        ("C3:D3", "效益指标"),
        ("E3:F3", "土地"),
    )
]


def test_a_table_of_an_office_is_read_to_the_last_cell(tmp_path: Path) -> None:
    book = write_book(tmp_path / "上报.xlsx", {"2023年三季度": OFFICE}, MERGED, {"2023年三季度!F5": "0.0%"})
    facts = read_facts(book, VARIABLES)
    assert rows(facts) == {
        ("高新区", "2023Q3"): {"tax": 15000.0, "land": 30.0, "rate": 12.5},
        ("经开区", "2023Q3"): {"tax": 12345000.0, "profit": 30000.0, "rate": 0.2},
        ("度假区", "2023Q3"): {},
    }
    assert sorted(codes(facts)) == ["F030", "F034", "F034", "F034", "F044", "F044", "F045", "F060", "F062"]
    assert codes(facts, "error") == []
    assert str(facts.origins.place("经开区", "2023Q3", "profit")) == "上报.xlsx《2023年三季度》 D6"


def test_a_frame_and_a_file_of_the_same_facts_are_the_same(tmp_path: Path) -> None:
    frame = pl.DataFrame({"unit": ["A"], "period": ["2023"], "tax": [0.1]})
    frame.write_csv(tmp_path / "a.csv")
    assert facts_from_frame(frame, VARIABLES).digest == read_facts(tmp_path / "a.csv", VARIABLES).digest


def test_faults_of_facts_units_and_period_are_told_together(tmp_path: Path) -> None:
    with pytest.raises(FactsError) as caught:
        read_facts(tmp_path / "a.csv", VARIABLES, units=tmp_path / "u.csv", period="去年")
    assert [fault.code for fault in caught.value.faults] == ["F001", "F001", "F026"]


def test_sheets_that_fail_beside_one_that_serves_are_findings(tmp_path: Path) -> None:
    good: Rows = [["unit", "period", "tax"], ["A", 2023, 1]]
    book = write_book(
        tmp_path / "a.xlsx", {"一": good, "无期": [["unit", "tax"], ["A", 1]], "无行": [["unit", "period", "tax"]]}
    )
    facts = read_facts(book, VARIABLES)
    assert [(finding.code, finding.severity) for finding in facts.findings] == [("F023", "error"), ("F025", "note")]


def test_the_period_of_the_command_serves_tables_without_one(tmp_path: Path) -> None:
    assert set(rows(read_text(tmp_path, "unit,tax\nA,1\n", period="2023年三季度"))) == {("A", "2023Q3")}


def test_columns_the_method_uses_as_attributes_need_no_word(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "unit,period,tax,level\nA,2023,1,国家级\n", attributes={"level"})
    assert codes(facts) == []


def test_files_named_by_their_year_join_into_a_panel(tmp_path: Path) -> None:
    for year in (2021, 2022, 2023):
        write_text(tmp_path / f"{year}.csv", f"Province,tax\nP01,{year - 2000}\nP02,\n")
    facts = read_facts(tmp_path, VARIABLES)
    assert facts.table["tax"].to_list() == [21.0, 22.0, 23.0, None, None, None]
    assert codes(facts) == ["F062"] * 3
