"""Reading rounds, within the rows and columns of whoever asks."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from yuance_web.records.accounts import access
from yuance_web.records.accounts.models import Role, User
from yuance_web.records.parks.models import Park
from yuance_web.records.parks.stages import Item
from yuance_web.records.releases import bridge as methods
from yuance_web.records.rounds import doors
from yuance_web.records.rounds.clocks import Clock, filling_clock
from yuance_web.records.rounds.models import Reminder, Round, RoundState, Submission, SubmissionState, Waiver
from yuance_web.records.rounds.transitions import ROUND_TRANSITIONS, UNSIGNED

MOST_ROUNDS = 5  # on a park's page
STATE_SIGNS = {"empty": "", "reported": "填", "returned": "退", "adopted": "采", "corrected": "改"}
STATE_WORDS = {"empty": "未填", "reported": "已填", "returned": "已退回", "adopted": "已采用", "corrected": "已核改"}

# (submission id, variable) -> state of its cell. The facts set this in `AppConfig.ready` if they know better.
MatrixCells = Callable[[Round, Sequence[str]], Mapping[tuple[int, str], str]]


def cell_states(round_: Round, variables: Sequence[str]) -> Mapping[tuple[int, str], str]:
    """The states of the cells of a round, in one query."""
    rows = round_.submissions.filter(cells__variable__in=variables, cells__kind="actual")
    return {(pk, variable): state for pk, variable, state in rows.values_list("pk", "cells__variable", "cells__state")}


matrix_cells: MatrixCells = cell_states


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round as a list shows it."""

    round: Round
    parks: int
    signed: int
    verified: int
    overdue: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A step that a round may take, and what it still lacks."""

    verb: str
    words: str
    reasoned: bool
    lacks: Sequence[str]


@dataclass(frozen=True)
class MatrixColumn:
    """A variable of the matrix."""

    id: str
    name: str
    owner: str
    filled: int = 0
    percent: int = 0


@dataclass(frozen=True)
class MatrixRow:
    """A park of the matrix: its cells as (state, sign), and where its submission stands."""

    submission: Submission
    cells: Sequence[tuple[str, str]]
    filled: int
    percent: int
    clock: Clock
    lateness: str
    returned: int
    reminded: dt.datetime | None = None
    form: str = ""


@dataclass(frozen=True)
class Matrix:
    """Parks × variables of a round."""

    columns: Sequence[MatrixColumn]
    owners: Sequence[tuple[str, int]]
    rows: Sequence[MatrixRow]
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return len(self.columns) * len(self.rows)

    @property
    def filled(self) -> int:
        """How many of them hold a value."""
        return sum(row.filled for row in self.rows)

    @property
    def percent(self) -> int:
        """Filled cells out of a hundred."""
        return _percent(self.filled, self.cells)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for somebody, with both clocks."""

    title: str
    detail: str
    url: str
    due: dt.datetime | None = None
    locks: dt.datetime | None = None
    urgent: bool = False


def rounds_of(user: User) -> QuerySet[Round]:
    """The rounds that an account may see: a park's people those their park takes part in, and none in preparation."""
    rounds = Round.objects.select_related("release").defer("release__files", "release__cases")
    if user.role == Role.LEAD:
        return rounds
    mine = access.submissions_of(user, Submission.objects.filter(round=OuterRef("pk")))
    return rounds.exclude(state=RoundState.DRAFT).filter(Exists(mine))


def round_lines(user: User) -> list[RoundLine]:
    """The rounds as a list, with how many of the parks (that the account may see) have signed; two queries."""
    counted = (
        access.submissions_of(user, Submission.objects.all()).values("round_id", "state").annotate(number=Count("pk"))
    )
    states: dict[int, Counter[str]] = defaultdict(Counter)
    for row in counted.order_by():
        states[row["round_id"]][row["state"]] += row["number"]
    now = timezone.now()
    return [
        RoundLine(
            round=round_,
            parks=states[round_.pk].total(),
            signed=states[round_.pk][SubmissionState.SIGNED] + states[round_.pk][SubmissionState.VERIFIED],
            verified=states[round_.pk][SubmissionState.VERIFIED],
            overdue=round_.state == RoundState.OPEN and now > round_.due,
        )
        for round_ in rounds_of(user)
    ]


def steps_of(user: User, round_: Round) -> list[Step]:
    """The steps that an account may take from where the round stands."""
    return [
        Step(step.verb, step.words, step.reasoned, step.lacks(round_))
        for step in ROUND_TRANSITIONS.values()
        if round_.state in step.sources and user.role in step.by
    ]


def matrix(user: User, round_: Round, owner: str = "") -> Matrix:
    """Parks × variables, within what the account may see; the number of queries does not depend on either."""
    columns = visible_columns(user, round_, owner)
    ids = [column.id for column in columns]
    submissions = list(
        access.submissions_of(user, round_.submissions.select_related("park").prefetch_related("waivers"))
    )
    states = matrix_cells(round_, ids)
    reminded, now = latest_reminders(round_), timezone.now()
    by_column: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    rows = []
    for submission in submissions:
        submission.round = round_
        found = [states.get((submission.pk, name), "empty") for name in ids]
        counts.update(found)
        by_column.update(name for name, state in zip(ids, found, strict=True) if state != "empty")
        filled = sum(state != "empty" for state in found)
        rows.append(
            MatrixRow(
                submission=submission,
                cells=[(state, STATE_SIGNS.get(state, "")) for state in found],
                filled=filled,
                percent=_percent(filled, len(ids)),
                clock=filling_clock(submission, now, submission.waivers.all()),
                lateness=lateness(submission, now),
                returned=found.count("returned"),
                reminded=reminded.get(submission.pk),
                form=doors.form_of(user, submission) if round_.state != RoundState.DRAFT else "",
            )
        )
    told = [
        MatrixColumn(
            column.id, column.name, column.owner, by_column[column.id], _percent(by_column[column.id], len(rows))
        )
        for column in columns
    ]
    return Matrix(told, _runs(told), rows, counts)


def visible_columns(user: User, round_: Round, owner: str = "") -> list[MatrixColumn]:
    """The variables of a round that an account may see, department by department."""
    variables = methods.read(round_.release).variables.values()
    shown = [
        MatrixColumn(variable.id, variable.name or variable.id, variable.owner or "未定部门")
        for variable in variables
        if (user.role != Role.VERIFIER or access.owns_variable(user, variable.owner or ""))
        and owner in {"", variable.owner or "未定部门"}
    ]
    order = {name: place for place, name in enumerate(dict.fromkeys(column.owner for column in shown))}
    return sorted(shown, key=lambda column: order[column.owner])


def lateness(submission: Submission, now: dt.datetime) -> str:
    """On time, late by so many days, or overdue: in words; empty while there is time."""
    due = submission.round.due
    if submission.signings and submission.signed_at is not None:
        return f"迟报 {_days(submission.signed_at - due)} 天" if submission.signed_at > due else "按时"
    if submission.round.state != RoundState.DRAFT and now > due:
        return f"逾期 {_days(now - due)} 天"
    return ""


def reminders_for(user: User, most: int = 10) -> QuerySet[Reminder]:
    """The newest reminders to the parks of an account, while their rounds are being filled."""
    submissions = access.submissions_of(
        user, Submission.objects.filter(round__state=RoundState.OPEN, state__in=UNSIGNED)
    )
    return (
        Reminder.objects.filter(submission__in=submissions)
        .select_related("submission__round")
        .order_by("-sent_at")[:most]
    )


def waivers_of(round_: Round) -> QuerySet[Waiver]:
    """The waivers of a round, newest first."""
    return Waiver.objects.filter(submission__round=round_).select_related("submission", "approved_by")


def waiting(user: User) -> list[Waiting]:
    """What waits for an account in rounds: filling, signing, calling in, the next step."""
    if user.role in {Role.REPORTER, Role.SIGNER}:
        return list(_waiting_for_park(user))
    if user.role == Role.LEAD:
        return list(_waiting_for_lead())
    return []


def rounds_of_park(user: User, park: Park) -> list[Item]:
    """What the page of a park says of evaluation: the newest rounds that it takes part in."""
    mine = access.submissions_of(user, Submission.objects.filter(park=park, round__in=rounds_of(user)))
    return [
        Item(
            title=one.round.title,
            detail=f"{one.round.get_state_display()}阶段",
            url=reverse("round", args=[one.round_id]),
            state=one.state,
            state_words=one.get_state_display(),
        )
        for one in mine.select_related("round").order_by("-round__period")[:MOST_ROUNDS]
    ]


def _waiting_for_park(user: User) -> Iterable[Waiting]:
    wanted = access.submissions_of(
        user, Submission.objects.filter(round__state__in=(RoundState.OPEN, RoundState.VERIFYING), state__in=UNSIGNED)
    ).select_related("round")
    now = timezone.now()
    for submission in wanted.prefetch_related("waivers").annotate(reminded=Max("reminders__sent_at")):
        round_, clock = submission.round, filling_clock(submission, now, submission.waivers.all())
        act = "签报" if user.role == Role.SIGNER else "填报"
        yield Waiting(
            title=f"{round_.title}：{submission.name}待{act}"
            + ("（有退回）" if submission.state == SubmissionState.RETURNED else ""),
            detail=clock.words
            + (f"；{timezone.localtime(submission.reminded):%m月%d日} 收到催报" if submission.reminded else ""),
            url=doors.form_of(user, submission) or reverse("round", args=[round_.pk]),
            due=round_.due,
            locks=round_.locks,
            urgent=clock.state in {"late", "locked", "returned"} or round_.due - now < dt.timedelta(days=1),
        )


def _waiting_for_lead() -> Iterable[Waiting]:
    now = timezone.now()
    unsigned = Count("submissions", filter=Q(submissions__state__in=UNSIGNED))
    unverified = Count("submissions", filter=~Q(submissions__state=SubmissionState.VERIFIED))
    for round_ in Round.objects.exclude(state=RoundState.FINAL).annotate(unsigned=unsigned, unverified=unverified):
        yield Waiting(
            title=f"{round_.title}：{round_.get_state_display()}",
            detail=_next_for_lead(round_, now),
            url=reverse("round", args=[round_.pk]),
            due=round_.verify_due if round_.state == RoundState.VERIFYING else round_.due,
            locks=round_.locks,
            urgent=round_.state == RoundState.OPEN and now > round_.due,
        )


def _next_for_lead(round_: Any, now: dt.datetime) -> str:
    match round_.state:
        case RoundState.DRAFT:
            return "筹备中；核对园区与时间后开始填报"
        case RoundState.OPEN:
            if not round_.unsigned:
                return "全部签报，可以转入核实"
            return f"{round_.unsigned} 个园区尚未签报" + ("，已逾期，请催报" if now > round_.due else "")
        case RoundState.VERIFYING:
            return f"{round_.unverified} 个园区尚未核实完毕" if round_.unverified else "全部核实，可以定稿测算"
        case RoundState.SCORED:
            return "已定稿测算，可以公示"
        case _:
            return f"公示至 {round_.notice_to:%m月%d日}" if round_.notice_to else "公示中"


def latest_reminders(round_: Round) -> Mapping[int, dt.datetime]:
    """When each submission was last reminded."""
    rows = (
        Reminder.objects.filter(submission__round=round_)
        .order_by()
        .values("submission_id")
        .annotate(last=Max("sent_at"))
    )
    return {row["submission_id"]: row["last"] for row in rows}


def _runs(columns: Sequence[MatrixColumn]) -> list[tuple[str, int]]:
    """(department, how many columns stand under it), in order."""
    return list(Counter(column.owner for column in columns).items())


def _percent(part: int, whole: int) -> int:
    return 100 * part // whole if whole else 0


def _days(span: dt.timedelta) -> int:
    return max(1, -(-span // dt.timedelta(days=1)))
