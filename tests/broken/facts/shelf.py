"""The shelf of broken facts: each input is a function named by its fault, with the words that its message must hold.

`FATAL` inputs cannot be read at all; of `FOUND` inputs the good part is read, and the fault is a finding.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl

from tests.yuance.facts.desk import write_book, write_text

Maker = Callable[[Path], dict[str, Any]]
FATAL: dict[Maker, tuple[str, ...]] = {}
FOUND: dict[Maker, tuple[str, ...]] = {}


def fatal(*words: str) -> Callable[[Maker], Maker]:
    """Nothing can be done with it; the error holds these words."""
    return _shelved(FATAL, words)


def found(*words: str) -> Callable[[Maker], Maker]:
    """It is read; a finding holds these words."""
    return _shelved(FOUND, words)


def _shelved(shelf: dict[Maker, tuple[str, ...]], words: tuple[str, ...]) -> Callable[[Maker], Maker]:
    def put(maker: Maker) -> Maker:
        shelf[maker] = words
        return maker

    return put


def csv(folder: Path, text: str, **options: Any) -> dict[str, Any]:
    return {"paths": write_text(folder / "facts.csv", text), **options}


def raw(folder: Path, name: str, content: bytes) -> dict[str, Any]:
    (folder / name).write_bytes(content)
    return {"paths": folder / name}


def book(folder: Path, rows: list[list[Any]], **options: Any) -> dict[str, Any]:
    return {"paths": write_book(folder / "facts.xlsx", {"一": rows}, **options)}


# ---- files


@fatal("F001", "找不到文件", "nowhere.csv")
def missing_file(folder: Path) -> dict[str, Any]:
    return {"paths": folder / "nowhere.csv"}


@fatal("F001", "a.csv", "b.csv")
def two_missing_files_are_both_told(folder: Path) -> dict[str, Any]:
    return {"paths": [folder / "a.csv", folder / "b.csv"]}


@fatal("F003", "没有可读的数据文件")
def folder_without_tables(folder: Path) -> dict[str, Any]:
    (folder / "readme.md").write_text("x")
    return {"paths": folder}


@fatal("F003")
def no_path_at_all(folder: Path) -> dict[str, Any]:
    del folder
    return {"paths": []}


@fatal("F011", "空的")
def empty_file(folder: Path) -> dict[str, Any]:
    return raw(folder, "a.csv", b"")


@fatal("F011", "空的")
def file_of_blanks(folder: Path) -> dict[str, Any]:
    return raw(folder, "a.csv", b"\xef\xbb\xbf \r\n\r\n ")


@fatal("F011", "空的")
def workbook_of_empty_sheets(folder: Path) -> dict[str, Any]:
    return book(folder, [])


@fatal("F012", "编码", "encoded")
def noise(folder: Path) -> dict[str, Any]:
    return raw(folder, "a.csv", bytes(range(128, 256)) * 20)


@fatal("F010", "PDF")
def pdf_that_is_called_csv(folder: Path) -> dict[str, Any]:
    return raw(folder, "a.csv", b"%PDF-1.7 ...")


@fatal("F010", "HTML")
def web_page_that_is_called_xls(folder: Path) -> dict[str, Any]:
    return raw(folder, "a.xls", b"<html><table><tr><td>unit</td></tr></table></html>")


@fatal("F019", "压缩包")
def zip_without_workbook(folder: Path) -> dict[str, Any]:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("facts.csv", "unit,period,tax\nA,2023,1\n")
    return raw(folder, "a.xlsx", packed.getvalue())


@fatal("F017", "已损坏", "damaged")
def zip_cut_short(folder: Path) -> dict[str, Any]:
    path = write_book(folder / "b.xlsx", {"一": [["unit", "period", "tax"], ["A", 2023, 1]]})
    return raw(folder, "a.xlsx", path.read_bytes()[:-200])


@fatal("F017")
def workbook_whose_sheet_is_cut_short(folder: Path) -> dict[str, Any]:
    path = write_book(folder / "b.xlsx", {"一": [["unit", "period", "tax"], ["A", 2023, 1]]})
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content[: len(content) // 2] if "sheet1" in name else content)
    return raw(folder, "a.xlsx", packed.getvalue())


@fatal("F018", "解压后", "unpacks to")
def zip_bomb(folder: Path) -> dict[str, Any]:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        with package.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(210):
                part.write(b"\0" * 10**6)
    return raw(folder, "a.xlsx", packed.getvalue())


@fatal("F020", "太大", "stray cell")
def stray_cell_at_the_far_end(folder: Path) -> dict[str, Any]:
    path = write_book(folder / "b.xlsx", {"一": [["unit", "period", "tax"], ["A", 2023, 1]]})
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if "sheet1" in name:
                far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                content = content.replace(b"</sheetData>", far)
            target.writestr(name, content)
    return raw(folder, "a.xlsx", packed.getvalue())


@fatal("F014", "2500 列")
def too_many_columns(folder: Path) -> dict[str, Any]:
    return book(folder, [["unit", "period", *[f"c{number}" for number in range(2498)]]])


@fatal("F016", "密码", "password")
def workbook_with_a_password(folder: Path) -> dict[str, Any]:
    return raw(
        folder, "a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    )


@fatal("F017")
def old_workbook_of_noise(folder: Path) -> dict[str, Any]:
    return raw(folder, "a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 8)


@fatal("F015", "Parquet")
def parquet_cut_short(folder: Path) -> dict[str, Any]:
    pl.DataFrame({"unit": ["A"], "period": ["2023"], "tax": [1.0]}).write_parquet(folder / "b.parquet")
    return raw(folder, "a.parquet", (folder / "b.parquet").read_bytes()[:-40])


@fatal("F015")
def text_that_is_called_parquet(folder: Path) -> dict[str, Any]:
    return raw(folder, "a.parquet", b"unit,period,tax\nA,2023,1\n")


# ---- sheets and headings


@fatal("F021", "没有找到单位列", "unit")
def no_unit_column(folder: Path) -> dict[str, Any]:
    return csv(folder, "period,tax\n2023,1\n")


@fatal("F021")
def heading_too_far_down(folder: Path) -> dict[str, Any]:
    return csv(folder, "说明文字,x\n" * 30 + "unit,period,tax\nA,2023,1\n")


@fatal("F023", "没有报告期列", "--period")
def no_period_and_none_given(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,tax\nA,1\n")


@fatal("F023")
def title_of_two_years(folder: Path) -> dict[str, Any]:
    return csv(folder, "2022年与2023年对比,\nunit,tax\nA,1\n")


@fatal("F024", "填报数据项", "税收收入 tax")
def no_column_is_a_variable(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,税收收人\nA,2023,1\n")


@fatal("F025", "没有数据行")
def heading_without_rows(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,tax\n")


@fatal("F026", "不是报告期", "去年")
def period_given_in_words_nobody_understands(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,tax\nA,1\n", period="去年")


@fatal("F022", "单位名单")
def list_of_units_without_units(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,tax\nA,2023,1\n", units=write_text(folder / "units.csv", "x,y\n1,2\n"))


@fatal("F001", "units.csv")
def list_of_units_missing(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,tax\nA,2023,1\n", units=folder / "units.csv")


# ---- columns


@found("F035", "美元", "万元", "无法换算")
def heading_in_another_currency(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,税收收入（万美元）,land\nA,2023,1,2\n")


@found("F035", "箱")
def heading_in_an_unknown_measure(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,税收收入（箱）,land\nA,2023,1,2\n")


@found("F034", "亿元", "10,000")
def heading_in_a_sister_measure_is_converted_and_told(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,税收收入（亿元）\nA,2023,1\n")


@found("F033", "两列", "C")
def variable_in_two_columns(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,tax,税收收入\nA,2023,1,2\n")


@found("F030", "备注", "D1")
def unknown_column(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,tax,备注\nA,2023,1,x\n")


@found("F037", "没有表头", "D1")
def column_without_heading(folder: Path) -> dict[str, Any]:
    return book(folder, [["unit", "period", "tax", None, "land"], ["A", 2023, 1, 5, 6]])


@found("F031", "xyz", "C3")
def unknown_variable_in_a_long_table(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,variable,value\nA,2023,tax,1\nA,2023,xyz,1\n")


@found("F038", "没有写明", "C3")
def value_of_no_variable(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,variable,value\nA,2023,tax,1\nA,2023,,1\n")


@found("F039", "预计", "actual")
def unknown_kind_in_a_long_table(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,variable,value,kind\nA,2023,tax,1,实际\nA,2023,land,1,预计\n")


# ---- rows


@found("F041", "A3", "千分位")
def thousands_comma_without_quotes(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,tax\nA,2023,1\nB,2023,1,234\n")


@found("F042", "单位为空", "A3")
def values_without_unit(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,tax\nA,1\n,2\n", period="2023")


@found("F045", "合计", "A3")
def row_of_totals(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,tax\nA,2023,1\n合计,2023,1\n")


@found("F044", "填表人", "A3")
def footnote(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,tax\nA,2023,1\n填表人：张三,,\n")


@found("F046", "上年", "B3")
def period_nobody_understands(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,tax\nA,2023,1\nB,上年,1\n")


@found("F046", "2023Q5")
def fifth_quarter(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,tax\nA,2023,1\nB,2023Q5,1\n")


@found("F047", "B3")
def blank_period(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,tax\nA,2023,1\nB,,1\n")


@found("F062", "没有任何数值")
def unit_that_reports_nothing(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,tax\nA,2023,1\nB,2023,\n")


# ---- cells


@found("F051", "约300", "C2", "税收收入 tax")
def words_in_a_number(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,tax\nA,2023,约300\n")


@found("F052", "1,5", "C2", "1234.5")
def decimal_comma(folder: Path) -> dict[str, Any]:
    return csv(folder, 'unit,period,tax\nA,2023,"1,5"\n')


@found("F052", "1.234,5")
def european_thousands(folder: Path) -> dict[str, Any]:
    return csv(folder, 'unit,period,tax\nA,2023,"1.234,5"\n')


@found("F053", "inf")
def infinite_number(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,tax\nA,2023,inf\n")


@found("F053", "1e999")
def number_too_large(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,tax\nA,2023,1e999\n")


@found("F053")
def nan_in_a_parquet_file(folder: Path) -> dict[str, Any]:
    pl.DataFrame({"unit": ["A"], "period": ["2023"], "tax": [float("nan")]}).write_parquet(folder / "a.parquet")
    return {"paths": folder / "a.parquet"}


@found("F054", "#DIV/0!", "C2")
def failed_formula(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,tax\nA,2023,#DIV/0!\n")


@found("F055", "2023-09-01", "C2")
def date_in_a_number(folder: Path) -> dict[str, Any]:
    return book(folder, [["unit", "period", "tax"], ["A", 2023, dt.date(2023, 9, 1)]], formats={"一!C2": "yyyy-mm-dd"})


@found("F056", "TRUE", "C2")
def truth_value_in_a_number(folder: Path) -> dict[str, Any]:
    return book(folder, [["unit", "period", "tax"], ["A", 2023, True]])


@found("F057", "12%", "万元")
def percentage_of_money(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,tax\nA,2023,12%\n")


@found("F058", "3公顷", "万元")
def measure_of_another_thing_behind_the_number(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,tax\nA,2023,3公顷\n")


@found("F059", "大概", "是 或 否")
def neither_yes_nor_no(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,platform\nA,2023,大概\n")


@found("F060", "—", "作缺失处理")
def dash_for_a_gap(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,tax,land\nA,2023,—,1\n")


# ---- doubles and units


@found("F063", "只计一次", "C2", "C3")
def row_twice(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,tax\nA,2023,1\nA,2023,1\n")


@found("F064", "前后不一", "C2", "C3")
def rows_that_contradict_each_other(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,tax\nA,2023,1\nA,2023,2\n")


@found("F064", "1.csv", "2.csv")
def files_that_contradict_each_other(folder: Path) -> dict[str, Any]:
    one = write_text(folder / "1.csv", "unit,period,tax\nA,2023,1\n")
    return {"paths": [one, write_text(folder / "2.csv", "unit,period,tax\nA,2023,2\n")]}


@found("F070", "东川", "名单")
def unit_that_is_not_listed(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,tax\nA,2023,1\n东川,2023,1\n", units=write_text(folder / "units.csv", "unit\nA\n"))


@found("F071", "出现多次")
def unit_listed_twice(folder: Path) -> dict[str, Any]:
    return csv(
        folder, "unit,period,tax\nA,2023,1\n", units=write_text(folder / "units.csv", "unit,category\nA,1\nA,2\n")
    )


@found("F072", "产业园")
def name_of_two_units(folder: Path) -> dict[str, Any]:
    units = write_text(folder / "units.csv", "unit,name\n1,产业园\n2,产业园\n")
    return csv(folder, "unit,period,tax\n1,2023,1\n产业园,2023,1\n", units=units)


@found("F073", "曾用名", "老区")
def former_name(folder: Path) -> dict[str, Any]:
    units = write_text(folder / "units.csv", "unit,name,former_names\n1,新区,老区\n")
    return csv(folder, "unit,period,tax\n老区,2023,1\n", units=units)


@found("F074", "前后不一", "category")
def category_that_changes(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,category,period,tax\nA,1,2022,1\nA,2,2023,1\n")


# ---- plausibility


@found("F080", "-5", "C2")
def value_out_of_range(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,tax\nA,2023,-5\n")


@found("F081", "上年同期", "C3")
def jump_over_last_year(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,tax\nA,2022,10\nA,2023,400\n")


@found("F082", "亿元", "C3")
def unit_slip(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,tax\nA,2022,12000\nA,2023,1.3\n")


@found("F083", "2 个零", "C3")
def zeros_too_many(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,firms\nA,2022,30\nA,2023,3100\n")


@found("F084", "不应下降", "C3")
def cumulated_value_that_falls(folder: Path) -> dict[str, Any]:
    return csv(folder, "unit,period,tax\nA,2023Q2,50\nA,2023Q3,40\n")
