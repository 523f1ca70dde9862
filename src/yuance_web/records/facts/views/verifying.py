"""Verifying (核实): a department's sheet, and its decisions cell by cell or together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from yuance_web.records.accounts import access as scope
from yuance_web.records.accounts.access import roles
from yuance_web.records.accounts.models import Role
from yuance_web.records.facts import selectors, services
from yuance_web.records.facts.forms import CorrectionForm, ReturnForm, VersionForm
from yuance_web.records.facts.models import Cell
from yuance_web.records.rights import Request
from yuance_web.records.rounds.models import Round, RoundState, Submission
from yuance_web.records.rounds.services import Refused

VERIFIERS = (Role.VERIFIER, Role.LEAD)


@roles(*VERIFIERS)
def verify_list(request: Request) -> HttpResponse:
    """The rounds that a department may verify in."""
    rounds = Round.objects.exclude(state=RoundState.DRAFT).select_related("release").defer("release__files")
    return render(request, "facts/verify_list.html", {"rounds": rounds, "waiting": selectors.waiting(request.user)})


@roles(*VERIFIERS)
def verify(request: Request, pk: int) -> HttpResponse:
    """The department's items × the parks that have signed, one item at a time."""
    round_ = get_object_or_404(Round.objects.select_related("release").exclude(state=RoundState.DRAFT), pk=pk)
    page = selectors.verify_page(request.user, round_, request.GET.get("item", "")[:100])
    if page is None:
        raise scope.Denied("这一数据项不由本部门核实")
    only_odd = request.GET.get("odd") == "1"
    return render(request, "facts/verify.html", {"page": page, "round": round_, "only_odd": only_odd})


@roles(*VERIFIERS)
@require_POST
def adopt(request: Request, pk: int) -> HttpResponse:
    """Adopt a cell as reported."""
    return _decide(request, pk, VersionForm, lambda sent: services.adopt_cell(request.user, pk, **sent))


@roles(*VERIFIERS)
@require_POST
def correct(request: Request, pk: int) -> HttpResponse:
    """Adopt another value, for a reason."""
    return _decide(request, pk, CorrectionForm, lambda sent: services.correct_cell(request.user, pk, **sent))


@roles(*VERIFIERS)
@require_POST
def give_back(request: Request, pk: int) -> HttpResponse:
    """Return a cell, for a reason."""
    return _decide(request, pk, ReturnForm, lambda sent: services.return_cell(request.user, pk, **sent))


@roles(*VERIFIERS)
@require_POST
def adopt_plain(request: Request, pk: int) -> HttpResponse:
    """Adopt every cell where nothing is odd: of one item, or of all of the department's."""
    round_ = get_object_or_404(Round.objects.select_related("release").exclude(state=RoundState.DRAFT), pk=pk)
    item = request.POST.get("item", "")[:100]
    page = selectors.verify_page(request.user, round_, item)
    if page is None:
        raise scope.Denied("这一数据项不由本部门核实")
    seen = {tuple(pair.split(":")) for pair in request.POST.getlist("seen")}
    sheets = [sheet for sheet in page.sheets if not item or sheet.item.id == item]
    lines = [line for sheet in sheets for line in sheet.lines if line.is_pending and not line.is_odd]
    wanted = [
        (line.cell.pk, line.cell.version)
        for line in lines
        if not seen or (str(line.cell.pk), str(line.cell.version)) in seen
    ]
    try:
        adopted, left = services.adopt_cells(request.user, round_, wanted)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已采用 {adopted} 格" + (f"；{left} 格刚被改动，请再看" if left else ""))
    return redirect(f"{reverse('verify', args=[pk])}?item={item}")


def _decide(request: Request, pk: int, form: type[VersionForm], act: Callable[[dict[str, Any]], Cell]) -> HttpResponse:
    """Take a decision about a cell and answer with its line, or with what is wrong."""
    cell = _cell(request, pk)
    sent, problem, status = form(request.POST), "", 200
    if sent.is_valid():
        try:
            act(sent.cleaned_data)
        except services.Conflict as conflict:
            problem, status = str(conflict), 409
        except (services.Unreadable, Refused) as refused:
            problem, status = str(refused), 422
    else:
        problem, status = "；".join(str(text) for errors in sent.errors.values() for text in errors), 422
    round_ = cell.submission.round
    if not getattr(request, "htmx", False):
        if problem:
            messages.error(request, problem)
        return redirect(f"{reverse('verify', args=[round_.pk])}?item={cell.variable}")
    line = selectors.verify_line(request.user, _cell(request, pk))
    return render(
        request, "facts/_verify_row.html", {"line": line, "problem": problem, "fragment": True}, status=status
    )


def _cell(request: Request, pk: int) -> Cell:
    allowed = scope.submissions_of(request.user, Submission.objects.all())
    cell = get_object_or_404(
        Cell.objects.select_related("submission__round__release", "submission__park"), pk=pk, submission__in=allowed
    )
    if selectors.verify_line(request.user, cell) is None:
        raise scope.Denied("这一数据项不由本部门核实")
    return cell
