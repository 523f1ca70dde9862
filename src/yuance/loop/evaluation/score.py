"""Scores of values: one function for each kind of the method language (part 4; OECD/JRC Handbook, step 5)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import narwhals as nw

from yuance.loop.evaluation.anchors import Anchored, linear_anchors
from yuance.loop.evaluation.distribution import SETS, Statistic
from yuance.loop.evaluation.formula import clipped
from yuance.method import schema

_RANK_METHODS = {"better": "min", "worse": "max", "middle": "average"}


def score(indicator: schema.Indicator, anchored: Anchored) -> nw.Expr:
    """The score of an indicator's treated value; missing where the value, or an anchor it needs, is missing.

    `formula` is not among them: it may look at other periods and is lowered by the evaluation itself.
    """
    rule = indicator.score
    match rule:
        case schema.Linear():
            return _linear(rule, indicator.direction, anchored)
        case schema.Exponential():
            return _exponential(rule, indicator.direction, anchored)
        case schema.Ratio():
            return _ratio(rule, indicator.direction, anchored)
        case schema.Steps():
            return _steps(rule, indicator.direction, anchored)
        case schema.Points():
            return _points(rule, anchored)
        case schema.RankScore():
            return _rank(rule, indicator.direction, anchored)
        case schema.PercentRank():
            return _percent_rank(rule, indicator.direction, anchored)
        case schema.ZScore():
            return _zscore(rule, indicator.direction, anchored)
        case _:
            return nw.col(anchored.column)


def contradicts(indicator: schema.Indicator, anchored: Anchored) -> nw.Expr | None:
    """Where written anchors turn out, on the data, to run against the direction; None where they cannot."""
    rule = indicator.score
    if not isinstance(rule, schema.Linear | schema.Exponential) or (rule.low is None and rule.high is None):
        return None
    low, high = (anchored.expression(anchor) for anchor in linear_anchors(rule, indicator.direction))
    rises = rule.to[1] >= rule.to[0]
    return (high < low) if (indicator.direction == "higher") == rises else (high > low)


def _linear(rule: schema.Linear, direction: str, anchored: Anchored) -> nw.Expr:
    low, high = (anchored.expression(anchor) for anchor in linear_anchors(rule, direction))
    first, last = rule.to
    value = nw.col(anchored.column)
    reached = nw.when(high != low).then((value - low) / (high - low))
    line: nw.Expr = reached * (last - first) + first
    if rule.clip:
        line = clipped(line, min(rule.to), max(rule.to))
    return _present(value, nw.when(high == low).then(nw.lit(last)).otherwise(line))


def _exponential(rule: schema.Exponential, direction: str, anchored: Anchored) -> nw.Expr:
    low, high = (anchored.expression(anchor) for anchor in linear_anchors(rule, direction))
    first, last = rule.to
    value = nw.col(anchored.column)
    reached = nw.when(high != low).then((value - low) / (high - low))
    curve = nw.lit(first) * nw.lit(last / first) ** reached
    return _present(value, nw.when(high == low).then(nw.lit(last)).otherwise(curve))


def _ratio(rule: schema.Ratio, direction: str, anchored: Anchored) -> nw.Expr:
    value, base = nw.col(anchored.column), anchored.expression(rule.base)
    above, below = (value, base) if direction == "higher" else (base, value)
    ratio = nw.when(below != 0).then(above * 100.0 / below)
    cap = None if rule.cap is None else anchored.expression(rule.cap)
    return clipped(ratio, anchored.expression(rule.floor), cap)


def _steps(rule: schema.Steps, direction: str, anchored: Anchored) -> nw.Expr:
    """The last bound met decides: bounds are gone through from the one easiest to meet."""
    value = nw.col(anchored.column)
    total: nw.Expr = nw.lit(0.0)
    for bound, points in _ordered(rule.table, turned=direction == "lower"):
        edge = anchored.expression(bound)
        met = (value >= edge if rule.edge == "closed" else value > edge) if direction == "higher" else (
            value <= edge if rule.edge == "closed" else value < edge
        )  # fmt: skip
        total = nw.when(met).then(nw.lit(points)).otherwise(total)
    return _present(value, total)


def _points(rule: schema.Points, anchored: Anchored) -> nw.Expr:
    value = nw.col(anchored.column)
    table = [(anchored.expression(bound), points) for bound, points in _ordered(rule.table, turned=False)]
    line: nw.Expr = nw.lit(table[0][1])
    for (start, before), (end, after) in pairwise(table):
        slope = nw.when(end != start).then((value - start) / (end - start)) * (after - before) + before
        line = nw.when(value > start).then(slope).otherwise(line)
    return _present(value, nw.when(value >= table[-1][0]).then(nw.lit(table[-1][1])).otherwise(line))


def _ordered(table: Sequence[tuple[float | str, float]], *, turned: bool) -> list[tuple[float | str, float]]:
    """Bounds from low to high (turned: from high to low); tables with expressions are taken as written."""
    if any(isinstance(bound, str) for bound, _ in table):
        return list(reversed(table)) if turned else list(table)
    return sorted(table, key=lambda pair: float(pair[0]), reverse=turned)


def _rank(rule: schema.RankScore, direction: str, anchored: Anchored) -> nw.Expr:
    value = nw.col(anchored.column)
    place = _place(value, anchored, _RANK_METHODS[rule.ties], descending=direction == "higher")
    least = anchored.expression(rule.least)
    if rule.table is None:
        assert rule.step is not None
        points = anchored.expression(rule.first) - anchored.expression(rule.step) * (place - 1)
        return _present(value, clipped(points, least, None))
    below = _looked_up(rule.table, place.floor(), least)
    above = _looked_up(rule.table, place.ceil(), least)
    return _present(value, (below + above) / 2)


def _looked_up(table: Sequence[float], place: nw.Expr, least: nw.Expr) -> nw.Expr:
    points: nw.Expr = least
    for number, given in enumerate(table, start=1):
        points = nw.when(place == number).then(nw.lit(given)).otherwise(points)
    return points


def _percent_rank(rule: schema.PercentRank, direction: str, anchored: Anchored) -> nw.Expr:
    value = nw.col(anchored.column)
    count = nw.col(Statistic(anchored.among, anchored.column, "count").name)
    turned = direction == "lower"
    worse = _place(value, anchored, "min", descending=turned) - 1
    up_to_equal = _place(value, anchored, "max", descending=turned) - 1
    beaten = {"worse": worse, "better": up_to_equal, "middle": (worse + up_to_equal) / 2}[rule.ties]
    first, last = rule.to
    share = nw.when(count > 1).then(beaten / (count - 1))
    return _present(value, nw.when(count == 1).then(nw.lit(last)).otherwise(share * (last - first) + first))


def _place(value: nw.Expr, anchored: Anchored, method: str, *, descending: bool) -> nw.Expr:
    """Place among the comparison set, from 1; missing values have none."""
    place = value.rank(method=method, descending=descending)  # type: ignore[arg-type]
    return place.over(*SETS[anchored.among]).cast(nw.Float64())


def _zscore(rule: schema.ZScore, direction: str, anchored: Anchored) -> nw.Expr:
    """A set without spread tells nobody apart: everyone gets the score of the mean."""
    value = nw.col(anchored.column)
    mean, sd = (nw.col(Statistic(anchored.among, anchored.column, name).name) for name in ("mean", "sd"))
    difference = value - mean if direction == "higher" else mean - value
    standard = nw.when(sd > 0).then(difference / sd).otherwise(nw.lit(0.0))
    return _present(value, anchored.expression(rule.mean) + anchored.expression(rule.sd) * standard)


def _present(value: nw.Expr, result: nw.Expr) -> nw.Expr:
    return nw.when(~value.is_null()).then(result)
