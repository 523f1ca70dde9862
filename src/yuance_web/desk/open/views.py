"""Public pages: notices, final results, methods, open data. No account is needed; nothing unpublished is reached from here."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yuance_web.desk.open import selectors
from yuance_web.desk.open.api import api
from yuance_web.desk.open.described import operations
from yuance_web.loop.evaluation import presenting, sheets
from yuance_web.loop.evaluation.models import Issue
from yuance_web.loop.evaluation.selectors import issues_of
from yuance_web.records.accounts.access import everyone
from yuance_web.records.releases.book import book_of


@everyone
@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """The front page: what is in notice, what is final."""
    context = {"notices": selectors.notices(), "finals": selectors.finals(), "releases": selectors.releases()}
    return render(request, "opendata/public.html", context)


@everyone
@require_safe
def ranking(request: HttpRequest, round_: int, number: int | None = None) -> HttpResponse:
    """A published ranking."""
    issue = _published(round_, number)
    context = presenting.ranking_page(issue, overall=request.GET.get("view") == "overall")
    context |= {"public": True, "others": issues_of(issue.round)}
    return render(request, "opendata/ranking.html", context)


@everyone
@require_safe
def scores(request: HttpRequest, round_: int) -> HttpResponse:
    """The scores of a final result as CSV."""
    del request
    issue = selectors.final(round_)
    if issue is None:
        raise Http404("没有这一轮的已通报结果")
    names = [name for name, _ in selectors.columns(issue.run)]
    text = sheets.table_csv(names, selectors.rows(issue.run))
    headers = {"Content-Disposition": f'attachment; filename="{issue.round.period}-scores-{issue.number}.csv"'}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


@everyone
@require_safe
def methods(request: HttpRequest) -> HttpResponse:
    """The methods of published results."""
    return render(request, "opendata/methods.html", {"releases": selectors.releases()})


@everyone
@require_safe
def method(request: HttpRequest, identifier: str, version: str) -> HttpResponse:
    """The book of one of them."""
    found = selectors.release(identifier, version)
    if found is None:
        raise Http404("没有这个已公布的评价办法")
    return render(request, "releases/book.html", {"book": book_of(found), "others": []})


@everyone
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Open data: the tables, the interface and its description."""
    finals = selectors.finals()
    columns = selectors.columns(finals[0].run) if finals else []
    return render(request, "opendata/data.html", {"finals": finals, "columns": columns})


@everyone
@require_safe
def interface(request: HttpRequest) -> HttpResponse:
    """The description of the interface as a page."""
    schema = api.get_openapi_schema()
    return render(request, "opendata/interface.html", {"schema": schema, "operations": operations(schema)})


def _published(round_: int, number: int | None) -> Issue:
    issue = selectors.published(round_, number)
    if issue is None:
        raise Http404("这一轮还没有公布结果")
    return issue
