"""Doing a run: the computation outside any transaction, the result written in one, so that nothing is ever half done."""

from __future__ import annotations

import logging

from django.db import transaction
from django.utils import timezone

from yuance_web.loop.evaluation import bridge, snapshots
from yuance_web.loop.evaluation.models import Run
from yuance_web.records.journal.services import write_entry
from yuance_web.records.releases.models import Release
from yuance_web.records.rounds.services import Refused, score_round

logger = logging.getLogger(__name__)
TAKEN, READ, COMPUTED = 5, 20, 85


def release_of(run: Run) -> Release:
    """The release that a run scores by: the round's, or the one that a what-if names."""
    other = run.changes.get("release")
    return Release.objects.get(pk=other) if other else run.round.release


def perform_run(key: int) -> None:
    """Compute a waiting run. A run that is done, failed or in other hands is left alone; two performers do no harm."""
    run = _taken(key)
    if run is None:
        return
    try:
        release = release_of(run)
        _progress(run, READ)
        outcome = bridge.compute(run.facts, release, run.changes)
        _progress(run, COMPUTED)
        _write(run, outcome)
    except bridge.Unscorable as error:
        _fail(run, str(error))
    except Refused as error:
        _fail(run, "；".join(error.problems))
    except Exception as error:
        logger.exception("run %s", key)
        _fail(run, f"程序错误（{type(error).__name__}），已记入系统日志；请重新运行，仍不成功请联系系统管理员")


@transaction.atomic
def _taken(key: int) -> Run | None:
    run = Run.objects.select_for_update().get(pk=key)
    if run.state != "waiting":
        return None
    run.state, run.progress, run.beat_at = "running", TAKEN, timezone.now()
    run.save(update_fields=["state", "progress", "beat_at"])
    return run


def _progress(run: Run, progress: int) -> None:
    Run.objects.filter(pk=run.pk, state="running").update(progress=progress, beat_at=timezone.now())


@transaction.atomic
def _write(run: Run, outcome: bridge.Outcome) -> None:
    """Result, state, journal line and, for a frozen run, the round's step: all or nothing."""
    kept = Run.objects.select_for_update().get(pk=run.pk)
    if kept.state != "running":
        return
    if kept.kind == "frozen" and snapshots.take(kept.round, frozen=True) != kept.facts:
        raise Refused("测算期间有数据改动；请重新定稿测算")
    kept.facts_digest, kept.method_digest = outcome.facts_digest, outcome.method_digest
    kept.scores, kept.trace, kept.findings, kept.meta = outcome.scores, outcome.trace, outcome.findings, outcome.meta
    kept.state, kept.progress, kept.done_at, kept.problem = "done", 100, timezone.now(), ""
    kept.save()
    write_entry(
        kept.asked_by, "完成测算", "测算", kept, facts=kept.facts_digest, method=kept.method_digest, kind=kept.kind
    )
    if kept.kind == "frozen":
        score_round(kept.asked_by, kept.round)


@transaction.atomic
def _fail(run: Run, problem: str) -> None:
    kept = Run.objects.select_for_update().get(pk=run.pk)
    if kept.state == "running":
        kept.state, kept.problem, kept.done_at = "failed", problem, timezone.now()
        kept.save(update_fields=["state", "problem", "done_at"])
        write_entry(kept.asked_by, "测算失败", "测算", kept, problem=problem)
