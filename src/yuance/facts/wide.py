"""Wide sheets: a row per unit and period, a column per variable."""

from __future__ import annotations

import polars as pl

from yuance.facts.cells import Trouble, clean
from yuance.facts.header_measure import factor_of, note_spellings
from yuance.facts.heading import Heading
from yuance.facts.notebook import Notebook
from yuance.facts.part import Part
from yuance.facts.rows import Rows
from yuance.facts.sheet import Sheet
from yuance.facts.variable import VariableDescription, title


def read_wide(sheet: Sheet, heading: Heading, rows: Rows, notebook: Notebook) -> Part:
    """The values of a wide sheet: a column per variable. A second column of the same variable is refused."""
    values: dict[str, pl.Series] = {}
    letters: dict[str, str] = {}
    troubles: list[tuple[int, str, VariableDescription, Trouble]] = []
    for number, meaning in heading.variables:
        place = sheet.place(max(heading.last, 0), number)
        if meaning.column in values:
            notebook.add(
                "F033",
                "error",
                place=meaning.column,
                origin=place,
                variable=title(meaning.variable),
                other=letters[meaning.column],
            )
            continue
        factor = factor_of(sheet, heading, number, meaning, notebook)
        if factor is None:
            continue
        found = clean(sheet.columns[number], rows.numbers, meaning.variable, factor)
        values[meaning.column] = found.values
        letters[meaning.column] = sheet.letter(number)
        troubles += [(number, meaning.column, meaning.variable, trouble) for trouble in found.troubles]
        note_spellings(sheet, number, rows.numbers, meaning=meaning, found=found, notebook=notebook)
    return Part(sheet, heading, rows.frame, values, None, tuple(troubles), {}, letters)
