"""Contents of the pages of results, put together from issues, rankings and explanations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from yuance_web.loop.evaluation import access, bridge, pictures, selectors, standings
from yuance_web.loop.evaluation.models import Issue, Run
from yuance_web.loop.evaluation.performing import release_of
from yuance_web.records.accounts.models import User
from yuance_web.records.rounds.models import Round

BAR = 60
Row = list[Any]

__all__ = ["notes_of", "ranking_page", "ranking_rows", "release_of", "run_page", "runs_in_time", "score_page"]


def ranking_page(issue: Issue, *, overall: bool = False) -> dict[str, Any]:
    """The ranking of an issue: groups, movements since the final result before, bonuses and vetoes."""
    before = selectors.previous_final(issue.round)
    context = run_page(issue.run, before.run if before else None, overall=overall)
    return {
        **context,
        "issue": issue,
        "round": issue.round,
        "before": before,
        "superseded": selectors.is_superseded(issue),
        "release": issue.round.release,
    }


def run_page(run: Run, before: Run | None, *, overall: bool = False) -> dict[str, Any]:
    """The ranking of a run, whether published or not."""
    groups = standings.ranking(run.scores, run.meta, before.scores if before is not None else None, overall=overall)
    names = {row["unit"]: row["name"] or row["unit"] for row in run.scores}
    lines = [line for group in groups for line in group.lines]
    scale = pictures.scale_of([part for line in lines for part in line.parts])
    return {
        "run": run,
        "groups": [
            (group, [(line, [_bar(part, scale) for part in line.parts]) for line in group.lines]) for group in groups
        ],
        "dimensions": standings.dimensions(run.meta),
        "extras": standings.extras(run.trace, run.meta, names),
        "overall": overall,
        "parted": len(run.meta["categories"]) > 1,
        "counts": run.meta["run"]["counts"],
        "graded": bool(run.meta["grades"]),
        "bar": BAR,
        "tied": [line for line in lines if line.tied],
    }


def _bar(part: float | None, scale: tuple[float, float]) -> dict[str, Any]:
    return {"value": part, "length": pictures.bar(part, scale, BAR)}


def ranking_rows(issue: Issue) -> tuple[list[str], list[Row]]:
    """The ranking as a plain table."""
    before = selectors.previous_final(issue.round)
    nodes = standings.dimensions(issue.run.meta)
    heading = [
        "类别",
        "类内名次",
        "总名次",
        "园区代码",
        "园区",
        "总分",
        "等次",
        "较上期",
        "状态",
        "说明",
        *(name for _, name in nodes),
    ]
    rows = [
        [line.category, line.rank_in_category, line.rank, line.unit, line.name, line.score, line.grade, line.movement.words,
         line.status_words, line.note, *line.parts]
        for group in standings.ranking(issue.run.scores, issue.run.meta, before.run.scores if before else None)
        for line in group.lines
    ]  # fmt: skip
    return heading, rows


def notes_of(issue: Issue) -> list[str]:
    """What must stand beside a table that is taken out."""
    notes = [
        f"报告期：{issue.run.meta['period_words']}；评价办法：{issue.run.meta['title']}（{issue.run.meta['reference']}）",
        f"第 {issue.number} 版，{'通报' if issue.stage == 'final' else '公示'}；数据摘要 {issue.run.facts_digest}；办法摘要 {issue.run.method_digest}",
    ]
    if issue.round.invented:
        notes.append("演示数据（虚构），不得作为依据")
    if issue.round.release.is_reconstruction:
        notes.append("评价办法为复原稿，非官方文本")
    if selectors.is_superseded(issue):
        notes.append("本版已被更正后的新版取代")
    return notes


def runs_in_time() -> Iterator[tuple[Round, Run]]:
    """The final results of all rounds with their runs, in the order of time."""
    issues = selectors.finals().select_related("run").defer("run__facts", "run__trace", "run__findings")
    for issue in sorted(issues, key=lambda one: (bridge.period_order(one.round.period), one.round_id)):
        yield issue.round, issue.run


def score_page(user: User, round_: Round, told: bridge.Told, park: str) -> dict[str, Any]:
    """An explanation with, for each reported figure, its cell, its file, and who reported and verified it."""
    extra = [*told.account.adjustments, *told.account.vetoes]
    formulas = [
        *(node["it"].formula for node in told.nodes if node["kind"] == "leaf"),
        *(item.formula for item in extra),
    ]
    wanted = {(one.period or round_.period, fact_of(one.column)) for formula in formulas for one in formula.reported}
    found = selectors.sources(round_, park, wanted)
    nodes = []
    for node in told.nodes:
        if node["kind"] == "branch":
            nodes.append(node)
            continue
        reported = node["it"].formula.reported
        readable = access.may_read_figures(user, round_, [one.column for one in reported])
        nodes.append({**node, "readable": readable, "reported": _reported(reported, round_, found) if readable else []})
    items = [
        (item, _reported(item.formula.reported, round_, found) if readable else [], readable)
        for item in extra
        for readable in [access.may_read_figures(user, round_, [one.column for one in item.formula.reported])]
    ]
    whole = all(node.get("readable", True) for node in nodes) and all(readable for _, _, readable in items)
    return {
        "told": told.account,
        "nodes": nodes,
        "items": items,
        "findings": told.findings if whole else [],
        "agrees": told.agrees,
        "round": round_,
        "park": park,
        "whole": whole,
    }


def fact_of(column: str) -> str:
    """The variable (or variable:target) behind a column of an earlier period."""
    return column.partition("@")[0]


def _reported(figures: Any, round_: Round, found: dict[tuple[str, str], dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"it": one, "source": found.get((one.period or round_.period, fact_of(one.column)))} for one in figures]
