"""Pages of results and of scoring."""

from __future__ import annotations

from django.http import HttpRequest

from yuance_web.records.accounts.models import User


class Request(HttpRequest):
    """A request of somebody who is signed in: `roles` lets no other through."""

    user: User
