"""The parts of all sheets joined into one table: a row per unit and period, doubles settled, origins kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from yuance.errors import Place
from yuance.facts.facts import TARGET_SUFFIX, Origins
from yuance.facts.notebook import Notebook
from yuance.facts.part import Part
from yuance.facts.variable import WORDS, title
from yuance.facts.vocabulary import Vocabulary

KEY = ("unit", "period")
_CELLS = {
    "unit": pl.String,
    "period": pl.String,
    "source": pl.UInt32,
    "row": pl.UInt32,
    "column": pl.String,
    "value": pl.Float64,
    "word": pl.String,
}


@dataclass(frozen=True)
class Joined:
    """The table of facts and the origin of its values."""

    table: pl.DataFrame
    origins: Origins


def join_parts(parts: Sequence[Part], vocabulary: Vocabulary, notebook: Notebook) -> Joined:
    """One table of all parts; what is reported twice alike counts once, what is reported twice differently not at all.

    The keys of the parts hold the units' own ids already.
    """
    wide = _wide(parts)
    cells = _long_cells(parts)
    double = wide.select(KEY).is_duplicated()
    if cells.height:
        reported = cells.select(KEY).unique()
        also = wide.select(KEY).with_row_index().join(reported, on=KEY, how="semi")["index"]
        double = double | pl.Series(range(wide.height), dtype=pl.UInt32).is_in(also.to_list())
    if not double.any() and not cells.height:
        table, settled = wide, None
    else:
        cells = pl.concat([_unpivoted(wide.filter(double), vocabulary), cells])
        settled = _settle(cells, parts, vocabulary, notebook)
        _note_empty_doubles(wide.filter(double), settled, parts, notebook)
        table = _table(wide.filter(~double), settled, pl.concat([wide.filter(double).select(KEY), _long_keys(parts)]))
    columns = _columns(parts, vocabulary)
    missing = [_empty(name, vocabulary) for name in columns if name not in table.columns]
    table = table.with_columns(missing).select(*KEY, *columns)
    table = _sorted(table)
    return Joined(table, Origins(_origin_rows(wide.filter(~double), cells, parts), _letters(parts)))


def _columns(parts: Sequence[Part], vocabulary: Vocabulary) -> list[str]:
    """The columns of the table: those that any part reports, in the method's order, each target behind its variable."""
    found: set[str] = set()
    for part in parts:
        found |= part.values.keys()
        if part.cells is not None:
            found |= set(part.cells["column"].unique().to_list())
    ids = [variable.id for variable in vocabulary.variables]
    return [name for one in ids for name in (one, one + TARGET_SUFFIX) if name in found]


def _is_words(column: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.variables[vocabulary.order[column.removesuffix(TARGET_SUFFIX)]].kind in WORDS


def _empty(column: str, vocabulary: Vocabulary) -> pl.Expr:
    return pl.lit(None, dtype=pl.String if _is_words(column, vocabulary) else pl.Float64).alias(column)


def _sorted(table: pl.DataFrame) -> pl.DataFrame:
    return table.sort(KEY)


def _wide(parts: Sequence[Part]) -> pl.DataFrame:
    frames = [
        part.keys.select("unit", "period", pl.lit(number, dtype=pl.UInt32).alias("source"), "row").with_columns(
            [values.alias(name) for name, values in part.values.items()]
        )
        for number, part in enumerate(parts)
        if part.cells is None
    ]
    empty = pl.DataFrame(schema={"unit": pl.String, "period": pl.String, "source": pl.UInt32, "row": pl.UInt32})
    return pl.concat(frames, how="diagonal") if frames else empty


def _long_cells(parts: Sequence[Part]) -> pl.DataFrame:
    frames = [
        part.keys.with_row_index("position")
        .join(part.cells, on="position", maintain_order="left")
        .select("unit", "period", pl.lit(number, dtype=pl.UInt32).alias("source"), "row", "column", "value", "word")
        for number, part in enumerate(parts)
        if part.cells is not None
    ]
    return pl.concat([pl.DataFrame(schema=_CELLS), *frames])


def _long_keys(parts: Sequence[Part]) -> pl.DataFrame:
    frames = [part.keys.select(KEY).unique() for part in parts if part.cells is not None]
    return pl.concat([pl.DataFrame(schema={"unit": pl.String, "period": pl.String}), *frames])


def _unpivoted(wide: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    index = ["unit", "period", "source", "row"]
    names = [name for name in wide.columns if name not in index]
    worded = [name for name in names if _is_words(name, vocabulary)]
    frames = [pl.DataFrame(schema=_CELLS)]
    for some, into, other, kind in (
        ([name for name in names if name not in worded], "value", "word", pl.String),
        (worded, "word", "value", pl.Float64),
    ):
        if some:
            cells = wide.unpivot(some, index=index, variable_name="column", value_name=into)
            frames.append(cells.with_columns(pl.lit(None, dtype=kind).alias(other)).select(list(_CELLS)))
    return pl.concat(frames)


def _settle(cells: pl.DataFrame, parts: Sequence[Part], vocabulary: Vocabulary, notebook: Notebook) -> pl.DataFrame:
    """A cell per unit, period and column; contradictions are told and become gaps, repetitions are noted."""
    said = cells.filter(pl.col("value").is_not_null() | pl.col("word").is_not_null()).sort("source", "row")
    groups = said.group_by("unit", "period", "column", maintain_order=True).agg(
        pl.len().alias("times"),
        (pl.col("value").drop_nulls().n_unique() + pl.col("word").drop_nulls().n_unique()).alias("sorts"),
        pl.col("value").first(),
        pl.col("word").first(),
        pl.col("source").alias("sources"),
        pl.col("row").alias("rows"),
        pl.coalesce(pl.col("word"), pl.col("value").cast(pl.String)).alias("all"),
    )
    order = ["unit", "period", "column"]
    for row in groups.filter(pl.col("sorts") > 1).sort(order).iter_rows(named=True):
        places = [_place(parts, row["column"], *at) for at in zip(row["sources"], row["rows"], strict=True)]
        distinct = dict(reversed(list(zip(row["all"], places, strict=True))))
        variable = vocabulary.variables[vocabulary.order[row["column"].removesuffix(TARGET_SUFFIX)]]
        told = "；".join(
            f"{place} {said}" for said, place in sorted(distinct.items(), key=lambda pair: places.index(pair[1]))
        )
        notebook.add(
            "F064",
            "error",
            unit=row["unit"],
            period=row["period"],
            place=row["column"],
            origin=places[0],
            variable=title(variable),
            told=told,
        )
    same = groups.filter((pl.col("sorts") == 1) & (pl.col("times") > 1)).sort(order)
    for row in same.unique(["unit", "period"], keep="first", maintain_order=True).iter_rows(named=True):
        places = [_place(parts, row["column"], *at) for at in zip(row["sources"], row["rows"], strict=True)]
        _note_repeated(row["unit"], row["period"], row["column"], places, notebook)
    keep = pl.col("sorts") == 1
    return groups.select(
        "unit", "period", "column", pl.when(keep).then("value").alias("value"), pl.when(keep).then("word").alias("word")
    )


def _note_repeated(unit: str, period: str, column: str, places: Sequence[Place], notebook: Notebook) -> None:
    told = "；".join(str(place) for place in places)
    notebook.add("F063", "note", unit=unit, period=period, place=column, origin=places[0], told=told)


def _note_empty_doubles(wide: pl.DataFrame, settled: pl.DataFrame, parts: Sequence[Part], notebook: Notebook) -> None:
    """Rows that stand twice and are blank both times are repetitions too."""
    names = [name for name in wide.columns if name not in {"unit", "period", "source", "row"}]
    blank = wide.filter(pl.all_horizontal([pl.col(name).is_null() for name in names])) if names else wide
    twice = blank.join(settled.select(KEY), on=KEY, how="anti").group_by(KEY).agg("source", "row").sort(KEY)
    for unit, period, sources, rows in twice.iter_rows():
        if len(rows) > 1:
            places = [_place(parts, "", *at) for at in zip(sources, rows, strict=True)]
            _note_repeated(unit, period, "", places, notebook)


def _place(parts: Sequence[Part], column: str, source: int, row: int) -> Place:
    part = parts[source]
    letter = part.letters.get("value" if part.cells is not None else column, "")
    if part.sheet.headings is not None or not letter:
        return Place(part.sheet.file, part.sheet.name, line=row + 1)
    return Place(part.sheet.file, part.sheet.name, cell=f"{letter}{row + 1}")


def _table(single: pl.DataFrame, settled: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    rows = keys.unique()
    for kind in ("value", "word"):
        cells = settled.filter(pl.col(kind).is_not_null())
        if cells.height:
            rows = rows.join(cells.pivot(on="column", index=KEY, values=kind), on=KEY, how="left")
    return pl.concat([single.drop("source", "row"), rows], how="diagonal")


def _letters(parts: Sequence[Part]) -> Mapping[tuple[str, str, str], str]:
    return {(part.sheet.file, part.sheet.name, name): letter for part in parts for name, letter in part.letters.items()}


def _origin_rows(single: pl.DataFrame, cells: pl.DataFrame, parts: Sequence[Part]) -> pl.DataFrame:
    files = pl.Enum(list(dict.fromkeys(part.sheet.file for part in parts)))
    sheets = pl.Enum(list(dict.fromkeys(part.sheet.name for part in parts)))
    sources = pl.DataFrame(
        {
            "source": pl.Series(range(len(parts)), dtype=pl.UInt32),
            "file": pl.Series([part.sheet.file for part in parts], dtype=files),
            "sheet": pl.Series([part.sheet.name for part in parts], dtype=sheets),
        }
    )
    columns = pl.Enum(["", *sorted(cells["column"].unique().to_list())])
    kinds = pl.Enum(["actual", "target"])
    whole = single.select(
        "unit",
        "period",
        pl.lit("", dtype=columns).alias("variable"),
        pl.lit("actual", dtype=kinds).alias("kind"),
        "source",
        "row",
    )
    said = cells.filter(pl.col("value").is_not_null() | pl.col("word").is_not_null())
    kind = pl.when(pl.col("column").str.ends_with(TARGET_SUFFIX)).then(pl.lit("target")).otherwise(pl.lit("actual"))
    one = said.select(
        "unit",
        "period",
        pl.col("column").cast(columns).alias("variable"),
        kind.cast(kinds).alias("kind"),
        "source",
        "row",
    )
    rows = pl.concat([whole, one]).sort("unit", "period", "source", "row", maintain_order=True)
    return rows.select(
        "unit",
        "period",
        "variable",
        "kind",
        pl.col("source").replace_strict(sources["source"], sources["file"], return_dtype=files).alias("file"),
        pl.col("source").replace_strict(sources["source"], sources["sheet"], return_dtype=sheets).alias("sheet"),
        (pl.col("row") + 1).alias("row"),
    )
