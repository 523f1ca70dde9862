from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from yuance_web.records.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(system: User, enter: Callable[[User], Client]) -> Client:
    return enter(system)


def test_a_new_accounts_password_is_shown_once(browser: Client) -> None:
    page = browser.post("/account/people/new/", {"username": "zhang", "name": "张三"})
    account = User.objects.get(username="zhang")
    assert account.check_password(page.context["password"])
    assert page.context["password"] in page.content.decode()
    assert page.headers["Cache-Control"].startswith("max-age=0")
    assert page.context["password"] not in browser.get("/account/people/").content.decode()


def test_accounts_are_closed_and_opened(browser: Client, lead: User) -> None:
    for act, active in (("disable", False), ("enable", True)):
        assert browser.post(f"/account/people/{lead.pk}/{act}/").status_code == 302
        lead.refresh_from_db()
        assert lead.is_active is active


def test_a_refusal_is_told(browser: Client, system: User) -> None:
    page = browser.post(f"/account/people/{system.pk}/disable/", follow=True)
    assert "不能改动自己的账号" in page.content.decode()


def test_unknown_acts_do_not_exist(browser: Client, lead: User) -> None:
    assert browser.post(f"/account/people/{lead.pk}/promote/").status_code == 404
    assert browser.get(f"/account/people/{lead.pk}/disable/").status_code == 405


def test_queries_do_not_grow_with_accounts(
    browser: Client, account: Callable[..., User], django_assert_max_num_queries: Callable
) -> None:  # type: ignore[type-arg]
    for number in range(40):
        account(f"user{number}", office=f"单位{number}")
    with django_assert_max_num_queries(14):
        page = browser.get("/account/people/")
    assert len(page.context["page"]) == 41


def test_filters_find(browser: Client, lead: User, reporter: User) -> None:
    page = browser.get("/account/people/?q=reporter&role=reporter&state=active")
    assert list(page.context["page"]) == [reporter]
