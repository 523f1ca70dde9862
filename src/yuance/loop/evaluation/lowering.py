"""Expressions brought down to columns: which facts, of which period, and which figures over all units they need.

After lowering, a tree has only row-wise operations; its names are columns of the value table. `previous`, `lag`,
`own`, `growth`, `target` and `completion` have become columns of shifted facts (a row-wise function of shifted facts
is the shifted function), `total` … `share` columns of small tables per period.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from yuance.facts.facts import TARGET_SUFFIX
from yuance.facts.period import Period
from yuance.method.expression import (
    Binary,
    Call,
    Comparison,
    Conditional,
    Logic,
    Name,
    Node,
    Number,
    Unary,
    anchor_base,
    children,
)
from yuance.method.functions import FUNCTIONS

PART = "period_number"


@dataclass(frozen=True, slots=True, order=True)
class Shift:
    """A look back: `years` earlier, and then `parts` (quarters, months …) earlier within that year."""

    years: int = 0
    parts: int = 0

    @property
    def suffix(self) -> str:
        """What a shifted column's name ends in."""
        return (f"@-{self.years}y" if self.years else "") + (f"@-{self.parts}p" if self.parts else "")

    def before(self, period: Period) -> Period | None:
        """The period that `period` looks back to; None before the first of a year."""
        earlier = period.years_earlier(self.years)
        return earlier.earlier_in_year(self.parts) if self.parts else earlier


HERE = Shift()


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A figure over the evaluated units of a period: `function` of a lowered `node`, over all or the category."""

    column: str
    function: str
    node: Node
    within: str
    shift: Shift


@dataclass
class Lowering:
    """Gathers what a set of expressions needs.

    `sources` are the columns that can be shifted (facts), `renamed` gives names another column (x, anchors).
    `leaves`: per shift the source columns asked for. `aggregates`: inner ones before those that use them; those of
    earlier periods keep their node unlowered, except where `together` says that all periods are in one table.
    """

    sources: frozenset[str]
    renamed: Mapping[str, str] = field(default_factory=dict)
    leaves: dict[Shift, set[str]] = field(default_factory=dict)
    aggregates: dict[tuple[str, Node, str, Shift], Aggregate] = field(default_factory=dict)
    label: str = "over"
    together: bool = False

    def lower(self, node: Node, shift: Shift = HERE) -> Node:
        """The row-wise tree of an expression as seen from `shift`."""
        match node:
            case Name():
                return self._name(node, shift)
            case Unary():
                return Unary(node.operator, self.lower(node.operand, shift))
            case Binary():
                return Binary(node.operator, self.lower(node.left, shift), self.lower(node.right, shift))
            case Comparison():
                links = tuple((operator, self.lower(right, shift)) for operator, right in node.links)
                return Comparison(self.lower(node.first, shift), links)
            case Logic():
                return Logic(node.operator, tuple(self.lower(part, shift) for part in node.operands))
            case Conditional():
                parts = (self.lower(part, shift) for part in (node.then, node.condition, node.otherwise))
                return Conditional(*parts)
            case Call():
                return self._call(node, shift)
            case _:
                return node

    def _name(self, name: Name, shift: Shift) -> Node:
        column = self.renamed.get(name.id, name.id)
        return self._leaf(column, shift) if column in self.sources else Name(column)

    def _leaf(self, column: str, shift: Shift) -> Node:
        self.leaves.setdefault(shift, set()).add(column)
        return Name(column + shift.suffix)

    def _call(self, call: Call, shift: Shift) -> Node:
        kind = FUNCTIONS[call.function].kind if call.function in FUNCTIONS else "anchor"
        if kind == "anchor":
            return Name(self.renamed[percentile_name(call)])
        if kind == "row":
            return Call(call.function, tuple(self.lower(part, shift) for part in call.arguments))
        if kind == "time":
            return self._time(call, shift)
        if call.function == "share":
            whole = self._aggregate("total", call, shift)
            return Binary("/", Binary("*", Number(100.0), self.lower(call.arguments[0], shift)), whole)
        return self._aggregate(call.function, call, shift)

    def _time(self, call: Call, shift: Shift) -> Node:
        operand = call.arguments[0]
        if call.function == "lag":
            years = call.arguments[1]
            assert isinstance(years, Number)
            return self.lower(operand, Shift(shift.years + int(years.value), shift.parts))
        if call.function == "previous":
            return self.lower(operand, Shift(shift.years + 1, shift.parts))
        now = self.lower(operand, shift)
        if call.function == "own":
            before = self.lower(operand, Shift(shift.years, shift.parts + 1))
            first = Comparison(Name(PART), (("<=", Number(shift.parts + 1.0)),))
            return Conditional(now, first, Binary("-", now, before))
        if call.function == "growth":
            before = self.lower(operand, Shift(shift.years + 1, shift.parts))
            change = Binary("*", Number(100.0), Binary("-", now, before))
            return Binary("/", change, Call("abs", (before,)))
        assert isinstance(operand, Name)
        goal = self._leaf(operand.id + TARGET_SUFFIX, shift)
        return goal if call.function == "target" else Binary("/", Binary("*", Number(100.0), now), goal)

    def _aggregate(self, function: str, call: Call, shift: Shift) -> Node:
        key = (function, call.arguments[0], call.within, shift)
        if key not in self.aggregates:
            inner = self.lower(call.arguments[0]) if shift == HERE or self.together else call.arguments[0]
            column = f"{self.label}#{len(self.aggregates)}"
            self.aggregates[key] = Aggregate(column, function, inner, call.within, shift)
        return Name(self.aggregates[key].column)


def looks_back(node: Node, shift: Shift = HERE) -> set[Shift]:
    """Every look back under which some part of an expression is read."""
    found = {shift}
    for part in children(node):
        found |= looks_back(part, shift)
    if isinstance(node, Call) and node.function in FUNCTIONS and FUNCTIONS[node.function].kind == "time":
        years = node.arguments[-1]
        by = int(years.value) if node.function == "lag" and isinstance(years, Number) else 1
        if node.function in ("previous", "growth", "lag"):
            found |= looks_back(node.arguments[0], Shift(shift.years + by, shift.parts))
        elif node.function == "own":
            found |= looks_back(node.arguments[0], Shift(shift.years, shift.parts + 1))
    return found


def percentile_name(call: Call) -> str:
    """`percentile(95)` as the name of an anchor."""
    (quantile,) = call.arguments
    assert isinstance(quantile, Number)
    return f"{call.function}({quantile.value:g})"


def anchor_names(nodes: Iterable[Node]) -> set[str]:
    """The anchors (lowest, last_year_mean, percentile(5) …) that lowered or plain trees name."""
    from yuance.method.expression import walk  # noqa: PLC0415

    found: set[str] = set()
    for node in nodes:
        for item in walk(node):
            if isinstance(item, Call) and anchor_base(item.function)[0] == "percentile":
                found.add(percentile_name(item))
            elif isinstance(item, Name) and anchor_base(item.id)[0] in (
                "lowest",
                "highest",
                "mean",
                "median",
                "sd",
                "count",
            ):
                found.add(item.id)
    return found
