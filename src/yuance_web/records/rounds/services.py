"""Writing rounds: making one, moving it and its submissions from state to state, waivers, reminders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from yuance_web.records.accounts.models import Role, User
from yuance_web.records.journal.services import write_entry
from yuance_web.records.parks.models import Park
from yuance_web.records.parks.selectors import versions_on
from yuance_web.records.releases import bridge as methods
from yuance_web.records.releases.models import Release
from yuance_web.records.rounds.clocks import filling_clock
from yuance_web.records.rounds.models import Round, RoundState, Submission, SubmissionState, Waiver
from yuance_web.records.rounds.transitions import ROUND_TRANSITIONS, SUBMISSION_TRANSITIONS, Transition

LONGEST_WAIVER = dt.timedelta(days=30)
DATES = ("opens", "due", "locks", "verify_due")

# What rooms above do after a step, in the same transaction: verb -> functions of (actor, round or submission).
after: dict[str, list[Callable[[Any, Any], None]]] = {}


class Refused(Exception):
    """A step that cannot be taken; `problems` say all that is missing, in words."""

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__("；".join(problems))


def follow(verb: str, act: Callable[[Any, Any], None]) -> None:
    """Let something happen after a step (open_round, create_round, sign_submission …); for `AppConfig.ready` of rooms above."""
    acts = after.setdefault(verb, [])
    if act not in acts:
        acts.append(act)


@transaction.atomic
def create_round(
    actor: User | None, *, title: str, period: str, release: Release, opens: dt.datetime, due: dt.datetime,
    locks: dt.datetime, verify_due: dt.datetime, parks: Iterable[Park], notice_days: int = 5,
    day: dt.date | None = None, invented: bool = False,
) -> Round:  # fmt: skip
    """A round in preparation. Names, categories and counties are the parks' on `day` (default: today)."""
    _only(actor, (Role.LEAD,), "新建轮次")
    problem = methods.period_fault(methods.read(release), period)
    problems = [problem] if problem else []
    if Round.objects.filter(period=period, release=release).exists():
        problems.append(f"{methods.period_words(period)}已经按本办法建过轮次；请打开已有的轮次")
    if not opens < due <= locks <= verify_due:
        problems.append("日期须依次为：填报开始、填报截止、填报锁定、核实截止")
    if problems:
        raise Refused(*problems)
    round_ = Round.objects.create(
        title=title or f"{methods.period_words(period)}评价", period=period, release=release, opens=opens, due=due,
        locks=locks, verify_due=verify_due, notice_days=notice_days, invented=invented,
    )  # fmt: skip
    absent = _enrol(round_, parks, day or timezone.localdate())
    if absent:
        raise Refused(f"这些园区当天不存在：{'、'.join(absent)}；请核对园区沿革")
    write_entry(actor, "新建轮次", "轮次", round_, period=period, release=release, parks=round_.submissions.count())
    _then("create_round", actor, round_)
    return round_


@transaction.atomic
def choose_parks(actor: User | None, round_: Round, parks: Iterable[Park]) -> Round:
    """Which parks take part; only while the round is prepared."""
    _only(actor, (Role.LEAD,), "调整参评园区")
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    if round_.state != RoundState.DRAFT:
        raise Refused("轮次已经开始填报，参评园区不能再改")
    chosen = {park.pk: park for park in parks}
    round_.submissions.exclude(park__in=chosen).delete()
    present = set(round_.submissions.values_list("park_id", flat=True))
    absent = _enrol(round_, [park for key, park in chosen.items() if key not in present], timezone.localdate())
    if absent:
        raise Refused(f"这些园区当天不存在：{'、'.join(absent)}；请核对园区沿革")
    write_entry(actor, "调整参评园区", "轮次", round_, parks=sorted(park.code for park in chosen.values()))
    return round_


@transaction.atomic
def drop_round(actor: User | None, round_: Round) -> None:
    """Give up a round that nobody has seen yet."""
    _only(actor, (Role.LEAD,), "撤销轮次")
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    if round_.state != RoundState.DRAFT:
        raise Refused("轮次已经开始填报，不能撤销")
    write_entry(actor, "撤销轮次", "轮次", round_, period=round_.period)
    round_.delete()


@transaction.atomic
def change_dates(actor: User | None, round_: Round, *, reason: str, **dates: dt.datetime) -> Round:
    """Move the clocks, with the reason; every date is written into the journal, before and after."""
    _only(actor, (Role.LEAD,), "调整时间")
    _reasoned(reason)
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    if round_.state not in {RoundState.DRAFT, RoundState.OPEN, RoundState.VERIFYING}:
        raise Refused(f"轮次现为“{round_.get_state_display()}”，时间不能再改")
    before = {name: getattr(round_, name) for name in DATES}
    changed = {name: value for name, value in dates.items() if name in DATES and value != before[name]}
    for name, value in changed.items():
        setattr(round_, name, value)
    if not round_.opens < round_.due <= round_.locks <= round_.verify_due:
        raise Refused("日期须依次为：填报开始、填报截止、填报锁定、核实截止")
    if changed:
        round_.save(update_fields=list(changed))
        told = {name: [before[name].isoformat(), value.isoformat()] for name, value in changed.items()}
        write_entry(actor, "调整时间", "轮次", round_, reason=reason, **told)
    return round_


def open_round(actor: User | None, round_: Round) -> Round:
    """Draft → open."""
    return move_round(actor, round_, "open_round")


def begin_verifying(actor: User | None, round_: Round) -> Round:
    """Open → verifying."""
    return move_round(actor, round_, "begin_verifying")


def score_round(actor: User | None, round_: Round) -> Round:
    """Verifying → scored: what is scored is frozen."""
    return move_round(actor, round_, "score_round")


def begin_notice(actor: User | None, round_: Round, *, begins: dt.date, ends: dt.date) -> Round:
    """Scored → notice, from one day to another (working days are counted by whoever calls)."""
    with transaction.atomic():
        Round.objects.filter(pk=round_.pk, state=RoundState.SCORED).update(notice_from=begins, notice_to=ends)
        return move_round(actor, round_, "begin_notice")


def finish_round(actor: User | None, round_: Round) -> Round:
    """Notice → final."""
    return move_round(actor, round_, "finish_round")


@transaction.atomic
def move_round(actor: User | None, round_: Round, verb: str, reason: str = "") -> Round:
    """Take a step of a round: by the right role, from the right state, with everything it needs."""
    step = ROUND_TRANSITIONS[verb]
    _only(actor, step.by, step.words)
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    _step(step, round_, reason)
    source, round_.state = round_.state, RoundState(step.target)
    round_.save(update_fields=["state"])
    detail = {"reason": reason} if reason else {}
    write_entry(actor, step.words, "轮次", round_, before=source, after=step.target, **detail)
    _then(verb, actor, round_)
    return round_


def sign_submission(actor: User | None, submission: Submission) -> Submission:
    """A park's head signs: from then on nothing changes but what is returned."""
    return move_submission(actor, submission, "sign_submission")


def return_submission(actor: User | None, submission: Submission, reason: str) -> Submission:
    """Give a submission back; which cells are opened is said by the facts (`return_cells`)."""
    return move_submission(actor, submission, "return_submission", reason)


def verify_submission(actor: User | None, submission: Submission) -> Submission:
    """Everything of a submission has been verified."""
    return move_submission(actor, submission, "verify_submission")


@transaction.atomic
def move_submission(actor: User | None, submission: Submission, verb: str, reason: str = "") -> Submission:
    """Take a step of a submission."""
    step = SUBMISSION_TRANSITIONS[verb]
    _only(actor, step.by, step.words)
    locked = Submission.objects.select_for_update(of=("self",)).select_related("round", "park").get(pk=submission.pk)
    _own_park(actor, locked)
    _step(step, locked, reason)
    if verb == "sign_submission":
        clock = filling_clock(locked, timezone.now())
        if not clock.is_open:
            raise Refused(clock.words)
        locked.signed_at, locked.signed_by, locked.signings = timezone.now(), actor, locked.signings + 1
    source, locked.state = locked.state, SubmissionState(step.target)
    locked.save(update_fields=["state", "signed_at", "signed_by", "signings"])
    detail = {"reason": reason} if reason else {}
    write_entry(
        actor, step.words, "填报单", locked, before=source, after=step.target, signing=locked.signings, **detail
    )
    _then(verb, actor, locked)
    return locked


@transaction.atomic
def approve_waiver(actor: User, submission: Submission, *, reason: str, until: dt.datetime) -> Waiver:
    """Open a lock for one park, for a reason, until a moment (逾期开锁)."""
    _only(actor, (Role.LEAD,), "批准逾期开锁")
    _reasoned(reason)
    now, round_ = timezone.now(), submission.round
    if round_.state not in {RoundState.OPEN, RoundState.VERIFYING}:
        raise Refused(f"轮次现为“{round_.get_state_display()}”，不能开锁")
    if submission.state == SubmissionState.VERIFIED:
        raise Refused("该园区已经核实完毕；如需更正，请先退回")
    if not now < until <= now + LONGEST_WAIVER:
        raise Refused(f"有效期须在今后 {LONGEST_WAIVER.days} 天之内")
    waiver = Waiver.objects.create(submission=submission, reason=reason.strip(), approved_by=actor, until=until)
    write_entry(actor, "批准逾期开锁", "填报单", submission, reason=reason, until=until.isoformat())
    return waiver


@transaction.atomic
def end_waiver(actor: User, waiver: Waiver) -> Waiver:
    """Close a lock before its time."""
    _only(actor, (Role.LEAD,), "收回开锁")
    waiver.until = min(waiver.until, timezone.now())
    waiver.save(update_fields=["until"])
    write_entry(actor, "收回开锁", "填报单", waiver.submission, until=waiver.until.isoformat())
    return waiver


def _enrol(round_: Round, parks: Iterable[Park], day: dt.date) -> list[str]:
    """Submissions for parks as they are on a day; the codes of those that are not there then."""
    chosen = {park.pk: park for park in parks}
    found = {version.park_id: version for version in versions_on(day).filter(park__in=chosen)}
    Submission.objects.bulk_create(
        Submission(round=round_, park_id=key, name=version.name, category=version.category, county=version.county)
        for key, version in found.items()
    )
    return sorted(park.code for key, park in chosen.items() if key not in found)


def _step(step: Transition, instance: Round | Submission, reason: str) -> None:
    if instance.state not in step.sources:
        raise Refused(f"现为“{instance.get_state_display()}”，不能{step.words}")
    if step.reasoned:
        _reasoned(reason)
    lacks = step.lacks(instance)
    if lacks:
        raise Refused(*lacks)


def _only(actor: User | None, roles: tuple[str, ...], words: str) -> None:
    """Only these roles; None is the system itself (loading, tasks)."""
    if actor is not None and actor.role not in roles:
        raise PermissionDenied(
            f"{actor.get_role_display()}不能{words}；可由{'、'.join(Role(role).label for role in roles)}办理"
        )


def _own_park(actor: User | None, submission: Submission) -> None:
    if (
        actor is not None
        and actor.role == Role.SIGNER
        and (actor.office is None or actor.office.park_id != submission.park_id)
    ):
        raise PermissionDenied("只能签报本园区的填报单")


def _reasoned(reason: str) -> None:
    if len(reason.strip()) < 2:
        raise Refused("请写明理由")


def _then(verb: str, actor: User | None, instance: Round | Submission) -> None:
    for act in after.get(verb, ()):
        act(actor, instance)
