"""Outliers: winsorising by anchors or by the JRC's rule, and logarithms (method language, part 3).

The JRC's rule (COIN Tool; OECD/JRC Handbook, step 3) works on group moments: one pass over the data per value moved,
for all indicators at once, and never over single units.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import narwhals as nw
import polars as pl

from yuance.loop.evaluation.anchors import Anchored, Figure, Wanted
from yuance.loop.evaluation.distribution import SETS, Statistic
from yuance.loop.evaluation.engine import Frame
from yuance.loop.evaluation.formula import clipped
from yuance.loop.evaluation.run import Run
from yuance.method import schema

SKEWNESS, KURTOSIS, AT_MOST = 2.0, 3.5, 5
LOG_SHARE = 0.01
SLACK = 1e-9  # a figure that lies on its limit does not pass it


def by_moments(treat: schema.Winsorise | schema.Logarithm | None) -> bool:
    """Whether an indicator is treated by the rule on skewness and kurtosis."""
    return isinstance(treat, schema.Winsorise) and treat.low is None and treat.high is None


def wanted(treat: schema.Winsorise | schema.Logarithm | None, anchored: Anchored) -> Wanted | None:
    """What a treatment needs to know of the untreated distribution; None where it needs nothing."""
    if isinstance(treat, schema.Logarithm):
        return Wanted(anchored, ("lowest",), ("start", "shift"), _shift, anchored.column)
    if treat is None:
        return None
    if by_moments(treat):
        return Wanted(anchored, ("lowest", "highest"), (), lambda _: {}, anchored.column)
    anchors = tuple(anchor for anchor in (treat.low, treat.high) if anchor is not None)
    return Wanted(anchored, anchors, ("from", "to"), lambda figure: _limits(treat, figure), anchored.column)


def _shift(figure: Figure) -> Mapping[str, float | None]:
    lowest = figure("lowest")
    return {"start": 0.0, "shift": 0.0} if lowest is None or lowest > 0 else {"start": lowest, "shift": 1.0}


def _limits(treat: schema.Winsorise, figure: Figure) -> Mapping[str, float | None]:
    low, high = (None if anchor is None else figure(anchor) for anchor in (treat.low, treat.high))
    return {"from": low, "to": high}


def treated(treat: schema.Winsorise | schema.Logarithm | None, anchored: Anchored, needs: Wanted | None) -> nw.Expr:
    """The treated value; the settings, and the columns of `moment_bounds`, are expected in the table."""
    value = nw.col(anchored.column)
    if treat is None or needs is None:
        return value
    if isinstance(treat, schema.Logarithm):
        return (value - needs.expression("start") + needs.expression("shift")).log()
    if not by_moments(treat):
        low = None if treat.low is None else needs.expression("from")
        return clipped(value, low, None if treat.high is None else needs.expression("to"))
    lowest, highest = (nw.col(Statistic(anchored.among, anchored.column, name).name) for name in ("lowest", "highest"))
    low, high, logged = (nw.col(f"{anchored.column}~{name}") for name in ("low", "high", "log"))
    logarithm = (value - lowest + (highest - lowest) * LOG_SHARE).log()
    return nw.when(logged).then(logarithm).otherwise(clipped(value, low, high))


def moment_bounds(
    run: Run, rows: Frame, rules: Mapping[str, tuple[schema.Winsorise, str]]
) -> tuple[Frame, dict[str, pl.DataFrame]]:
    """`rows` with, for each column of `rules` (rule, comparison set), the bounds that the JRC's rule comes to.

    Columns `<column>~low`, `~high` (missing: no bound), `~log` (whether the logarithm is taken instead) and
    `~moved` (how many values moved). The small tables come back as evidence, by comparison set.
    """
    evidence: dict[str, pl.DataFrame] = {}
    for among in sorted({among for _, among in rules.values()}):
        chosen = {column: rule for column, (rule, own) in rules.items() if own == among}
        keys = list(SETS[among])
        long = run.engine.collect(rows.select(*keys, *chosen)).unpivot(on=list(chosen), index=keys).drop_nulls("value")
        bounds = _search(long, keys, chosen)
        wide = bounds.pivot(on="variable", index=keys, values=["low", "high", "log", "moved"], separator="~")
        names = {
            f"{part}~{column}": f"{column}~{part}" for column in chosen for part in ("low", "high", "log", "moved")
        }
        evidence[among] = wide.rename({old: new for old, new in names.items() if old in wide.columns})
        rows = run.engine.attach(rows, _complete(evidence[among], chosen), keys)
    return rows, evidence


def _complete(table: pl.DataFrame, columns: Iterable[str]) -> pl.DataFrame:
    """An indicator without any value has no bounds; its columns exist all the same."""
    types = {"low": pl.Float64, "high": pl.Float64, "log": pl.Boolean, "moved": pl.UInt32}
    absent = [
        pl.lit(None, dtype=dtype).alias(f"{column}~{part}")
        for column in columns
        for part, dtype in types.items()
        if f"{column}~{part}" not in table.columns
    ]
    return table.with_columns(absent)


def _search(long: pl.DataFrame, keys: list[str], rules: Mapping[str, schema.Winsorise]) -> pl.DataFrame:
    """Per group and variable: the bounds after the most extreme value has moved as often as needed and allowed."""
    group = [*keys, "variable"]
    limits = pl.DataFrame(
        {
            "variable": list(rules),
            "skewness": [SKEWNESS if rule.skewness is None else rule.skewness for rule in rules.values()],
            "kurtosis": [KURTOSIS if rule.kurtosis is None else rule.kurtosis for rule in rules.values()],
            "at_most": [AT_MOST if rule.at_most is None else rule.at_most for rule in rules.values()],
            "logs": [rule.otherwise == "log" for rule in rules.values()],
        },
        schema={
            "variable": pl.String,
            "skewness": pl.Float64,
            "kurtosis": pl.Float64,
            "at_most": pl.UInt32,
            "logs": pl.Boolean,
        },
    )
    state = long.select(group).unique().join(limits, on="variable").with_columns(
        low=pl.lit(None, dtype=pl.Float64), high=pl.lit(None, dtype=pl.Float64),
        moved_low=pl.lit(0, dtype=pl.UInt32), moved_high=pl.lit(0, dtype=pl.UInt32),
    )  # fmt: skip
    for _ in range(max(limits["at_most"].to_list()) + 1):
        state = state.drop("fails", "skew", "top", "next", "ties", strict=False).join(
            _moments(long, state, group), on=group
        )
        state = state.with_columns(
            fails=(pl.col("skew").abs() > pl.col("skewness") + SLACK) & (pl.col("kurt") > pl.col("kurtosis") + SLACK)
        ).drop("kurt")
        moves = (
            pl.col("fails")
            & (pl.col("moved_low") + pl.col("moved_high") < pl.col("at_most"))
            & pl.col("next").is_not_null()
        )
        if not state.select(moves.any()).item():
            break
        up, down = moves & (pl.col("skew") >= 0), moves & (pl.col("skew") < 0)
        state = state.with_columns(
            high=pl.when(up).then("next").otherwise("high"), low=pl.when(down).then("next").otherwise("low"),
            moved_high=pl.when(up).then("ties").otherwise("moved_high"), moved_low=pl.when(down).then("ties").otherwise("moved_low"),
        )  # fmt: skip
    return state.select(
        *group, "low", "high",
        log=(pl.col("fails") & pl.col("logs")).fill_null(value=False), moved=pl.col("moved_low") + pl.col("moved_high"),
    ).sort(group)  # fmt: skip


def _moments(long: pl.DataFrame, state: pl.DataFrame, group: list[str]) -> pl.DataFrame:
    """Skewness and excess kurtosis (bias-corrected), the extreme on the skewed side, the next value, and ties there."""
    held = long.join(state.select(*group, "low", "high"), on=group).with_columns(
        y=pl.when(pl.col("value") > pl.col("high"))
        .then("high")
        .when(pl.col("value") < pl.col("low"))
        .then("low")
        .otherwise("value")
    )
    held = held.join(held.group_by(group).agg(n=pl.len().cast(pl.Float64), mean=pl.col("y").mean()), on=group)
    d = pl.col("y") - pl.col("mean")
    moments = held.group_by(group).agg(
        n=pl.col("n").first(),
        m2=(d**2).mean(),
        m3=(d**3).mean(),
        m4=(d**4).mean(),
        highest=pl.col("y").max(),
        lowest=pl.col("y").min(),
    )
    n = pl.col("n")
    defined = (n > 3) & (pl.col("m2") > 0)
    skew = (n * (n - 1)).sqrt() / (n - 2) * pl.col("m3") / pl.col("m2") ** 1.5
    kurt = (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * (pl.col("m4") / pl.col("m2") ** 2 - 3) + 6)
    moments = moments.select(
        *group, skew=pl.when(defined).then(skew), kurt=pl.when(defined).then(kurt),
        top=pl.when(skew >= 0).then("highest").otherwise("lowest"),
    )  # fmt: skip
    sided = held.join(moments, on=group)
    inner = pl.when(pl.col("skew") >= 0).then(pl.col("y") < pl.col("top")).otherwise(pl.col("y") > pl.col("top"))
    following = (
        sided.filter(inner)
        .group_by(group)
        .agg(next=pl.when(pl.col("skew").first() >= 0).then(pl.col("y").max()).otherwise(pl.col("y").min()))
    )
    ties = sided.filter(pl.col("y") == pl.col("top")).group_by(group).agg(ties=pl.len().cast(pl.UInt32))
    return moments.join(following, on=group, how="left").join(ties, on=group, how="left")
