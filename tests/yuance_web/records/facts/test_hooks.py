from __future__ import annotations

from yuance_web.records.facts import hooks
from yuance_web.records.rounds.services import after
from yuance_web.records.rounds.transitions import SUBMISSION_TRANSITIONS


def test_registering_twice_changes_nothing() -> None:
    before = len(after["open_round"]), len(SUBMISSION_TRANSITIONS["sign_submission"].needs)
    hooks.connect()
    assert (len(after["open_round"]), len(SUBMISSION_TRANSITIONS["sign_submission"].needs)) == before
