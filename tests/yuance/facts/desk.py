"""What the tests of this room share: a method's variables, and an office that writes tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from yuance.errors import Finding
from yuance.facts.facts import Facts
from yuance.facts.reading import read_facts

Rows = list[list[Any]]


@dataclass(frozen=True)
class Item:
    id: str
    name: str = ""
    measured_in: str = ""
    kind: str = "flow"
    range: tuple[float | None, float | None] | None = None
    jump: float | None = None
    owner: str = ""


TAX = Item("tax", "税收收入", "万元", "flow", (0, 1e8), 10)
LAND = Item("land", "已供用地", "亩", "stock", (0, None))
RATE = Item("rate", "研发强度", "%", "rate")
SHARE = Item("share", "贷款比例", "", "rate")
FIRMS = Item("firms", "规上企业数", "家", "count")
PEOPLE = Item("people", "从业人员", "人", "stock")
COAL = Item("coal", "能源消费量", "吨标准煤", "flow")
PER_MU = Item("per_mu", "亩均税收", "万元/亩", "rate")
PLATFORM = Item("platform", "有无平台", "", "yes-no")
CREDIT = Item("credit", "信用等级", "", "grade")
PROFIT = Item("profit", "利润总额（万元）", "万元", "flow", (None, None))
VARIABLES = (TAX, LAND, RATE, SHARE, FIRMS, PEOPLE, COAL, PER_MU, PLATFORM, CREDIT, PROFIT)


def write_text(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def write_book(
    path: Path,
    sheets: dict[str, Rows],
    merged: Sequence[tuple[str, str, Any]] = (),
    formats: dict[str, str] | None = None,
) -> Path:
    """A workbook: rows of cells a sheet, merged ranges as (sheet, range, text), number formats by "sheet!cell"."""
    book = xlsxwriter.Workbook(str(path), {"nan_inf_to_errors": True})
    pages = {}
    for name, rows in sheets.items():
        page = pages[name] = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is not None:
                    page.write(number, column, cell)
    for name, area, text in merged:
        pages[name].merge_range(area, text)
    for where, number_format in (formats or {}).items():
        name, cell = where.split("!")
        row, column = xlsxwriter.utility.xl_cell_to_rowcol(cell)
        pages[name].write(row, column, sheets[name][row][column], book.add_format({"num_format": number_format}))
    book.close()
    return path


def read_text(folder: Path, text: str, **options: Any) -> Facts:
    return read_facts(write_text(folder / "facts.csv", text), VARIABLES, **options)


def value(facts: Facts, unit: str, period: str, column: str) -> Any:
    found = facts.table.filter((pl.col("unit") == unit) & (pl.col("period") == period))
    return found[column].item()


def rows(facts: Facts) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (row["unit"], row["period"]): {k: v for k, v in row.items() if k not in {"unit", "period"} and v is not None}
        for row in facts.table.iter_rows(named=True)
    }


def codes(facts: Facts, severity: str = "") -> list[str]:
    return [finding.code for finding in facts.findings if severity in {"", finding.severity}]


def only(facts: Facts, code: str) -> Finding:
    found = [finding for finding in facts.findings if finding.code == code]
    assert len(found) == 1, [str(finding.text()) for finding in facts.findings]
    return found[0]
