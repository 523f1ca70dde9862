"""The distribution of an indicator in its comparison set: the figures that anchors name (method language, part 4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import narwhals as nw
import polars as pl

from yuance.loop.evaluation.engine import Frame
from yuance.loop.evaluation.run import SETS, Run
from yuance.method.expression import anchor_base


@dataclass(frozen=True, slots=True, order=True)
class Statistic:
    """One figure over a comparison set: of which `column`, which `anchor` of it, among whom."""

    among: str
    column: str
    anchor: str

    @property
    def name(self) -> str:
        """The column in which the figure is found."""
        return f"{self.column}~{self.among}~{self.anchor}"


def figure(anchor: str, column: nw.Expr) -> nw.Expr:
    """An anchor as an aggregate; percentiles interpolate linearly (type 7), sd is the sample figure."""
    if anchor.startswith("percentile("):
        return column.quantile(float(anchor[11:-1]) / 100, interpolation="linear")
    match anchor:
        case "lowest":
            return column.min()
        case "highest":
            return column.max()
        case "mean":
            return column.mean()
        case "median":
            return column.median()
        case "sd":
            return column.std()
        case _:
            return column.count().cast(nw.Float64())


def describe(run: Run, rows: Frame, statistics: Iterable[Statistic]) -> dict[str, pl.DataFrame]:
    """A small table for each comparison set that is asked about: a row per set, a column per statistic.

    `last_year_` figures are those of the set one year earlier; they are missing where that year was not evaluated.
    A panel spans all years: its last year is itself.
    """
    return {among: _described(run, rows, among, wanted) for among, wanted in _by_set(statistics).items()}


def _described(run: Run, rows: Frame, among: str, wanted: Sequence[Statistic]) -> pl.DataFrame:
    keys = run.keys(among)
    earlier = [anchor_base(item.anchor)[1] and among != "panel" for item in wanted]
    now = [item for item, past in zip(wanted, earlier, strict=True) if not past]
    before = [item for item, past in zip(wanted, earlier, strict=True) if past]
    table = _table(run, rows, keys, now)
    if not before:
        return table
    if "period" not in keys:  # one period alone: the year before was not evaluated
        return table.with_columns(pl.lit(None, dtype=pl.Float64).alias(item.name) for item in before)
    later = {str(period.years_earlier(1)): str(period) for period in run.periods}
    labels = pl.DataFrame({"period": list(later), "__later": list(later.values())})
    past = _table(run, rows, keys, before).join(labels, on="period").drop("period").rename({"__later": "period"})
    return table.join(past, on=keys, how="left")


def _by_set(statistics: Iterable[Statistic]) -> Mapping[str, list[Statistic]]:
    sets: dict[str, list[Statistic]] = {}
    for statistic in dict.fromkeys(statistics):
        sets.setdefault(statistic.among, []).append(statistic)
    return sets


def _table(run: Run, rows: Frame, keys: Sequence[str], wanted: Sequence[Statistic]) -> pl.DataFrame:
    batch = run.formulas.batch(
        ("figures", *(item.name for item in wanted)),
        lambda: [
            nw.len().alias("__size"),
            *(figure(anchor_base(item.anchor)[0], nw.col(item.column)).alias(item.name) for item in wanted),
        ],
    )
    return run.engine.figures(rows, keys, batch).drop("__size")


def attach(run: Run, rows: Frame, tables: Mapping[str, pl.DataFrame]) -> Frame:
    """`rows` with the columns of the small tables, each by its comparison set."""
    for among, table in tables.items():
        rows = run.engine.attach(rows, table, run.keys(among))
    return rows


__all__ = ["SETS", "Statistic", "attach", "describe", "figure"]
