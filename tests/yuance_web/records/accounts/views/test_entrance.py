from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from tests.yuance_web.conftest import PASSWORD
from yuance_web.records.accounts.models import User
from yuance_web.records.journal.models import Entry

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def log_in(client: Client, name: str = "lead", password: str = PASSWORD, **more: str) -> Any:
    return client.post("/account/login/", {"username": name, "password": password, **more})


def code(secret: str = SECRET) -> str:
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))


def verbs() -> list[str]:
    return list(Entry.objects.order_by("sequence").values_list("verb", flat=True))


def test_name_and_password_lead_to_where_one_wanted_to_go(client: Client, lead: User) -> None:
    assert log_in(client, next="/rounds/").headers["Location"] == "/rounds/"
    assert client.get("/desk/").status_code == 200
    assert verbs() == ["登录"]


def test_nobody_is_led_elsewhere(client: Client, lead: User) -> None:
    assert log_in(client, next="https://elsewhere.example/").headers["Location"] == "/desk/"


def test_a_wrong_password_is_told_and_written_down(client: Client, lead: User) -> None:
    page = log_in(client, password="wrong")
    assert "登录名或密码不对" in page.content.decode()
    assert verbs() == ["登录失败"]


def test_a_wrong_name_is_answered_as_a_wrong_password(client: Client, lead: User) -> None:
    pages = [log_in(client, name, "wrong").content.decode() for name in ("lead", "nobody")]
    assert all("登录名或密码不对" in page for page in pages)


def test_after_five_mistakes_the_login_is_locked_even_for_the_right_password(client: Client, lead: User) -> None:
    for _ in range(5):
        page = log_in(client, password="wrong")
    assert page.status_code == 429
    assert "登录已锁定" in page.content.decode()
    assert "30 分钟" in page.content.decode()
    assert log_in(client).status_code == 429
    assert "锁定登录" in verbs()


def test_going_out_ends_the_session(lead: User, enter: Callable[[User], Client]) -> None:
    browser = enter(lead)
    assert browser.get("/account/logout/").status_code == 405
    assert browser.post("/account/logout/").status_code == 302
    assert browser.get("/desk/").status_code == 302


def test_a_password_is_changed_by_its_owner(lead: User, enter: Callable[[User], Client]) -> None:
    browser = enter(lead)
    fields = {"old_password": PASSWORD, "new_password1": "another-word-77", "new_password2": "another-word-77"}
    assert browser.post("/account/password/", fields | {"old_password": "wrong"}).status_code == 200
    assert browser.post("/account/password/", fields).headers["Location"] == "/desk/"
    assert browser.get("/desk/").status_code == 200
    lead.refresh_from_db()
    assert lead.check_password("another-word-77")


def test_with_a_second_factor_the_password_alone_opens_nothing(client: Client, lead: User) -> None:
    TOTP.activate(lead, SECRET)
    assert log_in(client, next="/rounds/").headers["Location"] == "/account/login/code/"
    assert client.get("/desk/").status_code == 302
    assert "口令不对" in client.post("/account/login/code/", {"code": "000000"}).content.decode()
    answer = client.post("/account/login/code/", {"code": code()})
    assert answer.headers["Location"] == "/rounds/"
    assert client.get("/desk/").status_code == 200
    assert verbs() == ["登录失败", "登录"]


def test_a_code_is_used_once(client: Client, lead: User) -> None:
    TOTP.activate(lead, SECRET)
    same = code()
    log_in(client)
    assert client.post("/account/login/code/", {"code": same}).status_code == 302
    other = Client()
    log_in(other)
    assert other.post("/account/login/code/", {"code": same}).status_code == 200
    assert other.get("/desk/").status_code == 302


def test_a_recovery_code_stands_in_once(client: Client, lead: User) -> None:
    TOTP.activate(lead, SECRET)
    spare = RecoveryCodes.activate(lead).generate_codes()[0]
    for status in (302, 200):
        browser = Client()
        log_in(browser)
        assert browser.post("/account/login/code/", {"code": spare}).status_code == status


def test_the_second_step_is_not_reached_without_the_first(client: Client, lead: User) -> None:
    TOTP.activate(lead, SECRET)
    assert client.post("/account/login/code/", {"code": code()}).headers["Location"] == "/account/login/"


def test_the_second_step_waits_five_minutes(client: Client, lead: User) -> None:
    TOTP.activate(lead, SECRET)
    log_in(client)
    session = client.session
    session["second_factor_pending"] = {**session["second_factor_pending"], "at": 0}
    session.save()
    assert client.post("/account/login/code/", {"code": code()}).headers["Location"] == "/account/login/"


def test_a_second_factor_is_set_up_by_proving_the_key(
    settings: Any, lead: User, enter: Callable[[User], Client]
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    browser = enter(lead)
    page = browser.get("/account/second-factor/")
    assert "<svg" in page.content.decode()
    secret = page.context["key"].secret
    assert "口令不对" in browser.post("/account/second-factor/", {"code": "000000"}).content.decode()
    done = browser.post("/account/second-factor/", {"code": code(secret)})
    assert len(done.context["codes"]) == 10
    assert browser.get("/desk/").status_code == 200
    assert browser.get("/account/second-factor/").context["is_set_up"]
    assert "设置二次验证" in verbs()
