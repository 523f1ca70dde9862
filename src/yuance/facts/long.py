"""Long sheets: a row per unit, period and variable."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from yuance.errors import Place
from yuance.facts.cells import Trouble, clean
from yuance.facts.header_measure import factor_of, note_spellings
from yuance.facts.heading import Heading
from yuance.facts.notebook import Notebook
from yuance.facts.part import Part
from yuance.facts.rows import Rows
from yuance.facts.sheet import Column, Sheet
from yuance.facts.variable import WORDS, VariableDescription
from yuance.facts.vocabulary import Meaning, Vocabulary, kind_word

CELLS = {"position": pl.UInt32, "column": pl.String, "value": pl.Float64, "word": pl.String}


def read_long(sheet: Sheet, heading: Heading, rows: Rows, vocabulary: Vocabulary, notebook: Notebook) -> Part:
    """The values of a long sheet; rows of one spelling of variable, kind and measure are read together."""
    assert heading.long is not None
    frame = rows.frame.with_row_index("position").with_columns(
        variable=sheet.columns[heading.long.variable].as_words().gather(rows.numbers),
        kind=_optional(sheet, heading.long.kind, rows.numbers),
        measure=_optional(sheet, heading.long.measure, rows.numbers),
    )
    spelling = ["variable", "kind", "measure"]
    groups = frame.group_by(spelling).agg("position", "row").sort(spelling, nulls_last=True)
    cells = [pl.DataFrame(schema=CELLS)]
    troubles: list[tuple[int, str, VariableDescription, Trouble]] = []
    for spelt, positions, within in zip(
        groups.select(spelling).iter_rows(), groups["position"], groups["row"], strict=True
    ):
        meaning = _meaning(sheet, heading, vocabulary, _Group(spelt[0], spelt[1], spelt[2], within), notebook)
        factor = None if meaning is None else _factor(sheet, heading, meaning, within, notebook)
        if meaning is None or factor is None:
            continue
        found = clean(sheet.columns[heading.long.value], within, meaning.variable, factor)
        note_spellings(sheet, heading.long.value, within, meaning=meaning, found=found, notebook=notebook)
        cells.append(_cells(positions, meaning, found.values))
        moved = [Trouble(positions[one.position], one.code, one.words) for one in found.troubles]
        troubles += [(heading.long.value, meaning.column, meaning.variable, trouble) for trouble in moved]
    letters = {"value": sheet.letter(heading.long.value)}
    return Part(sheet, heading, rows.frame, {}, pl.concat(cells), tuple(troubles), {}, letters)


@dataclass(frozen=True)
class _Group:
    """The rows of one spelling."""

    variable: str | None
    kind: str | None
    measure: str | None
    within: pl.Series


def _cells(positions: pl.Series, meaning: Meaning, values: pl.Series) -> pl.DataFrame:
    filled, blank = ("word", "value") if meaning.variable.kind in WORDS else ("value", "word")
    frame = pl.DataFrame({"position": positions, filled: values})
    return frame.select(
        "position",
        pl.lit(meaning.column).alias("column"),
        *[
            pl.col(filled) if name == filled else pl.lit(None, dtype=CELLS[blank]).alias(blank)
            for name in ("value", "word")
        ],
    )


def _optional(sheet: Sheet, number: int | None, rows: pl.Series) -> pl.Series:
    if number is None:
        return pl.Series([None], dtype=pl.String).new_from_index(0, len(rows))
    column: Column = sheet.columns[number]
    return column.as_words().gather(rows)


def _meaning(
    sheet: Sheet, heading: Heading, vocabulary: Vocabulary, group: _Group, notebook: Notebook
) -> Meaning | None:
    """The variable that the rows of one spelling speak of; None, with a finding, where there is none."""
    assert heading.long is not None
    place, times = sheet.place(group.within[0], heading.long.variable), len(group.within)
    if group.variable is None:
        notebook.add("F038", "error", origin=place, times=times)
        return None
    meaning = vocabulary.read(group.variable)
    if meaning is None:
        _tell_unknown(group.variable, times, vocabulary, place, notebook)
        return None
    word = kind_word(group.kind) if group.kind else meaning.kind
    if not word:
        where = sheet.place(group.within[0], heading.long.kind)
        notebook.add("F039", "error", place=meaning.column, origin=where, words=group.kind, times=times)
        return None
    kind = "target" if "target" in {word, meaning.kind} else "actual"
    return Meaning(meaning.variable, kind, group.measure or meaning.measure)


def _tell_unknown(words: str, times: int, vocabulary: Vocabulary, place: Place, notebook: Notebook) -> None:
    several = vocabulary.namesakes(words)
    if several:
        ids = "、".join(one.id for one in several)
        notebook.add("F032", "error", place=words, origin=place, words=words, ids=ids, times=times)
    else:
        notebook.add("F031", "note", place=words, origin=place, words=words, times=times)


def _factor(sheet: Sheet, heading: Heading, meaning: Meaning, rows: pl.Series, notebook: Notebook) -> Fraction | None:
    """What turns the measure of these rows into the variable's."""
    assert heading.long is not None
    number = heading.long.measure if heading.long.measure is not None else heading.long.variable
    moved = Heading(int(rows[0]), int(rows[0]), heading.unit, caption=heading.caption)
    return factor_of(sheet, moved, number, meaning, notebook)
