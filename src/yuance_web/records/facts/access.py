"""Which cells an account may see, fill and verify: rows by park, columns by department."""

from __future__ import annotations

from yuance_web.records.accounts import access
from yuance_web.records.accounts.models import Role, User
from yuance_web.records.facts.bridge import Form, Item
from yuance_web.records.rounds.models import Submission


def visible_items(user: User, form: Form) -> frozenset[str]:
    """The columns an account may see: a department only those it verifies, everybody else with a right all."""
    if user.role == Role.VERIFIER:
        return frozenset(
            item.id for item in form.items.values() if item.owner and access.owns_variable(user, item.owner)
        )
    if user.is_administrator:
        return frozenset()
    return frozenset(form.items)


def may_fill(user: User, submission: Submission) -> bool:
    """Whether an account reports for the park of a submission."""
    return user.role == Role.REPORTER and user.office is not None and user.office.park_id == submission.park_id


def may_sign(user: User, submission: Submission) -> bool:
    """Whether an account signs for the park of a submission."""
    return user.role == Role.SIGNER and user.office is not None and user.office.park_id == submission.park_id


def may_verify(user: User, item: Item) -> bool:
    """Whether an account verifies an item: its department; the lead department where no department is named."""
    if user.role == Role.VERIFIER:
        return bool(item.owner) and access.owns_variable(user, item.owner)
    return user.role == Role.LEAD and not item.owner


def may_open(user: User, submission: Submission) -> bool:
    """Whether a submission is within the rows of an account."""
    return access.submissions_of(user, Submission.objects.filter(pk=submission.pk)).exists()
