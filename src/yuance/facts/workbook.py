"""Excel workbooks (.xlsx, .xls, .ods): every visible sheet, with merged ranges, failed formulas and percentages."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import python_calamine as calamine

from yuance.errors import Place
from yuance.facts.fault import FactsError, fault
from yuance.facts.package import Marks, inspect_package
from yuance.facts.sheet import Column, Sheet, SheetError

MOST_COLUMNS = 2_000
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_workbook(path: Path) -> list[Sheet]:
    """The sheets of a workbook that hold anything, in their order.

    Raises:
        FactsError: it is no workbook, locked by a password, damaged, or too large to open safely.
    """
    raw = path.read_bytes()
    place = Place(path.name)
    if not raw:
        raise FactsError([fault("F011", place, file=path.name)])
    if raw[:4] == _OLE and _ENCRYPTED in raw:
        raise FactsError([fault("F016", place, file=path.name)])
    marks = inspect_package(raw, path.name) if raw[:2] == b"PK" else {}
    book = _open(path)
    sheets = []
    for number, about in enumerate(book.sheets_metadata):
        if about.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        found = _read_sheet(book, number, path.name, marks.get(about.name, Marks()))
        if found is not None:
            visible = about.visible == calamine.SheetVisibleEnum.Visible
            sheets.append(Sheet(path.name, about.name, found[0], found[1], merged=found[2], visible=visible))
    if not sheets:
        raise FactsError([fault("F011", place, file=path.name)])
    return sheets


def _open(path: Path) -> calamine.CalamineWorkbook:
    try:
        return calamine.load_workbook(path)
    except BaseException as error:  # noqa: BLE001  the reading library may panic on damaged files
        raise _translated(error, path.name) from None


def _translated(error: BaseException, file: str) -> BaseException:
    """What the reading library says, as our own fault; even its panics, which are no ordinary exceptions."""
    if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError | FactsError):
        return error
    reason = (str(error).splitlines() or [type(error).__name__])[0][:200]
    if "password" in reason.lower() or "encrypt" in reason.lower():
        return FactsError([fault("F016", Place(file), file=file)])
    return FactsError([fault("F017", Place(file), file=file, reason=reason)])


def _read_sheet(
    book: calamine.CalamineWorkbook, number: int, file: str, marks: Marks
) -> tuple[list[Column], int, list[tuple[int, int, int, int]] | None] | None:
    try:
        sheet = book.get_sheet_by_index(number)
        _refuse_wide(sheet, file)
        rows = sheet.to_python(skip_empty_area=False)
        ranges = sheet.merged_cell_ranges
    except BaseException as error:  # noqa: BLE001  as above
        raise _translated(error, file) from None
    if not rows:
        return None
    width = max(len(rows[0]), 1 + max((column for _, column in marks.errors), default=-1))
    height = max(len(rows), 1 + max((row for row, _ in marks.errors), default=-1))
    cells = [list(column) for column in zip(*rows, strict=True)]
    for column in cells:
        column.extend([""] * (height - len(rows)))
    cells.extend([[""] * height for _ in range(width - len(cells))])
    for (row, position), said in marks.errors.items():
        cells[position][row] = SheetError(said)
    percent: dict[int, set[int]] = {}
    for row, position in marks.percent:
        percent.setdefault(position, set()).add(row)
    columns = [_column(column, frozenset(percent.get(position, ()))) for position, column in enumerate(cells)]
    merged = None if ranges is None else [(top, left, bottom, right) for (top, left), (bottom, right) in ranges]
    return columns, height, merged


def _refuse_wide(sheet: calamine.CalamineSheet, file: str) -> None:
    width = sheet.end[1] + 1 if sheet.end is not None else 0
    if width > MOST_COLUMNS:
        raise FactsError([fault("F014", Place(file, sheet.name), file=file, columns=width, most=MOST_COLUMNS)])


def _column(cells: list[object], percent: frozenset[int]) -> Column:
    kinds = set(map(type, cells))
    numbers = text = None
    odd: dict[int, object] = {}
    if float in kinds or int in kinds:
        whole = [cell if type(cell) is float else float(cell) if type(cell) is int else None for cell in cells]
        numbers = pl.Series(whole, dtype=pl.Float64)
    if str in kinds:
        said = pl.Series([cell if type(cell) is str else None for cell in cells], dtype=pl.String).str.strip_chars()
        said = said.set(said == "", None)
        text = said if said.null_count() < len(said) or numbers is None else None
    others = kinds - {float, int, str}
    if others:
        odd = {row: _odd(cell) for row, cell in enumerate(cells) if type(cell) in others}
    if numbers is None and text is None:
        text = pl.Series([None], dtype=pl.String).new_from_index(0, len(cells))
    return Column(numbers, text, odd, percent)


def _odd(cell: object) -> object:
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date()
    return cell
