"""The facts of one sheet, read but not yet joined with those of other sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import polars as pl

from yuance.facts.cells import Cleaned, Trouble, clean
from yuance.facts.heading import Heading, caption_measure
from yuance.facts.measure import conversion, fold
from yuance.facts.notebook import Notebook
from yuance.facts.rows import Rows
from yuance.facts.sheet import Column, Sheet
from yuance.facts.variable import WORDS, YES_NO, VariableDescription, title
from yuance.facts.vocabulary import Meaning, Vocabulary, kind_word


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
        factor = _factor(sheet, heading, number, meaning, notebook)
        if factor is None:
            continue
        found = clean(sheet.columns[number], rows.numbers, meaning.variable, factor)
        values[meaning.column] = found.values
        letters[meaning.column] = sheet.letter(number)
        troubles += [(number, meaning.column, meaning.variable, trouble) for trouble in found.troubles]
        _note_spellings(sheet, number, rows.numbers, meaning, found, notebook)
    return Part(sheet, heading, rows.frame, values, None, tuple(troubles), {}, letters)


def _factor(sheet: Sheet, heading: Heading, number: int, meaning: Meaning, notebook: Notebook) -> Fraction | None:
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


def _note_spellings(
    sheet: Sheet, number: int, rows: pl.Series, meaning: Meaning, found: Cleaned, notebook: Notebook
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


def read_long(sheet: Sheet, heading: Heading, rows: Rows, vocabulary: Vocabulary, notebook: Notebook) -> Part:
    """The values of a long sheet: a row per unit, period and variable."""
    assert heading.long is not None
    frame = rows.frame.with_row_index("position").with_columns(
        variable=sheet.columns[heading.long.variable].as_words().gather(rows.numbers),
        kind=_optional(sheet, heading.long.kind, rows.numbers),
        measure=_optional(sheet, heading.long.measure, rows.numbers),
    )
    cells: list[pl.DataFrame] = []
    troubles: list[tuple[int, str, VariableDescription, Trouble]] = []
    groups = (
        frame.group_by("variable", "kind", "measure")
        .agg("position", "row")
        .sort("variable", "kind", "measure", nulls_last=True)
    )
    for said, kind, measure, positions, numbers in groups.iter_rows():
        where = pl.Series(positions, dtype=pl.UInt32)
        within = pl.Series(numbers, dtype=pl.UInt32)
        meaning = _long_meaning(sheet, heading, vocabulary, (said, kind, measure), within, notebook)
        factor = meaning and _factor_of_rows(sheet, heading, meaning, within, notebook)
        if meaning is None or factor is None:
            continue
        found = clean(sheet.columns[heading.long.value], within, meaning.variable, factor)
        of_words = meaning.variable.kind in WORDS
        empty = pl.lit(None, dtype=pl.String) if not of_words else pl.lit(None, dtype=pl.Float64)
        part = pl.DataFrame({"position": where, "word" if of_words else "value": found.values}).with_columns(
            empty.alias("value" if of_words else "word"), column=pl.lit(meaning.column)
        )
        cells.append(part.select("position", "column", "value", "word"))
        moved = [Trouble(positions[trouble.position], trouble.code, trouble.words) for trouble in found.troubles]
        troubles += [(heading.long.value, meaning.column, meaning.variable, trouble) for trouble in moved]
        _note_spellings(sheet, heading.long.value, within, meaning, found, notebook)
    schema = {"position": pl.UInt32, "column": pl.String, "value": pl.Float64, "word": pl.String}
    joined = pl.concat(cells) if cells else pl.DataFrame(schema=schema)
    letters = {"value": sheet.letter(heading.long.value)}
    return Part(sheet, heading, rows.frame, {}, joined, tuple(troubles), {}, letters)


def _optional(sheet: Sheet, number: int | None, rows: pl.Series) -> pl.Series:
    if number is None:
        return pl.Series([None], dtype=pl.String).new_from_index(0, len(rows))
    column: Column = sheet.columns[number]
    return column.as_words().gather(rows)


def _long_meaning(
    sheet: Sheet,
    heading: Heading,
    vocabulary: Vocabulary,
    said: tuple[str | None, str | None, str | None],
    rows: pl.Series,
    notebook: Notebook,
) -> Meaning | None:
    """The variable that the rows of one spelling speak of; None, with a finding, where there is none."""
    assert heading.long is not None
    variable, kind, measure = said
    place = sheet.place(rows[0], heading.long.variable)
    if variable is None:
        notebook.add("F038", "error", origin=place, times=len(rows))
        return None
    meaning = vocabulary.read(variable)
    if meaning is None:
        several = vocabulary.namesakes(variable)
        code, severity = ("F032", "error") if several else ("F031", "note")
        ids = "、".join(one.id for one in several)
        notebook.add(code, severity, place=variable, origin=place, words=variable, ids=ids, times=len(rows))  # type: ignore[arg-type]
        return None
    word = kind_word(kind) if kind else meaning.kind
    if not word:
        assert heading.long.kind is not None
        where = sheet.place(rows[0], heading.long.kind)
        notebook.add("F039", "error", place=meaning.column, origin=where, words=kind, times=len(rows))
        return None
    return Meaning(
        meaning.variable, "target" if "target" in {word, meaning.kind} else "actual", measure or meaning.measure
    )


def _factor_of_rows(
    sheet: Sheet, heading: Heading, meaning: Meaning, rows: pl.Series, notebook: Notebook
) -> Fraction | None:
    assert heading.long is not None
    number = heading.long.measure if heading.long.measure is not None else heading.long.variable
    moved = Heading(int(rows[0]), int(rows[0]), heading.unit, caption=heading.caption)
    return _factor(sheet, moved, number, meaning, notebook)


def read_attributes(part: Part, wanted: Mapping[str, int]) -> Part:
    """The part with text columns of unit attributes beside its keys."""
    rows = part.keys["row"]
    found = {name: part.sheet.columns[number].as_words().gather(rows) for name, number in wanted.items()}
    return Part(part.sheet, part.heading, part.keys, part.values, part.cells, part.troubles, found, part.letters)
