"""The measure that a heading or a caption names, settled against the one that the method prescribes: converted or refused."""

from __future__ import annotations

from fractions import Fraction

import polars as pl

from yuance.facts.cells import Cleaned
from yuance.facts.heading import Heading, caption_measure
from yuance.facts.measure import conversion, fold
from yuance.facts.notebook import Notebook
from yuance.facts.sheet import Sheet
from yuance.facts.variable import WORDS, YES_NO, title
from yuance.facts.vocabulary import Meaning


def factor_of(sheet: Sheet, heading: Heading, number: int, meaning: Meaning, notebook: Notebook) -> Fraction | None:
    """What turns the measure of a column into the variable's; None, with an error, where nothing does."""
    variable = meaning.variable
    if variable.kind in WORDS or variable.kind == YES_NO:
        return Fraction(1)
    written = meaning.measure or (variable.measured_in and caption_measure(heading, variable.measured_in))
    if not written or fold(written) == fold(variable.measured_in):
        return Fraction(1)
    said = {"variable": title(variable), "written": written, "wanted": variable.measured_in}
    place = sheet.place(max(heading.last, 0), number)
    if not variable.measured_in:
        notebook.add("F036", "note", place=meaning.column, origin=place, **said)
        return Fraction(1)
    factor = conversion(written, variable.measured_in)
    if factor is None:
        notebook.add("F035", "error", place=meaning.column, origin=place, **said)
    elif factor != 1:
        notebook.add("F034", "note", place=meaning.column, origin=place, factor=_factor_words(factor), **said)
    return factor


def _factor_words(factor: Fraction) -> str:
    return f"{float(factor):,.10g}" if factor >= 1 else f"1/{float(1 / factor):,.10g}"


def note_spellings(
    sheet: Sheet, number: int, rows: pl.Series, *, meaning: Meaning, found: Cleaned, notebook: Notebook
) -> None:
    """Say once a column how many cells were taken for gaps, or converted by a measure of their own."""
    if found.gaps:
        notebook.add(
            "F060",
            "note",
            place=meaning.column,
            origin=sheet.place(rows[found.first_gap], number),
            variable=title(meaning.variable),
            times=found.gaps,
            words=found.gap_words,
        )
    if found.converted:
        notebook.add(
            "F061",
            "note",
            place=meaning.column,
            origin=sheet.place(rows[found.first_converted], number),
            variable=title(meaning.variable),
            times=found.converted,
            words=found.converted_words,
            wanted=meaning.variable.measured_in,
        )
