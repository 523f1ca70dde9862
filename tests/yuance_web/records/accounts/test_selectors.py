from __future__ import annotations

from collections.abc import Callable

import pytest

from yuance_web.records.accounts import selectors
from yuance_web.records.accounts.models import User

pytestmark = pytest.mark.django_db


def test_accounts_are_found_by_name_office_role_and_state(
    lead: User, reporter: User, account: Callable[..., User]
) -> None:
    fresh = account("fresh")
    fresh.is_active = False
    fresh.save()
    assert list(selectors.accounts(q="一号园区")) == [reporter]
    assert list(selectors.accounts(role="lead")) == [lead]
    assert list(selectors.accounts(role="none")) == [fresh]
    assert list(selectors.accounts(state="disabled")) == [fresh]
    assert selectors.accounts().count() == 3


def test_closed_accounts_wait_for_no_rights(account: Callable[..., User]) -> None:
    account("one")
    closed = account("two")
    closed.is_active = False
    closed.save()
    assert selectors.waiting_for_rights() == 1


def test_offices_come_with_their_parks(reporter: User) -> None:
    assert [office.park for office in selectors.offices()] == [reporter.office and reporter.office.park]
