from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from yuance_web.records.accounts.models import Office, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(security: User, enter: Callable[[User], Client]) -> Client:
    return enter(security)


def test_an_account_gets_role_and_office(browser: Client, account: Callable[..., User]) -> None:
    fresh = account("fresh")
    assert "1 个账号" in browser.get("/account/rights/").content.decode()
    office = Office.objects.create(name="市财政局", owner="财政局")
    answer = browser.post(f"/account/rights/{fresh.pk}/", {"role": "verifier", "office": office.pk})
    assert answer.headers["Location"] == "/account/rights/"
    fresh.refresh_from_db()
    assert fresh.role == "verifier"


def test_a_refusal_stays_on_the_page(browser: Client, lead: User) -> None:
    page = browser.post(f"/account/rights/{lead.pk}/", {"role": "audit", "office": ""})
    assert "三员分立" in page.content.decode()


def test_offices_are_made_and_changed(browser: Client) -> None:
    assert browser.post("/account/offices/new/", {"name": "市财政局", "owner": "财政局"}).status_code == 302
    office = Office.objects.get(name="市财政局")
    page = browser.post(f"/account/offices/{office.pk}/", {"name": "市财政局", "owner": "财政局", "county": "五华区"})
    assert "三者取一" in page.content.decode()
    assert browser.post(f"/account/offices/{office.pk}/", {"name": "财政局", "owner": "财政局"}).status_code == 302
    assert "财政局" in browser.get("/account/offices/").content.decode()


def test_two_offices_of_one_name_are_refused(browser: Client) -> None:
    Office.objects.create(name="市财政局")
    assert browser.post("/account/offices/new/", {"name": "市财政局"}).status_code == 200


def test_queries_do_not_grow_with_offices(browser: Client, django_assert_max_num_queries: Callable) -> None:  # type: ignore[type-arg]
    for number in range(40):
        Office.objects.create(name=f"单位{number}")
    with django_assert_max_num_queries(14):
        browser.get("/account/offices/")
