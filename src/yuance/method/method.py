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

        def below(node: str) -> Iterator[str]:
            for child in self.children(node):
                if child in self.dimensions:
                    yield from below(child)
                    yield child

        return below(TOTAL)

    def tree(self, node: str = TOTAL, level: int = 1) -> Iterator[tuple[int, str]]:
        """(level, id) of every node below `node`, in reading order."""
        for child in self.children(node):
            yield level, child
            yield from self.tree(child, level + 1)

    def weight(self, node: str, category: str) -> float:
        """The written weight of a node in a category; a dimension without one weighs what its children do."""
        written = self.dimensions[node].weight if node in self.dimensions else self.indicators[node].weight
        if written is None:
            return sum(self.weight(child, category) for child in self.children(node))
        return float(written[category]) if isinstance(written, dict) else float(written)

    def share(self, node: str, category: str) -> float:
        """The node's part of the total in a category when nothing is missing: shares multiply along the branch."""
        parent = self.parent(node)
        siblings = sum(self.weight(child, category) for child in self.children(parent))
        own = self.weight(node, category) / siblings if siblings else 0.0
        return own if parent == TOTAL else own * self.share(parent, category)

    def missing(self, indicator: Indicator) -> Missing:
        """The rule for an indicator's gaps: its own, or the method's."""
        return indicator.missing or self.header.missing

    def among(self, indicator: Indicator) -> str:
        """The comparison set of an indicator: all, category or panel."""
        return indicator.score.among or self.header.among

    def name(self, node: str) -> str:
        """The name of a node, variable, adjustment, veto or check; its id where it has none."""
        if node == TOTAL:
            return "总分"
        for table in (self.indicators, self.dimensions, self.variables):
            if node in table:
                return table[node].name or node
        named = {item.id: item.name for item in self.adjustments}
        named.update({item.id: item.name for item in self.vetoes})
        named.update({item.id: item.name for item in self.sanctions})
        named.update({check.id: check.message for check in self.checks})
        return named.get(node) or node
