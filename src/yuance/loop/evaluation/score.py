"""Scores of values: each kind of the method language (part 4; OECD/JRC Handbook, step 5).

What a score needs of its comparison set is settled once for the set (`wanted`), in plain numbers; the score itself is a
short formula of the value and these settings (`score`), written in Narwhals, the same for every unit.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import narwhals as nw

from yuance.loop.evaluation.anchors import Anchor, Anchored, Figure, Wanted, linear_anchors, score_anchors
from yuance.loop.evaluation.run import Run
from yuance.method import schema

DUST = 1e-12  # what two results of the same arithmetic may differ by, as a part of their size: 0.3 / 0.1 is 3
_RANK_METHODS = {"better": "min", "worse": "max", "middle": "average"}
_BEATEN = {"better": "max", "worse": "min", "middle": "average"}  # counted from the worst: whom a value leaves behind
Settings = Mapping[str, float | None]


@dataclass(frozen=True)
class Scored:
    """A score before it is held: the formula, and the bounds, where it has any; `bounded`: it cannot leave them."""

    expr: nw.Expr
    low: nw.Expr | float | None = None
    high: nw.Expr | float | None = None
    bounded: bool = False


def wanted(indicator: schema.Indicator, anchored: Anchored) -> Wanted:
    """What scoring an indicator needs to know of its comparison set.

    `formula` needs its anchors only; it may look at other periods and is lowered by the evaluation itself.
    """
    settings, settle = _SETTLED.get(indicator.score.by, ((), _nothing))
    names = settings(indicator) if callable(settings) else settings
    anchors = tuple(score_anchors(indicator))
    return Wanted(anchored, anchors, names, lambda figure: settle(indicator, figure), f"{indicator.id}.score")


def score(indicator: schema.Indicator, needs: Wanted, run: Run) -> Scored:
    """The score of an indicator's treated value; missing where the value, or an anchor it needs, is missing."""
    value, rule = nw.col(needs.anchored.column), indicator.score
    match rule:
        case schema.Linear():
            low, _ = linear_anchors(rule, indicator.direction)
            line = _line(value, needs, low)
            if not _written(rule):  # nothing lies outside the extremes of its own set
                return Scored(line, bounded=True)
            return Scored(line, min(rule.to), max(rule.to)) if rule.clip else Scored(line)
        case schema.Exponential():
            low, _ = linear_anchors(rule, indicator.direction)
            reached = (value - needs.figure(low)) * needs.expression("slope")
            return Scored(nw.lit(rule.to[1] / rule.to[0]) ** reached * needs.expression("base"))
        case schema.Ratio():
            factor = needs.expression("factor")
            ratio = value * factor if indicator.direction == "higher" else nw.when(value != 0).then(factor / value)
            cap = None if rule.cap is None else needs.expression("cap")
            return Scored(ratio, needs.expression("floor"), cap)
        case schema.Steps():
            return Scored(_steps(rule, indicator.direction, value, needs), bounded=True)
        case schema.Points():
            return Scored(_points(rule, value, needs))
        case schema.RankScore():
            return _rank(rule, indicator.direction, value, needs, run)
        case schema.PercentRank():
            place = _place(value, needs, run, _BEATEN[rule.ties], descending=indicator.direction == "lower")
            return Scored((place - 1.0) * needs.expression("slope") + needs.expression("base"), bounded=True)
        case schema.ZScore():
            return Scored(_line(value, needs, "mean"))
        case _:
            return Scored(value)


def _line(value: nw.Expr, needs: Wanted, start: Anchor) -> nw.Expr:
    return (value - needs.figure(start)) * needs.expression("slope") + needs.expression("base")


def _nothing(_indicator: schema.Indicator, _figure: Figure) -> Settings:
    return {}


def _between(indicator: schema.Indicator, figure: Figure) -> Settings:
    """Anchors that coincide give everybody the upper score; ones that run against the direction give none."""
    rule = indicator.score
    assert isinstance(rule, schema.Linear | schema.Exponential)
    low, high = (figure(anchor) for anchor in linear_anchors(rule, indicator.direction))
    first, last = rule.to
    if low is None or high is None or (_written(rule) and _contradicts(indicator.direction, rule.to, low, high)):
        return {"slope": None, "base": first}
    if _alike(low, high):
        return {"slope": 0.0, "base": last}
    rise = last - first if isinstance(rule, schema.Linear) else 1.0
    return {"slope": rise / (high - low), "base": first}


def _written(rule: schema.Linear | schema.Exponential) -> bool:
    return rule.low is not None or rule.high is not None


def _alike(one: float, other: float) -> bool:
    return abs(one - other) <= (abs(one) + abs(other)) * DUST


def _contradicts(direction: str, to: tuple[float, float], low: float, high: float) -> bool:
    if _alike(low, high) or to[0] == to[1]:
        return False
    return ((high > low) == (to[1] > to[0])) == (direction == "lower")


def _ratio(indicator: schema.Indicator, figure: Figure) -> Settings:
    rule = indicator.score
    assert isinstance(rule, schema.Ratio)
    base = figure(rule.base)
    held: dict[str, float | None] = {"floor": figure(rule.floor), "cap": None if rule.cap is None else figure(rule.cap)}
    if base is None:
        return {"factor": None, **held}
    if indicator.direction == "lower":
        return {"factor": 100.0 * base, **held}
    return {"factor": 100.0 / base if base else None, **held}


def _table_names(indicator: schema.Indicator) -> tuple[str, ...]:
    rule = indicator.score
    assert isinstance(rule, schema.Steps | schema.Points)
    parts = ("bound", "score") if isinstance(rule, schema.Steps) else ("bound", "score", "slope")
    return tuple(f"{part}{number}" for number in range(len(rule.table)) for part in parts)


def _bounds(rule: schema.Steps | schema.Points, figure: Figure) -> list[tuple[float, float]]:
    """The table by bound, lowest first; where bounds coincide the one written last holds."""
    found = [(figure(bound), given) for bound, given in rule.table]
    known: dict[float, float] = {bound: given for bound, given in found if bound is not None}
    return sorted(known.items())


def _step_settings(indicator: schema.Indicator, figure: Figure) -> Settings:
    """Bounds from the one easiest to meet; what differs from a bound by dust lies on it."""
    rule = indicator.score
    assert isinstance(rule, schema.Steps)
    turned = indicator.direction == "lower"
    settings: dict[str, float | None] = {}
    for number, (bound, given) in enumerate(sorted(_bounds(rule, figure), reverse=turned)):
        easier = (rule.edge == "closed") == (not turned)
        settings |= {f"bound{number}": bound - abs(bound) * DUST if easier else bound + abs(bound) * DUST}
        settings |= {f"score{number}": given}
    return settings


def _point_settings(indicator: schema.Indicator, figure: Figure) -> Settings:
    """Each point with the slope of the line that leaves it to the right; the last line is flat."""
    rule = indicator.score
    assert isinstance(rule, schema.Points)
    points = _bounds(rule, figure)
    settings: dict[str, float | None] = {}
    for number, (bound, given) in enumerate(points):
        after = points[number + 1] if number + 1 < len(points) else None
        slope = 0.0 if after is None else (after[1] - given) / (after[0] - bound)
        settings |= {f"bound{number}": bound, f"score{number}": given, f"slope{number}": slope}
    return settings


def _steps(rule: schema.Steps, direction: str, value: nw.Expr, needs: Wanted) -> nw.Expr:
    """The last bound met decides."""
    test = _TESTS[direction, rule.edge]
    total: nw.Expr = nw.lit(0.0)
    for number in range(len(rule.table)):
        bound, given = needs.expression(f"bound{number}"), needs.expression(f"score{number}")
        total = nw.when(test(value, bound)).then(given).otherwise(total)
    return nw.when(~value.is_null()).then(total)


_TESTS: dict[tuple[str, str], Callable[[nw.Expr, nw.Expr], nw.Expr]] = {
    ("higher", "closed"): lambda value, bound: value >= bound,
    ("higher", "open"): lambda value, bound: value > bound,
    ("lower", "closed"): lambda value, bound: value <= bound,
    ("lower", "open"): lambda value, bound: value < bound,
}


def _points(rule: schema.Points, value: nw.Expr, needs: Wanted) -> nw.Expr:
    """The line that leaves the last point passed; left of the first point it is flat."""
    line: nw.Expr = needs.expression("score0")
    for number in range(len(rule.table)):
        bound, given, slope = (needs.expression(f"{part}{number}") for part in ("bound", "score", "slope"))
        line = nw.when(value >= bound).then((value - bound) * slope + given).otherwise(line)
    return nw.when(~value.is_null()).then(line)


def _rank_settings(indicator: schema.Indicator, figure: Figure) -> Settings:
    rule = indicator.score
    assert isinstance(rule, schema.RankScore)
    step = None if rule.step is None else figure(rule.step)
    return {"first": figure(rule.first), "less": None if step is None else -step, "least": figure(rule.least)}


def _rank(rule: schema.RankScore, direction: str, value: nw.Expr, needs: Wanted, run: Run) -> Scored:
    place = _place(value, needs, run, _RANK_METHODS[rule.ties], descending=direction == "higher")
    if rule.table is None:
        points = (place - 1.0) * needs.expression("less") + needs.expression("first")
        return Scored(points, needs.expression("least"))
    least = needs.expression("least")
    below = _looked_up(rule.table, place.floor(), least)
    if rule.ties == "middle":
        return Scored(nw.when(~value.is_null()).then((below + _looked_up(rule.table, place.ceil(), least)) / 2))
    return Scored(nw.when(~value.is_null()).then(below))


def _looked_up(table: Sequence[float], place: nw.Expr, least: nw.Expr) -> nw.Expr:
    points: nw.Expr = least
    for number, given in enumerate(table, start=1):
        points = nw.when(place == number).then(nw.lit(given)).otherwise(points)
    return points


def _percent_settings(indicator: schema.Indicator, figure: Figure) -> Settings:
    rule = indicator.score
    assert isinstance(rule, schema.PercentRank)
    count, (first, last) = figure("count") or 0.0, rule.to
    if count <= 1:
        return {"slope": 0.0, "base": last}
    return {"slope": (last - first) / (count - 1), "base": first}


def _place(value: nw.Expr, needs: Wanted, run: Run, method: str, *, descending: bool) -> nw.Expr:
    """Place among the comparison set, from 1; missing values have none."""
    place = value.rank(method=method, descending=descending)  # type: ignore[arg-type]
    keys = run.keys(needs.anchored.among)
    return (place.over(*keys) if keys else place).cast(nw.Float64())


def _standard(indicator: schema.Indicator, figure: Figure) -> Settings:
    """A set without spread tells nobody apart: everyone gets the score of the mean."""
    rule = indicator.score
    assert isinstance(rule, schema.ZScore)
    centre, spread, mean, sd = figure("mean"), figure("sd"), figure(rule.mean), figure(rule.sd)
    if centre is None or mean is None or sd is None:
        return {"slope": None, "base": mean}
    if spread is None or spread <= abs(centre) * DUST or not math.isfinite(sd / spread):
        return {"slope": 0.0, "base": mean}
    return {"slope": (sd if indicator.direction == "higher" else -sd) / spread, "base": mean}


_Names = tuple[str, ...] | Callable[[schema.Indicator], tuple[str, ...]]
_SETTLED: dict[str, tuple[_Names, Callable[[schema.Indicator, Figure], Settings]]] = {
    "linear": (("slope", "base"), _between),
    "exponential": (("slope", "base"), _between),
    "ratio": (("factor", "floor", "cap"), _ratio),
    "steps": (_table_names, _step_settings),
    "points": (_table_names, _point_settings),
    "rank": (("first", "less", "least"), _rank_settings),
    "percent-rank": (("slope", "base"), _percent_settings),
    "zscore": (("slope", "base"), _standard),
}
