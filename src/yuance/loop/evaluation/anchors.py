"""Anchors: figures of a comparison set, or numbers, or scalar expressions of both (method language, part 4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import narwhals as nw

from yuance.loop.evaluation.distribution import Statistic
from yuance.loop.evaluation.formula import number
from yuance.loop.evaluation.lowering import Lowering, anchor_names
from yuance.method import schema
from yuance.method.expression import parse

Anchor = float | str


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
