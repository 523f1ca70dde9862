"""Reading parks as they were on a day."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils import timezone

from yuance_web.records.parks.models import ParkVersion


def versions_on(day: dt.date | None = None) -> QuerySet[ParkVersion]:
    """What every park was on a day (default: today), a version each, in the order of codes."""
    day = day or timezone.localdate()
    valid = Q(begins__lte=day) & (Q(ends=None) | Q(ends__gte=day))
    return ParkVersion.objects.filter(valid).select_related("park").order_by("park__code")


def park_on(code: str, day: dt.date | None = None) -> ParkVersion | None:
    """What one park was on a day; None before it existed or after it ended."""
    return versions_on(day).filter(park__code=code).first()
