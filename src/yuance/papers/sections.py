"""What the page of a ranking shows, prepared: per method a section, per period a sheet, with charts and their tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from yuance.errors import SEVERITY_NAMES, Finding
from yuance.facts.period import parse_period
from yuance.loop.evaluation import Evaluation
from yuance.loop.evaluation.account import MethodCard
from yuance.loop.evaluation.caption import category_words, period_words, unit_noun
from yuance.loop.evaluation.explanation import method_card
from yuance.papers.charts import history_chart, profile_chart
from yuance.papers.ranking import Group, Ranking, rankings

MOST_BARS = 12
MOST_LINES = 40

Links = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with the words above it."""

    words: str
    svg: str


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """A line of the table beside a profile chart."""

    category: str
    name: str
    lowest: float
    median: float
    highest: float
    best: str


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A unit's published scores over the periods."""

    name: str
    scores: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class History:
    """Scores over the periods of one kind: a chart per category, and the table beside them."""

    words: tuple[str, ...]
    digits: int
    charts: tuple[Picture, ...]
    rows: tuple[HistoryRow, ...]


@dataclass(frozen=True, slots=True)
class SaidFinding:
    """A finding as it is printed."""

    severity: str
    level: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class PeriodSheet:
    """The ranking of a period with what stands around it. `links` lead from units to their explanations."""

    id: str
    ranking: Ranking
    before: str
    first: str
    bars: bool
    links: Mapping[str, str]
    profiles: tuple[Picture, ...]
    spreads: tuple[SpreadRow, ...]
    findings: tuple[SaidFinding, ...]
    notes: tuple[SaidFinding, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The results by one method. `open` is the sheet that is seen first."""

    id: str
    heading: str
    card: MethodCard
    noun: str
    facts: str
    engine: str
    open: int
    sheets: tuple[PeriodSheet, ...]
    histories: tuple[History, ...]
    general: tuple[SaidFinding, ...]
    asides: tuple[SaidFinding, ...]


def section(evaluation: Evaluation, number: int, links: Links) -> Section:
    """The section of an evaluation; `links` by (unit, period)."""
    found = rankings(evaluation)
    sheets = tuple(
        _sheet(evaluation, ranking, f"s{number}-{order}", links, pictured=ranking is found[-1])
        for order, ranking in enumerate(found)
    )
    names = dict(evaluation.scores.select("unit", pl.coalesce("name", "unit").alias("name")).iter_rows())
    histories = tuple(
        history for kind in ("month", "quarter", "half", "year") for history in _history(evaluation, kind, names)
    )
    engine = evaluation.run["engine"]
    card = method_card(evaluation.method)
    return Section(
        f"s{number}", card.title, card, unit_noun(evaluation.method), evaluation.run["facts"]["digest"],
        f"{engine['name']} {engine['version']}", len(sheets) - 1, sheets, histories, *_parted([item for item in evaluation.notes if not item.period], names),
    )  # fmt: skip


def _sheet(evaluation: Evaluation, ranking: Ranking, name: str, links: Links, *, pictured: bool) -> PeriodSheet:
    """The sheet of a period; only the latest gets pictures beside its tables, because drawing takes its time."""
    names = {line.unit: line.name for line in ranking.lines}
    grades = evaluation.method.grades
    bars = 0 < len(ranking.dimensions) <= MOST_BARS
    return PeriodSheet(
        name, ranking, period_words(ranking.before), grades[0].name if grades else "", bars,
        {unit: link for (unit, period), link in links.items() if period == ranking.period},
        _profiles(ranking, name) if pictured else (), tuple(_spreads(ranking)),
        *_parted(ranking.findings, names),
    )  # fmt: skip


def _parted(
    findings: Sequence[Finding], names: Mapping[str, str]
) -> tuple[tuple[SaidFinding, ...], tuple[SaidFinding, ...]]:
    """What must be mended or explained, and what is only worth a note."""
    said = said_findings(findings, names)
    grave = tuple(one for one in said if one.severity in {"error", "explain"})
    return grave, tuple(one for one in said if one.severity not in {"error", "explain"})


def said_findings(findings: Sequence[Finding], names: Mapping[str, str]) -> list[SaidFinding]:
    """Findings as they are printed, the gravest first."""
    levels = SEVERITY_NAMES["zh"]
    order = list(levels)
    ordered = sorted(findings, key=lambda item: (order.index(item.severity), item.unit))
    return [
        SaidFinding(item.severity, levels[item.severity], names.get(item.unit, item.unit), item.text())
        for item in ordered
    ]


def _profiles(ranking: Ranking, name: str) -> tuple[Picture, ...]:
    """A chart for each category of two units at least."""
    if len(ranking.dimensions) < 2:
        return ()
    titles = [title for _, title in ranking.dimensions]
    domain = _padded([score for line in ranking.lines for score in line.dimensions if score is not None], ranking.scale)
    pictures = []
    for number, group in enumerate(ranking.groups):
        rows = [
            {"dimension": title, "score": score}
            for line in group.lines
            for title, score in zip(titles, line.dimensions, strict=True)
        ]
        if len(group.lines) > 1 and any(row["score"] is not None for row in rows):
            words = group.words or "全部"
            label = f"{ranking.period_words} {words} 一级指标得分分布 {name}-{number}"
            pictures.append(Picture(f"{words}（{len(group.lines)} 个）", profile_chart(rows, titles, domain, label)))
    return tuple(pictures)


def _spreads(ranking: Ranking) -> list[SpreadRow]:
    found = []
    for group in ranking.groups:
        for number, (_, name) in enumerate(ranking.dimensions):
            known = [(score, line.name) for line in group.lines if (score := line.dimensions[number]) is not None]
            if known:
                scores = pl.Series([score for score, _ in known])
                best, who = max(known, key=lambda pair: pair[0])
                found.append(SpreadRow(_category(group), name, float(scores.min()), float(scores.median()), best, who))  # type: ignore[arg-type]
    return found


def _category(group: Group) -> str:
    return group.words or "全部"


def _history(evaluation: Evaluation, kind: str, names: Mapping[str, str]) -> list[History]:
    """Scores over the periods of a kind, where there are at least two."""
    known = [
        period
        for text in evaluation.run["periods"]
        if (period := parse_period(text)) is not None and period.kind == kind
    ]
    periods = [str(period) for period in sorted(known)]
    if len(periods) < 2:
        return []
    here = evaluation.scores.filter(pl.col("period").is_in(periods))
    labels = _labels(evaluation, names)
    rows = [
        {"unit": row["unit"], "label": labels[row["unit"]], "period": row["period"], "score": row["score"],
         "ranked": row["rank"] is not None, "category": row["category"]}
        for row in here.to_dicts()
    ]  # fmt: skip
    scored = [row["score"] for row in rows if row["score"] is not None]
    if not scored:
        return []
    domain = _padded(scored, (min(scored), max(scored)))
    groups = {
        name: [row for row in rows if row["category"] == name]
        for name in sorted({row["category"] for row in rows if row["category"]})
    }
    sizes = {category: len({row["unit"] for row in mine}) for category, mine in groups.items()}
    most = max((size for size in sizes.values() if size <= MOST_LINES), default=0)
    pictures = []
    for number, (category, mine) in enumerate(groups.items()):
        if sizes[category] <= MOST_LINES:
            words = category_words(evaluation.method, category) or "全部"
            label = f"得分走势 {words} {evaluation.method.reference} {kind}{number}"
            pictures.append(Picture(words, history_chart(mine, periods, domain, label, labels_high=most)))
    table = _history_rows(here, periods, names)
    digits = evaluation.method.header.rounding.digits
    return [History(tuple(period_words(period) for period in periods), digits, tuple(pictures), table)]


def _history_rows(scores: pl.DataFrame, periods: Sequence[str], names: Mapping[str, str]) -> tuple[HistoryRow, ...]:
    found: dict[str, dict[str, float | None]] = {}
    for unit, period, score in scores.sort("category", "unit").select("unit", "period", "score").iter_rows():
        found.setdefault(unit, {})[period] = score
    return tuple(HistoryRow(names[unit], tuple(mine.get(period) for period in periods)) for unit, mine in found.items())


def _labels(evaluation: Evaluation, names: Mapping[str, str]) -> dict[str, str]:
    """Short names for charts, where units have them."""
    short: dict[str, Any] = {}
    if "short_name" in evaluation.rows.columns:
        short = dict(evaluation.rows.select("unit", pl.col("short_name").cast(pl.String)).unique().iter_rows())
    return {unit: _cut(short.get(unit) or name) for unit, name in names.items()}


def _cut(name: str, most: int = 8) -> str:
    wide = sum(1.0 if sign > "\u2e80" else 0.55 for sign in name)
    return name if wide <= most else name[: most - 1] + "…"


def _padded(scores: Sequence[float], scale: tuple[float, float]) -> tuple[float, float]:
    """A range a little wider than the scores."""
    low, high = (min(scores), max(scores)) if scores else scale
    room = (high - low) * 0.06 or max(abs(high), 1.0) * 0.05
    return low - room, high + room
