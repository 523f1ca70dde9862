"""Scores of values: one function for each kind of the method language (part 4; OECD/JRC Handbook, step 5)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import narwhals as nw

from yuance.loop.evaluation.anchors import Anchored, linear_anchors
from yuance.loop.evaluation.distribution import SETS, Statistic
from yuance.loop.evaluation.formula import clipped
from yuance.loop.evaluation.working import Working
from yuance.method import schema

DUST = 1e-12  # what two results of the same arithmetic may differ by, as a part of their size: 0.3 / 0.1 is 3
_RANK_METHODS = {"better": "min", "worse": "max", "middle": "average"}


def score(indicator: schema.Indicator, anchored: Anchored, working: Working) -> nw.Expr:
    """The score of an indicator's treated value; missing where the value, or an anchor it needs, is missing.

    What it uses more than once goes into `working`, whose columns must be in the table when the score is computed.
    `formula` is not among them: it may look at other periods and is lowered by the evaluation itself.
    """
    rule = indicator.score
    match rule:
        case schema.Linear():
            return _linear(rule, indicator.direction, anchored, working)
        case schema.Exponential():
            return _exponential(rule, indicator.direction, anchored)
        case schema.Ratio():
            return _ratio(rule, indicator.direction, anchored)
        case schema.Steps():
            return _steps(rule, indicator.direction, anchored, working)
        case schema.Points():
            return _points(rule, anchored, working)
        case schema.RankScore():
            return _rank(rule, indicator.direction, anchored, working)
        case schema.PercentRank():
            return _percent_rank(rule, indicator.direction, anchored, working)
        case schema.ZScore():
            return _zscore(rule, indicator.direction, anchored)
        case _:
            return nw.col(anchored.column)


def may_overflow(rule: schema.ScoreRule) -> bool:
    """Whether a way of scoring can leave the range of ordinary numbers."""
    return not isinstance(rule, schema.Linear | schema.Steps | schema.Points | schema.RankScore | schema.PercentRank)


def contradicts(indicator: schema.Indicator, anchored: Anchored) -> nw.Expr | None:
    """Where written anchors turn out, on the data, to run against the direction; None where they cannot."""
    rule = indicator.score
    if not isinstance(rule, schema.Linear | schema.Exponential) or (rule.low is None and rule.high is None):
        return None
    low, high = (anchored.expression(anchor) for anchor in linear_anchors(rule, indicator.direction))
    if rule.to[0] == rule.to[1]:
        return None
    rises = rule.to[1] > rule.to[0]
    return (high < low) if (indicator.direction == "higher") == rises else (high > low)


def _linear(rule: schema.Linear, direction: str, anchored: Anchored, working: Working) -> nw.Expr:
    low, high = (anchored.expression(anchor) for anchor in linear_anchors(rule, direction))
    first, last = rule.to
    value = nw.col(anchored.column)
    apart = working.keep(f"{anchored.column}~apart", _apart(low, high))
    line: nw.Expr = (value - low) / (high - low) * (last - first) + first
    if rule.clip and not (rule.low is None and rule.high is None):  # nothing lies outside the extremes of its own set
        line = clipped(working.keep(f"{anchored.column}~line", line), min(rule.to), max(rule.to))
    same = ~apart & ~value.is_null()  # an anchor that is missing makes `apart` missing too: then there is no score
    return nw.when(apart).then(line).otherwise(nw.when(same).then(nw.lit(last)))


def _apart(low: nw.Expr, high: nw.Expr) -> nw.Expr:
    """Whether two anchors differ by more than the dust of arithmetic."""
    return (high - low).abs() > (high.abs() + low.abs()) * DUST


def _exponential(rule: schema.Exponential, direction: str, anchored: Anchored) -> nw.Expr:
    low, high = (anchored.expression(anchor) for anchor in linear_anchors(rule, direction))
    first, last = rule.to
    value = nw.col(anchored.column)
    apart = _apart(low, high)
    reached = nw.when(apart).then((value - low) / (high - low))
    curve = nw.lit(first) * nw.lit(last / first) ** reached
    return _present(value, nw.when(~apart).then(nw.lit(last)).otherwise(curve))


def _ratio(rule: schema.Ratio, direction: str, anchored: Anchored) -> nw.Expr:
    value, base = nw.col(anchored.column), anchored.expression(rule.base)
    above, below = (value, base) if direction == "higher" else (base, value)
    ratio = nw.when(below != 0).then(above * 100.0 / below)
    cap = None if rule.cap is None else anchored.expression(rule.cap)
    return clipped(ratio, anchored.expression(rule.floor), cap)


def _steps(rule: schema.Steps, direction: str, anchored: Anchored, working: Working) -> nw.Expr:
    """The score of the farthest bound that is met."""
    value, turned = nw.col(anchored.column), direction == "lower"
    closed = rule.edge == "closed"
    total: nw.Expr = nw.lit(0.0)
    fixed = _fixed(rule.table)
    if fixed:
        for bound, given in reversed(fixed) if turned else fixed:
            met = _met(value, nw.lit(bound), turned=turned, closed=closed)
            total = nw.when(met).then(nw.lit(given)).otherwise(total)
        return _present(value, total)
    # bounds that are figures of the set: only the data tell their order
    edges = [anchored.expression(bound) for bound, _ in rule.table]
    reached = [nw.when(_met(value, edge, turned=turned, closed=closed)).then(edge) for edge in edges]
    farthest = (
        reached[0] if len(reached) == 1 else nw.min_horizontal(*reached) if turned else nw.max_horizontal(*reached)
    )
    best = working.keep(f"{anchored.column}~bound", farthest)
    for edge, (_, points) in zip(edges, rule.table, strict=True):
        total = nw.when(edge == best).then(nw.lit(points)).otherwise(total)
    return _present(value, total)


def _fixed(table: Sequence[tuple[float | str, float]]) -> list[tuple[float, float]]:
    """A table whose bounds are all numbers, from low to high; nothing where some bound is a figure of the set."""
    numbers = [(bound, points) for bound, points in table if not isinstance(bound, str)]
    return sorted(numbers, key=lambda pair: pair[0]) if len(numbers) == len(table) else []


def _met(value: nw.Expr, edge: nw.Expr, *, turned: bool, closed: bool) -> nw.Expr:
    """Whether a value reaches a bound; what differs from it by the dust of arithmetic lies on it."""
    beyond = edge - value if turned else value - edge
    return beyond >= edge.abs() * -DUST if closed else beyond > edge.abs() * DUST


def _points(rule: schema.Points, anchored: Anchored, working: Working) -> nw.Expr:
    """Between the nearest point on either side; where points coincide, the one written last holds."""
    value = nw.col(anchored.column)
    fixed = _fixed(rule.table)
    if fixed:
        line: nw.Expr = nw.lit(fixed[0][1])
        for (start, before), (end, after) in pairwise(fixed):
            if end > start:
                slope = before + (after - before) * (value - start) / (end - start)
                line = nw.when(value > start).then(slope).otherwise(line)
        return _present(value, nw.when(value >= fixed[-1][0]).then(nw.lit(fixed[-1][1])).otherwise(line))
    points = [(anchored.expression(bound), score) for bound, score in rule.table]
    if len(points) == 1:
        return _present(value, nw.lit(points[0][1]))
    sides = {
        "left": nw.max_horizontal(*(nw.when(bound <= value).then(bound) for bound, _ in points)),
        "right": nw.min_horizontal(*(nw.when(bound > value).then(bound) for bound, _ in points)),
    }
    left, right = (working.keep(f"{anchored.column}~{name}", side) for name, side in sides.items())
    lower, upper = (
        working.keep(f"{anchored.column}~{name}", _point_at(points, side), 1)
        for name, side in (("lower", left), ("upper", right))
    )
    between = lower + (upper - lower) * (value - left) / (right - left)
    return _present(value, nw.coalesce(between, lower, upper))


def _point_at(points: Sequence[tuple[nw.Expr, float]], place: nw.Expr) -> nw.Expr:
    score: nw.Expr = nw.lit(None, nw.Float64())
    for bound, given in points:
        score = nw.when(bound == place).then(nw.lit(given)).otherwise(score)
    return score


def _rank(rule: schema.RankScore, direction: str, anchored: Anchored, working: Working) -> nw.Expr:
    value = nw.col(anchored.column)
    counted = _place(value, anchored, _RANK_METHODS[rule.ties], descending=direction == "higher")
    place = working.keep(f"{anchored.column}~place", counted)
    least = anchored.expression(rule.least)
    if rule.table is None:
        assert rule.step is not None
        falling = anchored.expression(rule.first) - anchored.expression(rule.step) * (place - 1)
        return _present(value, clipped(working.keep(f"{anchored.column}~falling", falling, 1), least, None))
    below = _looked_up(rule.table, place.floor(), least)
    above = _looked_up(rule.table, place.ceil(), least)
    return _present(value, (below + above) / 2)


def _looked_up(table: Sequence[float], place: nw.Expr, least: nw.Expr) -> nw.Expr:
    points: nw.Expr = least
    for number, given in enumerate(table, start=1):
        points = nw.when(place == number).then(nw.lit(given)).otherwise(points)
    return points


def _percent_rank(rule: schema.PercentRank, direction: str, anchored: Anchored, working: Working) -> nw.Expr:
    value = nw.col(anchored.column)
    count = nw.col(Statistic(anchored.among, anchored.column, "count").name)
    turned = direction == "lower"
    places = {"worse": ("min",), "better": ("max",), "middle": ("min", "max")}[rule.ties]
    counted = [
        working.keep(f"{anchored.column}~{method}", _place(value, anchored, method, descending=turned) - 1)
        for method in places
    ]
    beaten = (counted[0] + counted[-1]) / 2
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
    standard = nw.when(sd > mean.abs() * DUST).then(difference / sd).otherwise(nw.lit(0.0))
    return _present(value, anchored.expression(rule.mean) + anchored.expression(rule.sd) * standard)


def _present(value: nw.Expr, result: nw.Expr) -> nw.Expr:
    return nw.when(~value.is_null()).then(result)
