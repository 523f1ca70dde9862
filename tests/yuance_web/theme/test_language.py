from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_chinese_comes_first_whatever_the_browser_prefers(client: Client) -> None:
    page = client.get("/account/login/", headers={"Accept-Language": "en-US,en"})
    assert page.headers["Content-Language"] == "zh-hans"
    assert "登录名" in page.content.decode()


def test_english_is_chosen_and_kept(client: Client) -> None:
    assert client.post("/account/language/", {"language": "en", "next": "/account/login/"}).status_code == 302
    page = client.get("/account/login/").content.decode()
    assert '<html lang="en">' in page
    assert "Invented data" in page


def test_a_language_that_is_not_offered_is_chinese(client: Client) -> None:
    client.cookies["django_language"] = "xx"
    assert client.get("/account/login/").headers["Content-Language"] == "zh-hans"
