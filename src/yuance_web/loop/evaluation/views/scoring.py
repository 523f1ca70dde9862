"""Pages of scoring (测算): preview, frozen run, what-if, publishing; for the lead department, to be read by leaders."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yuance_web.loop.evaluation import bridge, calendar, presenting, selectors, services, sheets, standings
from yuance_web.loop.evaluation.forms import ReasonForm, WhatIf
from yuance_web.loop.evaluation.models import Run
from yuance_web.loop.evaluation.views import Request
from yuance_web.loop.evaluation.views.results import download, score_context
from yuance_web.records.accounts.access import roles
from yuance_web.records.accounts.models import Role
from yuance_web.records.releases.models import Release
from yuance_web.records.rounds.models import Round
from yuance_web.records.rounds.services import Refused
from yuance_web.records.rounds.transitions import ROUND_TRANSITIONS

WATCHERS = (Role.LEAD, Role.LEADER)


@roles(*WATCHERS)
@require_safe
def rounds(request: Request) -> HttpResponse:
    """The rounds in which something can be computed."""
    return render(request, "evaluation/rounds.html", {"rounds": selectors.rounds_to_score()})


@roles(*WATCHERS)
@require_safe
def scoring(request: Request, pk: int) -> HttpResponse:
    """The scoring page of a round: what can be asked for, the runs so far, the steps to the published result."""
    round_ = get_object_or_404(Round.objects.select_related("release"), pk=pk)
    runs = list(selectors.runs_of(round_)[:100])
    today = timezone.localdate()
    ends = calendar.add_working_days(today, round_.notice_days)
    context = {
        "round": round_,
        "runs": [(run, selectors.is_stale(run)) for run in runs],
        "frozen": next(
            (run for run in runs if run.kind == "frozen" and run.state == "done" and not run.withdrawn), None
        ),
        "issues": selectors.issues_of(round_),
        "lacks": _lacks(round_, "score_round", services.OWN_REQUIREMENTS) if round_.state == "verifying" else [],
        "finish_lacks": _lacks(round_, "finish_round", set()) if round_.state == "notice" else [],
        "open_objections": selectors.unanswered(round_).count(),
        "may_act": request.user.role == Role.LEAD,
        "ends": ends,
        "ends_known": ends.year in calendar.known_years(),
        "today": today,
        "left": calendar.working_days_left(today, round_.notice_to) if round_.notice_to else None,
        "reason": ReasonForm(),
    }
    return render(request, "evaluation/scoring.html", context)


@roles(Role.LEAD)
@require_POST
def ask(request: Request, pk: int) -> HttpResponse:
    """Ask for a preview or for the frozen run."""
    round_, kind = get_object_or_404(Round, pk=pk), request.POST.get("kind", "")
    return _done(request, lambda: services.ask_run(request.user, round_, kind), round_.pk, "已发起测算")


@roles(Role.LEAD)
@require_POST
def resume(request: Request, run: int) -> HttpResponse:
    """Start again a run that failed or was left lying."""
    found = _run(run)
    return _done(request, lambda: services.resume_run(request.user, found), found.round_id, "已重新运行")


@roles(*WATCHERS)
@require_safe
def run_row(request: Request, run: int) -> HttpResponse:
    """A line of the list of runs, asked for again while the run is on its way."""
    found = get_object_or_404(Run.objects.defer(*selectors.HEAVY).select_related("round", "asked_by"), pk=run)
    context = {"run": found, "stale": selectors.is_stale(found), "may_act": request.user.role == Role.LEAD}
    return render(request, "evaluation/_run_row.html", context)


@roles(*WATCHERS)
@require_safe
def run_page(request: Request, run: int) -> HttpResponse:
    """What a run gave, published or not; a what-if beside what it started from."""
    found = _run(run)
    overall = request.GET.get("view") == "overall"
    if found.state != "done":
        return render(
            request,
            "evaluation/run_pending.html",
            {"run": found, "round": found.round, "stale": selectors.is_stale(found)},
        )
    if found.base is not None:
        context = {
            "run": found,
            "base": found.base,
            "round": found.round,
            "overall": overall,
            "changes": _told_changes(found),
        }
        return render(
            request,
            "evaluation/beside.html",
            context | {"beside": standings.beside(found.base, found, overall=overall)},
        )
    before = selectors.previous_final(found.round)
    context = presenting.run_page(found, before.run if before else None, overall=overall)
    return render(
        request, "evaluation/run.html", context | {"round": found.round, "before": before, "findings": found.findings}
    )


@roles(*WATCHERS)
@require_safe
def run_score(request: Request, run: int, park: str) -> HttpResponse:
    """One score of a run opened, published or not."""
    found = _run(run)
    if found.state != "done":
        raise Http404(str(run))
    return render(request, "evaluation/score.html", score_context(request, found.round, found, park) | {"run": found})


@roles(*WATCHERS)
@require_safe
def package(request: Request, run: int) -> HttpResponse:
    """Facts, units and method of a run, with the digests: for computing it again outside."""
    del request
    found = _run(run)
    if found.state != "done" or found.kind == "what-if":
        raise Http404("只有已完成的预测算和定稿测算可以导出核验包")
    proof = {
        "run": found.pk,
        "round": found.round.title,
        "period": found.round.period,
        "method": found.meta["reference"],
        "facts.digest": found.facts_digest,
        "method.digest": found.method_digest,
        "scores": [
            {key: row[key] for key in ("unit", "score", "rank", "rank_in_category", "grade", "status")}
            for row in found.scores
        ],
    }
    content = bridge.package(found.facts, found.round.release, proof)
    return download(content, f"{found.round.period}-run-{found.pk}.zip", "application/zip")


@roles(Role.LEAD)
def what_if(request: Request, run: int) -> HttpResponse:
    """Suppose other weights, no such indicator, another version; nothing of the round is touched."""
    base = _run(run)
    chosen = request.POST.get("release") or request.GET.get("release") or str(base.round.release_id)
    release = get_object_or_404(Release, pk=chosen) if chosen.isdecimal() else base.round.release
    known = bridge.weights(release)
    form = WhatIf(known, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        changes = form.changes()
        if not form.errors:
            try:
                asked = services.ask_run(request.user, base.round, "what-if", changes, base)
            except Refused as refused:
                form.errors += refused.problems
            else:
                return redirect("run", asked.pk)
    context = {
        "form": form,
        "base": base,
        "round": base.round,
        "release": release,
        "known": known,
        "releases": Release.objects.all(),
    }
    return render(request, "evaluation/what_if.html", context)


@roles(*WATCHERS)
@require_safe
def beside_sheet(request: Request, run: int) -> HttpResponse:
    """A what-if beside its base as Excel."""
    del request
    found = _run(run)
    if found.base is None or found.state != "done":
        raise Http404(str(run))
    heading = [
        "类别",
        "园区代码",
        "园区",
        "原分",
        "假设分",
        "差",
        "原名次",
        "假设名次",
        "原等次",
        "假设等次",
        "主要原因",
        "该项变化",
    ]
    rows = [
        [line.category, line.unit, line.name, line.score, line.supposed, line.difference, line.place, line.supposed_place,
         line.grade, line.supposed_grade, line.why, line.by]
        for line in standings.beside(found.base, found).lines
    ]  # fmt: skip
    notes = ["假设测算，不是评价结果", *(f"{name}：{words}" for name, words in _told_changes(found))]
    return download(
        sheets.workbook(f"{found.round} 假设测算 {found.pk}", heading, rows, notes), f"what-if-{found.pk}.xlsx"
    )


@roles(Role.LEAD)
@require_POST
def notice(request: Request, pk: int) -> HttpResponse:
    """Sign the frozen result and publish it for notice."""
    round_, form = get_object_or_404(Round, pk=pk), ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return _done(
        request, lambda: services.begin_notice(request.user, round_, reason), pk, "已签发公示，公开页面即可查看"
    )


@roles(Role.LEAD)
@require_POST
def correct(request: Request, pk: int) -> HttpResponse:
    """Take the round back to verifying, to put something right."""
    round_, form = get_object_or_404(Round, pk=pk), ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return _done(
        request,
        lambda: services.begin_correction(request.user, round_, reason),
        pk,
        "已退回核实；更正后请重新定稿测算并公示",
    )


@roles(Role.LEAD)
@require_POST
def finish(request: Request, pk: int) -> HttpResponse:
    """Make the result final."""
    round_ = get_object_or_404(Round, pk=pk)
    return _done(request, lambda: services.finalise(request.user, round_), pk, "结果已通报，榜单和开放数据已公开")


def _run(key: int) -> Run:
    return get_object_or_404(Run.objects.select_related("round__release", "base__round", "asked_by"), pk=key)


def _lacks(round_: Round, verb: str, but: set[str]) -> list[str]:
    return [words for need in ROUND_TRANSITIONS[verb].needs if need.__name__ not in but for words in need(round_)]


def _told_changes(run: Run) -> list[tuple[str, str]]:
    """What was supposed, in words."""
    called = bridge.names(presenting.release_of(run))
    told = []
    if run.changes.get("release"):
        told.append(("评价办法", f"{run.round.release} → {run.meta['reference']}"))
    old = {row["id"]: row["weights"] for row in bridge.weights(presenting.release_of(run))["dimensions"]}
    for node, given in run.changes.get("weights", {}).items():
        words = "，".join(
            f"{category} 类 {old.get(node, {}).get(category, 0):g} → {value:g}" for category, value in given.items()
        )
        told.append((f"{called.get(node, node)}的权重", words))
    if run.changes.get("without"):
        told.append(("不用的指标", "、".join(called.get(one, one) for one in run.changes["without"])))
    return told


def _done(request: Request, act: Callable[[], object], pk: int, words: str) -> HttpResponse:
    """Do it and go back to the scoring page, with what happened."""
    try:
        act()
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, problem)
    except PermissionDenied:
        raise
    else:
        messages.success(request, words)
    return redirect("scoring", pk)
