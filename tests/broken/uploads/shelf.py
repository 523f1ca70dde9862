"""Uploads as they should not be, each named by its fault; made from a good template of KM01 for 2023Q4."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import openpyxl
from django.core.signing import Signer
from openpyxl.comments import Comment

Sheet = Any
Edit = Callable[[Sheet, "Places"], None]
MARK = "#yuance-template-1"


@dataclass(frozen=True)
class Places:
    """Where rows and columns stand in a template, by their ids."""

    top: int
    rows: Mapping[str, int]
    columns: Mapping[str, int]


@dataclass(frozen=True)
class Goods:
    """The good files that the broken ones are made from."""

    own: bytes
    other_round: bytes
    other_park: bytes
    department: bytes


@dataclass(frozen=True)
class Broken:
    """A file with its name, the words that its message must hold, and whether the whole file is refused."""

    name: str
    make: Callable[[Goods], bytes]
    words: tuple[str, ...]
    whole: bool = True


def places(sheet: Sheet) -> Places:
    """The ids of a sheet."""
    top = next(row for row in range(1, 30) if sheet.cell(row, 1).value == MARK)
    rows = {sheet.cell(row, 1).value: row for row in range(top + 2, sheet.max_row + 1) if sheet.cell(row, 1).value}
    columns = {sheet.cell(top, n).value: n for n in range(2, sheet.max_column + 1) if sheet.cell(top, n).value}
    return Places(top, rows, columns)


def edited(raw: bytes, edit: Edit, *, hidden: bool = False) -> bytes:
    """The workbook after something was done to its visible (or hidden) sheet."""
    book = openpyxl.load_workbook(io.BytesIO(raw))
    sheet = book.worksheets[1 if hidden else 0]
    edit(sheet, places(book.worksheets[0]))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def put(value: object, item: str = "revenue", column: str = "actual", look: str = "") -> Callable[[Goods], bytes]:
    """A cell with something in it."""

    def edit(sheet: Sheet, at: Places) -> None:
        cell = sheet.cell(at.rows[item], at.columns[column], value)
        if look:
            cell.number_format = look

    return lambda goods: edited(goods.own, edit)


def change(edit: Edit, *, hidden: bool = False) -> Callable[[Goods], bytes]:
    return lambda goods: edited(goods.own, edit, hidden=hidden)


def repacked(
    raw: bytes, *, add: Mapping[str, bytes] | None = None, parts: Mapping[str, Callable[[bytes], bytes]] | None = None
) -> bytes:
    """The package with parts added or rewritten."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as package, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for part in package.infolist():
            content = package.read(part)
            made.writestr(part.filename, (parts or {}).get(part.filename, lambda same: same)(content))
        for name, content in (add or {}).items():
            made.writestr(name, content)
    return stream.getvalue()


def with_part(name: str, content: bytes = b"x") -> Callable[[Goods], bytes]:
    return lambda goods: repacked(goods.own, add={name: content})


def rewritten(pattern: bytes, by: bytes, part: str = "xl/worksheets/sheet1.xml") -> Callable[[Goods], bytes]:
    return lambda goods: repacked(goods.own, parts={part: lambda xml: re.sub(pattern, by, xml, count=1)})


def archive(names: Mapping[str | bytes, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in names.items():
            package.writestr(name.decode("cp437") if isinstance(name, bytes) else name, content)
    return stream.getvalue()


def _tampered_seal(sheet: Sheet, at: Places) -> None:
    text = str(sheet.cell(2, 1).value)
    sheet.cell(2, 1, ("B" if text[5] == "A" else "A").join([text[:5], text[6:]]))


def _foreign_seal(sheet: Sheet, at: Places) -> None:
    sheet.cell(2, 1, Signer(key="another key", salt="yuance.intake.template").sign_object({"round": 1}))


def _empty_seal(sheet: Sheet, at: Places) -> None:
    sheet.cell(2, 1, Signer(salt="yuance.intake.template").sign_object({"round": 1}))


def _row_id(value: str) -> Edit:
    return lambda sheet, at: sheet.cell(at.rows["revenue"], 1, value)  # type: ignore[return-value]


def _column_id(value: str) -> Edit:
    return lambda sheet, at: sheet.cell(at.top, at.columns["actual"], value)  # type: ignore[return-value]


def _merge(sheet: Sheet, at: Places) -> None:
    sheet.cell(at.rows["revenue"], at.columns["actual"], 5)
    sheet.merge_cells(
        start_row=at.rows["revenue"], end_row=at.rows["revenue"] + 1, start_column=at.columns["actual"], end_column=at.columns["actual"]
    )  # fmt: skip


def _note(sheet: Sheet, at: Places) -> None:
    sheet.cell(at.rows["revenue"], at.columns["actual"]).comment = Comment("请领导审阅", "填报员")


def _extra_row(sheet: Sheet, at: Places) -> None:
    sheet.cell(max(at.rows.values()) + 3, at.columns["actual"], 99)


def _extra_column(sheet: Sheet, at: Places) -> None:
    sheet.cell(at.rows["revenue"], max(at.columns.values()) + 2, 99)


def _row_gone(sheet: Sheet, at: Places) -> None:
    sheet.delete_rows(at.rows["revenue"])


def _many_rows(sheet: Sheet, at: Places) -> None:
    for number in range(100_000):
        sheet.append([f"row{number}", number])


def _dropped(number: int) -> Callable[[Goods], bytes]:
    def make(goods: Goods) -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(goods.own))
        book.create_sheet("空表")
        del book[book.sheetnames[number]]
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    return make


def _twice(goods: Goods) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(goods.own))
    book.copy_worksheet(book.worksheets[0])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _plain_book(goods: Goods) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["园区", "营业收入"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _locked_zip(goods: Goods) -> bytes:
    """Every entry marked as encrypted, as zip programs do."""
    raw = bytearray(goods.own)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(mark)
        while at >= 0:
            raw[at + offset] |= 1
            at = raw.find(mark, at + 4)
    return bytes(raw)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CSV = "园区,营业收入\nKM01,5\n"
HTML = b"<html><table><tr><td>1</td></tr></table></html>"
DTD = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>'

SHELF: dict[str, Broken] = {
    # no workbook at all
    "an_empty_file": Broken("空.xlsx", lambda _: b"", ("是空的",)),
    "words_called_xlsx": Broken("文字.xlsx", lambda _: "营业收入五亿元".encode(), ("不是 Excel",)),
    "a_pdf_called_xlsx": Broken("表.xlsx", lambda _: b"%PDF-1.7\n...", ("不是 Excel",)),
    "a_picture": Broken("表.png", lambda _: b"\x89PNG\r\n\x1a\n" + b"0" * 99, ("不是 Excel",)),
    "a_csv": Broken("表.csv", lambda _: CSV.encode(), ("不是 Excel",)),
    "a_csv_in_gb18030": Broken("表.csv", lambda _: CSV.encode("gb18030"), ("不是 Excel",)),
    "a_web_page_called_xls": Broken("导出.xls", lambda _: HTML, ("不是 Excel",)),
    "an_old_xls": Broken("旧表.xls", lambda _: OLE + b"\0" * 600, ("无法打开",)),
    "a_workbook_with_a_password": Broken("密.xlsx", lambda _: OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), ("密码",)),
    "a_word_document": Broken("说明.docx", lambda _: archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}), ("不是 Excel",)),
    "a_plain_zip": Broken("附件.zip", lambda _: archive({"a.txt": b"1"}), ("不是 Excel",)),
    "a_zip_with_gb18030_names": Broken("附件.zip", lambda _: archive({"填报表.txt".encode("gb18030"): b"1"}), ("不是 Excel",)),
    "a_zip_that_is_cut_off": Broken("断.xlsx", lambda goods: goods.own[: len(goods.own) // 2], ("损坏",)),
    "a_zip_with_a_password": Broken("密.xlsx", _locked_zip, ("密码",)),
    "a_zip_bomb": Broken("大.xlsx", with_part("xl/media/zero.bin", b"\0" * 70_000_000), ("解压后", "上限")),
    "a_thousand_parts": Broken("多.xlsx", lambda goods: repacked(goods.own, add={f"x/{n}": b"" for n in range(1200)}), ("上限",)),
    "a_file_too_large": Broken("大.xlsx", lambda goods: goods.own + b"\0" * (10 * 2**20), ("大于 10 MB",)),
    # unsafe
    "macros": Broken("宏.xlsm", with_part("xl/vbaProject.bin"), ("含有宏",)),
    "links_to_other_files": Broken("链.xlsx", with_part("xl/externalLinks/externalLink1.xml"), ("外部链接",)),
    "an_embedded_object": Broken("嵌.xlsx", with_part("xl/embeddings/oleObject1.bin"), ("嵌入对象",)),
    "a_control": Broken("控.xlsx", with_part("xl/activeX/activeX1.xml"), ("控件",)),
    "a_data_connection": Broken("连.xlsx", with_part("xl/connections.xml"), ("数据连接",)),
    "a_custom_ribbon": Broken("栏.xlsx", with_part("customUI/customUI.xml"), ("自定义界面",)),
    "entities_that_multiply": Broken("实体.xlsx", rewritten(rb"<\?xml[^>]*\?>", DTD), ("DTD",)),
    # too large, damaged
    "a_hundred_thousand_rows": Broken("长.xlsx", change(_many_rows), ("行", "上限")),
    "a_stray_cell_far_out": Broken("远.xlsx", change(lambda sheet, at: sheet.cell(9, 16000, 1)), ("列", "上限")),
    "a_row_with_an_absurd_number": Broken("行号.xlsx", rewritten(rb'<row r="\d+"', b'<row r="99999999"'), ("上限",)),
    "a_damaged_sheet": Broken("坏.xlsx", lambda goods: repacked(goods.own, parts={"xl/worksheets/sheet1.xml": lambda xml: xml[:900]}), ("",)),
    "a_damaged_list_of_sheets": Broken("坏.xlsx", lambda goods: repacked(goods.own, parts={"xl/workbook.xml": lambda _: b"<workbook>"}), ("",)),
    # not this template
    "a_workbook_of_their_own": Broken("自制.xlsx", _plain_book, ("没有本系统模板的标识",)),
    "the_hidden_sheet_deleted": Broken("表.xlsx", _dropped(1), ("没有本系统模板的标识",)),
    "the_form_itself_deleted": Broken("表.xlsx", _dropped(0), ("没有本系统模板的标识",)),
    "the_hidden_row_cleared": Broken("表.xlsx", change(lambda sheet, at: sheet.delete_rows(at.top)), ("没有本系统模板的标识",)),
    "two_forms_in_one_file": Broken("表.xlsx", _twice, ("2 张模板表",)),
    "a_seal_that_was_changed": Broken("表.xlsx", change(_tampered_seal, hidden=True), ("签名不符",)),
    "a_seal_by_another_key": Broken("表.xlsx", change(_foreign_seal, hidden=True), ("签名不符",)),
    "a_seal_without_its_content": Broken("表.xlsx", change(_empty_seal, hidden=True), ("签名不符",)),
    "a_template_of_another_round": Broken("表.xlsx", lambda goods: goods.other_round, ("2023Q3", "不是“2023Q4评价”")),
    "a_template_of_another_park": Broken("表.xlsx", lambda goods: goods.other_park, ("园区 KM02",)),
    "a_departments_template": Broken("表.xlsx", lambda goods: goods.department, ("部门“统计局”",)),
    "the_id_of_a_row_changed": Broken("表.xlsx", change(_row_id("profit")), ("标识被改动过", "profit")),
    "the_id_of_a_column_changed": Broken("表.xlsx", change(_column_id("adopted")), ("标识被改动过", "adopted")),
    "a_row_copied": Broken("表.xlsx", change(_row_id("land")), ("标识相同", "land")),
    "a_column_copied": Broken("表.xlsx", change(_column_id("explanation")), ("标识相同", "explanation")),
    # cells that are not taken
    "a_formula": Broken("表.xlsx", put("=SUM(1,2)"), ("含有公式",), whole=False),
    "a_formula_of_another_sheet": Broken("表.xlsx", put("=空表!A1"), ("含有公式",), whole=False),
    "words_in_place_of_a_number": Broken("表.xlsx", put("五亿元左右"), ("不是数",), whole=False),
    "a_decimal_comma": Broken("表.xlsx", put("1,5"), ("千分位",), whole=False),
    "a_date_made_of_a_number": Broken("表.xlsx", put("2023-01-02"), ("日期",), whole=False),
    "a_cell_formatted_as_a_date": Broken("表.xlsx", put(45000, look="yyyy-mm-dd"), ("日期",), whole=False),
    "a_truth_value": Broken("表.xlsx", put(value=True), ("逻辑值",), whole=False),
    "a_failed_formula": Broken("表.xlsx", put("#DIV/0!"), ("公式错误",), whole=False),
    "a_percentage_of_money": Broken("表.xlsx", put(0.5, look="0%"), ("百分数",), whole=False),
    "a_foreign_measure": Broken("表.xlsx", put("12吨"), ("无法换算",), whole=False),
    "a_number_beyond_all_bounds": Broken("表.xlsx", put(1e300), ("过大",), whole=False),
    "infinity": Broken("表.xlsx", put("∞"), ("不是有限的数",), whole=False),
    "merged_cells": Broken("表.xlsx", change(_merge), ("合并的单元格",), whole=False),
    "neither_yes_nor_no": Broken("表.xlsx", put("也许", "accident"), ("是或否",), whole=False),
    "words_without_end": Broken("表.xlsx", put("长" * 600, "remark"), ("超过 500 字",), whole=False),
    "a_formula_as_words": Broken("表.xlsx", put("@SUM(A1:A9)", "remark"), ("像是公式",), whole=False),
    "a_command_in_the_explanation": Broken("表.xlsx", put("+cmd|' /C calc'!A0", "revenue", "explanation"), ("像是公式",), whole=False),
    "an_explanation_without_end": Broken("表.xlsx", put("长" * 2100, "revenue", "explanation"), ("超过 2000 字",), whole=False),
    # what is told and left
    "a_note_on_a_cell": Broken("表.xlsx", change(_note), ("批注",), whole=False),
    "a_row_of_their_own": Broken("表.xlsx", change(_extra_row), ("不是模板里的行",), whole=False),
    "a_column_of_their_own": Broken("表.xlsx", change(_extra_column), ("不是模板里的列",), whole=False),
    "a_row_that_is_gone": Broken("表.xlsx", change(_row_gone), ("少了 1 行", "营业收入"), whole=False),
}  # fmt: skip


def each() -> Iterator[tuple[str, Broken]]:
    yield from SHELF.items()
