from __future__ import annotations

import pytest

from yuance_web.records.accounts.models import User
from yuance_web.records.facts import selectors
from yuance_web.records.rounds.models import Submission

pytestmark = pytest.mark.django_db


def test_a_department_is_told_how_many_cells_wait_for_it(
    verifier_tax: User, reporter: User, signed: Submission
) -> None:
    (found,) = selectors.waiting(verifier_tax)
    assert "待核实 1 格（1 个园区）" in found.title
    assert not selectors.waiting(reporter)
