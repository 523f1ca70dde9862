"""Row-wise trees as Narwhals expressions, with the language's rules on gaps.

A missing operand makes the result missing; `and`, `or` follow Kleene (false and missing is false); what has no value
(division by zero, the logarithm of −1, overflow) is missing. Yes and no are 1 and 0 where a number is needed.
Caps and choices are written as CASE, never as GREATEST, whose treatment of nulls differs between engines.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Literal, NamedTuple

import narwhals as nw

from yuance.method.expression import (
    Binary,
    Call,
    Comparison,
    Conditional,
    Logic,
    Name,
    Node,
    Number,
    Text,
    Unary,
    names,
)

Kind = Literal["number", "yes-no", "text"]
YES = {"是": 1.0, "有": 1.0, "yes": 1.0, "否": 0.0, "无": 0.0, "no": 0.0}
HALF_SLACK = 1e-9


class Typed(NamedTuple):
    """An expression and what it yields."""

    expr: nw.Expr
    kind: Kind


def number(node: Node, kinds: Mapping[str, Kind]) -> nw.Expr:
    """The node as an expression that yields a finite number or nothing. `kinds` tells text columns from numbers."""
    return finite(_as_number(_typed(node, kinds)))


def raw_number(node: Node, kinds: Mapping[str, Kind]) -> nw.Expr:
    """The node as a number that may yet be infinite or undefined: `finite` has to follow."""
    return _as_number(_typed(node, kinds))


def condition(node: Node, kinds: Mapping[str, Kind]) -> nw.Expr:
    """The node as an expression that yields true, false or nothing."""
    return _as_yes_no(_typed(node, kinds))


def finite(expr: nw.Expr) -> nw.Expr:
    """The value where it is an ordinary number, else missing."""
    return nw.when(expr.is_finite()).then(expr)


def half_up(expr: nw.Expr, digits: nw.Expr | int) -> nw.Expr:
    """Rounded to `digits` decimals, halves away from zero; what lies within 1e-9 of a half counts as the half."""
    factor = 10.0**digits if isinstance(digits, int) else nw.lit(10.0) ** digits
    size: nw.Expr = (expr.abs() * factor + (0.5 + HALF_SLACK)).floor() / factor
    if isinstance(digits, int):
        size = size.round(digits)  # an engine may multiply by 1/factor: back to the nearest decimal
    return nw.when(expr < 0).then(-size).otherwise(size)


def _as_number(typed: Typed) -> nw.Expr:
    return typed.expr.cast(nw.Float64()) if typed.kind == "yes-no" else typed.expr


def _as_yes_no(typed: Typed) -> nw.Expr:
    return typed.expr if typed.kind == "yes-no" else typed.expr != 0


def _typed(node: Node, kinds: Mapping[str, Kind]) -> Typed:
    match node:
        case Number():
            return Typed(nw.lit(node.value), "number")
        case Text():
            return Typed(nw.lit(node.value), "text")
        case Name():
            return Typed(nw.col(node.id), kinds.get(node.id, "number"))
        case Unary():
            return _unary(node, kinds)
        case Binary():
            return Typed(_binary(node, kinds), "number")
        case Comparison():
            return Typed(_comparison(node, kinds), "yes-no")
        case Logic():
            parts = [condition(part, kinds) for part in node.operands]
            join: Callable[[nw.Expr, nw.Expr], nw.Expr] = (
                (lambda a, b: a & b) if node.operator == "and" else (lambda a, b: a | b)
            )
            return Typed(reduce(join, parts), "yes-no")
        case Conditional():
            return _conditional(node, kinds)
        case Call():
            return _call(node, kinds)


def _unary(node: Unary, kinds: Mapping[str, Kind]) -> Typed:
    if node.operator == "not":
        return Typed(~condition(node.operand, kinds), "yes-no")
    value = _as_number(_typed(node.operand, kinds))
    return Typed(-value if node.operator == "-" else value, "number")


def _binary(node: Binary, kinds: Mapping[str, Kind]) -> nw.Expr:
    left, right = (_as_number(_typed(part, kinds)) for part in (node.left, node.right))
    match node.operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            if isinstance(node.right, Number) and node.right.value:
                return left / right
            return nw.when(right != 0).then(left / right)
        case _:
            return finite(left**right)


def _comparison(node: Comparison, kinds: Mapping[str, Kind]) -> nw.Expr:
    links: list[nw.Expr] = []
    left = node.first
    for operator, right in node.links:
        links.append(_link(left, operator, right, kinds))
        left = right
    return reduce(lambda a, b: a & b, links)


_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


def _link(left: Node, operator: str, right: Node, kinds: Mapping[str, Kind]) -> nw.Expr:
    if not names(left) and names(right):
        # Polars 2.1 fails where a constant is compared with a column that holds one value: the constant comes second
        return _link(right, _MIRRORED[operator], left, kinds)
    sides = [_typed(side, kinds) for side in (left, right)]
    if any(side.kind == "text" for side in sides) and not all(side.kind == "text" for side in sides):
        # a yes-no variable compared with 是 or 否: the word becomes the number it is kept as
        sides = [
            Typed(nw.lit(YES.get(part.value.lower())), "number") if isinstance(part, Text) else side
            for part, side in zip((left, right), sides, strict=True)
        ]
    a, b = (side.expr if side.kind == "text" else _as_number(side) for side in sides)
    if not names(right) and not isinstance(right, Number | Text):
        b = nw.coalesce(b, b)  # a bare CASE on the right would be asked first, and so come first
    match operator:
        case "==":
            return a == b
        case "!=":
            return a != b
        case "<":
            return a < b
        case "<=":
            return a <= b
        case ">":
            return a > b
        case _:
            return a >= b


def _conditional(node: Conditional, kinds: Mapping[str, Kind]) -> Typed:
    asked = condition(node.condition, kinds)
    branches = [_typed(part, kinds) for part in (node.then, node.otherwise)]
    kind: Kind = "text" if any(branch.kind == "text" for branch in branches) else "number"
    then, otherwise = (branch.expr if kind == "text" else _as_number(branch) for branch in branches)
    chosen = nw.when(asked).then(then).otherwise(otherwise)
    return Typed(nw.when(~asked.is_null()).then(chosen), kind)


def _call(node: Call, kinds: Mapping[str, Kind]) -> Typed:
    if node.function == "is_missing":
        return Typed(_typed(node.arguments[0], kinds).expr.is_null(), "yes-no")
    if node.function == "coalesce":
        parts = [_typed(part, kinds) for part in node.arguments]
        if any(part.kind == "text" for part in parts):
            return Typed(nw.coalesce(*(part.expr for part in parts)), "text")
        return Typed(nw.coalesce(*(_as_number(part) for part in parts)), "number")
    arguments = [_as_number(_typed(part, kinds)) for part in node.arguments]
    return Typed(_ROW_FUNCTIONS[node.function](*arguments), "number")


def _all_present(arguments: tuple[nw.Expr, ...]) -> nw.Expr:
    return reduce(lambda a, b: a & b, (~argument.is_null() for argument in arguments))


def _least(*arguments: nw.Expr) -> nw.Expr:
    return nw.when(_all_present(arguments)).then(nw.min_horizontal(*arguments))


def _greatest(*arguments: nw.Expr) -> nw.Expr:
    return nw.when(_all_present(arguments)).then(nw.max_horizontal(*arguments))


def clipped(value: nw.Expr, low: nw.Expr | float | None, high: nw.Expr | float | None) -> nw.Expr:
    """The value held between the bounds; a missing value stays missing, a missing bound does not hold."""
    if low is not None:
        value = nw.when(value < low).then(_lit(low)).otherwise(value)
    if high is not None:
        value = nw.when(value > high).then(_lit(high)).otherwise(value)
    return value


def _lit(value: nw.Expr | float) -> nw.Expr:
    return value if isinstance(value, nw.Expr) else nw.lit(float(value))


def _clip(value: nw.Expr, low: nw.Expr, high: nw.Expr) -> nw.Expr:
    return nw.when(_all_present((value, low, high))).then(clipped(value, low, high))


def _round(value: nw.Expr, digits: nw.Expr | None = None) -> nw.Expr:
    return half_up(value, 0 if digits is None else digits)


def _positive(function: Callable[[nw.Expr], nw.Expr]) -> Callable[[nw.Expr], nw.Expr]:
    return lambda x: nw.when(x > 0).then(function(x))


_ROW_FUNCTIONS: dict[str, Callable[..., nw.Expr]] = {
    "abs": lambda x: x.abs(),
    "sqrt": lambda x: nw.when(x >= 0).then(x.sqrt()),
    "exp": lambda x: finite(x.exp()),
    "log": _positive(lambda x: x.log()),
    "log10": _positive(lambda x: x.log(10.0)),
    "round": _round,
    "clip": _clip,
    "min": _least,
    "max": _greatest,
}
