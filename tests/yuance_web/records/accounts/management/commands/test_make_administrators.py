from __future__ import annotations

import io
import re

import pytest
from django.core.management import CommandError, call_command

from yuance_web.records.accounts.models import User
from yuance_web.records.journal.models import Entry

pytestmark = pytest.mark.django_db


def said(*arguments: str) -> str:
    out = io.StringIO()
    call_command("make_administrators", *arguments, stdout=out)
    return out.getvalue()


def test_three_accounts_with_passwords_of_their_own() -> None:
    words = said()
    passwords = dict(re.findall(r"登录名 (\w+)　初始密码 (\S+)", words))
    assert set(passwords) == {"system", "security", "audit"}
    for name, password in passwords.items():
        account = User.objects.get(username=name)
        assert (account.role, account.must_change_password, account.check_password(password)) == (name, True, True)
    assert Entry.objects.filter(verb="建立管理员").count() == 3


def test_twice_changes_nothing(system: User, security: User, audit: User) -> None:
    assert "初始密码 " not in said()
    assert User.objects.count() == 3


def test_a_taken_name_is_told(account: object) -> None:
    account("system")  # type: ignore[operator]
    with pytest.raises(CommandError, match="占用"):
        said()


def test_one_administrator_gets_a_new_key(audit: User, lead: User) -> None:
    password = re.findall(r"初始密码 (\S+)", said("--reset", "audit"))[0]
    audit.refresh_from_db()
    assert audit.check_password(password)
    assert audit.must_change_password
    with pytest.raises(CommandError, match="没有名为"):
        said("--reset", "lead")
