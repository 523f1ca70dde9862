"""Rounding, ranks and grades of the totals (method language, parts 1 and 6)."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw

from yuance.loop.evaluation.formula import half_up
from yuance.loop.evaluation.value import Frame
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


def ranked(rows: Frame, ranks: Ranks, order: Sequence[str], *, key: str, column: str, within: Sequence[str]) -> Frame:
    """`rows` with `column`, the rank, and `column.place`, the competition place (1, 2, 2, 4) that quotas count by.

    `key` is the score to rank by, missing for units that are not ranked. `order` are columns that break ties in turn,
    highest first, or lowest first where the name begins with "-". Ties that remain are shared or dense, or, where the
    method wants them broken, ordered by the unit's code.
    """
    groups = list(within)
    place, wanted = f"{column}.place", list(order)
    rows = rows.with_columns(nw.col(key).rank("min", descending=True).over(*groups).cast(nw.Float64()).alias(place))
    if ranks.ties == "broken":
        wanted.append("-unit")
    for name in wanted:
        breaker = nw.col(name.removeprefix("-"))
        inside = breaker.rank("min", descending=not name.startswith("-")).over(*groups, place).cast(nw.Float64())
        last = breaker.count().over(*groups, place).cast(nw.Float64()) + 1  # who lacks it comes after all who have it
        rows = rows.with_columns(inside.alias("__inside"), last.alias("__last"))
        moved = nw.col(place) + nw.coalesce(nw.col("__inside"), nw.col("__last")) - 1
        rows = rows.with_columns(nw.when(~nw.col(key).is_null()).then(moved).alias(place)).drop("__inside", "__last")
    dense = nw.col(place).rank("dense").over(*groups).cast(nw.Float64())
    return rows.with_columns((dense if ranks.ties == "dense" else nw.col(place)).cast(nw.Int64()).alias(column))


def graded(rows: Frame, grades: Sequence[Grade], grading: Grading, *, score: str, place: str, column: str) -> Frame:
    """`rows` with `column`, the number of the grade from 0 (best): by share of the ranked units, or by score."""
    if not grades:
        return rows.with_columns(nw.lit(None, nw.Int64()).alias(column))
    ranks = nw.col(place)
    if any(grade.at_least is not None for grade in grades):
        tests = [(None if grade.at_least is None else nw.col(score) >= grade.at_least) for grade in grades]
    else:
        groups = ["period", "category"] if grading.within == "category" else ["period"]
        rows = rows.with_columns(ranks.count().over(*groups).cast(nw.Float64()).alias("__ranked"))
        tests = [(None if grade.top is None else ranks <= _quota(grade.top, grading)) for grade in grades]
    number: nw.Expr = nw.lit(None, nw.Int64())
    for index, test in reversed(list(enumerate(tests))):
        number = nw.lit(index) if test is None else nw.when(test).then(nw.lit(index)).otherwise(number)
    rows = rows.with_columns(nw.when(~ranks.is_null()).then(number).cast(nw.Int64()).alias(column))
    return rows.drop("__ranked", strict=False)


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
