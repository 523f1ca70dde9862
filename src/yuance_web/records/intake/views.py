"""Templates out and in: download, upload, preview, confirm."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from yuance_web.records.accounts import access as scope
from yuance_web.records.accounts.access import roles
from yuance_web.records.accounts.models import Role
from yuance_web.records.intake import access, selectors, services
from yuance_web.records.intake.bridge import UploadRefused
from yuance_web.records.intake.forms import UploadForm
from yuance_web.records.intake.models import Import
from yuance_web.records.rights import Request
from yuance_web.records.rounds.models import Round, RoundState, Submission
from yuance_web.records.rounds.services import Refused

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BRINGERS = (Role.REPORTER, Role.VERIFIER, Role.LEAD)
MOST_SHOWN = 2_000
VERDICTS = {"new": "新增", "changed": "改动", "same": "相同", "refused": "不采用"}


@roles(Role.REPORTER, Role.SIGNER, Role.LEAD, Role.LEADER, Role.REVIEWER)
def park_template(request: Request, pk: int) -> HttpResponse:
    """The Excel template of a park."""
    related = Submission.objects.select_related("round__release", "park")
    submission = get_object_or_404(scope.submissions_of(request.user, related), pk=pk)
    content = selectors.park_template(request.user, submission)
    return _workbook(content, f"{submission.round.period}-{submission.park.code}-{submission.name}-填报表.xlsx")


@roles(Role.VERIFIER, Role.LEAD)
def department_template(request: Request, pk: int) -> HttpResponse:
    """The Excel template of a department: all parks × its items."""
    round_ = _round(pk)
    content = selectors.department_template(request.user, round_)
    return _workbook(content, f"{round_.period}-{request.user.office or '牵头部门'}-核实表.xlsx")


@roles(*BRINGERS)
def upload(request: Request, pk: int) -> HttpResponse:
    """Bring a template back."""
    round_ = _round(pk)
    problems: list[str] = []
    form = UploadForm()
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            sent = form.cleaned_data["file"]
            try:
                preview = services.preview_import(request.user, round_, sent.read(services.MOST_BYTES + 1), sent.name)
            except UploadRefused as refused:
                problems = list(refused.problems)
            else:
                return redirect("import-preview", pk=preview.pk)
        else:
            problems = [str(text) for errors in form.errors.values() for text in errors]
    context = {
        "round": round_,
        "form": form,
        "problems": problems,
        "submission": access.own_submission(request.user, round_),
    }
    return render(request, "intake/upload.html", context, status=422 if problems else 200)


@roles(*BRINGERS)
def preview(request: Request, pk: int) -> HttpResponse:
    """What an upload would change, cell by cell."""
    kept = _import(request, pk)
    counts = Counter(row["verdict"] for row in kept.rows)
    shown = request.GET.get("verdict", "")
    if shown not in VERDICTS:
        shown = ""
    rows = [row for row in kept.rows if (row["verdict"] == shown if shown else row["verdict"] != "same")]
    order = {"refused": 0, "changed": 1, "new": 2, "same": 3}
    rows = sorted(rows, key=lambda row: order[row["verdict"]])
    context = {
        "import": kept, "rows": rows[:MOST_SHOWN], "more": max(0, len(rows) - MOST_SHOWN), "shown": shown,
        "counts": [(key, words, counts[key]) for key, words in VERDICTS.items()],
        "writable": counts["new"] + counts["changed"], "doubted": sum(bool(row["doubt"]) for row in kept.rows),
        "submission": access.own_submission(request.user, kept.round),
    }  # fmt: skip
    return render(request, "intake/preview.html", context)


@roles(*BRINGERS)
@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """Write what the preview showed."""
    kept = _import(request, pk)
    try:
        written = services.confirm_import(request.user, kept)
    except (UploadRefused, Refused) as refused:
        messages.error(request, str(refused))
        return redirect("import-preview", pk=pk)
    messages.success(request, f"已写入 {written} 格")
    submission = access.own_submission(request.user, kept.round)
    return redirect("form", pk=submission.pk) if submission else redirect("verify", pk=kept.round_id)


@roles(*BRINGERS)
@require_POST
def drop(request: Request, pk: int) -> HttpResponse:
    """Give the preview up."""
    kept = _import(request, pk)
    services.drop_import(request.user, kept)
    messages.success(request, "已放弃，没有写入任何数据")
    return redirect("import-upload", pk=kept.round_id)


def _round(pk: int) -> Round:
    return get_object_or_404(Round.objects.select_related("release").exclude(state=RoundState.DRAFT), pk=pk)


def _import(request: Request, pk: int) -> Import:
    """An account's own upload; others do not exist for it."""
    kept = Import.objects.select_related("round__release").filter(pk=pk, by=request.user).first()
    if kept is None:
        raise Http404
    return kept


def _workbook(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    return response
