"""A tiny interpreter: an expression read for one unit in one period."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from tests.yuance.loop.evaluation.oracle.figures import STATISTICS, rounded, statistic
from yuance.facts.period import Period
from yuance.method import expression as tree

Value = float | str | None
Row = Mapping[str, Value]
Key = tuple[str, Period]  # a unit in a period
Anchors = Callable[[str, float | None], float | None]  # a statistic's name, and q of a percentile


class World(Protocol):
    """What the interpreter asks about facts."""

    def fact(self, key: Key, name: str) -> Value: ...
    def category(self, unit: str) -> str | None: ...
    def evaluated(self, period: Period) -> list[str]: ...


def number(value: Value) -> float | None:
    """A number that has a value; infinity and what is undefined have none."""
    if value is None or isinstance(value, str) or not math.isfinite(value):
        return None
    return float(value)


@dataclass
class Interpreter:
    """Reads an expression for one unit in one period."""

    facts: World
    key: Key
    names: Mapping[str, Value] = field(default_factory=dict)
    anchors: Anchors | None = None
    x: Callable[[Key], float | None] | None = None  # of score formulas

    def at(self, key: Key) -> Interpreter:
        return Interpreter(self.facts, key, self.names, self.anchors, self.x)

    def read(self, node: tree.Node) -> Value:
        match node:
            case tree.Number() | tree.Text():
                return node.value
            case tree.Name():
                return self.name(node.id)
            case tree.Unary():
                return self.unary(node)
            case tree.Binary():
                return arithmetic(node.operator, number(self.read(node.left)), number(self.read(node.right)))
            case tree.Comparison():
                return self.comparison(node)
            case tree.Logic():
                return kleene(node.operator, [self.read(part) for part in node.operands])
            case tree.Conditional():
                condition = self.read(node.condition)
                if condition is None:
                    return None
                return self.read(node.then if condition else node.otherwise)
            case tree.Call():
                return self.call(node)

    def name(self, name: str) -> Value:
        if name in self.names:
            return self.names[name]
        if name == "x" and self.x is not None:
            unit, period = self.key
            return self.x(self.key) if unit in self.facts.evaluated(period) else None
        base = name.removeprefix("last_year_")
        if self.anchors is not None and base in STATISTICS:
            return self.anchors(name, None)
        return self.facts.fact(self.key, name)

    def unary(self, node: tree.Unary) -> Value:
        value = number(self.read(node.operand))
        if value is None:
            return None
        if node.operator == "not":
            return 0.0 if value else 1.0
        return -value if node.operator == "-" else value

    def comparison(self, node: tree.Comparison) -> Value:
        left, links = self.read(node.first), []
        for operator, part in node.links:
            right = self.read(part)
            links.append(compared(operator, left, right))
            left = right
        return kleene("and", links)

    def call(self, node: tree.Call) -> Value:
        name, arguments = node.function, node.arguments
        if name.removeprefix("last_year_") == "percentile":
            assert self.anchors is not None
            (q,) = arguments
            assert isinstance(q, tree.Number)
            return self.anchors(name, q.value)
        if name in ("previous", "lag"):
            years = 1
            if name == "lag":
                assert isinstance(arguments[1], tree.Number)
                years = int(arguments[1].value)
            return self.years_earlier(arguments[0], years)
        if name == "growth":
            now, before = number(self.read(arguments[0])), number(self.years_earlier(arguments[0], 1))
            if now is None or before is None:
                return None
            return arithmetic("/", 100 * (now - before), abs(before))
        if name == "own":
            unit, period = self.key
            now, earlier = number(self.read(arguments[0])), period.earlier_in_year(1)
            if earlier is None:
                return now
            return arithmetic("-", now, number(self.at((unit, earlier)).read(arguments[0])))
        if name in ("target", "completion"):
            (variable,) = arguments
            assert isinstance(variable, tree.Name)
            target = number(self.facts.fact(self.key, f"{variable.id}:target"))
            if name == "target":
                return target
            now = number(self.read(variable))
            return arithmetic("/", None if now is None else 100 * now, target)
        if name in ("total", "mean", "median", "lowest", "highest", "sd"):
            return self.over_units(name, node)
        if name == "share":
            now = number(self.read(arguments[0]))
            return arithmetic("/", None if now is None else 100 * now, self.over_units("total", node))
        return by_row(name, [self.read(argument) for argument in arguments])

    def years_earlier(self, part: tree.Node, years: int) -> Value:
        unit, period = self.key
        return self.at((unit, period.years_earlier(years))).read(part)

    def over_units(self, name: str, node: tree.Call) -> float | None:
        own = self.facts.category(self.key[0])
        members = self.facts.evaluated(self.key[1])
        if node.within == "category":
            members = [unit for unit in members if own is not None and self.facts.category(unit) == own]
        values = [number(self.at((unit, self.key[1])).read(node.arguments[0])) for unit in members]
        return statistic(name, [value for value in values if value is not None])


def arithmetic(operator: str, left: float | None, right: float | None) -> float | None:
    if left is None or right is None:
        return None
    try:
        if operator == "+":
            result: Any = left + right
        elif operator == "-":
            result = left - right
        elif operator == "*":
            result = left * right
        elif operator == "/":
            result = left / right
        else:
            result = left**right
    except (ZeroDivisionError, OverflowError):
        return None
    return None if isinstance(result, complex) else number(result)


def compared(operator: str, left: Value, right: Value) -> Value:
    if left is None or right is None:
        return None
    if operator == "==":
        return float(left == right)
    if operator == "!=":
        return float(left != right)
    assert isinstance(left, float)
    assert isinstance(right, float)
    return float({"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[operator])


def kleene(operator: str, values: Iterable[Value]) -> Value:
    """`and`: no as soon as one is no; else missing as soon as one is missing. `or` the other way round."""
    known = list(values)
    decisive = operator == "or"
    if any(value is not None and bool(value) == decisive for value in known):
        return float(decisive)
    return None if None in known else float(not decisive)


def by_row(name: str, given: Sequence[Value]) -> Value:
    if name == "is_missing":
        return float(given[0] is None)
    if name == "coalesce":
        return next((value for value in given if value is not None), None)
    numbers = [number(value) for value in given]
    if None in numbers:
        return None
    x, *more = [value for value in numbers if value is not None]
    try:
        match name:
            case "abs":
                return abs(x)
            case "sqrt":
                return math.sqrt(x)
            case "exp":
                return number(math.exp(x))
            case "log":
                return math.log(x)
            case "log10":
                return math.log10(x)
            case "round":
                return rounded(x, int(more[0]) if more else 0)
            case "clip":
                return min(max(x, more[0]), more[1])
            case "min":
                return min(x, *more)
            case "max":
                return max(x, *more)
    except (ValueError, OverflowError):
        return None
    raise AssertionError(name)
