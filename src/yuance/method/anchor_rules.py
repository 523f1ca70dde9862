"""Whether what scores and outliers are measured by can stand: anchors, tables of steps and points."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from yuance.errors import Fault
from yuance.method import schema
from yuance.method.expression import Binary, Call, ExpressionFault, Name, Node, Number, Unary, anchor_base, parse
from yuance.method.tables import Tables

Anchor = float | str
Standing = tuple[str, float, float]

ANCHOR_KEYS = frozenset({"low", "high", "base", "cap", "floor", "first", "step", "least", "mean", "sd"})
_PLACES = {"lowest": (0.0, 0.0), "median": (50.0, 50.0), "highest": (100.0, 100.0), "mean": (0.0, 100.0)}


def anchors_of(rule: schema.Table) -> Iterator[tuple[tuple[str | int, ...], Anchor]]:
    """Every anchor of a way of scoring or treating, with the keys that lead to it."""
    for key in type(rule).model_fields:
        value = getattr(rule, key)
        if key == "table" and isinstance(rule, schema.Steps | schema.Points):
            yield from (((key, position), bound) for position, (bound, _) in enumerate(rule.table))
        elif key in ANCHOR_KEYS and value is not None:
            yield (key,), value


def anchor_faults(tables: Tables) -> Iterator[Fault]:
    """Anchors that contradict the direction, or each other; bounds written twice; tables that run the wrong way."""
    for index, indicator in enumerate(tables.indicators):
        if isinstance(indicator.score, schema.Linear | schema.Exponential):
            yield from _direction(tables, index, indicator, indicator.score)
        if isinstance(indicator.score, schema.Steps | schema.Points):
            yield from _table(tables, index, indicator, indicator.score)
        if isinstance(indicator.treat, schema.Winsorise):
            low, high = indicator.treat.low, indicator.treat.high
            if low is not None and high is not None and rises(low, high) is False:
                yield tables.fault("M328", "indicator", index, "treat", low=shown(low), high=shown(high))


def _direction(
    tables: Tables, index: int, indicator: schema.Indicator, score: schema.Linear | schema.Exponential
) -> Iterator[Fault]:
    turned = indicator.direction == "lower"
    low = score.low if score.low is not None else ("highest" if turned else "lowest")
    high = score.high if score.high is not None else ("lowest" if turned else "highest")
    rising = rises(low, high)
    first, last = score.to
    if rising is not None and first != last and (rising == (last > first)) == turned:
        values = {**_direction_words(turned=turned), "low": shown(low), "high": shown(high)}
        yield tables.fault("M311", "indicator", index, "score", first=f"{first:g}", last=f"{last:g}", **values)


def _table(
    tables: Tables, index: int, indicator: schema.Indicator, score: schema.Steps | schema.Points
) -> Iterator[Fault]:
    bounds = [bound for bound, _ in score.table]
    if len(set(bounds)) < len(bounds):
        twice = sorted({shown(bound) for bound in bounds if bounds.count(bound) > 1})
        yield tables.fault("M312", "indicator", index, "score", "table", bounds="、".join(twice))
    numbers = [(value, points) for bound, points in score.table if (value := constant(bound)) is not None]
    if len(numbers) < len(bounds):
        return
    scores = [points for _, points in sorted(numbers)]
    turned = indicator.direction == "lower"
    against = all(a < b if turned else a > b for a, b in pairwise(scores))
    if against and len(scores) > 1 and len(set(bounds)) == len(bounds):
        listed = "、".join(f"{points:g}" for points in scores)
        yield tables.fault(
            "M324", "indicator", index, "score", "table", scores=listed, **_direction_words(turned=turned)
        )


def _direction_words(*, turned: bool) -> dict[str, str]:
    return {
        "direction": "逆向" if turned else "正向",
        "direction_en": "lower is better" if turned else "higher is better",
    }


def shown(anchor: Anchor) -> str:
    """An anchor as it is written."""
    return anchor if isinstance(anchor, str) else f"{anchor:g}"


def rises(low: Anchor, high: Anchor) -> bool | None:
    """Whether the second anchor surely stands above the first; None where that depends on the data, or they are equal."""
    below, above = standing(low), standing(high)
    if below is None or above is None or below[0] != above[0] or below == above:
        return None
    if above[1] >= below[2]:
        return True
    return False if above[2] <= below[1] else None


def standing(anchor: Anchor) -> Standing | None:
    """Where an anchor surely stands, from … to …: as a number, or as a place from 0 to 100 in a distribution."""
    value = constant(anchor)
    if value is not None:
        return "number", value, value
    try:
        node = parse(str(anchor))
    except ExpressionFault:
        return None
    name = node.id if isinstance(node, Name) else node.function if isinstance(node, Call) else ""
    base, last_year = anchor_base(name)
    world = "last year" if last_year else "this year"
    if base in _PLACES and isinstance(node, Name):
        return world, *_PLACES[base]
    if base == "percentile" and isinstance(node, Call) and len(node.arguments) == 1:
        quantile = node.arguments[0]
        return (world, quantile.value, quantile.value) if isinstance(quantile, Number) else None
    return None


def constant(anchor: Anchor) -> float | None:
    """The number that an anchor comes to, whatever the data; None where it depends on them."""
    if not isinstance(anchor, str):
        return float(anchor)
    try:
        value = _reckoned(parse(anchor))
    except (ExpressionFault, ArithmeticError):
        return None
    return value if value is not None and math.isfinite(value) else None


def _reckoned(node: Node) -> float | None:
    match node:
        case Number():
            return node.value
        case Unary() if node.operator in "+-":
            value = _reckoned(node.operand)
            return value if value is None or node.operator == "+" else -value
        case Binary():
            left, right = _reckoned(node.left), _reckoned(node.right)
            if left is None or right is None or (node.operator == "**" and left < 0):
                return None
            return {"+": lambda: left + right, "-": lambda: left - right, "*": lambda: left * right,
                    "/": lambda: left / right, "**": lambda: float(left**right)}[node.operator]()  # fmt: skip
        case _:
            return None
