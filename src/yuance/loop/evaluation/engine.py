"""Where the tables of an evaluation live: the few things that differ between engines, behind one door.

The definition is written in Narwhals. The embedded engine is Polars: what is kept (`keep`) is computed once and used
many times, what is collected is small, and a batch of columns is translated into Polars once, however often it is run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import narwhals as nw
import polars as pl

Frame = nw.LazyFrame[Any]
SMALL = 100_000  # rows up to which planning costs more than the work


class _Listener(pl.LazyFrame):
    """A frame that computes nothing: it takes down the Polars expressions that Narwhals hands it."""

    heard: list[pl.Expr]

    def with_columns(self, *exprs: Any, **_: Any) -> pl.LazyFrame:
        self.heard = list(exprs)
        return self


@dataclass(frozen=True, eq=False)
class Columns:
    """Columns that are computed side by side, as one batch. Kept by its owner, it is translated for Polars only once."""

    exprs: tuple[nw.Expr, ...]

    @cached_property
    def in_polars(self) -> list[pl.Expr]:
        """The same expressions in Polars."""
        listener = _Listener()
        nw.from_native(listener).with_columns(*self.exprs)
        return listener.heard


@dataclass(frozen=True)
class Polars:
    """The embedded engine. A `small` table is computed at once; a large one is planned first, and streamed."""

    small: bool = False

    name = "polars"

    @property
    def version(self) -> str:
        """The version of the library underneath."""
        return pl.__version__

    def frame(self, table: pl.DataFrame) -> Frame:
        """A table from memory."""
        return nw.from_native(table.lazy())

    def table(self, columns: Mapping[str, Sequence[object]], schema: Mapping[str, Any] | None = None) -> Frame:
        """A small table from Python values."""
        return nw.from_native(pl.DataFrame(dict(columns), schema=dict(schema) if schema else None, strict=False).lazy())

    def add(self, rows: Frame, batch: Columns) -> Frame:
        """`rows` with the columns of a batch."""
        if not batch.exprs:
            return rows
        native: pl.LazyFrame = nw.to_native(rows)
        return nw.from_native(native.with_columns(batch.in_polars))

    def figures(self, rows: Frame, keys: Sequence[str], batch: Columns) -> pl.DataFrame:
        """A small table: the aggregates of a batch for each group of rows, or for all of them where there is no key."""
        native: pl.LazyFrame = nw.to_native(rows)
        if not keys:
            return self._collected(native.select(batch.in_polars))
        return self._collected(native.group_by(keys).agg(batch.in_polars)).sort(keys)

    def attach(self, rows: Frame, table: pl.DataFrame, keys: Sequence[str]) -> Frame:
        """`rows` with the columns of a small table of the engine's own; without keys it has one row, for everybody."""
        native: pl.LazyFrame = nw.to_native(rows)
        if keys:
            return nw.from_native(native.join(table.lazy(), on=list(keys), how="left"))
        if self.small:
            return nw.from_native(native.join(table.lazy(), how="cross")) if table.width else rows
        single = [
            (pl.lit(None, dtype=dtype) if value is None else pl.lit(value)).alias(name)  # one value takes no room
            for (name, dtype), value in zip(table.schema.items(), table.row(0), strict=True)
        ]
        return nw.from_native(native.with_columns(single)) if single else rows

    def keep(self, frame: Frame) -> Frame:
        """The same table, computed now, because several later steps read it."""
        return nw.from_native(self.collect(frame).lazy())

    def collect(self, frame: Frame) -> pl.DataFrame:
        """The rows in memory."""
        return self._collected(nw.to_native(frame))

    def _collected(self, plan: pl.LazyFrame) -> pl.DataFrame:
        if self.small:
            return plan.collect(engine="in-memory", optimizations=pl.QueryOptFlags.none())
        return plan.collect()
