"""Where the tables of an evaluation live: the few things that differ between engines, behind one door.

The embedded engine is Polars. What is kept (`keep`) is computed once and used many times; what is collected is small.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw
import polars as pl


class Polars:
    """The embedded engine."""

    name = "polars"

    @property
    def version(self) -> str:
        """The version of the library underneath."""
        return pl.__version__

    def frame(self, table: pl.DataFrame) -> nw.LazyFrame[Any]:
        """A table from memory."""
        return nw.from_native(table.lazy())

    def table(
        self, columns: Mapping[str, Sequence[object]], schema: Mapping[str, Any] | None = None
    ) -> nw.LazyFrame[Any]:
        """A small table from Python values."""
        return nw.from_native(pl.DataFrame(dict(columns), schema=dict(schema) if schema else None, strict=False).lazy())

    def keep(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """The same table, computed now, because several later steps read it."""
        return nw.from_native(self.collect(frame).lazy())

    def collect(self, frame: nw.LazyFrame[Any]) -> pl.DataFrame:
        """The rows in memory."""
        collected: pl.DataFrame = nw.to_native(frame).collect()
        return collected
