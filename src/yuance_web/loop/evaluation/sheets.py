"""Tables to take out as Excel or CSV; text that a spreadsheet would take for a formula stays text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

RISKY = ("=", "+", "-", "@", "\t", "\r")


def workbook(title: str, heading: Sequence[str], rows: Iterable[Sequence[Any]], notes: Sequence[str] = ()) -> bytes:
    """A table as .xlsx: a title, the notes, a heading that stays in sight, and the rows."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("结果")
    bold, head = (
        book.add_format({"bold": True, "font_size": 14}),
        book.add_format({"bold": True, "bg_color": "#E8EEF0", "border": 1}),
    )
    sheet.write_string(0, 0, title, bold)
    for number, note in enumerate(notes, 1):
        sheet.write_string(number, 0, note)
    first = len(notes) + 2
    for column, words in enumerate(heading):
        sheet.write_string(first, column, words, head)
        sheet.set_column(column, column, max(9, min(40, 2 * len(words) + 2)))
    for at, row in enumerate(rows, first + 1):
        for column, value in enumerate(row):
            _write(sheet, at, column, value)
    sheet.freeze_panes(first + 1, 0)
    book.close()
    return held.getvalue()


def _write(sheet: Any, row: int, column: int, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, safe(str(value)))


def table_csv(heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A table as CSV (UTF-8 with a mark, as spreadsheets here expect it)."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heading)
    writer.writerows([safe(value) if isinstance(value, str) else value for value in row] for row in rows)
    return "\ufeff" + text.getvalue()


def safe(text: str) -> str:
    """Text that begins like a formula, with an apostrophe before it."""
    return "'" + text if text.startswith(RISKY) else text
