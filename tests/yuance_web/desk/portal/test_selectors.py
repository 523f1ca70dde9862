from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.utils import timezone

from yuance_web.desk.portal import selectors
from yuance_web.records.accounts.models import User
from yuance_web.records.rounds.models import Round

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = dt.timedelta(days=1)


def test_what_rooms_say_comes_together_the_nearest_first(lead: User, monkeypatch: pytest.MonkeyPatch) -> None:
    late = {"title": "晚", "url": "/b/", "due": NOW + 9 * DAY}
    soon = SimpleNamespace(title="早", url="/a/", detail="说明", due=NOW + 3 * DAY, locks=NOW + 5 * DAY, urgent=False)
    never = {"title": "不急", "url": "/c/"}
    hot = {"title": "急", "url": "/d/", "due": NOW + DAY / 2}
    monkeypatch.setattr(selectors, "SOURCES", (lambda _user: [late, never], lambda _user: [soon, hot]))
    tasks = selectors.tasks_of(lead, NOW)
    assert [task.title for task in tasks] == ["急", "早", "晚", "不急"]
    assert [task.urgent for task in tasks] == [True, False, False, False]
    assert tasks[1].locks == NOW + 5 * DAY


def test_a_day_lasts_until_it_ends() -> None:
    day = timezone.localdate()
    assert selectors.moment(day) > selectors.moment(timezone.make_aware(dt.datetime.combine(day, dt.time(23, 0))))
    assert selectors.moment(None) == selectors.FAR


def test_new_accounts_wait_for_the_security_administrator(
    security: User, lead: User, account: Callable[..., User]
) -> None:
    assert not selectors.rights_waiting(security)
    account("fresh")
    assert selectors.rights_waiting(security)[0].title == "1 个账号待授权"
    assert not selectors.rights_waiting(lead)


def test_a_round_waits_for_who_fills_it(round_: Round, reporter: User, leader: User) -> None:
    tasks = selectors.tasks_of(reporter)
    assert tasks
    assert tasks[0].due == round_.due
    assert tasks[0].locks == round_.locks
    assert not selectors.tasks_of(leader)


def test_reminders_are_for_parks(reporter: User, lead: User) -> None:
    assert selectors.reminders_of(reporter) == []
    assert selectors.reminders_of(lead) == []
