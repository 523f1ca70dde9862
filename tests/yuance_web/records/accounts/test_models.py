from __future__ import annotations

import pytest

from yuance_web.records.accounts.models import User

pytestmark = pytest.mark.django_db


def test_an_account_is_called_by_name_and_login(lead: User) -> None:
    assert str(lead) == "牵头员（lead）"
    assert str(lead.office) == "市评价办"


def test_three_roles_administrate(system: User, security: User, audit: User, lead: User) -> None:
    assert all(one.is_administrator for one in (system, security, audit))
    assert not lead.is_administrator
