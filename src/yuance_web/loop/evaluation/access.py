"""Who may see what of results, beyond what the roles of the views say."""

from __future__ import annotations

from collections.abc import Iterable

from yuance_web.loop.evaluation import bridge
from yuance_web.records.accounts.access import owns_variable, submissions_of
from yuance_web.records.accounts.models import Role, User
from yuance_web.records.rounds.models import Round

READERS = (Role.LEAD, Role.REPORTER, Role.SIGNER, Role.VERIFIER, Role.REVIEWER, Role.LEADER)


def may_open_score(user: User, round_: Round, park: str) -> bool:
    """Whether a score opens down to its cells: within the rows of the account; departments see all, their columns only."""
    return submissions_of(user, round_.submissions.filter(park__code=park)).exists()


def may_read_figures(user: User, round_: Round, columns: Iterable[str]) -> bool:
    """Whether the reported figures of a formula may be shown: a department reads those it verifies itself."""
    if user.role != Role.VERIFIER:
        return True
    variables = {column.partition(":")[0].partition("@")[0].partition("#")[0] for column in columns}
    owners = {bridge.variable_owner(round_.release, one) for one in variables}
    return all(owns_variable(user, owner) for owner in owners if owner is not None)
