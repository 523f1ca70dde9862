"""Reading runs, issues and objections, each as far as the reader may see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from yuance_web.loop.evaluation import access, bridge
from yuance_web.loop.evaluation.models import Issue, Objection, Run
from yuance_web.records.accounts.models import Role, User
from yuance_web.records.facts.models import Cell
from yuance_web.records.parks.models import Park
from yuance_web.records.parks.stages import Item
from yuance_web.records.rounds.models import Round, RoundState, Submission
from yuance_web.records.rounds.selectors import Waiting

HEAVY = ("facts", "trace", "findings", "scores", "meta")
SILENCE = dt.timedelta(minutes=2)
LATEST = 4
PUBLIC = (RoundState.NOTICE, RoundState.FINAL)


def latest_frozen(round_: Round) -> Run | None:
    """The frozen run that stands."""
    return round_.runs.filter(kind="frozen", state="done", withdrawn=False).defer("facts", "trace").first()


def latest_issue(round_: Round) -> Issue | None:
    """The issue that counts: the last one."""
    return round_.issues.order_by("-number").first()


def unanswered(round_: Round) -> QuerySet[Objection]:
    """Objections that wait for an answer."""
    return round_.objections.filter(answered_at=None)


def is_stale(run: Run, now: dt.datetime | None = None) -> bool:
    """Whether nobody seems to be working on a run any more."""
    if run.state not in {"waiting", "running"}:
        return False
    return (now or timezone.now()) - (run.beat_at or run.asked_at) > SILENCE


def rounds_without_result() -> QuerySet[Round]:
    """Settled rounds that have no result, oldest first."""
    return Round.objects.filter(state=RoundState.FINAL, issues=None).order_by("period", "pk").select_related("release")


def runs_of(round_: Round) -> QuerySet[Run]:
    """The runs of a round, newest first, without their tables."""
    return round_.runs.defer(*HEAVY).select_related("asked_by", "base", "issue")


def rounds_to_score() -> QuerySet[Round]:
    """Rounds in which something can be computed, newest first."""
    return (
        Round.objects.exclude(state=RoundState.DRAFT)
        .select_related("release")
        .annotate(run_count=Count("runs"))
        .order_by("-period", "-pk")
    )


def results() -> QuerySet[Issue]:
    """The issues that count, one a round, newest period first: those in notice and those that are final."""
    later = Issue.objects.filter(round=OuterRef("round"), number__gt=OuterRef("number"))
    found = Issue.objects.filter(~Exists(later), round__state__in=PUBLIC).select_related(
        "round__release", "published_by"
    )
    return found.order_by("-round__period", "-round__pk")


def finals() -> QuerySet[Issue]:
    """Those that are final."""
    return results().filter(stage="final", round__state=RoundState.FINAL)


def issues_of(round_: Round) -> QuerySet[Issue]:
    """Every issue of a round, newest first, without the tables of its run."""
    return (
        round_.issues.select_related("run", "published_by")
        .defer(*(f"run__{name}" for name in HEAVY))
        .order_by("-number")
    )


def issue_of(round_: Round, number: int | None = None) -> Issue | None:
    """One issue of a round that is in notice or final: the one that counts, or an older one by its number."""
    if round_.state not in PUBLIC:
        return None
    found = (
        round_.issues.select_related("run", "round__release")
        .defer("run__facts", "round__release__files")
        .order_by("-number")
    )
    return (found.filter(number=number) if number is not None else found).first()


def is_superseded(issue: Issue) -> bool:
    """Whether a later issue took its place."""
    return Issue.objects.filter(round=issue.round_id, number__gt=issue.number).exists()


def previous_final(round_: Round) -> Issue | None:
    """The final result of the period before, by a method of the same identifier and for the same kind of period."""
    here = bridge.period_order(round_.period)
    candidates = [
        issue for issue in finals().filter(round__release__identifier=round_.release.identifier)
        if bridge.same_kind(issue.round.period, round_.period) and bridge.period_order(issue.round.period) < here
    ]  # fmt: skip
    if not candidates:
        return None
    latest = max(candidates, key=lambda issue: bridge.period_order(issue.round.period))
    return (
        Issue.objects.select_related("run", "round")
        .defer("run__facts", "run__trace", "run__findings")
        .get(pk=latest.pk)
    )


def objections_for(user: User, round_: Round) -> QuerySet[Objection]:
    """Objections that a reader may see: the lead department and leaders all, a park its own."""
    found = round_.objections.select_related("raised_by", "answered_by", "issue")
    if user.role in {Role.LEAD, Role.LEADER}:
        return found
    if user.role in {Role.REPORTER, Role.SIGNER} and user.office is not None and user.office.park is not None:
        return found.filter(park=user.office.park.code)
    return found.none()


def sources(round_: Round, park: str, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], dict[str, Any]]:
    """By (period, variable or variable:target): the reported cell, the file it came from, who reported and who verified it."""
    pairs = set(wanted)
    periods, variables = {period for period, _ in pairs}, {column.partition(":")[0] for _, column in pairs}
    counted = Q(submission__round=round_) | Q(submission__round__state__in=(RoundState.SCORED, *PUBLIC))
    cells = (
        Cell.objects.filter(
            counted, submission__park__code=park, submission__round__period__in=periods, variable__in=variables
        )
        .select_related("submission__round")
        .prefetch_related("changes__by__office", "evidence")
        .order_by("submission__round_id")
    )
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for cell in cells:
        place = (cell.submission.round.period, cell.variable + (bridge.TARGET if cell.kind == "target" else ""))
        if place[0] != round_.period or cell.submission.round_id == round_.pk:
            found[place] = _source(cell)
    return found


def _source(cell: Cell) -> dict[str, Any]:
    changes = list(cell.changes.all())
    reported = next((one for one in reversed(changes) if one.stage == "reported"), None)
    verified = next((one for one in reversed(changes) if one.stage in {"verified", "adopted"}), None)
    return {"cell": cell, "reported": reported, "verified": verified, "evidence": list(cell.evidence.all())}


def name_on_round(round_: Round, park: str) -> str:
    """What a park was called in a round; empty where it took no part."""
    found = Submission.objects.filter(round=round_, park__code=park).values_list("name", flat=True).first()
    return found or ""


def results_of_park(user: User, park: Park) -> list[Item]:
    """What the page of a park says of evaluation: its latest results, and where all of them are."""
    found = []
    for issue in (
        finals().select_related("run").defer("run__facts", "run__trace", "run__findings", "round__release__files")
    ):
        row = next((one for one in issue.run.scores if one["unit"] == park.code), None)
        if row is not None:
            found.append(_result_item(user, issue, row))
        if len(found) == LATEST:
            break
    return [*found, Item("历次评价", "总分、名次与一级指标的变化", reverse("trend", args=[park.code]))] if found else []


def _result_item(user: User, issue: Issue, row: dict[str, Any]) -> Item:
    place = row["rank_in_category"] or row["rank"]
    score = "未得出总分" if row["score"] is None else f"{row['score']:.{issue.run.meta['digits']}f} 分"
    said = [score, f"第 {place} 名" if place else "不排名", row["grade"] or ""]
    url = reverse("score", args=[issue.round_id, row["unit"]])
    if not access.may_open_score(user, issue.round, row["unit"]):
        url = reverse("ranking", args=[issue.round_id])
    return Item(
        f"{issue.run.meta['period_words']}评价结果", "，".join(one for one in said if one), url, "final", "通报"
    )


def waiting(user: User) -> list[Waiting]:
    """What results ask of somebody: a notice to begin or end, objections to answer, a notice to look at."""
    if user.role == Role.LEAD:
        return _waiting_lead()
    if user.role in {Role.REPORTER, Role.SIGNER} and user.office is not None and user.office.park is not None:
        mine = Round.objects.filter(state=RoundState.NOTICE, submissions__park=user.office.park)
        return [
            Waiting(
                f"{one.title}：结果公示中",
                "如有异议，请在公示期内提出",
                reverse("ranking", args=[one.pk]),
                _end_of(one.notice_to),
            )
            for one in mine
        ]
    return []


def _waiting_lead() -> list[Waiting]:
    found = []
    open_ones = Count("objections", filter=Q(objections__answered_at=None))
    for one in Round.objects.filter(state__in=(RoundState.SCORED, RoundState.NOTICE)).annotate(open_ones=open_ones):
        over = one.notice_to is not None and one.notice_to < timezone.localdate()
        if one.state == RoundState.SCORED:
            found.append(Waiting(f"{one.title}：已定稿测算", "待签发公示", reverse("scoring", args=[one.pk])))
        elif one.open_ones:
            words, url = f"{one.open_ones} 条异议待答复", reverse("objections", args=[one.pk])
            found.append(Waiting(f"{one.title}：{words}", "答复须写明理由", url, _end_of(one.notice_to), urgent=over))
        elif over:
            found.append(Waiting(f"{one.title}：公示期满", "待通报", reverse("scoring", args=[one.pk]), urgent=True))
    return found


def _end_of(day: dt.date | None) -> dt.datetime | None:
    """The end of a day, as a clock."""
    return None if day is None else timezone.make_aware(dt.datetime.combine(day, dt.time(23, 59)))
