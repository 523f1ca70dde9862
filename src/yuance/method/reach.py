"""Which categories a unit can fall into at all: the rules are tried on every case that they tell apart."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise, product
from math import prod
from typing import Any

from yuance.method.expression import Call, Comparison, Conditional, Logic, Name, Node, Number, Text, Unary, walk

Value = float | str | bool | None

_MOST_TRIALS = 20_000
_OTHER = "\0"  # any text that no rule names
_COMPARE: dict[str, Callable[[Any, Any], object]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def unreachable(rules: Sequence[Node | None]) -> list[int]:
    """The numbers of the categories that no unit falls into. `rules` in order; None: by the unit's own column.

    A unit falls into the first category whose rule holds, and into that of its own column where none holds. Rules that
    reckon, or compare attributes with each other, are taken as possible.
    """
    tried = {index: rule for index, rule in enumerate(rules) if rule is not None and _is_plain(rule)}
    domains = _domains(tried.values())
    if prod(len(values) for values in domains.values()) > _MOST_TRIALS:
        return []
    reached = {index for index, rule in enumerate(rules) if rule is not None and index not in tried}
    for values in product(*domains.values()):
        unit = dict(zip(domains, values, strict=True))
        first = next((index for index, rule in tried.items() if _value(rule, unit) is True), None)
        reached |= {index for index, rule in enumerate(rules) if rule is None} if first is None else {first}
    return [index for index in range(len(rules)) if index not in reached]


def _is_plain(rule: Node) -> bool:
    """Whether a rule only compares attributes with numbers and texts."""
    for node in walk(rule):
        if isinstance(node, Comparison):
            sides = [node.first, *(right for _, right in node.links)]
            if any(isinstance(left, Name) and isinstance(right, Name) for left, right in pairwise(sides)):
                return False
            if not all(isinstance(side, Name | Number | Text) for side in sides):
                return False
        elif not isinstance(node, Logic | Conditional | Name | Number | Text) and not (
            (isinstance(node, Unary) and node.operator == "not")
            or (isinstance(node, Call) and node.function == "is_missing")
        ):
            return False
    return True


def _domains(rules: Iterable[Node]) -> dict[str, list[Value]]:
    """For each attribute the values that the rules tell apart, and none."""
    texts: dict[str, set[str]] = {}
    numbers: dict[str, set[float]] = {}
    for rule in rules:
        for node in walk(rule):
            if isinstance(node, Name):
                texts.setdefault(node.id, set())
            if isinstance(node, Comparison):
                sides = [node.first, *(right for _, right in node.links)]
                for name in [side.id for side in sides if isinstance(side, Name)]:
                    texts.setdefault(name, set()).update(side.value for side in sides if isinstance(side, Text))
                    numbers.setdefault(name, set()).update(side.value for side in sides if isinstance(side, Number))
    return {
        name: [None, *sorted(words), _OTHER, *_points(sorted(numbers.get(name, ())))] for name, words in texts.items()
    }


def _points(limits: list[float]) -> list[float]:
    """The limits themselves, and a number in each gap between and around them."""
    if not limits:
        return []
    between = [(low + high) / 2 for low, high in pairwise(limits)]
    return [limits[0] - 1, *limits, *between, limits[-1] + 1]


def _value(node: Node, unit: Mapping[str, Value]) -> Value:
    """What a rule yields for a unit; `and`, `or` and gaps as in part 2 of the language."""
    match node:
        case Number() | Text():
            return node.value
        case Name():
            return unit[node.id]
        case Unary():
            asked = _truth(_value(node.operand, unit))
            return None if asked is None else not asked
        case Comparison():
            return _compared(node, unit)
        case Logic():
            parts = [_truth(_value(part, unit)) for part in node.operands]
            ending = node.operator == "or"
            return ending if ending in parts else None if None in parts else not ending
        case Conditional():
            asked = _truth(_value(node.condition, unit))
            return None if asked is None else _value(node.then if asked else node.otherwise, unit)
        case Call():
            return _value(node.arguments[0], unit) is None
        case _:
            raise TypeError(node)  # `_is_plain` lets nothing else through


def _truth(value: Value) -> bool | None:
    return None if value is None or isinstance(value, str) else bool(value)


def _compared(node: Comparison, unit: Mapping[str, Value]) -> bool | None:
    left = _value(node.first, unit)
    links: list[bool | None] = []
    for sign, part in node.links:
        right = _value(part, unit)
        alike = isinstance(left, str) == isinstance(right, str) and left is not None and right is not None
        links.append(bool(_COMPARE[sign](left, right)) if alike else None)
        left = right
    return False if False in links else None if None in links else True
