"""The distribution of an indicator in its comparison set: the figures that anchors name (method language, part 4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import narwhals as nw

from yuance.facts.period import Period
from yuance.loop.evaluation.engine import Polars
from yuance.loop.evaluation.value import KIND, Frame
from yuance.method.expression import anchor_base
from yuance.method.functions import LAST_YEAR

SETS: dict[str, tuple[str, ...]] = {"all": ("period",), "category": ("period", "category"), "panel": (KIND,)}


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


def describe(
    engine: Polars, rows: Frame, statistics: Iterable[Statistic], periods: Sequence[Period]
) -> tuple[Frame, dict[str, Frame]]:
    """`rows` with a column for each statistic, and the small tables themselves, which are the evidence of the anchors.

    `last_year_` figures are those of the set one year earlier; they are missing where that year was not evaluated.
    """
    evidence: dict[str, Frame] = {}
    for among, wanted in _by_set(statistics).items():
        keys = list(SETS[among])
        now = [item for item in wanted if not anchor_base(item.anchor)[1]]
        before = [item for item in wanted if anchor_base(item.anchor)[1]]
        if now:
            evidence[among] = engine.keep(_table(rows, keys, now))
            rows = rows.join(evidence[among], on=keys, how="left")
        if before:
            earlier = (
                _relabelled(engine, _table(rows, keys, before), periods)
                if among != "panel"
                else _table(rows, keys, before)
            )
            evidence[f"{LAST_YEAR}{among}"] = engine.keep(earlier)
            rows = rows.join(evidence[f"{LAST_YEAR}{among}"], on=keys, how="left")
    return rows, evidence


def _by_set(statistics: Iterable[Statistic]) -> Mapping[str, list[Statistic]]:
    sets: dict[str, list[Statistic]] = {}
    for statistic in sorted(set(statistics)):
        sets.setdefault(statistic.among, []).append(statistic)
    return sets


def _table(rows: Frame, keys: list[str], wanted: Sequence[Statistic]) -> Frame:
    figures = [figure(anchor_base(item.anchor)[0], nw.col(item.column)).alias(item.name) for item in wanted]
    return rows.group_by(*keys).agg(*figures)


def _relabelled(engine: Polars, table: Frame, periods: Sequence[Period]) -> Frame:
    """The table of a year under the label of the year that follows it."""
    earlier = {str(period.years_earlier(1)): str(period) for period in periods}
    labels = engine.table({"period": list(earlier), "__later": list(earlier.values())})
    return table.join(labels, on="period").drop("period").rename({"__later": "period"})
