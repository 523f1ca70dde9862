"""Anchors: figures of a comparison set, or numbers, or scalar expressions of both (method language, part 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import narwhals as nw
import polars as pl

from yuance.loop.evaluation.distribution import Statistic
from yuance.loop.evaluation.formula import number
from yuance.loop.evaluation.lowering import Lowering, anchor_names, percentile_name
from yuance.loop.evaluation.run import Run
from yuance.method import schema
from yuance.method.expression import Call, Name, anchor_base, parse

Anchor = float | str
Figure = Callable[[Anchor], float | None]  # an anchor's figure in one comparison set
Figures = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Anchored:
    """The distribution that anchors refer to: of which column, among whom."""

    column: str
    among: str

    def statistics(self, anchors: Iterable[Anchor]) -> Iterator[Statistic]:
        """The figures that these anchors need."""
        for name in anchor_names(parse(anchor) for anchor in anchors if isinstance(anchor, str)):
            yield Statistic(self.among, self.column, name)

    def expression(self, anchor: Anchor) -> nw.Expr:
        """The anchor as a column expression; missing where the distribution has no such figure."""
        if not isinstance(anchor, str):
            return nw.lit(float(anchor))
        node = parse(anchor)
        names = {name: Statistic(self.among, self.column, name).name for name in anchor_names([node])}
        return number(Lowering(frozenset(), names).lower(node), {})

    def name(self, anchor: str) -> str:
        """The column of a small table in which the anchor's figure is found."""
        return Statistic(self.among, self.column, _plain(anchor)).name


def is_expression(anchor: str) -> bool:
    """Whether an anchor is reckoned from figures, and not one itself."""
    return _plain(anchor).startswith("=")


@lru_cache(maxsize=4096)
def _plain(anchor: str) -> str:
    """An anchor as the name of a figure, or as a formula of figures."""
    node = parse(anchor)
    if isinstance(node, Name):
        return node.id
    if isinstance(node, Call) and anchor_base(node.function)[0] == "percentile":
        return percentile_name(node)
    return f"={anchor}"


@dataclass(frozen=True)
class Wanted:
    """What an indicator's rule needs to know of each comparison set.

    `anchors` are the anchors it names; `settle` makes from their figures the settings with which every unit of the set
    is reckoned, under the names of `settings`.
    """

    anchored: Anchored
    anchors: tuple[Anchor, ...]
    settings: tuple[str, ...]
    settle: Callable[[Figure], Mapping[str, float | None]]
    label: str

    @property
    def constant(self) -> bool:
        """Whether the settings are the same whatever the facts are."""
        return not any(isinstance(anchor, str) for anchor in self.anchors)

    def statistics(self) -> list[Statistic]:
        """The figures that must be known; at least how many there are, where something is to be settled for the set."""
        found = list(self.anchored.statistics(self.anchors))
        return found or ([] if self.constant else [Statistic(self.anchored.among, self.anchored.column, "count")])

    def column(self, setting: str) -> str:
        """The column in which a setting is found."""
        return f"{self.label}~{setting}"

    def expression(self, setting: str) -> nw.Expr:
        """A setting for use in a formula: a column, or the number itself where it is constant."""
        if not self.constant:
            return nw.col(self.column(setting))
        value = self.settle(_own_number)[setting]
        return nw.lit(None, nw.Float64()) if value is None else nw.lit(value)

    def figure(self, anchor: Anchor) -> nw.Expr:
        """An anchor's figure for use in a formula: the column of the small table, or the number itself."""
        return nw.col(self.anchored.name(anchor)) if isinstance(anchor, str) else nw.lit(float(anchor))

    def settled(self, row: Mapping[str, Any]) -> list[float | None]:
        """The settings of the set whose figures stand in `row`, in the order of their names."""

        def figure(anchor: Anchor) -> float | None:
            found: float | None = row[self.anchored.name(anchor)] if isinstance(anchor, str) else float(anchor)
            return found

        found = self.settle(figure)
        return [found.get(setting) for setting in self.settings]


def _own_number(anchor: Anchor) -> float | None:
    assert not isinstance(anchor, str)
    return float(anchor)


def settle(run: Run, tables: Mapping[str, pl.DataFrame], rules: Iterable[Wanted]) -> dict[str, pl.DataFrame]:
    """The small tables with the settings of all rules that are not constant: a loop over sets, never over units."""
    settled = dict(tables)
    for among, table in tables.items():
        wanted = [rule for rule in rules if rule.anchored.among == among and not rule.constant]
        table = _with_expressions(run, table, wanted)
        names = [rule.column(setting) for rule in wanted for setting in rule.settings]
        rows = [[value for rule in wanted for value in rule.settled(row)] for row in table.iter_rows(named=True)]
        if names:
            found = ([row[place] for row in rows] for place in range(len(names)))
            columns = [pl.Series(name, values, dtype=pl.Float64) for name, values in zip(names, found, strict=True)]
            settled[among] = table.hstack(columns)
    return settled


def _with_expressions(run: Run, table: pl.DataFrame, rules: Iterable[Wanted]) -> pl.DataFrame:
    """Anchors that are expressions of figures, worked out for each set."""
    written = {
        rule.anchored.name(anchor): rule.anchored.expression(anchor)
        for rule in rules
        for anchor in rule.anchors
        if isinstance(anchor, str) and is_expression(anchor)
    }
    columns = run.formulas.batch(("anchors", *written), lambda: [expr.alias(name) for name, expr in written.items()])
    return run.engine.collect(run.engine.add(run.engine.frame(table), columns)) if written else table


def linear_anchors(score: schema.Linear | schema.Exponential, direction: str) -> tuple[Anchor, Anchor]:
    """Low and high anchor; the defaults change places where lower is better."""
    worst, best = ("lowest", "highest") if direction == "higher" else ("highest", "lowest")
    return (worst if score.low is None else score.low), (best if score.high is None else score.high)


def score_anchors(indicator: schema.Indicator) -> list[Anchor]:
    """Every anchor that the scoring of an indicator names."""
    score = indicator.score
    match score:
        case schema.Linear() | schema.Exponential():
            return list(linear_anchors(score, indicator.direction))
        case schema.Ratio():
            return [score.base, score.floor, *([] if score.cap is None else [score.cap])]
        case schema.Steps() | schema.Points():
            return [bound for bound, _ in score.table]
        case schema.RankScore():
            return [score.first, score.least, *([] if score.step is None else [score.step])]
        case schema.PercentRank():
            return ["count"]
        case schema.ZScore():
            return ["mean", "sd", score.mean, score.sd]
        case schema.Formula():
            return list(anchor_names([parse(score.is_)]))
        case _:
            return []
