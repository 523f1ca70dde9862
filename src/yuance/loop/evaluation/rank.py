"""Rounding, ranks and grades of the totals (method language, parts 1 and 6)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import narwhals as nw

from yuance.loop.evaluation.engine import Frame
from yuance.loop.evaluation.formula import half_up
from yuance.loop.evaluation.run import Run
from yuance.method.schema import Grade, Grading, Ranks, Rounding

NOISE = 9
KEPT = 10


def snapped(expr: nw.Expr, digits: int = KEPT) -> nw.Expr:
    """The figure without the noise of summation order; −0 becomes 0."""
    return expr.round(digits) + 0.0


def published(expr: nw.Expr, rounding: Rounding) -> nw.Expr:
    """The score as it is published. What lies within 1e-9 of a border counts as lying on it."""
    factor, slack = 10.0**rounding.digits, 1e-9
    size = expr.abs() * factor
    match rounding.mode:
        case "half-up":
            return half_up(expr, rounding.digits) + 0.0
        case "down":
            whole: nw.Expr = (size + slack).floor()
        case "up":
            whole = (size - slack).ceil()
        case _:
            below = size.floor()
            tied = (size - below - 0.5).abs() <= slack
            even = (below / 2).floor() * 2 == below
            whole = nw.when(tied & even).then(below).otherwise((size + 0.5 + slack).floor())
    result = (whole / factor).round(rounding.digits)
    return nw.when(expr < 0).then(-result).otherwise(result) + 0.0


def ranked(run: Run, rows: Frame, ranks: Ranks, order: Sequence[str], *, column: str, among: str) -> Frame:
    """`rows` with `column`, the rank, and `column.place`, the competition place (1, 2, 2, 4) that quotas count by.

    The column `key` is the score to rank by, missing for units that are not ranked. `order` are columns that break ties
    in turn, highest first, or lowest first where the name begins with "-". Ties that remain are shared or dense, or,
    where the method wants them broken, ordered by the unit's code.
    """
    keys = run.keys(among)
    place = f"{column}.place"
    rows = run.add(rows, ("place", column, *keys), lambda: [_over(_place("key"), keys).alias(place)])
    for name in (*order, "-unit") if ranks.ties == "broken" else order:
        rows = run.add(rows, ("tied", column, name, *keys), partial(_tied, name, keys, place))
        rows = run.add(rows, ("broken", column), lambda: [_broken(place).alias(place)])
    dense = _over(nw.col(place).rank("dense"), keys)
    last = dense if ranks.ties == "dense" else nw.col(place)
    return run.add(rows, ("rank", column, *keys), lambda: [last.cast(nw.Int64()).alias(column)])


def _over(expr: nw.Expr, keys: Sequence[str]) -> nw.Expr:
    return expr.over(*keys) if keys else expr


def _place(column: str) -> nw.Expr:
    return nw.col(column).rank("min", descending=True).cast(nw.Float64())


def _tied(name: str, keys: Sequence[str], place: str) -> list[nw.Expr]:
    """The place among those that share a place, and the place of those who lack what breaks the tie."""
    breaker = nw.col(name.removeprefix("-"))
    inside = breaker.rank("min", descending=not name.startswith("-")).over(*keys, place)
    return [inside.cast(nw.Float64()).alias("__inside"), (breaker.count().over(*keys, place) + 1.0).alias("__last")]


def _broken(place: str) -> nw.Expr:
    moved = nw.col(place) + nw.coalesce(nw.col("__inside"), nw.col("__last")) - 1.0
    return nw.when(~nw.col("key").is_null()).then(moved)


def graded(run: Run, rows: Frame, grades: Sequence[Grade], grading: Grading, *, score: str, column: str) -> Frame:
    """`rows` with `column`, the number of the grade from 0 (best): by share of the ranked units, or by score."""
    if not grades:
        return run.add(rows, "no grades", lambda: [nw.lit(None, nw.Int64()).alias(column)])
    place = nw.col("rank_in_category.place" if grading.within == "category" else "rank.place")
    if any(grade.at_least is not None for grade in grades):
        tests = [(None if grade.at_least is None else nw.col(score) >= grade.at_least) for grade in grades]
    else:
        keys = run.keys(grading.within)
        rows = run.add(
            rows, ("ranked", *keys), lambda: [_over(place.count(), keys).cast(nw.Float64()).alias("__ranked")]
        )
        tests = [(None if grade.top is None else place <= _quota(grade.top, grading)) for grade in grades]

    def number() -> list[nw.Expr]:
        number: nw.Expr = nw.lit(None, nw.Int64())
        for index, test in reversed(list(enumerate(tests))):
            number = nw.lit(index) if test is None else nw.when(test).then(nw.lit(index)).otherwise(number)
        return [nw.when(~place.is_null()).then(number).cast(nw.Int64()).alias(column)]

    return run.add(rows, "grade numbers", number)


def _quota(share: float, grading: Grading) -> nw.Expr:
    """Number of units that a cumulative share comes to; products are snapped, so that 0.2 × 15 is 3."""
    number = (nw.col("__ranked") * share).round(NOISE)
    match grading.quota:
        case "floor":
            return number.floor()
        case "ceil":
            return number.ceil()
        case _:
            return (number + 0.5).floor()
