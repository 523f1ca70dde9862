"""Reading accounts and offices. Only administrators ask for these."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from yuance_web.records.accounts.models import Office, User


def accounts(*, q: str = "", role: str = "", state: str = "") -> QuerySet[User]:
    """Accounts whose name, login or office holds a word, of a role (`none`: without one), active or not."""
    found = User.objects.select_related("office").order_by("username")
    if q:
        found = found.filter(Q(username__icontains=q) | Q(name__icontains=q) | Q(office__name__icontains=q))
    if role:
        found = found.filter(role="" if role == "none" else role)
    if state:
        found = found.filter(is_active=state == "active")
    return found


def offices() -> QuerySet[Office]:
    """Every office with its park."""
    return Office.objects.select_related("park").order_by("name")


def waiting_for_rights() -> int:
    """How many accounts wait for the security administrator."""
    return User.objects.filter(role="", is_active=True).count()
