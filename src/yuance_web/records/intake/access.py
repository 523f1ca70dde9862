"""Who may take a template out, and who may bring one back."""

from __future__ import annotations

from yuance_web.records.accounts.models import Role, User
from yuance_web.records.facts import access as facts
from yuance_web.records.facts.bridge import Form, Item
from yuance_web.records.rounds.models import Round, Submission


def own_submission(user: User, round_: Round) -> Submission | None:
    """The submission that an account reports in a round."""
    if user.role != Role.REPORTER or user.office is None or user.office.park_id is None:
        return None
    found = round_.submissions.select_related("round__release", "park").filter(park=user.office.park_id).first()
    return found if found is not None and facts.may_fill(user, found) else None


def own_items(user: User, form: Form) -> list[Item]:
    """The items that an account verifies."""
    return [item for item in form.items.values() if facts.may_verify(user, item)]


def scope_of(user: User, round_: Round) -> str:
    """What an account's templates of a round are about: park:<code> or department:<owner>; empty where it has none."""
    submission = own_submission(user, round_)
    if submission is not None:
        return f"park:{submission.park.code}"
    if user.role == Role.VERIFIER and user.office is not None:
        return f"department:{user.office.owner}"
    return "department:" if user.role == Role.LEAD else ""
