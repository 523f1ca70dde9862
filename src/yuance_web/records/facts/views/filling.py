"""Filling (填报): the list of forms, the form itself, saving a cell as one types, signing, differences since."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from yuance_web.records.accounts import access as scope
from yuance_web.records.accounts.access import roles
from yuance_web.records.accounts.models import Role
from yuance_web.records.facts import selectors, services
from yuance_web.records.facts.forms import ValueForm
from yuance_web.records.facts.models import Cell
from yuance_web.records.facts.selectors.filling import Row, shown
from yuance_web.records.rights import Request
from yuance_web.records.rounds.models import RoundState, Submission
from yuance_web.records.rounds.services import Refused

LOCKED, CONFLICT, UNREADABLE = 423, 409, 422
READERS = (Role.REPORTER, Role.SIGNER, Role.LEAD, Role.LEADER, Role.REVIEWER, Role.VERIFIER)


@roles(*READERS)
def form_list(request: Request) -> HttpResponse:
    """The forms within the rows of an account, newest round first."""
    submissions = scope.submissions_of(request.user, Submission.objects.exclude(round__state=RoundState.DRAFT))
    submissions = submissions.select_related("round", "park").order_by("-round__period", "round_id", "park__code")
    return render(request, "facts/form_list.html", {"submissions": submissions})


@roles(*READERS)
def form(request: Request, pk: int) -> HttpResponse:
    """The form of a park, as the official table has it."""
    submission = _submission(request, pk)
    if not submission.cells.exists() and submission.round.state in {RoundState.OPEN, RoundState.VERIFYING}:
        services.prepare_cells(submission.round, [submission])
    return render(
        request, "facts/form.html", {"page": selectors.form_page(request.user, submission), "submission": submission}
    )


@roles(Role.REPORTER)
@require_POST
def save(request: Request, pk: int, cell: int) -> HttpResponse:
    """Save one cell; the answer holds the pieces of its row that may have changed."""
    submission = _submission(request, pk)
    kept = get_object_or_404(submission.cells, pk=cell)
    sent = ValueForm(request.POST)
    if not sent.is_valid():
        problem = "；".join(str(text) for errors in sent.errors.values() for text in errors)
        return _pieces(request, submission, kept, status=UNREADABLE, problem=problem)
    typed, explanation = sent.cleaned_data["text"], sent.cleaned_data["explanation"]
    try:
        services.save_value(
            request.user,
            cell,
            text=typed,
            version=sent.cleaned_data["version"],
            explanation=explanation if kept.kind == "actual" else None,
        )
    except services.Unreadable as problem:
        return _pieces(request, submission, kept, status=UNREADABLE, problem=str(problem))
    except services.Conflict as conflict:
        kept = conflict.cell
        return _pieces(request, submission, kept, status=CONFLICT, problem=str(conflict), typed=typed)
    except Refused as refused:
        return _pieces(request, submission, kept, status=LOCKED, problem=str(refused))
    kept.refresh_from_db()
    return _pieces(request, submission, kept)


@roles(Role.SIGNER)
@require_POST
def sign(request: Request, pk: int) -> HttpResponse:
    """Sign the form."""
    submission = _submission(request, pk)
    try:
        services.sign_form(request.user, submission, remark=request.POST.get("remark", "")[:2000])
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, problem)
    else:
        messages.success(request, "已签报。此后只有被退回的数据项可以改动。")
    return redirect("form", pk=pk)


@roles(*READERS)
def differences(request: Request, pk: int) -> HttpResponse:
    """What changed after signing."""
    submission = _submission(request, pk)
    found = selectors.differences(request.user, submission)
    return render(request, "facts/differences.html", {"submission": submission, "differences": found})


def _submission(request: Request, pk: int) -> Submission:
    related = Submission.objects.select_related("round__release", "park")
    return get_object_or_404(scope.submissions_of(request.user, related), pk=pk)


def _pieces(
    request: Request,
    submission: Submission,
    cell: Cell,
    *,
    status: int = 200,
    problem: str = "",
    typed: str | None = None,
) -> HttpResponse:
    """The pieces of a row that a save may change, and the doubts of rows that stand in a check with it."""
    rows = selectors.form_row(request.user, submission, cell.variable, related=status == 200)
    row = rows.get(cell.variable)
    if row is None:
        raise PermissionDenied
    filled, total = selectors.progress(submission)
    context = {
        "submission": submission, "row": row, "cell": cell, "problem": problem, "filled": filled, "total": total,
        "others": [other for name, other in rows.items() if name != cell.variable], "saved": status == 200,
        "field": request.headers.get("HX-Trigger-Name", ""), "typed": typed, "now": _now(row, cell),
        "changed_by": cell.changes.select_related("by").last() if typed is not None else None,
    }  # fmt: skip
    return render(request, "facts/_pieces.html", context, status=status)


def _now(row: Row, cell: Cell) -> str:
    return shown(row.item, cell.reported, cell.reported_text)
