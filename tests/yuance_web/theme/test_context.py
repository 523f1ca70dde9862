from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from yuance_web.records.accounts.models import User
from yuance_web.theme.context import address

pytestmark = pytest.mark.django_db


def test_every_page_of_a_demonstration_says_that_the_data_are_invented(settings: Any, client: Client) -> None:
    assert "演示数据（虚构）" in client.get("/account/login/").content.decode()
    settings.DEMONSTRATION = False
    assert "虚构" not in client.get("/account/login/").content.decode()


def test_home_is_the_desk_for_an_account(lead: User, enter: Callable[[User], Client]) -> None:
    assert enter(lead).get("/desk/").context["home"] == "/desk/"


def test_a_page_that_is_not_there_leads_to_the_login() -> None:
    assert address("no-such-page") == "/account/login/"
