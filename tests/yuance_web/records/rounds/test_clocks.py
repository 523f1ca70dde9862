from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from yuance_web.records.rounds.clocks import filling_clock
from yuance_web.records.rounds.models import Round, RoundState, Submission, SubmissionState, Waiver

NOW = dt.datetime(2024, 1, 10, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def submission(state: str = SubmissionState.DRAFT, round_state: str = RoundState.OPEN) -> Submission:
    """A round that opens on day 0, is due on day 5, locks on day 8, and is verified until day 20, seen from NOW = day 0."""
    round_ = Round(state=round_state, opens=NOW, due=NOW + 5 * DAY, locks=NOW + 8 * DAY, verify_due=NOW + 20 * DAY)
    return Submission(round=round_, state=state)


@pytest.mark.parametrize(
    ("day", "state", "is_open"),
    [
        (-1, "waiting", False),
        (0, "on-time", True),
        (4.9, "on-time", True),
        (5, "late", True),
        (7.9, "late", True),
        (8, "locked", False),
    ],
)
def test_a_form_is_open_from_its_day_until_it_locks_and_late_after_it_was_due(
    day: float, state: str, is_open: bool
) -> None:
    clock = filling_clock(submission(), NOW + day * DAY, [])
    assert (clock.state, clock.is_open) == (state, is_open)
    assert clock.words


def test_a_running_waiver_opens_a_lock_and_says_until_when() -> None:
    until = NOW + 10 * DAY
    clock = filling_clock(submission(), NOW + 9 * DAY, [Waiver(until=until), Waiver(until=NOW)])
    assert (clock.state, clock.until) == ("waived", until)
    assert filling_clock(submission(), NOW + 11 * DAY, [Waiver(until=until)]).state == "locked"


@pytest.mark.parametrize("state", [SubmissionState.SIGNED, SubmissionState.VERIFIED])
def test_what_is_signed_is_closed_even_where_a_waiver_runs(state: str) -> None:
    assert not filling_clock(submission(state), NOW + DAY, [Waiver(until=NOW + 9 * DAY)]).is_open


def test_what_is_returned_is_open_after_the_lock_until_verifying_is_due() -> None:
    returned = submission(SubmissionState.RETURNED, RoundState.VERIFYING)
    assert filling_clock(returned, NOW + 10 * DAY, []).state == "returned"
    assert not filling_clock(returned, NOW + 21 * DAY, []).is_open
    assert filling_clock(returned, NOW + 21 * DAY, [Waiver(until=NOW + 22 * DAY)]).is_open


@pytest.mark.parametrize("round_state", [RoundState.DRAFT, RoundState.SCORED, RoundState.NOTICE, RoundState.FINAL])
def test_a_form_is_closed_unless_its_round_is_filled_or_verified(round_state: str) -> None:
    assert filling_clock(submission(round_state=round_state), NOW + DAY, []).state == "closed"


def test_while_departments_verify_a_form_that_was_never_signed_needs_a_waiver() -> None:
    unsigned = submission(round_state=RoundState.VERIFYING)
    assert filling_clock(unsigned, NOW + DAY, []).state == "locked"
    assert filling_clock(unsigned, NOW + DAY, [Waiver(until=NOW + 2 * DAY)]).state == "waived"


def test_times_are_said_in_the_local_time() -> None:
    assert f"{timezone.localtime(NOW + 5 * DAY):%H:%M}" in filling_clock(submission(), NOW + DAY, []).words
