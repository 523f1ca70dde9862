"""Facts: what was reported about units in periods, as one wide table, and where each value came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from yuance.errors import Finding, Place

TARGET_SUFFIX = ":target"


@dataclass(frozen=True)
class Facts:
    """The facts of a run.

    `table` has a row per unit and period: text columns `unit` and `period`, then a column per variable of the method
    that was reported (numbers as float64, text and grades as text, yes-no as 1/0), and `variable:target` for targets.
    Sorted by unit and period, columns in the method's order; missing is null, never zero.

    `units` has a row per unit: `unit`, `name`, `category` (null where not given) and the attributes. `listed` says
    whether the units were given as a list of their own (then a unit without facts is evaluated, and lacks everything).

    `findings` holds what reading had to say (gaps in form, unknown columns, conversions, duplicates …).
    `origins` tells the cell of a value.
    """

    table: pl.DataFrame
    units: pl.DataFrame
    listed: bool = False
    findings: Sequence[Finding] = ()
    origins: Origins = field(default_factory=lambda: Origins())  # noqa: PLW0108  it is defined below
    digest: str = ""


@dataclass(frozen=True)
class Origins:
    """From which file, sheet and cell each value came.

    `rows`: unit, period, variable ("" for a wide row, where every column of the row counts), kind (actual, target),
    file, sheet, row (1-based), sorted by unit. `columns`: (file, sheet, variable or variable:target, or "value" of a
    long table) -> letter of its column, "" where columns have no letters. Both may be empty: facts from memory have
    no origin.
    """

    rows: pl.DataFrame | None = None
    columns: Mapping[tuple[str, str, str], str] = field(default_factory=dict)

    def place(self, unit: str, period: str, variable: str) -> Place | None:
        """The cell that `variable` (or `variable:target`) of this unit and period was read from, if it is known."""
        if self.rows is None or variable in {"", "value"}:
            return None
        first = self.rows["unit"].search_sorted(unit, side="left")
        last = self.rows["unit"].search_sorted(unit, side="right")
        whole = None
        for row in self.rows[first:last].filter(pl.col("period") == period).iter_rows(named=True):
            if row["variable"] == variable:
                return self._cell(row, "value", variable)
            if row["variable"] == "" and whole is None and (row["file"], row["sheet"], variable) in self.columns:
                whole = row
        return self._cell(whole, variable, variable) if whole is not None else None

    def _cell(self, row: Mapping[str, Any], column: str, variable: str) -> Place:
        """The cell of a row; without letters (Parquet) the row and the name of the column."""
        table = (row["file"], row["sheet"])
        letter = self.columns.get((*table, column)) or self.columns.get((*table, variable)) or ""
        if letter:
            return Place(file=row["file"], sheet=row["sheet"], cell=f"{letter}{row['row']}")
        return Place(file=row["file"], sheet=row["sheet"], line=row["row"], key=variable)
