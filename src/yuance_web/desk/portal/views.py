"""The desk: what waits for me."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yuance_web.desk.portal import selectors
from yuance_web.records.rights import Request, signed_in


@signed_in
@require_safe
def desk(request: Request) -> HttpResponse:
    """What waits for the account, with both clocks; the newest reminders."""
    now = timezone.now()
    context = {
        "tasks": selectors.tasks_of(request.user, now),
        "reminders": selectors.reminders_of(request.user),
        "now": now,
    }
    return render(request, "portal/desk.html", context)
