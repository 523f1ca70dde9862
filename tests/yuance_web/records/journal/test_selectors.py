from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from yuance_web.records.accounts.models import User
from yuance_web.records.journal import selectors
from yuance_web.records.journal.models import Entry, Head
from yuance_web.records.journal.services import write_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(lead: User) -> None:
    for number in range(1, 6):
        write_entry(lead if number % 2 else None, "公示" if number == 3 else "保存", "轮次", f"第 {number}")


def forge_detail() -> None:
    Entry.objects.filter(sequence=3).update(detail="forged")


def forge_with_digest() -> None:
    line = Entry.objects.get(sequence=3)
    line.subject = "forged"
    line.digest = selectors.digest_of(line)
    line.save()


def drop_a_row() -> None:
    Entry.objects.filter(sequence=3).delete()


def drop_the_last_row() -> None:
    Entry.objects.filter(sequence=5).delete()


def swap_rows() -> None:
    Entry.objects.filter(sequence=3).update(sequence=99)
    Entry.objects.filter(sequence=4).update(sequence=3)
    Entry.objects.filter(sequence=99).update(sequence=4)


def forget_everything() -> None:
    Entry.objects.all().delete()


def move_the_head() -> None:
    Head.objects.update(digest="0" * 64)


@pytest.mark.usefixtures("chain")
def test_an_untouched_chain_is_whole() -> None:
    assert not list(selectors.breaks())


def test_an_empty_journal_is_whole() -> None:
    assert not list(selectors.breaks())


@pytest.mark.usefixtures("chain")
@pytest.mark.parametrize(
    "tamper",
    [forge_detail, forge_with_digest, drop_a_row, drop_the_last_row, swap_rows, forget_everything, move_the_head],
)
def test_what_was_changed_is_found(tamper: Callable[[], None]) -> None:
    tamper()
    assert list(selectors.breaks())


@pytest.mark.usefixtures("chain")
def test_filters() -> None:
    def numbers(**asked: object) -> list[int]:
        return [line.sequence for line in selectors.entries(**asked)]  # type: ignore[arg-type]

    today = timezone.localdate()
    assert numbers() == [5, 4, 3, 2, 1]
    assert numbers(actor="牵头") == [5, 3, 1]
    assert numbers(verb="公示") == [3]
    assert numbers(kind="园区") == []
    assert numbers(subject="第 2") == [2]
    assert numbers(since=today + dt.timedelta(days=2)) == []
    assert len(numbers(since=today - dt.timedelta(days=2), until=today + dt.timedelta(days=2))) == 5
    assert selectors.words() == (["保存", "公示"], ["轮次"])
