from __future__ import annotations

import pytest
from django.db import transaction

from yuance_web.records.accounts.models import User
from yuance_web.records.journal.models import Entry, Head
from yuance_web.records.journal.services import digest_of, write_entry

pytestmark = pytest.mark.django_db


def test_lines_follow_one_another(lead: User) -> None:
    lead.address = "10.0.0.1"
    first = write_entry(lead, "开始填报", "轮次", "2023Q4", period="2023Q4")
    second = write_entry(None, "提醒", "轮次", "2023Q4")
    assert (first.sequence, second.sequence) == (1, 2)
    assert second.previous == first.digest
    assert (first.actor, first.actor_name, first.office, first.address) == ("lead", "牵头员", "市评价办", "10.0.0.1")
    assert second.actor == "system"
    head = Head.objects.get()
    assert (head.sequence, head.digest) == (2, second.digest)


def test_the_digest_is_that_of_what_the_database_keeps(lead: User) -> None:
    written = write_entry(lead, "公示", "轮次", "2023Q4", note="含“引号”与😀", number=1.5)
    kept = Entry.objects.get()
    assert digest_of(kept) == kept.digest == written.digest
    assert len(kept.digest) == 64


@pytest.mark.django_db(transaction=True)
def test_a_line_belongs_into_the_transaction_of_its_write() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        write_entry(None, "公示", "轮次", "2023Q4")


@pytest.mark.django_db(transaction=True)
def test_a_write_that_is_taken_back_leaves_no_line() -> None:
    with transaction.atomic():
        write_entry(None, "公示", "轮次", "2023Q4")
        transaction.set_rollback(True)
    assert not Entry.objects.exists()
    with transaction.atomic():
        assert write_entry(None, "公示", "轮次", "2023Q4").sequence == 1


def test_long_subjects_are_cut() -> None:
    assert len(write_entry(None, "公示", "轮次", "长" * 500).subject) == 200
