"""Facts: what was reported about units in periods, as one wide table, and where each value came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

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
    origins: Origins = field(default_factory=lambda: Origins())
    digest: str = ""


@dataclass(frozen=True)
class Origins:
    """From which file, sheet and cell each value came.

    `rows`: unit, period, variable ("" for a wide row, where every column of the row counts), kind (actual, target),
    file, sheet, row (1-based). `columns`: (file, sheet, variable or variable:target) -> letter of its column.
    Both may be empty: facts from memory have no origin.
    """

    rows: pl.DataFrame | None = None
    columns: Mapping[tuple[str, str, str], str] = field(default_factory=dict)

    def place(self, unit: str, period: str, variable: str) -> Place | None:
        """The cell that `variable` (or `variable:target`) of this unit and period was read from, if it is known."""
        if self.rows is None:
            return None
        found = self.rows.filter((pl.col("unit") == unit) & (pl.col("period") == period))
        for row in found.iter_rows(named=True):
            if row["variable"] == variable:
                column = self.columns.get((row["file"], row["sheet"], "value"), "")
                return Place(file=row["file"], sheet=row["sheet"], cell=f"{column}{row['row']}")
            if row["variable"] == "" and (row["file"], row["sheet"], variable) in self.columns:
                column = self.columns[row["file"], row["sheet"], variable]
                return Place(file=row["file"], sheet=row["sheet"], cell=f"{column}{row['row']}")
        return None
