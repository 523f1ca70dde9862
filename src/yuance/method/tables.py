"""The tables of a document that have been read, sorted by kind: what the rules across tables look at."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TypeVar

from yuance.errors import Fault
from yuance.method import schema
from yuance.method.formula_rules import Vocabulary
from yuance.method.messages import MESSAGES
from yuance.method.method import EVERYONE
from yuance.method.sources import Document

Item = TypeVar("Item", bound=schema.Table)


class Tables:
    """Every table of a document by kind, in order, with the names that its expressions may use."""

    def __init__(
        self,
        document: Document,
        read: dict[str, list[schema.Table]],
        attributes: frozenset[str] = frozenset(),
        folder: Path | None = None,
    ) -> None:
        self.document = document
        self.read = read
        self.folder = folder
        self.header = next(iter(self.of("method", schema.Header)), None)
        self.categories = self.of("category", schema.Category)
        self.variables = self.of("variable", schema.Variable)
        self.dimensions = self.of("dimension", schema.Dimension)
        self.indicators = self.of("indicator", schema.Indicator)
        self.adjustments = self.of("adjustment", schema.Adjustment)
        self.vetoes = self.of("veto", schema.Veto)
        self.grades = self.of("grade", schema.Grade)
        self.grading = next(iter(self.of("grading", schema.Grading)), schema.Grading())
        self.checks = self.of("check", schema.Check)
        self.sanctions = self.of("sanction", schema.Sanction)
        self.cases = self.of("case", schema.Case)
        declared = frozenset(self.header.attributes) if self.header else frozenset()
        self.vocabulary = Vocabulary({item.id: item for item in self.variables}, declared | attributes)

    def of(self, table: str, kind: type[Item]) -> tuple[Item, ...]:
        """The tables of one name."""
        return tuple(item for item in self.read[table] if isinstance(item, kind))

    @cached_property
    def category_ids(self) -> tuple[str, ...]:
        """The categories; a method without any has one, "all"."""
        return tuple(item.id for item in self.categories) or (EVERYONE,)

    @cached_property
    def dimension_ids(self) -> frozenset[str]:
        """The ids of all dimensions."""
        return frozenset(item.id for item in self.dimensions)

    @cached_property
    def node_ids(self) -> frozenset[str]:
        """The ids of all dimensions and indicators."""
        return self.dimension_ids | {item.id for item in self.indicators}

    def as_written(self, table: str, index: int, key: str) -> object:
        """What the document itself says under a key, None where it says nothing."""
        content = self.document.tables.get(table)
        item = content[index] if isinstance(content, list) and index < len(content) else content
        return item.get(key) if isinstance(item, dict) else None

    def fault(self, code: str, table: str, index: int, *keys: str | int, **values: object) -> Fault:
        """A fault of a key of one of the tables."""
        return Fault(MESSAGES[code], self.document.place(table, index, *keys), values)
