"""Pages of evaluation methods: the list, the book of one, two side by side, upload."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from yuance_web.records.accounts.access import roles
from yuance_web.records.accounts.models import Role
from yuance_web.records.releases import bridge, selectors, services
from yuance_web.records.releases.book import book_of
from yuance_web.records.releases.comparison import compare
from yuance_web.records.releases.forms import ShippedForm, UploadForm
from yuance_web.records.releases.models import Release
from yuance_web.records.releases.tasks import run_cases_of
from yuance_web.records.rights import Request

READERS = (Role.LEAD, Role.REPORTER, Role.SIGNER, Role.VERIFIER, Role.REVIEWER, Role.LEADER)


@roles(*READERS)
@require_safe
def release_list(request: Request) -> HttpResponse:
    """All releases; those of one method can be compared."""
    return render(request, "releases/list.html", {"releases": selectors.releases()})


@roles(*READERS)
@require_safe
def release(request: Request, identifier: str, version: str) -> HttpResponse:
    """The book of a method."""
    found = _found(identifier, version)
    return render(request, "releases/book.html", {"book": book_of(found), "others": selectors.other_versions(found)})


@roles(*READERS)
@require_safe
def comparison(request: Request) -> HttpResponse:
    """Two releases side by side: ?a=id@version&b=id@version."""
    names = [request.GET.get(side, "") for side in ("a", "b")]
    pair = [selectors.release_named(*name.rsplit("@", 1)) if "@" in name else None for name in names]
    before, after = pair
    context: dict[str, object] = {"releases": selectors.releases(), "names": names}
    if before is not None and after is not None:
        context["comparison"] = compare(before, after)
    elif any(names):
        messages.error(request, "没有找到要对比的办法；请从列表中选择两个版本")
    return render(request, "releases/comparison.html", context)


@roles(Role.LEAD)
def upload(request: Request) -> HttpResponse:
    """Upload a method, or take one that ships; faults are shown all at once, and nothing is kept."""
    references = bridge.shipped_references()
    form, shipped = UploadForm(), ShippedForm(references=references)
    faults: tuple[bridge.FaultLine, ...] = ()
    if request.method == "POST" and "reference" in request.POST:
        shipped = ShippedForm(request.POST, references=references)
        if shipped.is_valid():
            return _taken(request, services.import_release(request.user, shipped.cleaned_data["reference"]))
    elif request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            files = {file.name: file.read() for file in form.cleaned_data["texts"]}
            try:
                return _taken(request, services.upload_release(request.user, files))
            except services.ReleaseRefused as refused:
                faults = refused.faults
    context = {"form": form, "shipped": shipped, "faults": faults}
    return render(request, "releases/upload.html", context, status=422 if faults else 200)


@roles(Role.LEAD)
@require_POST
def run_cases(request: Request, identifier: str, version: str) -> HttpResponse:
    """Ask the job queue to run the worked examples."""
    found = _found(identifier, version)
    run_cases_of.enqueue(found.pk, request.user.pk)
    messages.success(request, "算例已排入任务队列；完成后刷新本页即可看到结果")
    return redirect("release", identifier, version)


def _taken(request: Request, taken: Release) -> HttpResponse:
    messages.success(request, f"已导入 {taken}《{taken.title}》")
    return redirect("release", taken.identifier, taken.version)


def _found(identifier: str, version: str) -> Release:
    found = selectors.release_named(identifier, version)
    if found is None:
        raise Http404(f"没有评价办法 {identifier}@{version}")
    return found
