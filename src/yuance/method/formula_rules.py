"""What an expression may say in its place: known names and functions, right numbers of arguments, text kept apart."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from yuance.method.expression import (
    Binary,
    Call,
    Comparison,
    Conditional,
    ExpressionFault,
    Logic,
    Name,
    Node,
    Number,
    Text,
    Unary,
    anchor_base,
    children,
    parse,
    walk,
)
from yuance.method.functions import ANCHOR_NAMES, FUNCTIONS
from yuance.method.messages import hint
from yuance.method.schema import Variable

Use = Literal["fact", "category", "anchor", "formula"]
Problem = tuple[str, dict[str, object]]

BUILT_IN = frozenset({"unit", "name", "category", "period"})
_FORMULA_NAMES = frozenset({"x", "weight"})


@dataclass
class Vocabulary:
    """The names that expressions of a method may use; `used` gathers the variables that some expression does use."""

    variables: Mapping[str, Variable]
    attributes: frozenset[str] = frozenset()
    used: set[str] = field(default_factory=set)


def problems(text: str, use: Use, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Everything that is wrong with an expression in its place, as codes and values of the room's messages."""
    try:
        node = parse(text)
    except ExpressionFault as fault:
        yield fault.code, {"column": fault.column, **fault.values}
        return
    compared = _compared_with_text(node)
    for item in walk(node):
        if isinstance(item, Number) and not math.isfinite(item.value):
            yield "M218", {}
        elif isinstance(item, Name):
            yield from _name_problems(item.id, use, vocabulary, compared)
        elif isinstance(item, Call):
            yield from _call_problems(item, use, vocabulary)
    yield from _text_problems(node, vocabulary)


def attributes_of(text: str, variables: Mapping[str, Variable]) -> set[str]:
    """The unit attributes that an expression uses: its names that are no variables."""
    try:
        node = parse(text)
    except ExpressionFault:
        return set()
    return {item.id for item in walk(node) if isinstance(item, Name) and item.id not in variables}


def _compared_with_text(node: Node) -> set[str]:
    """Names that are compared with quoted text: the unit attributes that need no declaration."""
    found: set[str] = set()
    for item in walk(node):
        if isinstance(item, Comparison):
            sides = (item.first, *(right for _, right in item.links))
            if any(isinstance(side, Text) for side in sides):
                found |= {side.id for side in sides if isinstance(side, Name)}
    return found


def _name_problems(name: str, use: Use, vocabulary: Vocabulary, compared: set[str]) -> Iterator[Problem]:
    if use in ("anchor", "formula") and anchor_base(name)[0] in ANCHOR_NAMES and name != "percentile":
        return
    if use == "anchor":
        yield "M216", {"name": name, "known": "、".join(ANCHOR_NAMES)}
        return
    if use == "formula" and name in _FORMULA_NAMES:
        return
    if name in vocabulary.variables:
        vocabulary.used.add(name)
        if use == "category":
            yield "M323", {"name": name}
        return
    if use == "category" or name in vocabulary.attributes or name in compared or name in BUILT_IN:
        return
    yield "M212", {"name": name, "hint": hint(name, [*vocabulary.variables, *vocabulary.attributes])}


def _call_problems(call: Call, use: Use, vocabulary: Vocabulary) -> Iterator[Problem]:
    if anchor_base(call.function)[0] == "percentile" and use in ("anchor", "formula"):
        quantile = call.arguments[0] if len(call.arguments) == 1 else None
        if not isinstance(quantile, Number) or not 0 <= quantile.value <= 100:
            yield "M217", {}
        return
    function = FUNCTIONS.get(call.function)
    if function is None:
        known = list(FUNCTIONS) + (["percentile"] if use in ("anchor", "formula") else [])
        yield "M210", {"function": call.function, "known": " ".join(known), "hint": hint(call.function, known)}
        return
    if use == "anchor" and function.kind != "row":
        yield "M216", {"name": call.function, "known": "、".join(ANCHOR_NAMES)}
    if use == "category" and function.kind != "row":
        yield "M323", {"name": call.function}
    given = len(call.arguments)
    if given < function.least or (function.most is not None and given > function.most):
        yield "M211", {"function": call.function, "given": given, "signature": function.signature}
        return
    if call.function in ("target", "completion"):
        argument = call.arguments[0]
        if not isinstance(argument, Name) or argument.id not in vocabulary.variables:
            yield "M214", {"function": call.function}
    if call.function == "lag":
        years = call.arguments[1]
        if not isinstance(years, Number) or years.value < 1 or years.value % 1:
            yield "M215", {}


def _text_problems(node: Node, vocabulary: Vocabulary) -> Iterator[Problem]:
    for item in walk(node):
        match item:
            case Binary() | Unary():
                parts = children(item)
            case Comparison():
                parts = _ordered_sides(item)
            case Call() if item.function not in ("is_missing", "coalesce", "previous", "lag"):
                parts = item.arguments
            case _:
                continue
        for part in parts:
            if is_text(part, vocabulary.variables):
                shown = part.value if isinstance(part, Text) else part.id if isinstance(part, Name) else "…"
                yield "M213", {"what": shown}
    for item in walk(node):
        if isinstance(item, Comparison):
            yield from _mixed_sides(item, vocabulary)


def _ordered_sides(comparison: Comparison) -> tuple[Node, ...]:
    """The sides of links that ask for an order; only numbers have one."""
    sides: list[Node] = []
    left = comparison.first
    for operator, right in comparison.links:
        if operator not in ("==", "!="):
            sides += [left, right]
        left = right
    return tuple(sides)


def _mixed_sides(comparison: Comparison, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Text compared with something that is surely a number."""
    sides = (comparison.first, *(right for _, right in comparison.links))
    if not any(is_text(side, vocabulary.variables) for side in sides):
        return
    for side in sides:
        numeric = isinstance(side, Number | Binary | Unary | Comparison | Logic)
        if isinstance(side, Name) and side.id in vocabulary.variables:
            numeric = vocabulary.variables[side.id].kind not in ("text", "grade", "yes-no")
        if numeric:
            yield "M213", {"what": side.id if isinstance(side, Name) else "…"}


def is_text(node: Node, variables: Mapping[str, Variable]) -> bool:
    """Whether an expression surely yields text."""
    match node:
        case Text():
            return True
        case Name():
            return node.id in variables and variables[node.id].kind in ("text", "grade")
        case Conditional():
            return is_text(node.then, variables) or is_text(node.otherwise, variables)
        case Call():
            carries = node.function in ("coalesce", "previous", "lag")
            return carries and any(is_text(part, variables) for part in node.arguments)
        case _:
            return False
