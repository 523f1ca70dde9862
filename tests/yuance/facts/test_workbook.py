"""Workbooks with several sheets, hidden ones, empty ones; in the formats of three decades."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import xlsxwriter

from tests.yuance.facts.desk import VARIABLES, Rows, codes, only, rows, write_book
from yuance.facts.reading import read_facts
from yuance.facts.workbook import read_workbook

TABLE: Rows = [["园区", "期间", "税收收入"], ["A", "2023年", 1.5]]


def test_every_sheet_is_read_and_empty_ones_do_not_matter(tmp_path: Path) -> None:
    book = write_book(
        tmp_path / "a.xlsx", {"空": [], "一": TABLE, "二": [["园区", "期间", "已供用地"], ["A", 2023, 7]]}
    )
    facts = read_facts(book, VARIABLES)
    assert rows(facts) == {("A", "2023"): {"tax": 1.5, "land": 7.0}}
    assert codes(facts) == []


def test_a_hidden_sheet_is_not_read_but_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    for name, number in (("一", 1), ("旧", 2)):
        page = book.add_worksheet(name)
        page.write_row(0, 0, ["unit", "period", "tax"])
        page.write_row(1, 0, ["A", "2023", number])
    page.hide()
    book.close()
    facts = read_facts(path, VARIABLES)
    assert rows(facts) == {("A", "2023"): {"tax": 1.0}}
    assert only(facts, "F027").severity == "note"


def test_a_table_may_begin_anywhere(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row, cells in enumerate(TABLE):
        for column, cell in enumerate(cells):
            page.cell(row + 4, column + 3, cell)
    book.save(tmp_path / "a.xlsx")
    facts = read_facts(tmp_path / "a.xlsx", VARIABLES)
    assert rows(facts) == {("A", "2023"): {"tax": 1.5}}
    assert str(facts.origins.place("A", "2023", "tax")) == "a.xlsx《Sheet》 E5"


def test_other_programs_write_the_same_cells(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for cells in TABLE:
        page.append(cells)
    page["C2"].number_format = "#,##0.00"
    book.save(tmp_path / "b.xlsx")
    one = read_facts(tmp_path / "b.xlsx", VARIABLES)
    assert one.digest == read_facts(write_book(tmp_path / "a.xlsx", {"一": TABLE}), VARIABLES).digest


def test_cells_of_a_sheet_keep_their_place(tmp_path: Path) -> None:
    (sheet,) = read_workbook(write_book(tmp_path / "a.xlsx", {"一": [[None, "x"], [3.5, True]]}))
    assert [column.at(row) for row in range(2) for column in sheet.columns] == [None, "x", 3.5, True]
