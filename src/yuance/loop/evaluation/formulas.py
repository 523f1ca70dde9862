"""Every expression of a method, lowered once: what the value table must hold, and the trees over it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from yuance.loop.evaluation.formula import Kind
from yuance.loop.evaluation.lowering import HERE, Lowering, Shift, anchor_names, looks_back
from yuance.loop.evaluation.value import fact_columns
from yuance.method import Method, schema
from yuance.method.expression import Name, Node, names, parse


@dataclass(frozen=True)
class Formulas:
    """The lowered expressions of a method."""

    method: Method

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
    leaves = Formulas(method).lower_all().leaves
    return frozenset(column for shift, columns in leaves.items() if shift.years for column in columns)
