"""What anybody may read: results in notice, final results, and the methods they were made by. Nothing else leaves this file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yuance_web.loop.evaluation import selectors as results
from yuance_web.loop.evaluation import standings
from yuance_web.loop.evaluation.models import Issue, Run
from yuance_web.loop.evaluation.presenting import runs_in_time
from yuance_web.records.releases.models import Release
from yuance_web.records.rounds.models import Round

RUN_TABLES = tuple(f"run__{name}" for name in results.HEAVY)
FIXED = ("unit", "name", "category", "score", "rank", "rank_in_category", "grade", "status", "note")


def notices() -> list[Issue]:
    """Results in notice (公示)."""
    return [issue for issue in results.results() if issue.stage == "notice" and issue.round.state == "notice"]


def finals() -> list[Issue]:
    """Final results (通报), newest first."""
    return list(results.finals().select_related("run").defer(*RUN_TABLES, "round__release__files"))


def published(round_: int, number: int | None = None) -> Issue | None:
    """A published issue of a round: the one that counts, or an older one by its number."""
    found = Round.objects.select_related("release").filter(pk=round_).first()
    return results.issue_of(found, number) if found is not None else None


def final(round_: int) -> Issue | None:
    """The final result of a round."""
    issue = published(round_)
    return issue if issue is not None and issue.stage == "final" and issue.round.state == "final" else None


def releases() -> list[Release]:
    """The methods of published results."""
    used = {issue.round.release_id for issue in results.results()}
    return list(Release.objects.filter(pk__in=used).defer("files"))


def release(identifier: str, version: str) -> Release | None:
    """One of them."""
    known = {one.pk for one in releases()}
    return Release.objects.filter(identifier=identifier, version=version, pk__in=known).first()


def columns(run: Run) -> list[tuple[str, str]]:
    """The columns of open scores: fixed ones, then the dimensions, each with its words."""
    words = {
        "unit": "园区代码", "name": "园区", "category": "类别", "score": "总分", "rank": "总名次", "rank_in_category": "类内名次",
        "grade": "等次", "status": "状态", "note": "说明",
    }  # fmt: skip
    return [*((name, words[name]) for name in FIXED), *standings.dimensions(run.meta)]


def rows(run: Run) -> list[list[Any]]:
    """The open scores, under `columns`."""
    names = [name for name, _ in columns(run)]
    return [[row.get(name) for name in names] for row in run.scores]


def about(issue: Issue) -> dict[str, Any]:
    """What a result is: period, method, issue, digests."""
    run, release_ = issue.run, issue.round.release
    return {
        "round": issue.round_id,
        "title": issue.round.title,
        "period": issue.round.period,
        "method": str(release_),
        "method_title": release_.title,
        "method_status": release_.status,
        "issue": issue.number,
        "correction": issue.reason,
        "final_at": issue.final_at,
        "facts_digest": run.facts_digest,
        "method_digest": run.method_digest,
        "invented": issue.round.invented,
    }


def scores(issue: Issue) -> list[dict[str, Any]]:
    """The open scores of a result, a table for each park."""
    nodes = standings.dimensions(issue.run.meta)
    return [
        {
            **{name: row.get(name) for name in FIXED},
            "dimensions": [{"id": node, "name": name, "score": row.get(node)} for node, name in nodes],
        }
        for row in issue.run.scores
    ]


def history(park: str) -> Sequence[standings.Point]:
    """The final results of a park over time."""
    return standings.trend(runs_in_time(), park)
