"""One unit in one period, with the figures that its formulas were fed, the cells they came from, and its peers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import narwhals as nw
import polars as pl

from yuance.errors import Place
from yuance.facts.facts import TARGET_SUFFIX
from yuance.facts.period import parse_period
from yuance.loop.evaluation.anchors import Anchor, Anchored
from yuance.loop.evaluation.caption import measured, period_words, unit_noun
from yuance.loop.evaluation.distribution import SETS, Statistic
from yuance.loop.evaluation.evaluation import Evaluation
from yuance.loop.evaluation.lowering import PART, Aggregate
from yuance.method.expression import Binary, Call, Comparison, Conditional, Logic, Name, Node, Number, Unary
from yuance.method.expression import names as names_of
from yuance.method.words import anchor_words, leaf_words, words

_SHIFTED = re.compile(r"(?P<fact>[^@#~]+?)(?:@-(?P<years>\d+)y)?(?:@-(?P<parts>\d+)p)?")
_ANSWERS = {1.0: "是", 0.0: "否"}


@dataclass(frozen=True, slots=True)
class Reported:
    """A figure that a formula read: a fact with its cell, an attribute, or a figure over all units (no cell)."""

    column: str
    name: str
    value: float | str | None
    shown: str
    period: str = ""
    place: Place | None = None
    owner: str = ""
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Spread:
    """How the scores of a node lie among units of a category."""

    lowest: float
    median: float
    highest: float


@dataclass(frozen=True)
class Subject:
    """A unit of an evaluation in a period. `row` has every column that the computation made for it."""

    evaluation: Evaluation
    unit: str
    period: str

    @cached_property
    def peers(self) -> pl.DataFrame:
        """The rows of all evaluated units of the period."""
        return self.evaluation.rows.filter(pl.col("period") == self.period)

    @cached_property
    def frame(self) -> pl.DataFrame:
        """The one row, as a table."""
        return self.peers.filter(pl.col("unit") == self.unit)

    @cached_property
    def row(self) -> Mapping[str, Any]:
        """The one row."""
        return self.frame.row(0, named=True)

    @cached_property
    def trace(self) -> Mapping[str, Mapping[str, Any]]:
        """The rows of the trace, by node."""
        here = (pl.col("period") == self.period) & (pl.col("unit") == self.unit)
        return {row["node"]: row for row in self.evaluation.trace.filter(here).iter_rows(named=True)}

    @cached_property
    def spreads(self) -> Mapping[str, Spread]:
        """Lowest, median and highest score of every node among the ranked and unranked units of the unit's category."""
        columns = [name for name in self.peers.columns if name.endswith(".score")]
        same = self.peers.filter(pl.col("category") == pl.lit(self.row["category"])).select(columns)
        figures = [same.min().row(0), same.median().row(0), same.max().row(0)]
        known = zip(columns, *figures, strict=True)
        return {column.removesuffix(".score"): Spread(*found) for column, *found in known if None not in found}

    @cached_property
    def aggregates(self) -> dict[str, Aggregate]:
        """The figures over all units that the method's formulas use, by column."""
        lowering = self.evaluation.formulas.lower_all()
        return {item.column: item for item in lowering.aggregates.values()}

    def anchor(self, anchored: Anchored, anchor: Anchor) -> float | None:
        """The figure that an anchor came to, from the columns of the computation."""
        if not isinstance(anchor, str):
            return float(anchor)
        column = Statistic(anchored.among, anchored.column, anchor).name
        if column in self.row:
            value: float | None = self.row[column]
            return value
        lazy = nw.from_native(self.frame.lazy()).select(anchored.expression(anchor).alias("value"))
        found: pl.DataFrame = nw.to_native(lazy).collect()
        return found.item()  # type: ignore[no-any-return]

    @cached_property
    def _members(self) -> dict[str, pl.DataFrame | None]:
        return {}

    def members(self, among: str) -> pl.DataFrame | None:
        """The comparison set as far as it is in memory; None for a panel that reaches beyond the evaluated periods."""
        if among not in self._members:
            self._members[among] = self._found(among)
        return self._members[among]

    def _found(self, among: str) -> pl.DataFrame | None:
        keys = SETS[among]
        if "period" in keys:
            same = [pl.col(key) == self.row[key] for key in keys if key != "period"]
            return self.peers.filter(*same) if same else self.peers
        kind = pl.col("period_kind") == self.row["period_kind"]
        rows = self.evaluation.rows.filter(kind)
        covered = {
            text
            for text in self.evaluation.facts.table.get_column("period").unique()
            if _kind(text) == self.row["period_kind"]
        }
        return rows if covered <= set(self.evaluation.run["periods"]) else None

    def set_words(self, among: str) -> str:
        """The comparison set in words, with its size where it is known."""
        noun = unit_noun(self.evaluation.method)
        members = self.members(among)
        size = "" if members is None else f" {members.height} 个"
        match among:
            case "category":
                return f"{period_words(self.period)}同类（{self.row['category']}）{noun}{size}"
            case "panel":
                return f"本次测算的各期全部{noun}" + (f"{size}（期次合计）" if size else "")
            case _:
                return f"{period_words(self.period)}全部{noun}{size}"

    @cached_property
    def _facts(self) -> dict[str, Reported]:
        return {}

    def fact(self, column: str) -> Reported:
        """The figure of a column, with its name, period and cell."""
        if column not in self._facts:
            self._facts[column] = self._fact(column)
        return self._facts[column]

    def _fact(self, column: str) -> Reported:
        value = self.row.get(column)
        if column in self.aggregates:
            return Reported(column, self.name(column), value, measured(value, ""), self.period)
        match = _SHIFTED.fullmatch(column)
        known = match["fact"].removesuffix(TARGET_SUFFIX) if match else column
        variable = self.evaluation.method.variables.get(known)
        if match is None or variable is None:
            return Reported(column, self.name(column), value, measured(value, ""))
        said = measured(value, variable.measured_in)
        if variable.kind == "yes-no" and isinstance(value, float):
            said = _ANSWERS.get(value, said)
        period = self._earlier(int(match["years"] or 0), int(match["parts"] or 0))
        place = self.evaluation.facts.origins.place(self.unit, period, match["fact"])
        owner, definition = variable.owner or "", variable.definition or ""
        return Reported(column, self.name(column), value, said, period, place, owner, definition)

    def _earlier(self, years: int, parts: int) -> str:
        period = parse_period(self.period)
        back = period.years_earlier(years) if period else None
        if back is not None and parts:
            back = back.earlier_in_year(parts)
        return str(back) if back else self.period

    def name(self, column: str) -> str:
        """What a column is called."""
        if column in self.aggregates:
            item = self.aggregates[column]
            when = "上年同期" if item.shift.years == 1 else f"{item.shift.years}年前" if item.shift.years else ""
            return when + words(Call(item.function, (item.node,), item.within), self.name)
        if column == PART:
            return "期次"
        if "~" in column:
            return anchor_words(column.rpartition("~")[2])
        if column.endswith((".treated", ".weight")):
            return "指标值" if column.endswith(".treated") else "权重"
        return leaf_words(column, self.evaluation.method)

    def operands(self, node: Node) -> tuple[Reported, ...]:
        """What a lowered formula read, in reading order, once each."""
        columns = dict.fromkeys(name.id for name in names_of(self._plain(node)))
        return tuple(self.fact(column) for column in columns)

    def filled(self, node: Node) -> str:
        """A lowered formula in words, with names and figures."""
        plain = self._plain(node)
        values = {name.id: self.fact(name.id).shown for name in names_of(plain)}
        return words(plain, self.name, values)

    def _plain(self, node: Node) -> Node:
        """The tree without what is decided for this unit: the branch by place in the year, the size of a positive figure."""
        match node:
            case Conditional():
                choice = self._choice(node)
                if choice is not None:
                    return self._plain(choice)
                return Conditional(*(self._plain(part) for part in (node.then, node.condition, node.otherwise)))
            case Call():
                (*arguments,) = (self._plain(part) for part in node.arguments)
                if node.function == "abs" and isinstance(arguments[0], Name):
                    value = self.row.get(arguments[0].id)
                    if isinstance(value, float) and value >= 0:
                        return arguments[0]
                return Call(node.function, tuple(arguments), node.within)
            case Unary():
                return Unary(node.operator, self._plain(node.operand))
            case Binary():
                return Binary(node.operator, self._plain(node.left), self._plain(node.right))
            case Comparison():
                return Comparison(
                    self._plain(node.first), tuple((sign, self._plain(part)) for sign, part in node.links)
                )
            case Logic():
                return Logic(node.operator, tuple(self._plain(part) for part in node.operands))
            case _:
                return node

    def _choice(self, node: Conditional) -> Node | None:
        asked = node.condition
        if not isinstance(asked, Comparison) or asked.first != Name(PART):
            return None
        ((_, bound),) = asked.links
        assert isinstance(bound, Number)
        return node.then if self.row[PART] <= bound.value else node.otherwise


def _kind(text: str) -> str:
    period = parse_period(text)
    return period.kind if period else ""
