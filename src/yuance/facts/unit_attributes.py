"""From the units as rows spell them to the units themselves, with what the facts say of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from yuance.facts.measure import fold
from yuance.facts.notebook import Notebook
from yuance.facts.number import is_gap
from yuance.facts.part import Part
from yuance.facts.period import PARTS, parse_period
from yuance.facts.sheet import number_words
from yuance.facts.units import FIXED, UnitList, completed, typed_attribute

AT, ALL = "unit:at", "unit:all"  # no heading is read with a colon: these meet no attribute


def gather_units(
    parts: Sequence[Part], unit_list: UnitList | None, notebook: Notebook
) -> tuple[list[Part], pl.DataFrame]:
    """The parts with the units' own ids, and the table of units."""
    if unit_list is None:
        table, several = _own_units(parts)
        own = UnitList(completed(table))
        renamed = [_renamed(part, own, notebook, listed=False) for part in parts] if several else list(parts)
        return renamed, _units_table(table.select("unit"), _told(renamed, notebook))
    renamed = [_renamed(part, unit_list, notebook, listed=True) for part in parts]
    table = unit_list.table
    told = {
        name: frame
        for name, frame in _told(renamed, notebook).items()
        if name == "category" and table["category"].null_count() == len(table)
    }
    if told:
        table = table.drop("category").join(told["category"], on="unit", how="left")
    return renamed, _finished(table)


def _own_units(parts: Sequence[Part]) -> tuple[pl.DataFrame, bool]:
    """The units that the facts themselves name, and whether some are spelt in more ways than one.

    Of several spellings the first in order stands. A unit that is written with its code in one sheet and with its name
    in another is one unit, where a sheet has both beside each other.
    """
    units = pl.concat([part.keys["unit"] for part in parts]).unique().sort()
    spelt = pl.DataFrame({"unit": units, "key": _folded(units)})
    several = spelt["key"].n_unique() < spelt.height
    if several:
        spelt = spelt.unique("key", keep="first", maintain_order=True)
    named = _names_beside(parts)
    if named is None:
        return spelt.select("unit"), several
    codes = named.with_columns(other=_folded(named["name"])).filter(pl.col("key") != pl.col("other"))
    alone = codes.filter(~pl.col("other").is_duplicated()).select(pl.col("other").alias("key"))
    kept = spelt.join(alone, on="key", how="anti")
    table = kept.join(named, on="key", how="left").select("unit", "name").sort("unit")
    return table, several or kept.height < spelt.height


def _names_beside(parts: Sequence[Part]) -> pl.DataFrame | None:
    """The name that stands beside each unit, by the unit's folded spelling."""
    frames = [
        part.keys.select("unit", part.attributes["name"].alias("name")).drop_nulls().unique()
        for part in parts
        if "name" in part.attributes
    ]
    if not frames:
        return None
    named = pl.concat(frames)
    named = named.select(_folded(named["unit"]).alias("key"), "name")
    return named.sort("key", "name").unique("key", keep="first", maintain_order=True)


def _folded(units: pl.Series) -> pl.Series:
    return units.str.normalize("NFKC").str.replace_all(r"\s+", "").str.to_lowercase()


def _renamed(part: Part, known: UnitList, notebook: Notebook, *, listed: bool) -> Part:
    """The part with every unit under its own id; rows of units that are not listed are left out."""
    spelt = part.keys.select("unit").unique()
    others = spelt.join(known.table.select("unit"), on="unit", how="anti")["unit"].sort().to_list()
    if not others:
        return part
    found = {text: known.names.known.get(fold(text)) for text in others}
    for text, unit in found.items():
        if unit is None or fold(text) in known.names.former:
            first = part.keys.filter(pl.col("unit") == text)
            origin = part.sheet.place(first["row"][0], part.heading.unit)
            said = {"words": text, "times": first.height}
            if unit is not None:
                notebook.add("F073", "note", unit=unit, origin=origin, **said)
            elif fold(text) in known.names.shared:
                units = "、".join(known.names.shared[fold(text)])
                notebook.add("F072", "error", unit=text, origin=origin, units=units, **said)
            else:
                notebook.add("F070", "error", unit=text, origin=origin, **said)
    changes = {text: unit for text, unit in found.items() if unit is not None}
    keys = part.keys.with_columns(pl.col("unit").replace(changes))
    if not listed or len(changes) == len(others):
        return replace(part, keys=keys)
    return _without(replace(part, keys=keys), keys["unit"].is_in([text for text in others if text not in changes]))


def _without(part: Part, gone: pl.Series) -> Part:
    """The part without some of its rows."""
    position = pl.Series(range(len(gone)), dtype=pl.UInt32).filter(~gone)
    moved = {old: new for new, old in enumerate(position.to_list())}
    troubles = tuple(
        (number, column, variable, replace(trouble, position=moved[trouble.position]))
        for number, column, variable, trouble in part.troubles
        if trouble.position in moved
    )
    cells = part.cells
    if cells is not None:
        kept = pl.DataFrame({"position": position}).with_row_index("new")
        cells = cells.join(kept, on="position").with_columns(position=pl.col("new")).drop("new")
    return replace(
        part,
        keys=part.keys.filter(~gone),
        values={name: values.filter(~gone) for name, values in part.values.items()},
        attributes={name: values.filter(~gone) for name, values in part.attributes.items()},
        cells=cells,
        troubles=troubles,
    )


def _told(parts: Sequence[Part], notebook: Notebook) -> Mapping[str, pl.DataFrame]:
    """Each attribute that the facts tell of units: the latest where rows differ, which must be explained."""
    names = dict.fromkeys(name for part in parts for name in part.attributes)
    return {name: _latest(name, parts, notebook) for name in names}


def _latest(name: str, parts: Sequence[Part], notebook: Notebook) -> pl.DataFrame:
    told = [part for part in parts if name in part.attributes]
    numeric = all(part.attributes[name].dtype.is_numeric() for part in told)
    frames = [
        part.keys.select("unit", "period", _as_told(part.attributes[name], numeric=numeric).alias(name))
        for part in told
    ]
    said = pl.concat(frames).filter(pl.col(name).is_not_null()).unique()
    if not numeric:
        gaps = [text for text in said[name].unique().to_list() if is_gap(text)]
        said = said.filter(~pl.col(name).is_in(gaps)) if gaps else said
    order = {period: _end(period) for period in said["period"].unique().to_list()}
    said = said.with_columns(pl.col("period").replace_strict(order, return_dtype=pl.UInt32).alias(AT)).sort(
        "unit", AT, name
    )
    latest = said.group_by("unit", maintain_order=True).agg(
        pl.col(name).last(), pl.col(name).unique(maintain_order=True).alias(ALL)
    )
    for unit, value, values in latest.filter(pl.col(ALL).list.len() > 1).iter_rows():
        others = "、".join(str(one) for one in values if one != value)
        notebook.add("F074", "explain", unit=unit, place=name, words=value, others=others)
    return latest.select("unit", name)


def _as_told(values: pl.Series, *, numeric: bool) -> pl.Series:
    """Numbers stay numbers where every sheet tells numbers; else all become words."""
    return values if numeric or values.dtype == pl.String else number_words(values)


def _end(period: str) -> int:
    """The order in which periods end; of those that end together the longer comes later."""
    found = parse_period(period)
    if found is None:
        return 0
    months = 12 // PARTS[found.kind]
    return (found.year * 12 + found.number * months) * 100 + months


def _units_table(units: pl.DataFrame, told: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    for frame in told.values():
        units = units.join(frame, on="unit", how="left")
    for name in ("name", "category"):
        if name not in units.columns:
            units = units.with_columns(pl.lit(None, dtype=pl.String).alias(name))
    return _finished(units)


def _finished(units: pl.DataFrame) -> pl.DataFrame:
    """Units sorted, each with a name, attributes in the order of their names and as numbers where they are."""
    more = sorted(name for name in units.columns if name not in FIXED)
    typed = [typed_attribute(units[name]) for name in more]
    return units.select("unit", pl.coalesce("name", "unit").alias("name"), "category").with_columns(typed).sort("unit")
