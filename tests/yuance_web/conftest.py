"""The cast: one account per role, each with its office, and a round that is being filled."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client

from tests.yuance_web.records import reporting
from yuance_web.records.accounts.models import Office, Role, User
from yuance_web.records.parks.models import Park
from yuance_web.records.rounds.models import Round

PASSWORD = "pass-word-2026!"  # everybody's


@pytest.fixture(autouse=True)
def _apart(settings: Any, tmp_path: Path) -> None:
    """Evidence goes to a folder of the test's own, and nobody remembers the test before."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path / "evidence")}},
    }
    cache.clear()


@lru_cache(maxsize=1)
def password_hash() -> str:
    """Made once: hashing is slow on purpose."""
    return make_password(PASSWORD)


Account = Callable[..., User]


@pytest.fixture
def account(db: None) -> Account:
    """Make an account: username, role, name, and what its office stands for."""
    del db

    def make(username: str, role: str = "", name: str = "", office: str = "", **scope: Any) -> User:
        place = Office.objects.get_or_create(name=office, defaults=scope)[0] if office else None
        user = User(username=username, role=role, name=name or username, office=place, password=password_hash())
        user.must_change_password = False
        user.email = f"{username}@example.org"
        user.save()
        return user

    return make


def _park(code: str) -> Park:
    return Park.objects.get_or_create(code=code)[0]


@pytest.fixture
def lead(account: Account) -> User:
    return account("lead", Role.LEAD, "牵头员", "市评价办")


@pytest.fixture
def reporter(account: Account) -> User:
    return account("reporter", Role.REPORTER, "填报员", "一号园区管委会", park=_park("KM01"))


@pytest.fixture
def other_reporter(account: Account) -> User:
    return account("other_reporter", Role.REPORTER, "别园填报员", "二号园区管委会", park=_park("KM02"))


@pytest.fixture
def signer(account: Account) -> User:
    return account("signer", Role.SIGNER, "负责人", "一号园区管委会", park=_park("KM01"))


@pytest.fixture
def verifier_tax(account: Account) -> User:
    return account("verifier_tax", Role.VERIFIER, "税务核实员", "市税务局", owner="税务局")


@pytest.fixture
def verifier_statistics(account: Account) -> User:
    return account("verifier_statistics", Role.VERIFIER, "统计核实员", "市统计局", owner="统计局")


@pytest.fixture
def reviewer(account: Account) -> User:
    return account("reviewer", Role.REVIEWER, "县区审阅员", "五华区政府", county="五华区")


@pytest.fixture
def leader(account: Account) -> User:
    return account("leader", Role.LEADER, "领导", "市政府")


@pytest.fixture
def system(account: Account) -> User:
    return account("system", Role.SYSTEM, "系统管理员", "信息中心")


@pytest.fixture
def security(account: Account) -> User:
    return account("security", Role.SECURITY, "安全管理员", "信息中心")


@pytest.fixture
def audit(account: Account) -> User:
    return account("audit", Role.AUDIT, "审计管理员", "信息中心")


@pytest.fixture
def enter() -> Callable[[User], Client]:
    """A browser in which somebody is signed in."""

    def make(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return make


@pytest.fixture
def round_(lead: User, reporter: User, other_reporter: User) -> Round:
    """2023Q4 is being filled by KM01, KM02 and KM03."""
    del reporter, other_reporter
    return reporting.make_round(lead, "2023Q4")
