"""What every page knows: whether the data are invented, where home is, and what the account may open."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from yuance_web.theme.navigation import entries


def page(request: HttpRequest) -> dict[str, Any]:
    """Whether the data are invented, so that each page can say so; home; navigation of the role."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return {
        "demonstration": settings.DEMONSTRATION,
        "home": address("desk" if signed_in else "public"),
        "navigation": entries(user.role if user is not None and signed_in else "", request.path),
    }


def address(name: str) -> str:
    """Where a page is; the login where there is none of that name."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return reverse(settings.LOGIN_URL)
