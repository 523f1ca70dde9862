"""One cell: what it has been through, and the documents that support it."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from yuance_web.records.accounts import access as scope
from yuance_web.records.accounts.access import roles
from yuance_web.records.accounts.models import Role
from yuance_web.records.facts import access, bridge, services
from yuance_web.records.facts.forms import EvidenceForm
from yuance_web.records.facts.models import Cell, Evidence
from yuance_web.records.facts.selectors.filling import is_editable, shown
from yuance_web.records.facts.views.filling import READERS
from yuance_web.records.rights import Request
from yuance_web.records.rounds.clocks import filling_clock
from yuance_web.records.rounds.models import Submission
from yuance_web.records.rounds.services import Refused


@roles(*READERS)
def cell(request: Request, pk: int) -> HttpResponse:
    """A cell with every value it ever held, by whom and why, and its documents."""
    kept = _cell(request, pk)
    item = bridge.form_of(kept.submission.round.release).items[kept.variable]
    steps = [(change, shown(item, change.value, change.text)) for change in kept.changes.select_related("by__office")]
    open_ = filling_clock(kept.submission, timezone.now()).is_open and access.may_fill(request.user, kept.submission)
    context = {
        "cell": kept, "item": item, "steps": steps, "submission": kept.submission, "form": EvidenceForm(),
        "evidence": kept.evidence.select_related("by"), "editable": open_ and is_editable(kept.submission, kept),
        "reported": shown(item, kept.reported, kept.reported_text), "verified": shown(item, kept.verified, kept.verified_text),
        "adopted": shown(item, kept.adopted, kept.adopted_text),
    }  # fmt: skip
    return render(request, "facts/cell.html", context)


@roles(Role.REPORTER)
@require_POST
def add_evidence(request: Request, pk: int) -> HttpResponse:
    """Attach a document."""
    kept = _cell(request, pk)
    sent = EvidenceForm(request.POST, request.FILES)
    if not sent.is_valid():
        messages.error(request, "；".join(str(text) for errors in sent.errors.values() for text in errors))
        return redirect("cell", pk=pk)
    try:
        services.add_evidence(request.user, kept.pk, sent.cleaned_data["file"])
    except (services.EvidenceRefused, Refused) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "佐证已上传")
    return redirect("cell", pk=pk)


@roles(*READERS)
def evidence(request: Request, pk: int) -> FileResponse:
    """Hand out a document, always to be saved, never to be shown or run."""
    document = _evidence(request, pk)
    response = FileResponse(
        document.file.open("rb"), as_attachment=True, filename=document.name, content_type="application/octet-stream"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@roles(Role.REPORTER)
@require_POST
def remove_evidence(request: Request, pk: int) -> HttpResponse:
    """Take a document away again."""
    document = _evidence(request, pk)
    target = document.cell_id
    try:
        services.remove_evidence(request.user, document)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("cell", pk=target)


def _cell(request: Request, pk: int) -> Cell:
    """A cell within the rows and columns of an account; others do not exist for it."""
    allowed = scope.submissions_of(request.user, Submission.objects.all())
    kept = get_object_or_404(
        Cell.objects.select_related("submission__round__release", "submission__park"), pk=pk, submission__in=allowed
    )
    if kept.variable not in access.visible_items(request.user, bridge.form_of(kept.submission.round.release)):
        raise scope.Denied("这一数据项不在本账号的范围内")
    return kept


def _evidence(request: Request, pk: int) -> Evidence:
    document = get_object_or_404(Evidence.objects.select_related("cell"), pk=pk)
    _cell(request, document.cell_id)
    return document
