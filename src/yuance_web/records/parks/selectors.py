"""Reading parks as they were on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from yuance_web.records.parks.models import Park, ParkVersion


def versions_on(day: dt.date | None = None) -> QuerySet[ParkVersion]:
    """What every park was on a day (default: today), a version each, in the order of codes."""
    day = day or timezone.localdate()
    valid = Q(begins__lte=day) & (Q(ends=None) | Q(ends__gte=day))
    return ParkVersion.objects.filter(valid).select_related("park").order_by("park__code")


def park_on(code: str, day: dt.date | None = None) -> ParkVersion | None:
    """What one park was on a day; None before it existed or after it ended."""
    return versions_on(day).filter(park__code=code).first()


def filtered(
    versions: QuerySet[ParkVersion], *, q: str = "", level: str = "", category: str = "", county: str = ""
) -> QuerySet[ParkVersion]:
    """Versions of which name, short name or code holds a word, and of a level, category and county."""
    if q:
        versions = versions.filter(Q(name__icontains=q) | Q(short_name__icontains=q) | Q(park__code__icontains=q))
    exact = {name: value for name, value in (("level", level), ("category", category)) if value}
    return versions.filter(county__contains=county, **exact)


def choices(versions: QuerySet[ParkVersion]) -> dict[str, list[str]]:
    """What the filters of a list may be set to; a county is one even where a park lies in two."""
    rows = list(versions.values_list("level", "category", "county"))
    return {
        "level": sorted({level for level, *_ in rows if level}),
        "category": sorted({category for _, category, _ in rows if category}),
        "county": sorted(
            {one.strip() for *_, counties in rows for one in counties.replace("；", ";").split(";") if one.strip()}
        ),
    }


def history(park: Park) -> QuerySet[ParkVersion]:
    """What a park has been, newest first."""
    return park.versions.select_related("parent").order_by("-begins")


def rows(scope: Q | Iterable[object] | None) -> Q:
    """What `accounts.access.parks_of` gives, as a condition on parks: a condition already, or ids."""
    if scope is None:
        return Q()
    return scope if isinstance(scope, Q) else Q(pk__in=scope)


def visible(scope: Q | Iterable[object] | None, day: dt.date | None = None) -> QuerySet[ParkVersion]:
    """The versions on a day of those parks that an account may see."""
    condition = rows(scope)
    versions = versions_on(day)
    return versions.filter(park__in=Park.objects.filter(condition)) if condition else versions
