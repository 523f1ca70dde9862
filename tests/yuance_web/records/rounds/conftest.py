"""A round of three parks by a small method, and the rooms above kept out of the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.utils import timezone

from tests.yuance_web.records.small_method import FILES
from yuance_web.records.accounts.models import User
from yuance_web.records.parks.models import Park, ParkVersion
from yuance_web.records.releases.models import Release
from yuance_web.records.releases.services import upload_release
from yuance_web.records.rounds import services, transitions
from yuance_web.records.rounds.models import Round

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what the rounds themselves need: what facts and results add is tested there."""
    for table in (transitions.ROUND_TRANSITIONS, transitions.SUBMISSION_TRANSITIONS):
        for verb, step in table.items():
            own = [need for need in step.needs if need.__module__ == transitions.__name__]
            monkeypatch.setitem(table, verb, replace(step, needs=own))
    monkeypatch.setattr(services, "after", {})


@pytest.fixture
def parks(reporter: User, other_reporter: User) -> list[Park]:
    """KM01 and KM02, whose reporters are in the cast, and a third."""
    del reporter, other_reporter
    found = []
    for code in ("KM01", "KM02", "KM03"):
        park, _ = Park.objects.get_or_create(code=code)
        if not park.versions.exists():
            ParkVersion.objects.create(
                park=park, name=f"园区{code}", category="A", county="东县", begins=dt.date(2021, 1, 1)
            )
        found.append(park)
    return found


@pytest.fixture
def release(lead: User) -> Release:
    return upload_release(lead, {name: text.encode() for name, text in FILES.items()})


@pytest.fixture
def make(lead: User, release: Release, parks: list[Park]) -> Callable[..., Round]:
    """Make a round; its dates are days from now."""

    def made(period: str = "2023Q4", days: tuple[float, ...] = (-5, 5, 8, 18), **what: object) -> Round:
        opens, due, locks, verify_due = (timezone.now() + day * DAY for day in days)
        return services.create_round(
            lead, title="", period=period, release=release, opens=opens, due=due, locks=locks, verify_due=verify_due,
            **{"parks": parks, **what},  # type: ignore[arg-type]
        )  # fmt: skip

    return made


@pytest.fixture
def draft(make: Callable[..., Round]) -> Round:
    return make()


@pytest.fixture
def running(draft: Round, lead: User) -> Round:
    return services.open_round(lead, draft)
