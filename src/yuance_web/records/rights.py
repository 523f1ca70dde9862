"""Rights (权限): who may open a page, which rows and which columns. Denied unless granted.

It stands below everything else that is kept, and knows an account only by its shape, so that every room can ask it.
`records.accounts.access` offers the same names to the rooms above accounts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.http import urlencode

View = Callable[..., HttpResponseBase]
M = TypeVar("M", bound=models.Model)


class Role(models.TextChoices):
    """What an account may do; rows and columns come from its office."""

    LEAD = "lead", "牵头部门"
    REPORTER = "reporter", "园区填报人"
    SIGNER = "signer", "园区负责人"
    VERIFIER = "verifier", "责任部门核实人"
    REVIEWER = "reviewer", "县（市）区"
    LEADER = "leader", "领导"
    SYSTEM = "system", "系统管理员"
    SECURITY = "security", "安全管理员"
    AUDIT = "audit", "审计管理员"


ADMINISTRATORS = frozenset({Role.SYSTEM, Role.SECURITY, Role.AUDIT})
ALL_ROWS = frozenset({Role.LEAD, Role.LEADER, Role.VERIFIER})
PARK_ROWS = frozenset({Role.REPORTER, Role.SIGNER})
EVERYONE = "everyone"
NOBODY = Q(pk__in=[])
_SEVERAL = re.compile(r"[、,，;；/]")


class Request(HttpRequest):
    """A request of a signed-in account: what a guarded view gets. Its account is known only by its shape."""

    user: Any


class Denied(PermissionDenied):
    """What was asked for is outside the rights of the account; its message is shown on the page."""


def roles(*granted: str) -> Callable[[View], View]:
    """A view for these roles alone: others are denied, who is not signed in is led to the login."""
    return _guard(frozenset(str(Role(role)) for role in granted))


def _guard(allowed: frozenset[str], *, without_role: bool = False) -> Callable[[View], View]:
    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_login(request)
            if request.user.role not in allowed and not (without_role and not request.user.role):
                raise Denied(_whose(allowed))
            return view(request, *args, **kwargs)

        guarded.allowed_roles = allowed  # type: ignore[attr-defined]  # read by the matrix of rights
        return guarded

    return guard


def signed_in(view: View) -> View:
    """A view for every account, whatever its role; also for a new one that has none yet."""
    return _guard(frozenset(Role.values), without_role=True)(view)


def everyone(view: View) -> View:
    """A public view."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    opened.allowed_roles = EVERYONE  # type: ignore[attr-defined]
    return opened


def to_login(request: HttpRequest) -> HttpResponse:
    """To the login and back again; a fragment that a page asked for leads the whole page there."""
    fragment = request.headers.get("HX-Request") == "true"
    asked = (request.headers.get("HX-Current-URL", "/") if fragment else request.get_full_path()) or "/"
    place = re.sub(r"^https?://[^/]+", "", asked) or "/"
    target = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': place})}"
    if fragment:
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return HttpResponse(status=302, headers={"Location": target})


def parks_of(user: Any) -> Q:
    """The parks within the rows of an account, as a condition on parks; `Q()` where they are all of them."""
    role, office = getattr(user, "role", ""), getattr(user, "office", None)
    if role in ALL_ROWS:
        return Q()
    if role in PARK_ROWS and office is not None and office.park_id:
        return Q(pk=office.park_id)
    if role == Role.REVIEWER and office is not None and office.county:
        today = timezone.localdate()
        now = Q(versions__begins__lte=today) & (Q(versions__ends=None) | Q(versions__ends__gte=today))
        return now & Q(versions__county__contains=office.county)
    return NOBODY


def submissions_of(user: Any, queryset: QuerySet[M]) -> QuerySet[M]:
    """The submissions within the rows of an account: a county's are those it had when their round was made."""
    role, office = getattr(user, "role", ""), getattr(user, "office", None)
    if role in ALL_ROWS:
        return queryset
    if role in PARK_ROWS and office is not None and office.park_id:
        return queryset.filter(park_id=office.park_id)
    if role == Role.REVIEWER and office is not None and office.county:
        return queryset.filter(county__contains=office.county)
    return queryset.none()


def owns_variable(user: Any, owner: str) -> bool:
    """Whether a variable with this owner (one department, or several) is a column of the account."""
    office = getattr(user, "office", None)
    own = office.owner if office is not None else ""
    return (
        getattr(user, "role", "") == Role.VERIFIER
        and bool(own)
        and own in {one.strip() for one in _SEVERAL.split(owner)}
    )


def _whose(allowed: frozenset[str]) -> str:
    names = "、".join(role.label for role in Role if role.value in allowed)
    return f"本页供{names}使用，您的账号没有这项权限。如工作需要，请联系安全管理员授权。"
