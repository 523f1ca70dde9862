"""A method that has been read and found whole: what the engine knows about evaluating."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from yuance.errors import Fault
from yuance.method.schema import (
    Adjustment,
    Case,
    Category,
    Check,
    Dimension,
    Grade,
    Grading,
    Header,
    Indicator,
    Missing,
    Sanction,
    Variable,
    Veto,
)

EVERYONE = "all"
TOTAL = "total"


@dataclass(frozen=True, eq=False)
class Method:
    """An evaluation method (评价办法), frozen.

    `variables`, `dimensions` and `indicators` are in the order of the document, by id. `digest` identifies the content
    (sha256 over the parsed tables, whatever the file's layout). `warnings` are what reading found doubtful.
    """

    header: Header
    categories: tuple[Category, ...]
    variables: Mapping[str, Variable]
    dimensions: Mapping[str, Dimension]
    indicators: Mapping[str, Indicator]
    adjustments: tuple[Adjustment, ...]
    vetoes: tuple[Veto, ...]
    grades: tuple[Grade, ...]
    grading: Grading
    checks: tuple[Check, ...]
    sanctions: tuple[Sanction, ...]
    cases: tuple[Case, ...]
    digest: str
    folder: Path | None = None
    warnings: tuple[Fault, ...] = ()

    @property
    def reference(self) -> str:
        """id@version."""
        return f"{self.header.id}@{self.header.version}"

    @cached_property
    def category_ids(self) -> tuple[str, ...]:
        """The categories; a method without any has one, "all"."""
        return tuple(category.id for category in self.categories) or (EVERYONE,)

    @cached_property
    def _children(self) -> dict[str, tuple[str, ...]]:
        below: dict[str, list[str]] = {TOTAL: [], **{dimension: [] for dimension in self.dimensions}}
        for dimension in self.dimensions.values():
            below[dimension.parent or TOTAL].append(dimension.id)
        for indicator in self.indicators.values():
            below[indicator.dimension or TOTAL].append(indicator.id)
        return {parent: tuple(ids) for parent, ids in below.items()}

    def children(self, node: str = TOTAL) -> tuple[str, ...]:
        """Ids of the dimensions and indicators directly below a dimension, or below the total."""
        return self._children.get(node, ())

    def parent(self, node: str) -> str:
        """The dimension above a node, or "total"."""
        if node in self.dimensions:
            return self.dimensions[node].parent or TOTAL
        return self.indicators[node].dimension or TOTAL

    def bottom_up(self) -> Iterator[str]:
        """The dimensions, each after all below it."""
        return iter([node for node in self._order if node in self.dimensions])

    @cached_property
    def _order(self) -> tuple[str, ...]:
        """Every node after all below it, in reading order; the tree may be deeper than Python's stack."""
        order: list[str] = []
        pending = [(node, False) for node in reversed(self.children(TOTAL))]
        while pending:
            node, opened = pending.pop()
            if opened or not self.children(node):
                order.append(node)
            else:
                pending.append((node, True))
                pending += [(child, False) for child in reversed(self.children(node))]
        return tuple(order)

    def tree(self, node: str = TOTAL, level: int = 1) -> Iterator[tuple[int, str]]:
        """(level, id) of every node below `node`, in reading order."""
        pending = [(level, child) for child in reversed(self.children(node))]
        while pending:
            depth, child = pending.pop()
            yield depth, child
            pending += [(depth + 1, below) for below in reversed(self.children(child))]

    def weight(self, node: str, category: str) -> float:
        """The written weight of a node in a category; a dimension without one weighs what its children do."""
        return self._weights[category][node]

    @cached_property
    def _weights(self) -> dict[str, dict[str, float]]:
        """The weight of every node, by category."""
        table: dict[str, dict[str, float]] = {}
        for category in self.category_ids:
            weights = table.setdefault(category, {})
            for node in self._order:
                written = self.dimensions[node].weight if node in self.dimensions else self.indicators[node].weight
                if written is None:
                    weights[node] = float(sum(weights[child] for child in self.children(node)))
                else:
                    weights[node] = float(written[category]) if isinstance(written, dict) else float(written)
        return table

    def share(self, node: str, category: str) -> float:
        """The node's part of the total in a category when nothing is missing: shares multiply along the branch."""
        share = 1.0
        while node != TOTAL:
            parent = self.parent(node)
            siblings = sum(self.weight(child, category) for child in self.children(parent))
            share *= self.weight(node, category) / siblings if siblings else 0.0
            node = parent
        return share

    def missing(self, indicator: Indicator) -> Missing:
        """The rule for an indicator's gaps: its own, or the method's."""
        return indicator.missing or self.header.missing

    def among(self, indicator: Indicator) -> str:
        """The comparison set of an indicator: all, category or panel."""
        return indicator.score.among or self.header.among

    def name(self, node: str) -> str:
        """The name of a node, variable, adjustment, veto or check; its id where it has none."""
        return self._names.get(node) or node

    @cached_property
    def _names(self) -> dict[str, str]:
        named = {check.id: check.message for check in self.checks}
        for items in (self.sanctions, self.vetoes, self.adjustments):
            named.update({item.id: item.name for item in items})
        for table in (self.variables, self.dimensions, self.indicators):
            named.update({node: item.name for node, item in table.items()})
        return {**named, TOTAL: "总分"}
