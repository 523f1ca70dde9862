"""Rules of a session: idle and absolute timeouts, the forced change of a first password, the second factor, the address."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from yuance_web.records.accounts import second_factor
from yuance_web.records.rights import Request, to_login

BEGAN, SEEN = "session_began", "session_seen"


class SessionRules:
    """Ends sessions that are idle or too old, and leads an account to what it must do before it works."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Judge the session, then answer the request."""
        if request.user.is_authenticated:
            now = timezone.now().timestamp()
            began, seen = request.session.setdefault(BEGAN, now), request.session.get(SEEN, now)
            if now - seen > 60 * settings.SESSION_IDLE_MINUTES or now - began > 3600 * settings.SESSION_MOST_HOURS:
                logout(request)
                return to_login(request)
            request.session[SEEN] = now
            request.user.address = request.META.get("REMOTE_ADDR", "")
            first = self._first(cast("Request", request))
            if first and request.path not in {reverse(first), reverse("logout"), reverse("set_language")}:
                return redirect(first)
        return self.get_response(request)

    @staticmethod
    def _first(request: Request) -> str:
        """What the account must do first, as the name of its page."""
        if request.user.must_change_password and not settings.DEMONSTRATION:
            return "password-change"
        if second_factor.must_have(request.user) and not second_factor.passed(request):
            return "second-factor-setup"
        return ""
