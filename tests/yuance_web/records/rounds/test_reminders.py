from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from yuance_web.records.accounts.models import User
from yuance_web.records.journal.models import Entry
from yuance_web.records.rounds.models import Reminder, Round, SubmissionState
from yuance_web.records.rounds.reminders import remind, send_due_reminders
from yuance_web.records.rounds.selectors import reminders_for

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("before", "kind"), [(4, None), (2.9, "three-days"), (0.9, "one-day"), (-0.1, "overdue"), (-5, "overdue")]
)
def test_parks_are_reminded_three_days_and_one_day_before_and_when_overdue(
    running: Round, before: float, kind: str | None
) -> None:
    sent = send_due_reminders(running.due - before * DAY)
    assert sent == (3 if kind else 0)
    assert set(Reminder.objects.values_list("kind", flat=True)) == ({kind} if kind else set())


def test_each_rung_is_sent_once_however_often_the_timer_runs(running: Round) -> None:
    moment = running.due - DAY
    assert [send_due_reminders(moment) for _ in range(3)] == [3, 0, 0]
    assert send_due_reminders(running.due + DAY) == 3


def test_who_has_signed_is_not_reminded(running: Round) -> None:
    running.submissions.filter(park__code="KM02").update(state=SubmissionState.SIGNED)
    assert send_due_reminders(running.due) == 2


def test_mail_goes_to_the_people_of_the_park_with_both_clocks(
    running: Round, reporter: User, signer: User, django_capture_on_commit_callbacks: object
) -> None:
    User.objects.filter(pk__in=(reporter.pk, signer.pk)).update(email="km01@example.org")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        send_due_reminders(running.due - DAY)
    (letter,) = [letter for letter in mail.outbox if "km01@example.org" in letter.to]
    assert running.title in letter.subject
    assert "按时截止" in letter.body
    assert "锁定" in letter.body


def test_the_page_shows_a_park_its_own_reminders(running: Round, reporter: User, other_reporter: User) -> None:
    send_due_reminders(running.due)
    assert [one.submission.park.code for one in reminders_for(reporter)] == ["KM01"]
    assert [one.submission.park.code for one in reminders_for(other_reporter)] == ["KM02"]


def test_the_lead_department_calls_in_by_hand_as_often_as_it_wants(running: Round, lead: User, reporter: User) -> None:
    assert remind(lead, running) == 3
    assert remind(lead, running, [running.submissions.get(park__code="KM02")]) == 1
    assert Entry.objects.filter(verb="牵头部门催报").count() == 2
    with pytest.raises(PermissionDenied):
        remind(reporter, running)


def test_a_round_that_is_not_open_reminds_nobody(draft: Round) -> None:
    assert send_due_reminders(draft.due) == 0


def test_the_command_says_how_many_it_sent(running: Round, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("send_reminders")
    assert "0" in capsys.readouterr().out
