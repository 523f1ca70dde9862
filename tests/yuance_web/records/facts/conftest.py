"""A round being filled, with the year before behind it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.yuance_web.records import reporting
from yuance_web.records.accounts.models import User
from yuance_web.records.facts.models import Cell
from yuance_web.records.rounds.models import Round, Submission


@pytest.fixture
def running(lead: User, reporter: User, other_reporter: User) -> Round:
    """2023Q4 is open; 2022Q4 is over."""
    reporting.make_past(lead, "2022Q4")
    return reporting.make_round(lead, "2023Q4")


@pytest.fixture
def submission(running: Round) -> Submission:
    return running.submissions.select_related("round__release", "park").get(park__code="KM01")


@pytest.fixture
def other(running: Round) -> Submission:
    return running.submissions.select_related("round__release", "park").get(park__code="KM02")


@pytest.fixture
def cell(submission: Submission) -> Callable[..., Cell]:
    """A cell of KM01 by its item."""

    def found(name: str, kind: str = "actual", of: Submission | None = None) -> Cell:
        return (of or submission).cells.get(variable=name, kind=kind)

    return found


@pytest.fixture
def filled(reporter: User, submission: Submission) -> Submission:
    reporting.fill(reporter, submission)
    return submission


@pytest.fixture
def signed(filled: Submission) -> Submission:
    return reporting.turn_in(filled)
