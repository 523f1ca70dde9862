"""Parquet and frames: columns that already have a type pass through as they are."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from yuance.errors import Place
from yuance.facts.fault import FactsError, fault
from yuance.facts.sheet import Column, Sheet


def read_parquet(path: Path) -> Sheet:
    """The table of a Parquet file.

    Raises:
        FactsError: it is no Parquet file.
    """
    try:
        frame = pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise FactsError([fault("F015", Place(path.name), file=path.name, reason=_first_line(error))]) from None
    return sheet_of_frame(frame, path.name)


def sheet_of_frame(frame: pl.DataFrame, file: str = "") -> Sheet:
    """A frame as a sheet with named columns."""
    columns = [column_of(frame[name]) for name in frame.columns]
    return Sheet(file, "", columns, frame.height, headings=tuple(frame.columns), merged=())


def column_of(series: pl.Series) -> Column:
    """A typed series as a column: numbers and text pass through, what is neither is kept as odd."""
    kind = series.dtype
    if kind == pl.Float64:
        return Column(numbers=series)
    if kind.is_numeric() or kind == pl.Null:
        return Column(numbers=series.cast(pl.Float64))
    if kind == pl.String or isinstance(kind, pl.Categorical | pl.Enum):
        return Column(text=_without_blanks(series.cast(pl.String)))
    odd = {row: value for row, value in enumerate(series.to_list()) if value is not None}
    return Column(text=pl.Series([None], dtype=pl.String).new_from_index(0, len(series)), odd=odd)


def _without_blanks(series: pl.Series) -> pl.Series:
    stripped = series.str.strip_chars()
    return stripped.set(stripped == "", None)


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
