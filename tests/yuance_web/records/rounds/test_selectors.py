from __future__ import annotations

import pytest

from yuance_web.records.accounts.models import User
from yuance_web.records.rounds import services
from yuance_web.records.rounds.models import Round, SubmissionState
from yuance_web.records.rounds.reminders import remind
from yuance_web.records.rounds.selectors import waiting

pytestmark = pytest.mark.django_db


def test_an_open_round_waits_for_the_people_of_each_park_with_both_clocks(
    running: Round, reporter: User, signer: User
) -> None:
    for user, act in ((reporter, "填报"), (signer, "签报")):
        (thing,) = waiting(user)
        assert act in thing.title
        assert (thing.due, thing.locks) == (running.due, running.locks)


def test_nothing_waits_for_a_park_that_has_signed(running: Round, reporter: User) -> None:
    running.submissions.filter(park__code="KM01").update(state=SubmissionState.SIGNED)
    assert not waiting(reporter)


def test_what_is_returned_is_urgent(running: Round, reporter: User) -> None:
    running.submissions.filter(park__code="KM01").update(state=SubmissionState.RETURNED)
    (thing,) = waiting(reporter)
    assert thing.urgent
    assert "退回" in thing.title


def test_who_was_reminded_is_told_so_on_the_desk(running: Round, lead: User, reporter: User) -> None:
    remind(lead, running)
    assert "收到催报" in waiting(reporter)[0].detail


def test_the_lead_department_is_told_what_comes_next(running: Round, lead: User) -> None:
    assert "3 个园区尚未签报" in waiting(lead)[0].detail
    running.submissions.update(state=SubmissionState.SIGNED)
    assert "可以转入核实" in waiting(lead)[0].detail
    services.begin_verifying(lead, running)
    running.submissions.update(state=SubmissionState.VERIFIED)
    assert "可以定稿测算" in waiting(lead)[0].detail


def test_rounds_wait_for_no_administrator(running: Round, system: User) -> None:
    assert not waiting(system)
