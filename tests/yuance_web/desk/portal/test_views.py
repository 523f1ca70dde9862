from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from yuance_web.records.accounts.models import User
from yuance_web.records.rounds.models import Round

pytestmark = pytest.mark.django_db

CAST = ["lead", "reporter", "signer", "verifier_tax", "reviewer", "leader", "system", "security", "audit"]


@pytest.mark.parametrize("name", CAST)
def test_everybody_has_a_desk(name: str, request: Any, round_: Round, enter: Callable[[User], Client]) -> None:
    page = enter(request.getfixturevalue(name)).get("/desk/")
    assert page.status_code == 200
    assert "等我办理" in page.content.decode()


def test_a_round_is_one_click_away_with_both_clocks(
    round_: Round, reporter: User, enter: Callable[[User], Client]
) -> None:
    page = enter(reporter).get("/desk/").content.decode()
    assert "按时截止" in page
    assert "锁定" in page


def test_an_account_without_rights_is_told_whom_to_ask(
    account: Callable[..., User], enter: Callable[[User], Client]
) -> None:
    assert "安全管理员" in enter(account("fresh")).get("/desk/").content.decode()
