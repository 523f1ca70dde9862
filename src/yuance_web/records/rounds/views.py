"""Pages of rounds: the list, a new one, the matrix of one, its steps, waivers and reminders."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yuance_web.records.accounts.access import roles, submissions_of
from yuance_web.records.accounts.models import Role
from yuance_web.records.rights import Request
from yuance_web.records.rounds import reminders, selectors, services
from yuance_web.records.rounds.doors import doors_of
from yuance_web.records.rounds.forms import ChangeDatesForm, ParksForm, RoundForm, StepForm, WaiverForm
from yuance_web.records.rounds.models import Round, RoundState, Submission, Waiver
from yuance_web.records.rounds.transitions import ROUND_TRANSITIONS

READERS = (Role.LEAD, Role.REPORTER, Role.SIGNER, Role.VERIFIER, Role.REVIEWER, Role.LEADER)
UNFINISHED = (RoundState.DRAFT, RoundState.OPEN, RoundState.VERIFYING)


@roles(*READERS)
@require_safe
def round_list(request: Request) -> HttpResponse:
    """All rounds that the account may see."""
    return render(request, "rounds/list.html", {"lines": selectors.round_lines(request.user)})


@roles(*READERS)
@require_safe
def round_page(request: Request, pk: int) -> HttpResponse:
    """A round: where it stands, the matrix of parks × variables, completeness, lateness."""
    found, owner = _visible(request, pk), request.GET.get("owner", "")
    context = {
        "round": found,
        "matrix": selectors.matrix(request.user, found, owner),
        "owner": owner,
        "owners": list(dict.fromkeys(column.owner for column in selectors.visible_columns(request.user, found))),
        "steps": selectors.steps_of(request.user, found),
        "doors": doors_of(request.user, found),
        "waivers": selectors.waivers_of(found).filter(
            submission__in=submissions_of(request.user, found.submissions.all())
        ),
        "states": selectors.STATE_WORDS.items(),
        "now": timezone.now(),
        "may_manage": request.user.role == Role.LEAD and found.state in UNFINISHED,
    }
    return render(request, "rounds/round.html", context)


@roles(Role.LEAD)
def new_round(request: Request) -> HttpResponse:
    """Prepare a round."""
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_round(request.user, **form.cleaned_data)
        except services.Refused as refused:
            for problem in refused.problems:
                form.add_error(None, problem)
        else:
            messages.success(request, f"已建立“{made.title}”；核对无误后请开始填报")
            return redirect("round", made.pk)
    return render(request, "rounds/new.html", {"form": form})


@roles(Role.LEAD)
def parks(request: Request, pk: int) -> HttpResponse:
    """Choose the parks of a round in preparation."""
    found = _visible(request, pk)
    chosen = list(found.submissions.values_list("park_id", flat=True))
    form = ParksForm(request.POST or None, initial={"parks": chosen})
    if request.method == "POST" and form.is_valid():
        try:
            services.choose_parks(request.user, found, form.cleaned_data["parks"])
        except services.Refused as refused:
            form.add_error(None, "；".join(refused.problems))
        else:
            messages.success(request, "参评园区已调整")
            return redirect("round", pk)
    return render(request, "rounds/parks.html", {"round": found, "form": form})


@roles(Role.LEAD)
@require_POST
def drop(request: Request, pk: int) -> HttpResponse:
    """Give up a round in preparation."""
    found = _visible(request, pk)
    try:
        services.drop_round(request.user, found)
    except services.Refused as refused:
        messages.error(request, "；".join(refused.problems))
        return redirect("round", pk)
    messages.success(request, f"已撤销“{found.title}”")
    return redirect("rounds")


@roles(Role.LEAD)
@require_POST
def step(request: Request, pk: int, verb: str) -> HttpResponse:
    """Take a step of the table. Steps that need more than a reason are taken by the pages of their own rooms."""
    found, form = _visible(request, pk), StepForm(request.POST)
    if verb not in ROUND_TRANSITIONS:
        raise Http404(f"没有“{verb}”这一步")
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return _done(
        request, found, lambda: services.move_round(request.user, found, verb, reason), ROUND_TRANSITIONS[verb].words
    )


@roles(Role.LEAD)
def dates(request: Request, pk: int) -> HttpResponse:
    """Move the clocks."""
    found = _visible(request, pk)
    form = ChangeDatesForm(request.POST or None, initial={name: getattr(found, name) for name in services.DATES})
    if request.method == "POST" and form.is_valid():
        try:
            services.change_dates(request.user, found, **form.cleaned_data)
        except services.Refused as refused:
            form.add_error(None, "；".join(refused.problems))
        else:
            messages.success(request, "时间已调整，前后都记入日志")
            return redirect("round", pk)
    return render(request, "rounds/dates.html", {"round": found, "form": form})


@roles(Role.LEAD)
def waive(request: Request, pk: int, submission: int) -> HttpResponse:
    """Open a lock for one park."""
    found = _visible(request, pk)
    target = _submission(found, submission)
    form = WaiverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.approve_waiver(request.user, target, **form.cleaned_data)
        except services.Refused as refused:
            form.add_error(None, "；".join(refused.problems))
        else:
            messages.success(request, f"已为{target.name}开锁")
            return redirect("round", pk)
    return render(request, "rounds/waiver.html", {"round": found, "submission": target, "form": form})


@roles(Role.LEAD)
@require_POST
def end_waiver(request: Request, pk: int, waiver: int) -> HttpResponse:
    """Close a lock before its time."""
    found = _visible(request, pk)
    given = Waiver.objects.select_related("submission").filter(pk=waiver, submission__round=found).first()
    if given is None:
        raise Http404("没有这项开锁")
    return _done(request, found, lambda: services.end_waiver(request.user, given), "收回开锁")


@roles(Role.LEAD)
@require_POST
def remind(request: Request, pk: int) -> HttpResponse:
    """Call in what is missing: of one park, or of all that have not signed."""
    found, one = _visible(request, pk), request.POST.get("submission", "")
    chosen = [_submission(found, int(one))] if one.isdecimal() else None
    sent = reminders.remind(request.user, found, chosen)
    (messages.success if sent else messages.info)(request, f"已向 {sent} 个园区催报" if sent else "没有需要催报的园区")
    return redirect("round", pk)


def _done(request: Request, found: Round, act: Callable[[], object], words: str) -> HttpResponse:
    try:
        act()
    except services.Refused as refused:
        for problem in refused.problems:
            messages.error(request, f"不能{words}：{problem}")
    else:
        messages.success(request, f"已{words}")
    return redirect("round", found.pk)


def _visible(request: Request, pk: int) -> Round:
    """The round, where the account may see it."""
    # the matrix reads the release's text
    found = selectors.rounds_of(request.user).filter(pk=pk).defer(None).select_related("release").first()
    if found is None:
        raise Http404("没有这个轮次，或不在您的范围之内")
    return found


def _submission(found: Round, pk: int) -> Submission:
    target = found.submissions.select_related("park").filter(pk=pk).first()
    if target is None:
        raise Http404("没有这个园区的填报单")
    return target
