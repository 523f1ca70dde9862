"""Whether a method hangs together: its head, its ids, its tree and its weights."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Protocol

from yuance.errors import Fault
from yuance.method import schema
from yuance.method.functions import KEYWORDS
from yuance.method.hints import hints
from yuance.method.method import TOTAL
from yuance.method.tables import Tables

LARGEST_WEIGHT = 1e15
_SHOWN_OF_CIRCLE = 12
# Columns of facts, and of scores.csv, that an id of a method would be confused with.
FACT_COLUMNS = frozenset({"unit", "period", "name", "category", "period_number", "period_kind"})
SCORE_COLUMNS = frozenset(
    {"period", "unit", "name", "category", "score", "score_exact", "rank", "rank_in_category", "grade", "status", "note"}
)  # fmt: skip
_WHAT = {"variable": ("数据项", "variable"), "dimension": ("维度", "dimension")}


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


def header_faults(tables: Tables) -> Iterator[Fault]:
    """The head of the method, and that there is something to score."""
    header = tables.header
    if header is None:
        yield tables.fault("M106", "method", 0)
    elif header.in_force and header.in_force.to and header.in_force.to < header.in_force.from_:
        yield tables.fault("M320", "method", 0, "in_force")
    if not tables.indicators:
        yield tables.fault("M107", "indicator", 0)
    if header is None:
        return
    variables = tables.vocabulary.variables
    for position, name in enumerate(header.ranks.order):
        plain = name.removeprefix("-")
        if plain in variables:
            tables.vocabulary.used.add(plain)
        elif plain not in tables.node_ids:
            near = hints(plain, [*tables.node_ids, *variables])
            yield tables.fault("M316", "method", 0, "ranks", "order", position, name=plain, **near)
    for position, name in enumerate(header.attributes):
        if name in variables:
            yield tables.fault("M329", "method", 0, "attributes", position, name=name)


def id_faults(tables: Tables) -> Iterator[Fault]:
    """Identifiers are Unicode identifiers, NFC-normalised, unique in the method; categories among themselves."""
    seen: dict[str, str] = {}
    named: tuple[tuple[str, Sequence[_Identified]], ...] = (
        ("variable", tables.variables), ("dimension", tables.dimensions), ("indicator", tables.indicators),
        ("adjustment", tables.adjustments), ("veto", tables.vetoes), ("check", tables.checks),
        ("sanction", tables.sanctions),
    )  # fmt: skip
    for table, items in named:
        for index, item in enumerate(items):
            yield from _id_faults(tables, table, index, item.id, seen)
    seen = {}
    for index, category in enumerate(tables.categories):
        yield from _id_faults(tables, "category", index, category.id, seen)


def _id_faults(tables: Tables, table: str, index: int, name: str, seen: dict[str, str]) -> Iterator[Fault]:
    if tables.as_written(table, index, "id") != name:
        return  # stands in for an id that could not be read; that fault is known already
    normal = unicodedata.normalize("NFC", name)
    reserved = {"variable": FACT_COLUMNS, "dimension": SCORE_COLUMNS}.get(table, frozenset())
    free = table == "category"  # a category's id never stands in an expression
    if normal != name:
        yield tables.fault("M303", table, index, "id", id=name, normal=normal)
    elif (not name.strip() or name != name.strip()) if free else (not name.isidentifier() or name in KEYWORDS):
        yield tables.fault("M302", table, index, "id", id=name)
    elif not free and (name in reserved or name == TOTAL):
        what, what_en = _WHAT.get(table, ("节点", "node"))
        yield tables.fault("M325", table, index, "id", id=name, what=what, what_en=what_en)
    if normal in seen:
        yield tables.fault("M301", table, index, "id", id=name, other=seen[normal])
    seen.setdefault(normal, str(tables.document.place(table, index, "id")))


def tree_faults(tables: Tables) -> Iterator[Fault]:
    """Every indicator and dimension hangs on an existing dimension, and every branch ends in the total."""
    known = sorted(tables.dimension_ids)
    for index, indicator in enumerate(tables.indicators):
        above = indicator.dimension
        if above is not None and above not in tables.dimension_ids:
            yield tables.fault(
                "M304", "indicator", index, "dimension", key="dimension", name=above, **hints(above, known)
            )
    for index, dimension in enumerate(tables.dimensions):
        above = dimension.parent
        if above is not None and above not in tables.dimension_ids:
            yield tables.fault("M304", "dimension", index, "parent", key="parent", name=above, **hints(above, known))
    indices = {item.id: index for index, item in reversed(list(enumerate(tables.dimensions)))}
    for circle in _circles({item.id: item.parent for item in tables.dimensions}):
        long = len(circle) > _SHOWN_OF_CIRCLE
        members = [*circle[: _SHOWN_OF_CIRCLE - 1], "…", circle[-1]] if long else circle
        shown = " → ".join([*members, circle[0]])
        yield tables.fault("M305", "dimension", indices[circle[0]], "parent", circle=shown)


def _circles(parents: dict[str, str | None]) -> Iterator[list[str]]:
    """Each circle once, from its first member in the order of the document."""
    done: set[str] = set()
    for start in parents:
        path: dict[str, None] = {}
        node: str | None = start
        while node is not None and node not in done and node not in path:
            path[node] = None
            node = parents.get(node)
        if node in path:
            walked = list(path)
            members = walked[walked.index(str(node)) :]
            first = min(range(len(members)), key=lambda at: list(parents).index(members[at]))
            yield members[first:] + members[:first]
        done.update(path)


def weight_faults(tables: Tables) -> Iterator[Fault]:
    """Weights are finite, not negative, and there for every category; each category has something that weighs."""
    items: tuple[tuple[str, Sequence[schema.Dimension | schema.Indicator]], ...] = (
        ("dimension", tables.dimensions),
        ("indicator", tables.indicators),
    )
    for table, nodes in items:
        for index, node in enumerate(nodes):
            yield from _weight_faults(tables, table, index, node.weight)
    for index, category in enumerate(tables.category_ids):
        weights = [_weight(item.weight, category) for item in tables.indicators]
        if tables.indicators and None not in weights and not _weighs(tables, category):
            place = ("category", index) if tables.categories else ("indicator", 0, "weight")
            yield tables.fault("M309", *place, category=category)


def _weight_faults(tables: Tables, table: str, index: int, weight: schema.Weight | None) -> Iterator[Fault]:
    if weight is None:
        return
    parts = dict[str | None, float](weight.items()) if isinstance(weight, dict) else {None: weight}
    for name, value in parts.items():
        keys = ("weight",) if name is None else ("weight", name)
        if not math.isfinite(value) or value > LARGEST_WEIGHT:
            yield tables.fault("M310", table, index, *keys, value=f"{value:g}")
        elif value < 0:
            yield tables.fault("M306", table, index, *keys, value=f"{value:g}")
    if isinstance(weight, dict):
        missing = [name for name in tables.category_ids if name not in weight]
        if missing:
            yield tables.fault("M307", table, index, "weight", missing="、".join(missing))
        for name in weight:
            if name not in tables.category_ids:
                known = "、".join(tables.category_ids)
                near = hints(name, tables.category_ids)
                yield tables.fault("M308", table, index, "weight", name, unknown=name, known=known, **near)


def _weight(weight: schema.Weight | None, category: str) -> float | None:
    return weight.get(category) if isinstance(weight, dict) else weight


def _weighs(tables: Tables, category: str) -> bool:
    """Whether some indicator counts in a category: it and every dimension above it weigh something."""
    idle = {item.id for item in tables.dimensions if _weight(item.weight, category) == 0}
    parents = {item.id: item.parent for item in tables.dimensions}
    alive: dict[str, bool] = {}
    for indicator in tables.indicators:
        path: list[str] = []
        node = indicator.dimension
        while node is not None and node not in alive and node not in path and node not in idle:
            path.append(node)
            node = parents.get(node)
        reached = alive.get(node, node not in idle) if node is not None else True
        alive.update(dict.fromkeys(path, reached))
        if reached and _weight(indicator.weight, category):
            return True
    return False
