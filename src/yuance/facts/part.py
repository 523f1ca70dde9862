"""The facts of one sheet, read but not yet joined with those of other sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from yuance.facts.cells import Trouble
from yuance.facts.heading import Heading
from yuance.facts.sheet import Column, Sheet
from yuance.facts.variable import VariableDescription

ALWAYS_TEXT = frozenset({"name", "category", "short_name", "former_names"})


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
    found = {
        name: _attribute(name, part.sheet.columns[number]).gather(part.keys["row"]) for name, number in wanted.items()
    }
    return replace(part, attributes=found)


def _attribute(name: str, column: Column) -> pl.Series:
    if name not in ALWAYS_TEXT and column.numbers is not None and column.pure:
        return column.numbers
    return column.as_words()
