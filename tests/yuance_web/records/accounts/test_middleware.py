from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from yuance_web.records.accounts.middleware import BEGAN, SEEN
from yuance_web.records.accounts.models import User

pytestmark = pytest.mark.django_db


def shift(browser: Client, key: str, seconds: float) -> None:
    session = browser.session
    session[key] -= seconds
    session.save()


@pytest.mark.parametrize(("key", "seconds"), [(SEEN, 31 * 60), (BEGAN, 11 * 3600)])
def test_a_session_ends_when_it_is_idle_or_too_old(
    key: str, seconds: float, lead: User, enter: Callable[[User], Client]
) -> None:
    browser = enter(lead)
    assert browser.get("/desk/").status_code == 200
    shift(browser, key, seconds)
    answer = browser.get("/desk/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/account/login/?next=%2Fdesk%2F"
    assert browser.get("/desk/").status_code == 302


def test_a_first_password_is_changed_before_anything_else(
    settings: Any, lead: User, enter: Callable[[User], Client]
) -> None:
    settings.DEMONSTRATION = False
    lead.must_change_password = True
    lead.save()
    browser = enter(lead)
    assert browser.get("/desk/").headers["Location"] == "/account/password/"
    assert browser.get("/account/password/").status_code == 200


def test_a_second_factor_is_set_up_before_anything_else(
    settings: Any, lead: User, reporter: User, enter: Callable[[User], Client]
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    assert enter(lead).get("/desk/").headers["Location"] == "/account/second-factor/"
    assert enter(reporter).get("/desk/").status_code == 200


def test_a_disabled_account_is_out_at_its_next_page(lead: User, enter: Callable[[User], Client]) -> None:
    browser = enter(lead)
    User.objects.filter(pk=lead.pk).update(is_active=False)
    assert browser.get("/desk/").status_code == 302
