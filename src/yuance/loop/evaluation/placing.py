"""Where a unit came to stand and why: rank, ties, grade with its quota, vetoes that limit it (名次与等次的来历)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import polars as pl

from yuance.loop.evaluation.caption import percent, shown
from yuance.loop.evaluation.rank import NOISE
from yuance.loop.evaluation.subject import Subject
from yuance.method.schema import Grade, Grading

MODES = {"half-up": "四舍五入", "half-even": "四舍六入五成双", "down": "舍去", "up": "进位"}
_QUOTAS = {"round": "四舍五入", "floor": "舍去", "ceil": "进位"}


@dataclass(frozen=True, slots=True)
class Quota:
    """How many places a grade takes: its cumulative share of the ranked units, before and after rounding."""

    grade: str
    share: float
    exact: float
    places: int


@dataclass(frozen=True, slots=True)
class Placing:
    """Rank and grade. `ranked` and `ranked_in_category` count the units that are ranked; `tied` names those beside it."""

    rank: int | None
    ranked: int
    rank_in_category: int | None
    ranked_in_category: int
    tied: tuple[str, ...]
    tied_in_category: tuple[str, ...]
    rule: str
    grade: str | None
    quotas: tuple[Quota, ...]
    graded: tuple[str, ...]
    note: str


def placing(subject: Subject) -> Placing:
    """The placing of a unit in its period."""
    ranked = subject.peers.filter(pl.col("key").is_not_null())
    same = ranked.filter(pl.col("category") == pl.lit(subject.row["category"]))
    grading = subject.evaluation.method.grading
    count = same.height if grading.within == "category" else ranked.height
    grades = subject.evaluation.method.grades
    quotas = tuple(quota(grade, grading, count) for grade in grades if grade.top is not None)
    score = subject.evaluation.scores.filter(
        (pl.col("unit") == subject.unit) & (pl.col("period") == subject.period)
    ).row(0, named=True)
    return Placing(
        subject.row["rank"], ranked.height, subject.row["rank_in_category"], same.height,
        _tied(subject, ranked, "rank"), _tied(subject, same, "rank_in_category"), _rule(subject),
        subject.row["grade"], quotas, _graded(subject, quotas), score["note"] or "",
    )  # fmt: skip


def quota(grade: Grade, grading: Grading, count: int) -> Quota:
    """The places of a grade up to its cumulative share among `count` ranked units."""
    assert grade.top is not None
    exact = round(count * grade.top, NOISE)
    rounded = {"floor": math.floor, "ceil": math.ceil, "round": lambda x: math.floor(x + 0.5)}[grading.quota]
    return Quota(grade.name, grade.top, exact, rounded(exact))


def _tied(subject: Subject, ranked: pl.DataFrame, column: str) -> tuple[str, ...]:
    rank = subject.row[column]
    if rank is None:
        return ()
    same = ranked.filter((pl.col(column) == rank) & (pl.col("unit") != subject.unit)).sort("unit")
    return tuple(str(name) for name in same.select(pl.coalesce("name", "unit")).to_series())


def _rule(subject: Subject) -> str:
    method = subject.evaluation.method
    rules, rounding = method.header.ranks, method.header.rounding
    on = f"公布分（{MODES[rounding.mode]}保留 {rounding.digits} 位小数）" if rules.on == "published" else "精确分"
    ties = {"shared": "同分同名次，其后名次空出", "dense": "同分同名次，其后名次不空", "broken": "同分再比"}[rules.ties]
    order = "、".join(
        method.name(name.removeprefix("-")) + ("低者在前" if name.startswith("-") else "高者在前")
        for name in rules.order
    )
    return f"按{on}由高到低排名，{ties}" + (f"；同分依次比较：{order}" if order else "")


def _graded(subject: Subject, quotas: tuple[Quota, ...]) -> tuple[str, ...]:
    """How the grade came about, step by step."""
    grades = subject.evaluation.method.grades
    number = subject.row["grade.number"]
    if not grades or (number is None and not subject.row["vetoed"]):
        return ()
    said = []
    if number is not None:
        grade = grades[int(number)]
        said.append(_by_quota(subject, quotas, grade) if quotas else _by_score(subject, grade))
    for veto in subject.evaluation.method.vetoes:
        if subject.row.get(f"{veto.id}.struck"):
            name, effect = veto.name or veto.id, veto.effect
            if effect.grade_at_most is not None:
                said.append(f"“{name}”触发：等次不高于“{effect.grade_at_most}”")
            if effect.grade is not None:
                said.append(f"“{name}”触发：等次改为“{effect.grade}”")
    said.append(f"等次：{subject.row['grade'] or '不评'}")
    return tuple(said)


def _by_quota(subject: Subject, quotas: tuple[Quota, ...], grade: Grade) -> str:
    within = subject.evaluation.method.grading.within
    place = subject.row["rank_in_category.place" if within == "category" else "rank.place"]
    where = "同类" if within == "category" else "全部"
    rounding = _QUOTAS[subject.evaluation.method.grading.quota]
    steps = "，".join(
        f"{item.grade}至第 {item.places} 名（累计 {percent(item.share)}"
        + (f"，{shown(item.exact)} {rounding}）" if item.exact != item.places else "）")
        for item in quotas
    )
    count = subject.peers.filter(pl.col("key").is_not_null())
    if within == "category":
        count = count.filter(pl.col("category") == subject.row["category"])
    return f"{where}参加排名 {count.height} 个：{steps}；第 {shown(place)} 名为“{grade.name}”"


def _by_score(subject: Subject, grade: Grade) -> str:
    score = shown(subject.row["total.published"])
    if grade.at_least is None:
        return f"公布分 {score} 未达到以上各等次的下限，为“{grade.name}”"
    return f"公布分 {score} ≥ {shown(grade.at_least)}，为“{grade.name}”"
