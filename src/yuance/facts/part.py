"""The facts of one sheet, read but not yet joined with those of other sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from yuance.facts.cells import Trouble
from yuance.facts.heading import Heading
from yuance.facts.sheet import Sheet
from yuance.facts.variable import VariableDescription


@dataclass(frozen=True)
class Part:
    """The facts of a sheet.

    `keys` has a row per row of the sheet that was read: row (from 0), unit (as written), period. `values` are columns
    beside it (wide). `cells` (long) has position (into keys), column, and value or word. `troubles` are cells that
    could not be taken: (sheet column, table column, variable, trouble with its position into keys).
    `attributes` are text columns beside keys; `letters` the sheet's column of each table column.
    """

    sheet: Sheet
    heading: Heading
    keys: pl.DataFrame
    values: Mapping[str, pl.Series] = field(default_factory=dict)
    cells: pl.DataFrame | None = None
    troubles: tuple[tuple[int, str, VariableDescription, Trouble], ...] = ()
    attributes: Mapping[str, pl.Series] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)


def read_attributes(part: Part, wanted: Mapping[str, int]) -> Part:
    """The part with columns of unit attributes beside its keys: numbers where they are, else text."""
    rows = part.keys["row"]
    columns = {name: part.sheet.columns[number] for name, number in wanted.items()}
    found = {
        name: (column.numbers if column.numbers is not None and column.pure else column.as_words()).gather(rows)
        for name, column in columns.items()
    }
    return replace(part, attributes=found)
