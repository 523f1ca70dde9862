"""Rules of a session: idle and absolute timeouts, the forced change of a first password, the address for the journal."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

BEGAN, SEEN = "session_began", "session_seen"


class SessionRules:
    """Ends sessions that are idle or too old, and leads an account with a first password to changing it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = timezone.now().timestamp()
            began, seen = request.session.setdefault(BEGAN, now), request.session.get(SEEN, now)
            if now - seen > 60 * settings.SESSION_IDLE_MINUTES or now - began > 3600 * settings.SESSION_MOST_HOURS:
                logout(request)
                return redirect(f"{reverse(settings.LOGIN_URL)}?next={request.path}")
            request.session[SEEN] = now
            request.user.address = request.META.get("REMOTE_ADDR", "")
            free = {reverse("password-change"), reverse("logout")}
            if request.user.must_change_password and not settings.DEMONSTRATION and request.path not in free:
                return redirect("password-change")
        return self.get_response(request)
