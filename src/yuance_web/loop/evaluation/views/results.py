"""Pages of results: rankings, one score explained, comparison, trend; downloads of the same tables."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from yuance_web.loop.evaluation import access, bridge, pictures, presenting, selectors, sheets, standings
from yuance_web.loop.evaluation.access import READERS
from yuance_web.loop.evaluation.models import Issue
from yuance_web.loop.evaluation.views import Request
from yuance_web.records.accounts.access import Denied, roles
from yuance_web.records.parks.selectors import park_on
from yuance_web.records.rounds.models import Round

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_COMPARED = 10


@roles(*READERS)
@require_safe
def results(request: Request) -> HttpResponse:
    """The results that count, newest first."""
    return render(request, "evaluation/results.html", {"issues": selectors.results()})


@roles(*READERS)
@require_safe
def ranking(request: Request, pk: int, number: int | None = None) -> HttpResponse:
    """The ranking of a round that is in notice or final, by category or overall."""
    issue = _issue(pk, number)
    context = presenting.ranking_page(issue, overall=request.GET.get("view") == "overall")
    context["others"] = selectors.issues_of(issue.round)
    context["may_object"] = issue.round.state == "notice"
    return render(request, "evaluation/ranking.html", context)


@roles(*READERS)
@require_safe
def ranking_sheet(request: Request, pk: int, number: int) -> HttpResponse:
    """The same table as Excel."""
    del request
    issue = _issue(pk, number)
    heading, rows = presenting.ranking_rows(issue)
    notes = presenting.notes_of(issue)
    return download(
        sheets.workbook(str(issue), heading, rows, notes), f"{issue.round.period}-ranking-{issue.number}.xlsx"
    )


@roles(*READERS)
@require_safe
def comparison(request: Request, pk: int) -> HttpResponse:
    """Up to ten parks side by side: a table and a profile."""
    issue = _issue(pk)
    lines = [
        line for group in standings.ranking(issue.run.scores, issue.run.meta, overall=True) for line in group.lines
    ]
    codes = list(dict.fromkeys(request.GET.getlist("park")))
    chosen = [line for code in codes for line in lines if line.unit == code]
    problem = f"一次最多比较 {MOST_COMPARED} 个园区；已取前 {MOST_COMPARED} 个" if len(chosen) > MOST_COMPARED else ""
    chosen = chosen[:MOST_COMPARED]
    nodes = standings.dimensions(issue.run.meta)
    context = {
        "issue": issue,
        "round": issue.round,
        "lines": lines,
        "chosen": chosen,
        "codes": [line.unit for line in chosen],
        "problem": problem,
        "picture": pictures.profile_picture(chosen, [name for _, name in nodes]) if chosen else None,
        "rows": [(name, [line.parts[at] for line in chosen]) for at, (_, name) in enumerate(nodes)],
        "most": MOST_COMPARED,
    }
    return render(request, "evaluation/comparison.html", context)


@roles(*READERS)
@require_safe
def score(request: Request, pk: int, park: str) -> HttpResponse:
    """One score opened: total, dimensions, indicators, formulas, reported cells, files, and who verified them."""
    issue = _issue(pk)
    if not access.may_open_score(request.user, issue.round, park):
        raise Denied("只能查看本园区（本县市区）得分的由来")
    return render(
        request, "evaluation/score.html", score_context(request, issue.round, issue.run, park) | {"issue": issue}
    )


@roles(*READERS)
@require_safe
def trend(request: Request, park: str) -> HttpResponse:
    """The results of a park over time; where category or method changed, the line is cut and the reason told."""
    points = standings.trend(presenting.runs_in_time(), park)
    version = park_on(park)
    if version is None and not points:
        raise Http404(park)
    names = list(dict.fromkeys(name for point in points for name in point.parts))
    context = {
        "park": park,
        "name": version.name if version is not None else park,
        "points": points,
        "names": names,
        "rows": [(point, [point.parts.get(name) for name in names]) for point in reversed(points)],
        "picture": pictures.trend_picture(points),
    }
    return render(request, "evaluation/trend.html", context)


def score_context(request: Request, round_: Round, run: Any, park: str) -> dict[str, Any]:
    """What the page of an explained score shows, as far as the reader may see it."""
    try:
        told = bridge.told(run, presenting.release_of(run), park)
    except bridge.Unscorable as error:
        raise Http404(str(error)) from error
    return {**presenting.score_page(request.user, round_, told, park), "digits": run.meta["digits"]}


def download(content: bytes | str, name: str, kind: str = XLSX) -> HttpResponse:
    """A file to keep."""
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _issue(pk: int, number: int | None = None) -> Issue:
    round_ = get_object_or_404(Round.objects.select_related("release"), pk=pk)
    issue = selectors.issue_of(round_, number)
    if issue is None:
        raise Http404("这一轮还没有公示或通报的结果")
    return issue
