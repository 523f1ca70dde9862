from __future__ import annotations

import pytest
from django.urls import reverse

from yuance_web.records.accounts.models import User
from yuance_web.records.rounds.doors import DOORS, FORM, doors_of, open_to
from yuance_web.records.rounds.models import Round


@pytest.mark.parametrize("name", [FORM, *(door.name for door in DOORS)])
def test_every_door_leads_to_a_page(name: str) -> None:
    assert reverse(name, args=[1])


@pytest.mark.django_db
def test_a_door_is_shown_to_those_whom_its_page_lets_in(
    running: Round, lead: User, reporter: User, verifier_tax: User
) -> None:
    assert "测算" in dict(doors_of(lead, running))
    assert "测算" not in dict(doors_of(reporter, running))
    assert "核实" in dict(doors_of(verifier_tax, running))


@pytest.mark.django_db
def test_a_page_that_is_not_there_is_no_door(lead: User) -> None:
    assert open_to(lead, "no-such-page", 1) == ""
