"""The audit administrator's page: the journal, its filters, and the proof that it is whole."""

from __future__ import annotations

import csv
import io
from itertools import islice

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yuance_web.records.journal import selectors
from yuance_web.records.journal.forms import Filters
from yuance_web.records.journal.models import Head
from yuance_web.records.journal.services import write_entry
from yuance_web.records.rights import Request, Role, roles

PAGE = 100
MOST_BREAKS = 50
MOST_LINES = 100_000


@roles(Role.AUDIT)
@require_safe
def journal(request: Request) -> HttpResponse:
    """Lines, newest first."""
    return render(request, "journal/list.html", _page(request))


@roles(Role.AUDIT)
@require_POST
def verify(request: Request) -> HttpResponse:
    """Compute the whole chain anew; that it was done is a line itself."""
    breaks = list(islice(selectors.breaks(), MOST_BREAKS))
    with transaction.atomic():
        write_entry(request.user, "验证日志", "日志", "全部", breaks=len(breaks))
    return render(request, "journal/list.html", _page(request) | {"verified": True, "breaks": breaks})


@roles(Role.AUDIT)
@require_safe
def lines(request: Request) -> HttpResponse:
    """The filtered lines as CSV, digests included, so that somebody else can compute the chain."""
    asked = Filters(request.GET)
    found = selectors.entries(**asked.cleaned_data) if asked.is_valid() else selectors.entries()
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(
        ["序号", "时间", "操作人", "姓名", "单位", "来源地址", "动作", "对象种类", "对象", "内容", "前一行摘要", "摘要"]
    )
    for one in found[:MOST_LINES].iterator(chunk_size=2000):
        row = [one.actor, one.actor_name, one.office, one.address, one.verb, one.subject_kind, one.subject, one.detail]
        at = timezone.localtime(one.at).isoformat(timespec="microseconds")
        writer.writerow([one.sequence, at, *map(_harmless, row), one.previous, one.digest])
    headers = {"Content-Disposition": 'attachment; filename="journal.csv"'}
    return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _page(request: Request) -> dict[str, object]:
    asked = Filters(request.GET)
    found = selectors.entries(**asked.cleaned_data) if asked.is_valid() else selectors.entries()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return {"page": page, "filters": asked, "head": Head.objects.filter(pk=1).first()}


def _harmless(text: str) -> str:
    """A cell that a spreadsheet would compute is led by an apostrophe."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
