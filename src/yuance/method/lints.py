"""What is merely doubtful about a method: it still runs, its author should look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yuance.errors import Fault
from yuance.method import schema
from yuance.method.expression import Call, ExpressionFault, Name, parse, walk
from yuance.method.messages import MESSAGES
from yuance.method.method import TOTAL, Method
from yuance.method.sources import Document

SCALES = (1.0, 10.0, 100.0, 1000.0)
_NAMED_AT_ONCE = 8


def lint(method: Method, document: Document, used: frozenset[str]) -> list[Fault]:
    """All warnings about a method that has no error."""
    rules = (_weights, _dimensions, _variables, _references, _categories, _grades, _own_parts, _anchors)
    faults = [fault for rule in rules for fault in rule(method, document)]
    faults += _unused(method, document, used)
    if not method.cases:
        faults.append(_warning(document, "M404", "method", 0))
    return faults


def _warning(document: Document, code: str, table: str, index: int, *keys: str, **values: object) -> Fault:
    return Fault(MESSAGES[code], document.place(table, index, *keys), values, severity="warning")


def _several(names: Sequence[str]) -> str:
    shown = "、".join(names[:_NAMED_AT_ONCE])
    return shown if len(names) <= _NAMED_AT_ONCE else f"{shown} …（共 {len(names)} 项）"


def _weights(method: Method, document: Document) -> Iterator[Fault]:
    """Top-level weights that are neither equal nor sum to a round scale."""
    top = method.children(TOTAL)
    for category in method.category_ids:
        weights = [method.weight(node, category) for node in top]
        total = sum(weights)
        if len(set(weights)) > 1 and not any(abs(total - scale) < 1e-9 for scale in SCALES):
            yield _warning(document, "M401", "method", 0, category=category, sum=f"{total:g}", scale=100)


def _dimensions(method: Method, document: Document) -> Iterator[Fault]:
    for index, dimension in enumerate(method.dimensions.values()):
        children = method.children(dimension.id)
        if not children:
            yield _warning(document, "M405", "dimension", index, name=dimension.name or dimension.id)
            continue
        for category in method.category_ids if dimension.weight is not None else ():
            parts = [method.weight(child, category) for child in children]
            written, total = method.weight(dimension.id, category), sum(parts)
            relative = len(set(parts)) == 1 or any(abs(total - scale) < 1e-9 for scale in SCALES)
            if abs(written - total) > 1e-9 and not relative:
                values = {"weight": f"{written:g}", "sum": f"{total:g}", "category": category}
                yield _warning(
                    document, "M407", "dimension", index, "weight", name=dimension.name or dimension.id, **values
                )


def _variables(method: Method, document: Document) -> Iterator[Fault]:
    bare = [
        variable.id
        for variable in method.variables.values()
        if not variable.measured_in and variable.kind in ("flow", "stock", "count")
    ]
    if bare:
        index = list(method.variables).index(bare[0])
        yield _warning(document, "M410", "variable", index, name=_several(bare))


def _unused(method: Method, document: Document, used: frozenset[str]) -> Iterator[Fault]:
    for index, name in enumerate(method.variables):
        if name not in used:
            yield _warning(document, "M402", "variable", index, name=name)


def _references(method: Method, document: Document) -> Iterator[Fault]:
    """Indicators, adjustments and vetoes without a legal reference, in one sentence for each kind."""
    tables: tuple[tuple[str, Sequence[schema.Indicator | schema.Adjustment | schema.Veto]], ...] = (
        ("indicator", tuple(method.indicators.values())),
        ("adjustment", method.adjustments),
        ("veto", method.vetoes),
    )
    for table, items in tables:
        bare = [item.name or item.id for item in items if not item.legal]
        if bare:
            index = next(index for index, item in enumerate(items) if not item.legal)
            yield _warning(document, "M403", table, index, name=_several(bare))


def _categories(method: Method, document: Document) -> Iterator[Fault]:
    """Rules that repeat an earlier one, or that no unit can meet."""
    seen: set[str] = set()
    for index, category in enumerate(method.categories):
        if category.when is None:
            continue
        node = parse(category.when)
        constant = not any(isinstance(item, Name) for item in walk(node))
        if category.when in seen or constant:
            yield _warning(document, "M406", "category", index, "when", category=category.id)
        seen.add(category.when)


def _grades(method: Method, document: Document) -> Iterator[Fault]:
    if method.grades and method.grades[-1].top is not None and method.grades[-1].top < 1:
        yield _warning(document, "M409", "grade", len(method.grades) - 1, "top", top=f"{method.grades[-1].top:g}")


def _own_parts(method: Method, document: Document) -> Iterator[Fault]:
    for index, indicator in enumerate(method.indicators.values()):
        try:
            node = parse(indicator.value)
        except ExpressionFault:
            continue
        for item in walk(node):
            if isinstance(item, Call) and item.function == "own":
                for name in item.arguments:
                    if (
                        isinstance(name, Name)
                        and name.id in method.variables
                        and method.variables[name.id].kind != "flow"
                    ):
                        yield _warning(document, "M408", "indicator", index, "value", name=name.id)


def _anchors(method: Method, document: Document) -> Iterator[Fault]:
    for index, indicator in enumerate(method.indicators.values()):
        score = indicator.score
        if isinstance(score, schema.Linear | schema.Exponential) and score.low is not None and score.low == score.high:
            yield _warning(document, "M411", "indicator", index, "score", value=score.low, score=f"{score.to[1]:g}")
