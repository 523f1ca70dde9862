from __future__ import annotations

from collections.abc import Callable

import pytest
from django.template.loader import render_to_string
from django.test import Client

from yuance_web.records.accounts.models import User

pytestmark = pytest.mark.django_db


def test_what_is_not_there_says_what_to_do(client: Client) -> None:
    page = client.get("/no/such/page/")
    assert page.status_code == 404
    assert "没有找到这一页" in page.content.decode()
    assert "Resolver404" not in page.content.decode()


def test_what_a_view_says_in_chinese_is_shown(lead: User, enter: Callable[[User], Client]) -> None:
    page = enter(lead).get("/parks/NO99/")
    assert page.status_code == 404
    assert "没有园区 NO99" in page.content.decode()


def test_a_refusal_names_who_may(lead: User, enter: Callable[[User], Client]) -> None:
    page = enter(lead).get("/journal/")
    assert page.status_code == 403
    assert "本页供审计管理员使用" in page.content.decode()


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "500.html"])
def test_pages_of_last_resort_need_nothing(name: str) -> None:
    assert "园策" in render_to_string(name)
