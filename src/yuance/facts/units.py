"""The units that are evaluated (评价对象): their list, their attributes, and by which names they are recognised."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from yuance.facts import vocabulary as words
from yuance.facts.fault import FactsError, fault
from yuance.facts.heading import Heading, find_heading
from yuance.facts.measure import fold
from yuance.facts.notebook import Notebook
from yuance.facts.rows import find_rows
from yuance.facts.sheet import Sheet
from yuance.facts.vocabulary import Vocabulary

FIXED = ("unit", "name", "category")
_BETWEEN = re.compile(r"[；;、|]")


@dataclass(frozen=True)
class UnitList:
    """A list of units: `table` with unit, name, category and attributes; `known` the unit of each folded name.

    `former` holds the folded names that a unit bore formerly.
    """

    table: pl.DataFrame
    known: Mapping[str, str] = field(default_factory=dict)
    former: frozenset[str] = frozenset()


def read_units(sheets: list[Sheet], notebook: Notebook) -> UnitList:
    """The list of units of a file.

    Raises:
        FactsError: no sheet has a column of units or names.
    """
    frames = []
    for sheet in sheets:
        heading = find_heading(sheet, Vocabulary(()))
        if heading is not None:
            frames.append(_read_sheet(sheet, heading, notebook))
    frames = [frame for frame in frames if frame.height]
    if not frames:
        place = sheets[0].place(0) if sheets else None
        raise FactsError([fault("F022", place, file=sheets[0].file if sheets else "")])
    table = pl.concat(frames, how="diagonal")
    repeated = table.filter(pl.col("unit").is_duplicated()).unique().filter(pl.col("unit").is_duplicated())
    for unit in repeated["unit"].unique().sort():
        notebook.add("F071", "error", unit=unit, file=sheets[0].file)
    table = table.unique("unit", keep="first", maintain_order=True)
    return recognise(table, notebook)


def _read_sheet(sheet: Sheet, heading: Heading, notebook: Notebook) -> pl.DataFrame:
    rows = find_rows(sheet, Heading(heading.first, heading.last, heading.unit), None, frozenset(), notebook)
    found = {"unit": rows.frame["unit"]}
    columns = {"name": heading.name, "category": heading.category, **{text: number for number, text in heading.others}}
    if heading.period is not None:
        columns[_heading_text(sheet, heading, heading.period)] = heading.period
    for name, number in columns.items():
        if number is not None and attribute_name(name) not in found:
            found[attribute_name(name)] = sheet.columns[number].as_words().gather(rows.numbers)
    return pl.DataFrame(found)


def _heading_text(sheet: Sheet, heading: Heading, number: int) -> str:
    return sheet.headings[number] if sheet.headings is not None else sheet.columns[number].words_at(heading.last)


def attribute_name(heading: str) -> str:
    """The name of an attribute: the heading as it stands, but for the few that have a fixed name."""
    plain = fold(heading)
    for name, spellings in (
        ("short_name", words.SHORT_NAMES),
        ("former_names", words.FORMER_NAMES),
        ("category", words.CATEGORIES),
    ):
        if plain in spellings:
            return name
    return heading.strip()


def recognise(table: pl.DataFrame, notebook: Notebook) -> UnitList:
    """The list with all the names by which its units are known; a name of two units recognises neither."""
    for name in ("name", "category"):
        if name not in table.columns:
            table = table.with_columns(pl.lit(None, dtype=pl.String).alias(name))
    table = table.with_columns(name=pl.coalesce("name", "unit"))
    known: dict[str, str] = {fold(unit): unit for unit in table["unit"]}
    former: set[str] = set()
    for column in ("name", "short_name", "former_names"):
        if column not in table.columns:
            continue
        claims: dict[str, set[str]] = {}
        for unit, text in table.select("unit", column).drop_nulls().iter_rows():
            for one in _BETWEEN.split(text) if column == "former_names" else [text]:
                if one.strip():
                    claims.setdefault(fold(one), set()).add(unit)
        for name, units in sorted(claims.items()):
            if len(units) > 1:
                notebook.add("F072", "note", words=name, units="、".join(sorted(units)))
            elif name not in known:
                known[name] = next(iter(units))
                if column == "former_names":
                    former.add(name)
    return UnitList(table, known, frozenset(former))


def typed_attribute(series: pl.Series) -> pl.Series:
    """An attribute as numbers where every value is a plain one (codes with leading zeros stay text)."""
    said = series.drop_nulls()
    if len(said) and said.str.contains(r"^-?(?:0|[1-9]\d{0,14})(?:\.\d+)?$").all():
        return series.cast(pl.Float64)
    return series
