"""Writing evaluations: asking for runs, publishing results, objections and their answers, corrections."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from yuance_web.loop.evaluation import bridge, calendar, snapshots
from yuance_web.loop.evaluation.models import Issue, Objection, Run
from yuance_web.loop.evaluation.performing import release_of
from yuance_web.loop.evaluation.selectors import is_stale, latest_frozen, latest_issue
from yuance_web.loop.evaluation.tasks import start
from yuance_web.records.accounts.models import Role, User
from yuance_web.records.journal.services import write_entry
from yuance_web.records.releases.models import Release
from yuance_web.records.rounds import services as rounds
from yuance_web.records.rounds.models import Round, RoundState
from yuance_web.records.rounds.services import Refused
from yuance_web.records.rounds.transitions import ROUND_TRANSITIONS

PREVIEWED = (RoundState.OPEN, RoundState.VERIFYING)
MOST_WEIGHT = 10_000
OWN_REQUIREMENTS = {"frozen_run_is_done"}


@transaction.atomic
def ask_run(
    actor: User, round_: Round, kind: str, changes: dict[str, Any] | None = None, base: Run | None = None
) -> Run:
    """Ask for a run. What it is computed from is frozen now, in this transaction; the computing comes after it."""
    _only(actor, (Role.LEAD,), "测算")
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    if kind == "what-if":
        facts, changes = _supposed(round_, base, changes or {})
    elif kind in {"preview", "frozen"}:
        _may_be_run(round_, kind)
        facts, changes, base = snapshots.take(round_, frozen=kind == "frozen"), {}, None
    else:
        raise Refused(f"没有“{kind}”这种测算")
    run = Run.objects.create(round=round_, kind=kind, asked_by=actor, changes=changes, base=base, facts=facts)
    write_entry(actor, f"发起{run.kind_words}", "测算", run, round=round_, changes=changes)
    transaction.on_commit(partial(start, run.pk))
    return run


def _may_be_run(round_: Round, kind: str) -> None:
    if kind == "preview" and round_.state not in PREVIEWED:
        raise Refused(f"轮次现为“{round_.get_state_display()}”；预测算只在填报、核实阶段进行")
    if kind == "frozen":
        step = ROUND_TRANSITIONS["score_round"]
        if round_.state not in step.sources:
            raise Refused(f"轮次现为“{round_.get_state_display()}”；定稿测算须在核实阶段进行")
        lacks = [words for need in step.needs if need.__name__ not in OWN_REQUIREMENTS for words in need(round_)]
        if lacks:
            raise Refused(*lacks)
    if round_.runs.filter(kind=kind, state__in=("waiting", "running")).exists():
        raise Refused("同样的测算正在进行；请等它完成，或在列表中重新运行")


def _supposed(round_: Round, base: Run | None, changes: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The facts of the base, and the changes as far as they are any."""
    if base is None or base.round_id != round_.pk or base.state != "done" or base.kind == "what-if":
        raise Refused("假设测算须以一次已完成的预测算或定稿测算为底本")
    clean: dict[str, Any] = {}
    release = round_.release
    if changes.get("release"):
        release = Release.objects.get(pk=changes["release"])
        if release.pk != round_.release_id:
            clean["release"] = release.pk
    known = bridge.weights(release)
    indicators = {one["id"] for one in known["indicators"]}
    without = [one for one in changes.get("without", ()) if one in indicators]
    if without:
        clean["without"] = without
    weights = _new_weights(known, changes.get("weights", {}))
    if weights:
        clean["weights"] = weights
    if not clean:
        raise Refused("没有改动任何权重、指标或版本；请至少改动一处")
    return base.facts, clean


def _new_weights(known: dict[str, Any], given: dict[str, Any]) -> dict[str, dict[str, float]]:
    """The weights that differ from the release's; refused where a category would be left without any."""
    found: dict[str, dict[str, float]] = {}
    for category in (one["id"] for one in known["categories"]):
        total = 0.0
        for dimension in known["dimensions"]:
            old = dimension["weights"][category]
            new = float(given.get(dimension["id"], {}).get(category, old))
            if not 0 <= new <= MOST_WEIGHT:
                raise Refused(f"“{dimension['name']}”的权重应在 0 到 {MOST_WEIGHT} 之间")
            total += new
            if abs(new - old) > 1e-12:
                found.setdefault(dimension["id"], {})[category] = new
        if total <= 0:
            raise Refused(f"{category} 类的权重不能全为 0")
    return found


@transaction.atomic
def resume_run(actor: User | None, run: Run) -> Run:
    """Start again a run that failed, or that nobody is working on any more (after a crash or restart)."""
    if actor is not None:
        _only(actor, (Role.LEAD,), "重新运行")
    run = Run.objects.select_for_update().get(pk=run.pk)
    if run.state != "failed" and not is_stale(run):
        raise Refused("这次测算仍在进行，或已经完成")
    if run.kind == "frozen" and run.facts != snapshots.take(run.round, frozen=True):
        raise Refused("数据已有改动；请重新发起定稿测算")
    run.state, run.progress, run.problem, run.done_at, run.beat_at = "waiting", 0, "", None, timezone.now()
    run.save(update_fields=["state", "progress", "problem", "done_at", "beat_at"])
    write_entry(actor, "重新运行", "测算", run)
    transaction.on_commit(partial(start, run.pk))
    return run


def revive_runs() -> int:
    """Start again what a crash or a restart left lying; how many."""
    lying = [
        run for run in Run.objects.filter(state__in=("waiting", "running")).defer("facts", "trace") if is_stale(run)
    ]
    for run in lying:
        resume_run(None, run)
    return len(lying)


@transaction.atomic
def begin_notice(actor: User, round_: Round, reason: str = "", today: dt.date | None = None) -> Issue:
    """Publish the frozen result for notice (公示): a new issue, for the round's number of working days."""
    _only(actor, (Role.LEAD,), "签发公示")
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    run = latest_frozen(round_)
    if run is None:
        raise Refused("还没有定稿测算；请先完成定稿测算")
    number = (round_.issues.aggregate(last=Max("number"))["last"] or 0) + 1
    if number > 1 and len(reason.strip()) < 2:
        raise Refused("这是更正后的结果，请写明更正原因")
    begins = today or timezone.localdate()
    ends = calendar.add_working_days(begins, round_.notice_days)
    issue = Issue.objects.filter(run=run).first()
    if issue is None:
        issue = Issue(round=round_, run=run, number=number, stage="notice", published_by=actor, reason=reason.strip())
    issue.begins, issue.ends = begins, ends  # a notice that was taken back begins anew, the result is the same
    issue.save()
    rounds.begin_notice(actor, round_, begins=begins, ends=ends)
    write_entry(
        actor, "签发公示", "结果", issue, run=run.pk, begins=begins, ends=ends, facts=run.facts_digest, reason=reason
    )
    return issue


def finalise(actor: User, round_: Round) -> Round:
    """Make the result final (通报), when the notice is over and every objection is answered."""
    return rounds.finish_round(actor, round_)


def mark_final(actor: User | None, round_: Round) -> None:
    """The latest issue becomes final with its round; called in the transaction of that step."""
    issue = latest_issue(round_)
    if issue is None:
        raise Refused("没有公示过的结果")
    issue.stage, issue.final_at = "final", timezone.now()
    issue.save(update_fields=["stage", "final_at"])
    write_entry(actor, "签发通报", "结果", issue, run=issue.run_id)


def withdraw_runs(actor: User | None, round_: Round) -> None:
    """What was frozen no longer stands once a round goes back to verifying; called in the transaction of that step."""
    if round_.runs.filter(kind="frozen", withdrawn=False).update(withdrawn=True):
        write_entry(actor, "作废定稿测算", "轮次", round_)


def begin_correction(actor: User, round_: Round, reason: str) -> Round:
    """Take the round back to verifying, so that what was wrong can be put right; the issue stays, marked."""
    return rounds.move_round(actor, round_, "resume_verifying", reason)


@transaction.atomic
def raise_objection(actor: User, round_: Round, node: str, text: str, today: dt.date | None = None) -> Objection:
    """Object, for the own park, to a score or to a value, while the notice lasts."""
    _only(actor, (Role.REPORTER, Role.SIGNER), "提出异议")
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    if round_.state != RoundState.NOTICE or round_.notice_to is None:
        raise Refused("不在公示期内，不能提出异议")
    if (today or timezone.localdate()) > round_.notice_to:
        raise Refused(f"公示期已于 {round_.notice_to} 结束，不能再提出异议")
    park = actor.office.park if actor.office is not None else None
    if park is None or not round_.submissions.filter(park=park).exists():
        raise PermissionDenied("只能就本园区的结果提出异议")
    if node not in bridge.names(round_.release):
        raise Refused("请选择所异议的指标或数据项")
    if len(text.strip()) < 5:
        raise Refused("请写明异议内容和理由")
    objection = Objection.objects.create(
        round=round_, issue=latest_issue(round_), park=park.code, node=node, text=text.strip(), raised_by=actor
    )
    write_entry(actor, "提出异议", "异议", objection.pk, park=park.code, node=node, round=round_)
    return objection


@transaction.atomic
def answer_objection(actor: User, objection: Objection, *, accepted: bool, answer: str) -> Objection:
    """Answer an objection, with the reason; an answer is not changed afterwards."""
    _only(actor, (Role.LEAD,), "答复异议")
    objection = Objection.objects.select_for_update().get(pk=objection.pk)
    if objection.answered_at is not None:
        raise Refused("这条异议已经答复")
    if len(answer.strip()) < 2:
        raise Refused("请写明答复理由")
    objection.accepted, objection.answer = accepted, answer.strip()
    objection.answered_by, objection.answered_at = actor, timezone.now()
    objection.save()
    write_entry(actor, "答复异议", "异议", objection.pk, accepted=accepted, answer=answer)
    return objection


@transaction.atomic
def load_result(round_: Round, actor: User) -> Issue:
    """The result of a round that was settled before the platform (演示、历史数据): computed now, final at once."""
    if round_.state != RoundState.FINAL or round_.issues.exists():
        raise Refused("只为尚无结果的已通报轮次补录")
    run = Run.objects.create(round=round_, kind="frozen", asked_by=actor, facts=snapshots.take(round_, frozen=True))
    outcome = bridge.compute(run.facts, release_of(run))
    if not any(row["rank"] for row in outcome.scores):
        raise Refused("没有一个园区能够排名（多因缺少上年同期数）；未补录")
    run.facts_digest, run.method_digest = outcome.facts_digest, outcome.method_digest
    run.scores, run.trace, run.findings, run.meta = outcome.scores, outcome.trace, outcome.findings, outcome.meta
    run.state, run.progress, run.done_at = "done", 100, timezone.now()
    run.save()
    issue = Issue.objects.create(
        round=round_, run=run, number=1, stage="final", published_by=actor, begins=round_.notice_from, ends=round_.notice_to,
        final_at=round_.verify_due,
    )  # fmt: skip
    write_entry(actor, "补录结果", "结果", issue, run=run.pk, facts=run.facts_digest)
    return issue


def _only(actor: User, roles: tuple[str, ...], words: str) -> None:
    if actor.role not in roles:
        raise PermissionDenied(
            f"{actor.get_role_display()}不能{words}；可由{'、'.join(Role(role).label for role in roles)}办理"
        )
