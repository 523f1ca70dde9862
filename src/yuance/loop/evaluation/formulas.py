"""Every expression of a method, lowered once: what the value table must hold, and the trees over it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, TypeVar

import narwhals as nw

from yuance.facts.facts import TARGET_SUFFIX
from yuance.loop.evaluation.engine import Columns
from yuance.loop.evaluation.formula import Kind
from yuance.loop.evaluation.lowering import HERE, Lowering, Shift, anchor_names, looks_back
from yuance.loop.evaluation.value import fact_columns
from yuance.method import Method, schema
from yuance.method.expression import (
    Binary,
    Call,
    Comparison,
    Name,
    Node,
    Number,
    Text,
    Unary,
    children,
    names,
    parse,
    walk,
)

MOST = 1000
T = TypeVar("T")


@lru_cache(maxsize=64)
def formulas_of(method: Method) -> Formulas:
    """The lowered expressions of a method, worked out once."""
    return Formulas(method)


@dataclass(frozen=True)
class Formulas:
    """The lowered expressions of a method, and whatever else follows from it alone.

    `remembered` holds what was worked out for one evaluation and serves the next: above all batches of columns.
    """

    method: Method
    remembered: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    def once(self, key: Hashable, build: Callable[[], T]) -> T:
        """What `build` makes, made once for a key. The key names all that the result depends on besides the method."""
        if key not in self.remembered:
            if len(self.remembered) >= MOST:
                self.remembered.clear()  # facts with ever new gaps: begin anew rather than grow
            self.remembered[key] = build()
        found: T = self.remembered[key]
        return found

    def batch(self, key: Hashable, build: Callable[[], Iterable[nw.Expr]]) -> Columns:
        """Columns computed side by side, made once for a key."""
        return self.once(key, lambda: Columns(tuple(build())))

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """Columns of facts, and whether they hold numbers or text."""
        return fact_columns(self.method.variables.values())

    @cached_property
    def lowering(self) -> Lowering:
        """What the value table must hold; filled by lowering every expression."""
        return Lowering(frozenset(self.kinds))

    @cached_property
    def values(self) -> dict[str, Node]:
        """The value of each indicator."""
        return {item.id: self.lowering.lower(parse(item.value)) for item in self.method.indicators.values()}

    @cached_property
    def adjustments(self) -> dict[str, Node]:
        """The points of each adjustment."""
        return {item.id: self.lowering.lower(parse(item.points)) for item in self.method.adjustments}

    @cached_property
    def vetoes(self) -> dict[str, Node]:
        """The condition of each veto."""
        return {item.id: self.lowering.lower(parse(item.when)) for item in self.method.vetoes}

    @cached_property
    def checks(self) -> dict[str, Node]:
        """The rule of each check."""
        return {item.id: self.lowering.lower(parse(item.rule)) for item in self.method.checks}

    def lower_all(self) -> Lowering:
        """The lowering after every expression went through it."""
        _ = (self.values, self.adjustments, self.vetoes, self.checks)
        return self.lowering

    @cached_property
    def attributes(self) -> dict[str, Kind | None]:
        """The unit attributes that expressions name, and what each is taken for; None where they do not say."""
        words, figures, all_ = set[str](), set[str](), dict[str, None]()
        for text in self._texts():
            for node in walk(parse(text)):
                said = {part.id for part in children(node) if isinstance(part, Name)}
                parts = children(node)
                if isinstance(node, Comparison) and any(isinstance(part, Text) for part in parts):
                    words |= said
                elif isinstance(node, Binary | Unary) or (
                    isinstance(node, Comparison) and any(isinstance(part, Number) for part in parts)
                ):
                    figures |= said
            all_ |= dict.fromkeys(name.id for name in names(parse(text)))
        kinds: dict[str, Kind | None] = {}
        for name in all_:
            if name not in self.method.variables:
                kinds[name] = "text" if name in words else "number" if name in figures else None
        return kinds

    @cached_property
    def read(self) -> frozenset[str]:
        """The columns of facts that some expression, or the breaking of ties, reads."""
        rules = [item.score for item in self.method.indicators.values()]
        trees = [
            parse(text) for text in (*self._texts(), *(rule.is_ for rule in rules if isinstance(rule, schema.Formula)))
        ]
        found = {name.removeprefix("-") for name in self.method.header.ranks.order}
        for tree in trees:
            found |= {name.id for name in names(tree)}
            calls = (
                item for item in walk(tree) if isinstance(item, Call) and item.function in ("target", "completion")
            )
            found |= {part.id + TARGET_SUFFIX for call in calls for part in call.arguments if isinstance(part, Name)}
        return frozenset(found & self.kinds.keys())

    def _texts(self) -> list[str]:
        """Every expression that may name a unit attribute."""
        method = self.method
        texts = [category.when for category in method.categories if category.when is not None]
        texts += [indicator.value for indicator in method.indicators.values()]
        texts += [item.points for item in method.adjustments] + [item.when for item in method.vetoes]
        return texts + [item.rule for item in method.checks]

    @cached_property
    def looks_back(self) -> bool:
        """Whether anchors of last year are used, so that last year must be evaluated too."""
        texts: list[str] = []
        for indicator in self.method.indicators.values():
            rules = [indicator.score, indicator.treat]
            for rule in rules:
                fields = type(rule).model_fields if rule is not None else {}
                texts += [str(getattr(rule, key)) for key in fields if key != "by"]
        return any("last_year_" in text for text in texts)

    @cached_property
    def takes_last(self) -> bool:
        """Whether some gap is filled by the unit's latest earlier value."""
        return any(self.method.missing(item).by == "last" for item in self.method.indicators.values())

    @cached_property
    def panel(self) -> bool:
        """Whether some comparison set spans all periods."""
        sets = [self.method.header.among, *(self.method.among(item) for item in self.method.indicators.values())]
        sets += [self.method.missing(item).among or "" for item in self.method.indicators.values()]
        return "panel" in sets

    @cached_property
    def score_shifts(self) -> frozenset[Shift]:
        """How far back score formulas look: those periods must be evaluated too."""
        rules = [item.score for item in self.method.indicators.values()]
        found = [looks_back(parse(rule.is_)) for rule in rules if isinstance(rule, schema.Formula)]
        return frozenset().union(*found) - {HERE}

    @staticmethod
    def operands(node: Node) -> list[str]:
        """The columns that a lowered tree reads, in reading order, without repetition."""
        return list(dict.fromkeys(name.id for name in names(node) if isinstance(name, Name)))

    @staticmethod
    def anchors(texts: list[str]) -> set[str]:
        """The anchors that texts name."""
        return anchor_names(parse(text) for text in texts)


def looked_back_on(method: Method) -> frozenset[str]:
    """The variables whose earlier years the method asks for, by growth, previous or lag."""
    leaves = formulas_of(method).lower_all().leaves
    return frozenset(column for shift, columns in leaves.items() if shift.years for column in columns)
