"""What the steps of a round need of its results; told to the rounds when the platform starts."""

from __future__ import annotations

from collections.abc import Iterator

from yuance_web.loop.evaluation.selectors import latest_frozen, latest_issue, unanswered
from yuance_web.records.rounds.models import Round


def frozen_run_is_done(round_: Round) -> Iterator[str]:
    """Scored means: a frozen run stands."""
    if latest_frozen(round_) is None:
        yield "还没有完成的定稿测算；请到“测算”页发起"


def result_is_issued(round_: Round) -> Iterator[str]:
    """What is shown for notice is an issue of the frozen run."""
    issue, run = latest_issue(round_), latest_frozen(round_)
    if issue is None or run is None or issue.run_id != run.pk:
        yield "还没有签发公示的结果；请到“测算”页签发公示"


def objections_are_answered(round_: Round) -> Iterator[str]:
    """Nothing is final while somebody waits for an answer; what was accepted must have led to a new issue."""
    open_ones = unanswered(round_).count()
    if open_ones:
        yield f"有 {open_ones} 条异议尚未答复；请先逐条答复"
    issue = latest_issue(round_)
    if issue is None:
        yield "没有公示过的结果"
    elif issue.objections.filter(accepted=True).exists():
        yield "有已采纳的异议尚未更正；请转入更正、重新定稿测算并公示"
