"""Units are recognised by code and by every name; unknown ones are left out; attributes are kept."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tests.yuance.facts.desk import VARIABLES, Rows, codes, only, read_text, rows, write_book, write_text
from yuance.facts.fault import FactsError
from yuance.facts.reading import facts_from_frame, read_facts

LIST = "unit,name,short_name,former_names,category,level,area\nKM01,昆明高新技术产业开发区,昆明高新区,高新新区；马金铺,A,国家级,12.5\nKM02,安宁工业园区,,,B,省级,7\n"


@pytest.fixture
def units(tmp_path: Path) -> Path:
    return write_text(tmp_path / "units.csv", LIST)


@pytest.mark.parametrize("said", ["KM01", "km01", "昆明高新技术产业开发区", "昆明高新区", " 昆明 高新区 ", "ＫＭ０１"])
def test_a_unit_is_recognised_by_code_and_names(tmp_path: Path, units: Path, said: str) -> None:
    facts = read_text(tmp_path, f"园区,period,tax\n{said},2023,1\n", units=units)
    assert set(rows(facts)) == {("KM01", "2023")}
    assert codes(facts) == []


def test_a_former_name_is_recognised_with_a_note(tmp_path: Path, units: Path) -> None:
    facts = read_text(tmp_path, "园区,period,tax\n马金铺,2022,1\nKM01,2023,1\n", units=units)
    assert set(rows(facts)) == {("KM01", "2022"), ("KM01", "2023")}
    finding = only(facts, "F073")
    assert (finding.severity, finding.unit) == ("note", "KM01")


def test_a_unit_that_is_not_listed_is_an_error_and_left_out(tmp_path: Path, units: Path) -> None:
    facts = read_text(tmp_path, "园区,period,tax\n东川园区,2022,1\n东川园区,2023,x\nKM01,2023,1\n", units=units)
    assert set(rows(facts)) == {("KM01", "2023")}
    finding = only(facts, "F070")
    assert (finding.severity, finding.unit, finding.values["times"], str(finding.origin)) == (
        "error",
        "东川园区",
        2,
        "facts.csv A2",
    )


def test_the_list_gives_all_units_also_those_without_facts(tmp_path: Path, units: Path) -> None:
    facts = read_text(tmp_path, "unit,period,tax\nKM01,2023,1\n", units=units)
    assert facts.listed
    assert facts.units.to_dicts()[1] == {
        "unit": "KM02",
        "name": "安宁工业园区",
        "category": "B",
        "area": 7.0,
        "former_names": None,
        "level": "省级",
        "short_name": None,
    }


def test_a_name_that_two_units_bear_recognises_neither(tmp_path: Path) -> None:
    units = write_text(tmp_path / "units.csv", "unit,name,简称\n1,甲县产业园区,产业园\n2,乙县产业园区,产业园\n")
    facts = read_text(tmp_path, "unit,period,tax\n产业园,2023,1\n1,2023,2\n", units=units)
    assert only(facts, "F072").severity == "error"
    assert set(rows(facts)) == {("1", "2023")}


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_the_list_may_have_chinese_headings_in_any_form(tmp_path: Path, form: str) -> None:
    rows_: Rows = [["园区代码", "园区名称", "类别", "级别"], ["01", "高新区", "A", "国家级"]]
    path = tmp_path / f"units.{form}"
    if form == "csv":
        write_text(path, "\n".join(",".join(row) for row in rows_), "gb18030")
    elif form == "xlsx":
        write_book(path, {"名单": [["园区名单"], *rows_]})
    else:
        pl.DataFrame(rows_[1:], schema=rows_[0], orient="row").write_parquet(path)
    facts = read_text(tmp_path, "园区,period,tax\n高新区,2023,1\n", units=path)
    assert facts.units.to_dicts() == [{"unit": "01", "name": "高新区", "category": "A", "级别": "国家级"}]
    assert set(rows(facts)) == {("01", "2023")}


def test_without_a_column_of_codes_the_name_is_the_unit(tmp_path: Path) -> None:
    units = write_text(tmp_path / "units.csv", "名称,类别\n高新区,A\n")
    facts = read_text(tmp_path, "园区,period,tax\n高新区,2023,1\n", units=units)
    assert facts.units.to_dicts() == [{"unit": "高新区", "name": "高新区", "category": "A"}]


def test_a_unit_that_is_listed_twice_differently_is_told(tmp_path: Path) -> None:
    units = write_text(tmp_path / "units.csv", "unit,category\nA,1\nA,2\nB,1\nB,1\n")
    facts = read_text(tmp_path, "unit,period,tax\nA,2023,1\n", units=units)
    finding = only(facts, "F071")
    assert (finding.severity, finding.unit) == ("error", "A")
    assert facts.units["category"].to_list() == ["1", "1"]


def test_a_list_without_units_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FactsError, match="F022"):
        read_text(tmp_path, "unit,period,tax\nA,2023,1\n", units=write_text(tmp_path / "units.csv", "a,b\n1,2\n"))


def test_wide_facts_may_carry_names_categories_and_attributes(tmp_path: Path) -> None:
    facts = read_text(
        tmp_path,
        "unit,name,category,level,period,tax\nA,甲,1,国家级,2023,1\nA,甲,1,国家级,2022,1\nB,乙,2,省级,2023,1\n",
        attributes=["level"],
    )
    assert not facts.listed
    assert facts.units.to_dicts() == [
        {"unit": "A", "name": "甲", "category": "1", "level": "国家级"},
        {"unit": "B", "name": "乙", "category": "2", "level": "省级"},
    ]
    assert codes(facts) == []


def test_an_attribute_that_differs_between_rows_takes_the_latest_and_must_be_explained(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "unit,category,period,tax\nA,二类,2023Q4,1\nA,一类,2024Q1,2\nA,二类,2022,2\n")
    assert facts.units["category"].to_list() == ["一类"]
    finding = only(facts, "F074")
    assert (finding.severity, finding.unit, finding.place) == ("explain", "A", "category")


def test_an_unknown_column_is_reported_and_kept_as_an_attribute(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "unit,period,tax,备注\nA,2023,1,快报\n")
    assert facts.units["备注"].to_list() == ["快报"]
    finding = only(facts, "F030")
    assert (finding.severity, finding.place, str(finding.origin)) == ("note", "备注", "facts.csv D1")


def test_an_unknown_column_that_looks_like_a_variable_asks_whether_it_is(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "unit,period,tax,从业人员数\nA,2023,1,5\n")
    assert "从业人员 people" in only(facts, "F030").text()


def test_beside_a_list_of_units_unknown_columns_are_only_reported(tmp_path: Path, units: Path) -> None:
    facts = read_text(tmp_path, "unit,period,tax,备注\nKM01,2023,1,快报\n", units=units)
    assert "备注" not in facts.units.columns
    assert codes(facts) == ["F029"]


def test_a_category_beside_the_facts_serves_where_the_list_has_none(tmp_path: Path) -> None:
    units = write_text(tmp_path / "units.csv", "unit,name\nA,甲\n")
    facts = read_text(tmp_path, "unit,category,period,tax\nA,一类,2023,1\n", units=units)
    assert facts.units["category"].to_list() == ["一类"]


def test_codes_that_look_like_numbers_keep_their_zeros_and_lose_no_digit(tmp_path: Path) -> None:
    sheet: Rows = [["unit", "period", "tax"], [530101.0, 2023, 1], ["0530", 2023, 2]]
    facts = read_facts(write_book(tmp_path / "a.xlsx", {"一": sheet}), VARIABLES)
    assert facts.units["unit"].to_list() == ["0530", "530101"]
    coded = read_text(tmp_path, "unit,period,tax,邮编,面积\nA,2023,1,065000,5\n")
    assert coded.units.select("邮编", "面积").row(0) == ("065000", 5.0)


def test_two_spellings_of_one_unit_are_one_unit(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "unit,period,tax\n高新区(东区),2022,1\n高新区（东区）,2023,2\n")
    assert facts.units.height == 1


def test_a_code_in_one_sheet_and_a_name_in_another_are_one_unit(tmp_path: Path) -> None:
    book = write_book(
        tmp_path / "a.xlsx",
        {
            "1": [["单位代码", "单位名称", "period", "tax"], ["01", "甲园", 2023, 1]],
            "2": [["园区", "period", "land"], ["甲园", 2023, 2]],
        },
    )
    facts = read_facts(book, VARIABLES)
    assert rows(facts) == {("01", "2023"): {"tax": 1.0, "land": 2.0}}
    assert facts.units["name"].to_list() == ["甲园"]


def test_frames_follow_the_same_rules() -> None:
    units = pl.DataFrame({"unit": ["A"], "name": ["甲"], "level": [1.5]})
    frame = pl.DataFrame({"园区": ["甲", "丙"], "period": [2023, 2023], "tax": [1, 2]})
    facts = facts_from_frame(frame, VARIABLES, units=units)
    assert rows(facts) == {("A", "2023"): {"tax": 1.0}}
    assert facts.units.to_dicts() == [{"unit": "A", "name": "甲", "category": None, "level": 1.5}]
    assert facts.origins.place("A", "2023", "tax") is None
