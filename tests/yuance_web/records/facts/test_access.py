from __future__ import annotations

from collections.abc import Callable

import pytest

from yuance_web.records.accounts.models import User
from yuance_web.records.facts import access, bridge
from yuance_web.records.rounds.models import Submission

pytestmark = pytest.mark.django_db


def test_rows_and_columns_of_each(
    submission: Submission,
    lead: User,
    reporter: User,
    other_reporter: User,
    signer: User,
    verifier_tax: User,
    audit: User,
) -> None:
    form = bridge.form_of(submission.round.release)
    assert access.visible_items(verifier_tax, form) == {"tax_revenue"}
    assert access.visible_items(lead, form) == access.visible_items(reporter, form) == set(form.items)
    assert access.visible_items(audit, form) == frozenset()
    fills: Callable[[User], bool] = lambda user: access.may_fill(user, submission)  # noqa: E731
    assert [fills(user) for user in (reporter, other_reporter, signer, lead)] == [True, False, False, False]
    assert [access.may_sign(user, submission) for user in (signer, reporter)] == [True, False]
    assert [access.may_verify(user, form.items["tax_revenue"]) for user in (verifier_tax, lead)] == [True, False]
    assert [access.may_open(user, submission) for user in (reporter, other_reporter, audit)] == [True, False, False]
