"""What waits for an account, from every room that knows of something, the nearest clock first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from yuance_web.loop.evaluation import selectors as evaluation
from yuance_web.records.accounts.models import User
from yuance_web.records.accounts.selectors import waiting_for_rights
from yuance_web.records.facts import selectors as facts
from yuance_web.records.rights import Role
from yuance_web.records.rounds import selectors as rounds

NEAR = dt.timedelta(days=1)
FAR = dt.datetime.max.replace(tzinfo=dt.UTC)
REMINDERS = 6


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits, one click away, with both clocks: on time until `due`, possible until `locks`."""

    title: str
    url: str
    detail: str = ""
    due: dt.datetime | dt.date | None = None
    locks: dt.datetime | dt.date | None = None
    urgent: bool = False


def rights_waiting(user: User) -> list[Task]:
    """The security administrator: accounts without rights."""
    number = waiting_for_rights() if user.role == Role.SECURITY else 0
    return (
        [Task(f"{number} 个账号待授权", f"{reverse('rights')}?role=none", "新建的账号没有权限，授权后才能办事")]
        if number
        else []
    )


SOURCES: tuple[Callable[[User], Iterable[Any]], ...] = tuple(
    source
    for source in (
        getattr(facts, "waiting", None),
        getattr(rounds, "waiting", None),
        getattr(evaluation, "waiting", None),
        rights_waiting,
    )
    if source is not None
)


def tasks_of(user: User, now: dt.datetime | None = None) -> list[Task]:
    """Everything that waits for an account: what is urgent first, then by the nearest clock."""
    now = now or timezone.now()
    found = [_task(one, now) for source in SOURCES for one in source(user)]
    return sorted(found, key=lambda task: (not task.urgent, moment(task.due), moment(task.locks), task.title))


def reminders_of(user: User) -> list[Any]:
    """The newest reminders that an account has had."""
    return list(rounds.reminders_for(user, REMINDERS)) if user.role in {Role.REPORTER, Role.SIGNER} else []


def moment(clock: dt.datetime | dt.date | None) -> dt.datetime:
    """A clock as a moment: a day lasts until it ends; none is far away."""
    if clock is None:
        return FAR
    if isinstance(clock, dt.datetime):
        return clock
    return timezone.make_aware(dt.datetime.combine(clock, dt.time.max))


def _task(one: Any, now: dt.datetime) -> Task:
    """What a room says, as the desk shows it; rooms say it as objects or as mappings."""

    def said(name: str) -> Any:
        return one.get(name) if isinstance(one, dict) else getattr(one, name, None)

    due, locks = said("due"), said("locks")
    near = any(clock is not None and moment(clock) - now < NEAR for clock in (due, locks))
    return Task(said("title") or "", said("url") or "", said("detail") or "", due, locks, bool(said("urgent")) or near)
