from __future__ import annotations

import pytest

from tests.yuance_web.records import reporting
from yuance_web.records.accounts.models import User
from yuance_web.records.facts.selectors.known import current_values, earlier_values
from yuance_web.records.rounds.models import Round, Submission

pytestmark = pytest.mark.django_db


def test_earlier_values_are_those_of_periods_before(lead: User, running: Round, submission: Submission) -> None:
    reporting.make_past(lead, "2023Q3", {"land": 7.0})
    reporting.make_round(lead, "2024Q1")
    found = earlier_values(running, [submission.park_id])
    assert {one.period for one in found} == {"2022Q4", "2023Q3"}
    assert {one.unit for one in found} == {"KM01"}
    assert next(one.value for one in found if one.period == "2023Q3") == 7


def test_current_values_are_as_reported(filled: Submission) -> None:
    found = current_values(filled.round, list(filled.cells.select_related("submission__park")))
    assert next(one.value for one in found if one.variable == "tax_revenue") == 90000
