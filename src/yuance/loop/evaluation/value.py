"""From facts to values: a row per evaluated unit and period, with every column that the method's expressions need."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import narwhals as nw
import polars as pl

from yuance.facts.facts import TARGET_SUFFIX, Facts
from yuance.facts.period import Period, parse_period
from yuance.loop.evaluation.engine import Frame, Polars
from yuance.loop.evaluation.formula import Kind, number
from yuance.loop.evaluation.lowering import HERE, PART, Aggregate, Lowering, Shift
from yuance.method.schema import Variable

KEYS = ("unit", "period")
KIND = "period_kind"
SILENT = "__silent"  # of a listed unit that reported nothing in the period; only where units are listed
NUMERIC_KINDS = frozenset({"flow", "stock", "rate", "count", "yes-no"})


def fact_columns(variables: Iterable[Variable]) -> dict[str, Kind]:
    """Every column that facts may have, and whether it holds numbers or text."""
    kinds: dict[str, Kind] = {}
    for variable in variables:
        kind: Kind = "number" if variable.kind in NUMERIC_KINDS else "text"
        kinds[variable.id] = kinds[variable.id + TARGET_SUFFIX] = kind
    return kinds


def attribute_kinds(units: pl.DataFrame) -> dict[str, Kind]:
    """Which unit attributes are numbers and which are text."""
    return {name: "number" if dtype.is_numeric() else "text" for name, dtype in units.schema.items()}


@dataclass(frozen=True)
class Source:
    """The facts as the evaluation sees them: all periods, and the units with category and attributes."""

    engine: Polars
    facts: Facts
    units: pl.DataFrame
    kinds: Mapping[str, Kind]
    read: frozenset[str] | None = None  # the columns that some expression reads; None: any may be read

    @cached_property
    def table(self) -> pl.DataFrame:
        """The facts; what is no ordinary number (a Parquet file may hold infinity) is missing."""
        table = self.facts.table
        figures = [name for name, dtype in table.schema.items() if dtype == pl.Float64]
        sums = table.select(pl.col(figures).sum()).row(0) if figures else ()  # one odd value makes the sum odd
        odd = [name for name, whole in zip(figures, sums, strict=True) if not math.isfinite(whole)]
        return table.with_columns(pl.when(pl.col(name).is_finite()).then(pl.col(name)).alias(name) for name in odd)

    @cached_property
    def all_kinds(self) -> dict[str, Kind]:
        """What every name of an expression holds: facts and unit attributes."""
        return {**attribute_kinds(self.units), **self.kinds}

    @cached_property
    def periods(self) -> list[Period]:
        """The periods that occur in the facts, in order of time."""
        return sorted(period for text in self._texts if (period := parse_period(text)) is not None)

    @cached_property
    def _texts(self) -> frozenset[str]:
        return frozenset(self.facts.table.get_column("period").unique().to_list())

    def rows(self, periods: Sequence[Period], listed_for: Sequence[Period] = ()) -> Frame:
        """The reported rows of these periods, and an empty row for each listed unit in the periods of `listed_for`.

        Each row knows its unit's category and attributes and its period's kind and number within the year.
        """
        table = self.table
        if {str(period) for period in periods} != self._texts:
            table = table.filter(pl.col("period").is_in([str(period) for period in periods]))
        if listed_for:
            listed = pl.DataFrame({"period": [str(period) for period in listed_for]}, schema={"period": pl.String})
            everyone = self.units.select("unit").join(listed, how="cross")
            silent = everyone.join(table, on=list(KEYS), how="anti").with_columns(pl.lit(value=True).alias(SILENT))
            table = pl.concat([table.with_columns(pl.lit(value=False).alias(SILENT)), silent], how="diagonal")
        table = self._with_units(table)
        if len(set(periods)) == 1:
            period = periods[0]
            table = table.with_columns(pl.lit(period.kind).alias(KIND), pl.lit(float(period.number)).alias(PART))
        else:
            table = table.join(_calendar(periods), on="period")
        present = set(table.columns)
        missing = [
            _gap(name, kind)
            for name, kind in self.kinds.items()
            if name not in present and (self.read is None or name in self.read)
        ]
        return self.engine.frame(table.sort(KEYS).with_columns(missing))

    def _with_units(self, table: pl.DataFrame) -> pl.DataFrame:
        """The rows with what is known of their units; side by side where both are in the same order already."""
        own = self.units.drop("unit")
        if not set(own.columns) & set(table.columns) and table.get_column("unit").equals(self.units.get_column("unit")):
            return table.hstack(own)
        return table.join(self.units, on="unit", how="inner")

    def shifted(self, columns: Iterable[str], shift: Shift, periods: Sequence[Period]) -> Frame:
        """Facts as seen from `periods` by looking back: keys are those of the later period, names end in the shift."""
        earlier = {str(period): shift.before(period) for period in periods}
        labels = pl.DataFrame(
            {
                "period": [str(back) for back in earlier.values() if back],
                "__later": [now for now, back in earlier.items() if back],
            },
            schema={"period": pl.String, "__later": pl.String},
        )
        present = [column for column in sorted(columns) if column in self.table.columns]
        absent = [column for column in sorted(columns) if column not in self.table.columns]
        table = self.table.select(*KEYS, *present).join(labels, on="period")
        chosen = [pl.col(column).alias(column + shift.suffix) for column in present]
        chosen += [_gap(column + shift.suffix, self.kinds[column]) for column in absent]
        return self.engine.frame(table.select("unit", pl.col("__later").alias("period"), *chosen))


@lru_cache(maxsize=4096)
def _gap(name: str, kind: Kind) -> pl.Expr:
    """A column that nobody reported."""
    return pl.lit(None, dtype=pl.String if kind == "text" else pl.Float64).alias(name)


def _calendar(periods: Sequence[Period]) -> pl.DataFrame:
    distinct = sorted(set(periods))
    return pl.DataFrame(
        {
            "period": [str(period) for period in distinct],
            KIND: [period.kind for period in distinct],
            PART: [float(period.number) for period in distinct],
        },
        schema={"period": pl.String, KIND: pl.String, PART: pl.Float64},
    )


def attached(source: Source, rows: Frame, periods: Sequence[Period], lowering: Lowering) -> Frame:
    """`rows` with the shifted facts and the figures over all units that a lowering asks for."""
    for shift, columns in sorted(lowering.leaves.items()):
        if shift != HERE:
            rows = rows.join(source.shifted(columns, shift, periods), on=list(KEYS), how="left")
    for batch in _batches(list(lowering.aggregates.values())):
        first = batch[0]
        if first.shift == HERE:
            table = aggregated(rows, batch, source.all_kinds)
        else:
            table = _aggregated_earlier(source, batch, periods)
        keys = ["period", "category"] if first.within == "category" else ["period"]
        rows = rows.join(source.engine.keep(table), on=keys, how="left")
    return rows


def _batches(aggregates: list[Aggregate]) -> list[list[Aggregate]]:
    """Neighbours that can be computed in one go: same shift and grouping, none using another's result."""
    batches: list[list[Aggregate]] = []
    for aggregate in aggregates:
        last = batches[-1] if batches else []
        uses = {item.column for item in last}
        alike = bool(last) and (last[0].shift, last[0].within) == (aggregate.shift, aggregate.within)
        if alike and not uses & set(_columns(aggregate)):
            last.append(aggregate)
        else:
            batches.append([aggregate])
    return batches


def _columns(aggregate: Aggregate) -> list[str]:
    from yuance.method.expression import names  # noqa: PLC0415

    return [name.id for name in names(aggregate.node)]


def aggregated(rows: Frame, batch: Sequence[Aggregate], kinds: Mapping[str, Kind]) -> Frame:
    """The table of figures per period (and category): missing values left out, nothing at all gives nothing."""
    keys = ["period", "category"] if batch[0].within == "category" else ["period"]
    operands = [number(item.node, kinds).alias(f"{item.column}.x") for item in batch]
    grouped = rows.select(*keys, *operands).group_by(*keys)
    figures = [_figure(item.function, nw.col(f"{item.column}.x")).alias(item.column) for item in batch]
    counts = [nw.col(f"{item.column}.x").count().alias(f"{item.column}.n") for item in batch]
    known = [nw.when(nw.col(f"{item.column}.n") > 0).then(nw.col(item.column)).alias(item.column) for item in batch]
    return grouped.agg(*figures, *counts).select(*keys, *known)


def _figure(function: str, operand: nw.Expr) -> nw.Expr:
    match function:
        case "total":
            return operand.sum()
        case "mean":
            return operand.mean()
        case "median":
            return operand.median()
        case "lowest":
            return operand.min()
        case "highest":
            return operand.max()
        case _:
            return operand.std()


def _aggregated_earlier(source: Source, batch: Sequence[Aggregate], periods: Sequence[Period]) -> Frame:
    """Figures over the units of an earlier period, labelled with the period that looks back."""
    shift = batch[0].shift
    pairs = {str(back): str(period) for period in periods if (back := shift.before(period)) is not None}
    earlier = [period for text in pairs if (period := parse_period(text)) is not None]
    lowering = Lowering(frozenset(source.kinds), label=batch[0].column)
    lowered = [Aggregate(item.column, item.function, lowering.lower(item.node), item.within, HERE) for item in batch]
    rows = attached(source, source.rows(earlier), earlier, lowering)
    labels = source.engine.table(
        {"period": list(pairs), "__later": list(pairs.values())}, {"period": pl.String, "__later": pl.String}
    )
    table = aggregated(rows, lowered, source.all_kinds).join(labels, on="period")
    return table.drop("period").rename({"__later": "period"})
