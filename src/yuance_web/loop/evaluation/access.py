"""Who may see what of results, beyond what the roles of the views say."""

from __future__ import annotations

from collections.abc import Iterable

from yuance_web.loop.evaluation import bridge
from yuance_web.records.accounts.models import Role, User
from yuance_web.records.rounds.models import Round

READERS = (Role.LEAD, Role.REPORTER, Role.SIGNER, Role.VERIFIER, Role.REVIEWER, Role.LEADER)


def may_open_score(user: User, round_: Round, park: str) -> bool:
    """Whether a score opens down to its cells: the own park, the own county's parks; departments see all, their columns only."""
    if user.role in {Role.LEAD, Role.LEADER, Role.VERIFIER}:
        return True
    office = user.office
    if office is None:
        return False
    if user.role in {Role.REPORTER, Role.SIGNER}:
        return office.park is not None and office.park.code == park
    if user.role == Role.REVIEWER:
        return bool(office.county) and round_.submissions.filter(park__code=park, county=office.county).exists()
    return False


def may_read_figures(user: User, round_: Round, columns: Iterable[str]) -> bool:
    """Whether the reported figures of a formula may be shown: a department reads those it verifies itself."""
    if user.role != Role.VERIFIER:
        return True
    own = user.office.owner if user.office is not None else ""
    variables = {column.partition(":")[0].partition("@")[0].partition("#")[0] for column in columns}
    return bool(own) and all(bridge.variable_owner(round_.release, one) in {own, ""} for one in variables)
