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
from yuance.method.hints import hints
from yuance.method.schema import Variable

Use = Literal["fact", "category", "anchor", "formula"]
Problem = tuple[str, dict[str, object]]

BUILT_IN = frozenset({"unit", "name", "category", "period"})
YES_NO = frozenset({"是", "否", "有", "无", "yes", "no"})
DOUBLING = frozenset({"growth", "own", "share"})
MOST_DOUBLINGS = 4
EARLIEST = 1000
_FORMULA_NAMES = frozenset({"x", "weight"})
_CARRIERS = frozenset({"is_missing", "coalesce", "previous", "lag"})


@dataclass
class Vocabulary:
    """The names that expressions of a method may use; `used` gathers those that some expression does use."""

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
    if _doublings(node) > MOST_DOUBLINGS:
        yield "M222", {"most": MOST_DOUBLINGS}
    for item in walk(node):
        if isinstance(item, Number) and not math.isfinite(item.value):
            yield "M218", {}
        elif isinstance(item, Name):
            yield from _name_problems(item.id, use, vocabulary, compared)
        elif isinstance(item, Call):
            yield from _call_problems(item, use, vocabulary)
    yield from _text_problems(node, text_names(node, vocabulary.variables), vocabulary.variables)


def _doublings(node: Node) -> int:
    """How many functions that look at their operand twice stand in each other: each doubles the work."""
    own = isinstance(node, Call) and node.function in DOUBLING
    return own + max((_doublings(part) for part in children(node)), default=0)


def text_names(node: Node, variables: Mapping[str, Variable]) -> frozenset[str]:
    """Names that stand for text in an expression: variables and attributes of that kind, and what is compared with text."""
    known = {name for name, item in variables.items() if item.kind in ("text", "grade")}
    return frozenset(known | ((BUILT_IN | _compared_with_text(node)) - set(variables)))


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
    if name in vocabulary.variables or name in vocabulary.attributes:
        vocabulary.used.add(name)
    if name in vocabulary.variables:
        if use == "category":
            yield "M323", {"name": name}
        return
    if use == "category" or name in vocabulary.attributes or name in compared or name in BUILT_IN:
        return
    yield "M212", {"name": name, **hints(name, [*vocabulary.variables, *vocabulary.attributes])}


def _call_problems(call: Call, use: Use, vocabulary: Vocabulary) -> Iterator[Problem]:
    if anchor_base(call.function)[0] == "percentile" and use in ("anchor", "formula"):
        quantile = call.arguments[0] if len(call.arguments) == 1 else None
        if not isinstance(quantile, Number) or not 0 <= quantile.value <= 100:
            yield "M217", {}
        return
    function = FUNCTIONS.get(call.function)
    if function is None:
        known = list(FUNCTIONS) + (["percentile"] if use in ("anchor", "formula") else [])
        yield "M210", {"function": call.function, "known": " ".join(known), **hints(call.function, known)}
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
        if not isinstance(years, Number) or not 1 <= years.value <= EARLIEST or years.value % 1:
            yield "M215", {}


def _text_problems(node: Node, texts: frozenset[str], variables: Mapping[str, Variable]) -> Iterator[Problem]:
    for item in walk(node):
        for part in _number_places(item):
            if is_text(part, texts):
                yield "M213", {"what": _shown(part)}
        if isinstance(item, Comparison):
            yield from _mixed_sides(item, texts, variables)
        parts: tuple[Node, ...] = ()
        if isinstance(item, Conditional):
            parts = (item.then, item.otherwise)
        elif isinstance(item, Call) and item.function == "coalesce":
            parts = item.arguments
        if any(is_text(part, texts) for part in parts) and any(_is_number(part, variables) for part in parts):
            yield "M213", {"what": _shown(next(part for part in parts if is_text(part, texts)))}


def _number_places(item: Node) -> tuple[Node, ...]:
    """The parts of a node that must be numbers, or yes or no."""
    match item:
        case Binary() | Unary() | Logic():
            return children(item)
        case Comparison():
            return _ordered_sides(item)
        case Conditional():
            return (item.condition,)
        case Call() if item.function not in _CARRIERS:
            return item.arguments
        case _:
            return ()


def _shown(part: Node) -> str:
    return part.value if isinstance(part, Text) else part.id if isinstance(part, Name) else "…"


def _ordered_sides(comparison: Comparison) -> tuple[Node, ...]:
    """The sides of links that ask for an order; only numbers have one."""
    sides: list[Node] = []
    left = comparison.first
    for operator, right in comparison.links:
        if operator not in ("==", "!="):
            sides += [left, right]
        left = right
    return tuple(sides)


def _mixed_sides(comparison: Comparison, texts: frozenset[str], variables: Mapping[str, Variable]) -> Iterator[Problem]:
    """Text compared with something that is surely a number, or a yes-no variable with another word than yes or no."""
    left = comparison.first
    for _, right in comparison.links:
        for one, other in ((left, right), (right, left)):
            if not is_text(one, texts):
                continue
            if isinstance(other, Name) and other.id in variables and variables[other.id].kind == "yes-no":
                if not isinstance(one, Text) or one.value.lower() not in YES_NO:
                    yield "M223", {"name": other.id, "text": _shown(one)}
            elif _is_number(other, variables):
                yield "M213", {"what": _shown(one)}
        left = right


def _is_number(node: Node, variables: Mapping[str, Variable]) -> bool:
    """Whether an expression surely yields a number, or yes or no."""
    match node:
        case Number() | Binary() | Unary() | Comparison() | Logic():
            return True
        case Name():
            return node.id in variables and variables[node.id].kind not in ("text", "grade")
        case Conditional():
            return _is_number(node.then, variables) and _is_number(node.otherwise, variables)
        case Call() if node.function in ("coalesce", "previous", "lag"):
            return _is_number(node.arguments[0], variables) if node.arguments else False
        case _:
            return isinstance(node, Call)


def is_text(node: Node, texts: frozenset[str]) -> bool:
    """Whether an expression surely yields text; `texts` are the names that stand for text."""
    match node:
        case Text():
            return True
        case Name():
            return node.id in texts
        case Conditional():
            return is_text(node.then, texts) or is_text(node.otherwise, texts)
        case Call():
            carries = node.function in _CARRIERS and node.function != "is_missing"
            return carries and any(is_text(part, texts) for part in node.arguments)
        case _:
            return False
