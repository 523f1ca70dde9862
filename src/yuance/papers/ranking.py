"""The contents of a ranking: by period and category, who stands where, how that moved, and what there is to note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from yuance.errors import Finding
from yuance.facts.period import parse_period
from yuance.loop.evaluation import Evaluation
from yuance.loop.evaluation.account import MethodCard
from yuance.loop.evaluation.caption import category_words, period_words, unit_noun
from yuance.loop.evaluation.explanation import method_card
from yuance.method import TOTAL

Move = Literal["", "new", "same", "up", "down"]


@dataclass(frozen=True, slots=True)
class Movement:
    """How a rank moved since the period before; `move` is empty where there is nothing to compare with."""

    move: Move
    places: int = 0
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A unit in the ranking. `place` is the rank that the table is ordered by: within the category where there are some."""

    unit: str
    name: str
    category: str
    place: int | None
    rank: int | None
    score: float | None
    grade: str
    status: str
    note: str
    movement: Movement
    dimensions: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The units of a category, best first, those not ranked last."""

    category: str
    words: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The ranking of one period. `dimensions` are (id, name) of the nodes directly below the total, `scale` their range.

    `before` is the period that movements refer to, empty where it was not evaluated. `findings` are those of the period,
    `general` those that concern no single one.
    """

    method: MethodCard
    period: str
    period_words: str
    before: str
    noun: str
    digits: int
    graded: bool
    dimensions: tuple[tuple[str, str], ...]
    scale: tuple[float, float]
    groups: tuple[Group, ...]
    findings: tuple[Finding, ...]
    general: tuple[Finding, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """All units, in the order of the groups."""
        return tuple(line for group in self.groups for line in group.lines)

    @property
    def ranked(self) -> int:
        """How many units are ranked."""
        return sum(line.rank is not None for line in self.lines)


def rankings(evaluation: Evaluation) -> tuple[Ranking, ...]:
    """The ranking of every evaluated period, in order of time."""
    return tuple(_ranking(evaluation, period) for period in _in_time(evaluation))


def _in_time(evaluation: Evaluation) -> list[str]:
    known = [period for text in evaluation.run["periods"] if (period := parse_period(text)) is not None]
    return [
        str(period) for period in sorted(known, key=lambda one: (one.year, one.kind == "year", one.kind, one.number))
    ]


def _ranking(evaluation: Evaluation, period: str) -> Ranking:
    method = evaluation.method
    scores = evaluation.scores.filter(pl.col("period") == period)
    before = previous_period(evaluation, period)
    earlier = evaluation.scores.filter(pl.col("period") == before) if before else evaluation.scores.clear()
    tops = top_nodes(evaluation)
    column = "rank_in_category" if method.categories else "rank"
    old = dict(earlier.select("unit", column).iter_rows())
    groups = tuple(_groups(evaluation, scores, column, old, tops, before=bool(before)))
    return Ranking(
        method_card(method), period, period_words(period), before, unit_noun(method), method.header.rounding.digits,
        bool(method.grades), tuple((node, method.name(node)) for node in tops), _scale(evaluation, tops), groups,
        tuple(item for item in evaluation.notes if item.period == period),
        tuple(item for item in evaluation.notes if not item.period),
    )  # fmt: skip


def top_nodes(evaluation: Evaluation) -> list[str]:
    """The nodes directly below the total that have a score."""
    return [node for node in evaluation.method.children(TOTAL) if f"{node}.score" in evaluation.rows.columns]


def previous_period(evaluation: Evaluation, text: str) -> str:
    """The period of the same kind just before, if it was evaluated too."""
    period = parse_period(text)
    assert period is not None
    for other in evaluation.run["periods"]:
        earlier = parse_period(other)
        if earlier is not None and earlier.kind == period.kind and earlier.ordinal == period.ordinal - 1:
            return str(other)
    return ""


def _scale(evaluation: Evaluation, tops: list[str]) -> tuple[float, float]:
    """The range that bars of scores are drawn in: 0 to 1, 0 to 100, or whatever holds them all."""
    columns = [f"{node}.score" for node in tops]
    if not columns:
        return 0.0, 100.0
    rows = evaluation.rows.select(lowest=pl.min_horizontal(columns).min(), highest=pl.max_horizontal(columns).max())
    lowest, highest = rows.row(0)
    highest = 0.0 if highest is None else highest
    top = 1.0 if highest <= 1 + 1e-9 else 100.0 if 20 < highest <= 100 + 1e-9 else float(highest)
    return min(0.0, lowest or 0.0), top


def _groups(
    evaluation: Evaluation,
    scores: pl.DataFrame,
    column: str,
    old: Mapping[str, int | None],
    tops: list[str],
    *,
    before: bool,
) -> Iterator[Group]:
    rows = evaluation.rows.filter(pl.col("period") == scores["period"][0]) if scores.height else evaluation.rows.clear()
    parts = {row[0]: row[1:] for row in rows.select("unit", *(f"{node}.score" for node in tops)).iter_rows()}
    present = scores.get_column("category").unique().to_list()
    order = [category for category in evaluation.method.category_ids if category in present]
    for category in [*order, *([None] if None in present else [])]:
        mine = scores.filter(pl.col("category").eq_missing(pl.lit(category))).sort(column, "unit", nulls_last=True)
        lines = tuple(
            _line(row, row[column], _moved(row, column, old, before=before), parts[row["unit"]])
            for row in mine.to_dicts()
        )
        words = category_words(evaluation.method, category)
        yield Group(category or "", words or ("没有类别" if category is None else ""), lines)


def _line(row: Mapping[str, Any], place: int | None, movement: Movement, parts: tuple[float | None, ...]) -> Line:
    return Line(
        row["unit"], row["name"] or row["unit"], row["category"] or "", place, row["rank"], row["score"],
        row["grade"] or "", row["status"], row["note"] or "", movement, parts,
    )  # fmt: skip


def _moved(row: Mapping[str, Any], column: str, old: Mapping[str, int | None], *, before: bool) -> Movement:
    now, then = row[column], old.get(row["unit"])
    if not before or now is None:
        return Movement("")
    if then is None:
        return Movement("new")
    if now == then:
        return Movement("same", 0, then)
    return Movement("up" if now < then else "down", abs(now - then), then)
