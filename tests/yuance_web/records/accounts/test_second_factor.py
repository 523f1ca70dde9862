from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from yuance_web.records.accounts import second_factor as factor
from yuance_web.records.accounts.models import User
from yuance_web.records.rights import Denied

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "must"), [("lead", True), ("system", True), ("audit", True), ("reporter", False), ("leader", False)]
)
def test_the_lead_and_administrators_must_have_one_where_it_is_required(
    name: str, must: bool, settings: Any, request: Any
) -> None:
    account = request.getfixturevalue(name)
    assert not factor.must_have(account)
    settings.SECOND_FACTOR_REQUIRED = True
    assert factor.must_have(account) is must


def test_a_lost_key_is_taken_away_by_the_system_administrator_alone(
    system: User, security: User, lead: User, audit: User
) -> None:
    Authenticator.objects.create(user=lead, type=Authenticator.Type.TOTP, data={"secret": "x"})
    with pytest.raises(Denied):
        factor.remove(security, lead)
    with pytest.raises(Denied):
        factor.remove(system, audit)
    factor.remove(system, lead)
    assert not factor.is_set_up(lead)
