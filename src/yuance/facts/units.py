"""The units that are evaluated (评价对象): their list, their attributes, and by which names they are recognised."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

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
class Names:
    """By which folded names units are recognised: `known` to one unit, `former` those it bore formerly, `shared` by several."""

    known: Mapping[str, str]
    former: frozenset[str]
    shared: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class UnitList:
    """A list of units: `table` with unit, name, category and attributes."""

    table: pl.DataFrame

    @cached_property
    def names(self) -> Names:
        """The names of the units, gathered when they are first asked for."""
        return _names(self.table)


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
    return UnitList(completed(table))


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


def completed(table: pl.DataFrame) -> pl.DataFrame:
    """The table with name and category, a unit without a name being called by its id."""
    for name in ("name", "category"):
        if name not in table.columns:
            table = table.with_columns(pl.lit(None, dtype=pl.String).alias(name))
    return table.with_columns(name=pl.coalesce("name", "unit"))


def _names(table: pl.DataFrame) -> Names:
    """All names by which units are known, ids first, then names, short names and former names."""
    known: dict[str, str] = {fold(unit): unit for unit in table["unit"]}
    former: set[str] = set()
    shared: dict[str, tuple[str, ...]] = {}
    for column in ("name", "short_name", "former_names"):
        if column not in table.columns:
            continue
        claims: dict[str, set[str]] = {}
        for unit, text in table.select("unit", column).drop_nulls().iter_rows():
            for one in _BETWEEN.split(text) if column == "former_names" else [text]:
                if one.strip():
                    claims.setdefault(fold(one), set()).add(unit)
        for name, units in claims.items():
            if name in known:
                continue
            if len(units) > 1:
                shared[name] = tuple(sorted(units))
            else:
                known[name] = next(iter(units))
                if column == "former_names":
                    former.add(name)
    return Names(known, frozenset(former), shared)


def typed_attribute(series: pl.Series) -> pl.Series:
    """An attribute as numbers where every value is a plain one (codes with leading zeros stay text)."""
    if series.dtype != pl.String:
        return series
    said = series.drop_nulls()
    if len(said) and said.str.contains(r"^-?(?:0|[1-9]\d{0,14})(?:\.\d+)?$").all():
        return series.cast(pl.Float64)
    return series
