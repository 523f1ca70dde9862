"""What waits for an account in the facts: cells to verify."""

from __future__ import annotations

from django.db.models import Count
from django.urls import reverse

from yuance_web.records.accounts import access as scope
from yuance_web.records.accounts.models import Role, User
from yuance_web.records.facts import access, bridge
from yuance_web.records.facts.models import Cell, CellState
from yuance_web.records.rounds.models import Round, RoundState, Submission, SubmissionState
from yuance_web.records.rounds.selectors import Waiting

OPEN_STATES = (RoundState.OPEN, RoundState.VERIFYING)
PENDING = (CellState.EMPTY, CellState.REPORTED)


def waiting(user: User) -> list[Waiting]:
    """The rounds in which cells of an account's department wait to be verified, with the clock of verifying."""
    if user.role != Role.VERIFIER:
        return []
    found = []
    for round_ in Round.objects.filter(state__in=OPEN_STATES).select_related("release"):
        items = access.visible_items(user, bridge.form_of(round_.release))
        signed = scope.submissions_of(user, Submission.objects.filter(round=round_, state=SubmissionState.SIGNED))
        counted = Cell.objects.filter(submission__in=signed, variable__in=items, state__in=PENDING).aggregate(
            cells=Count("pk"), parks=Count("submission", distinct=True)
        )
        if counted["cells"]:
            found.append(
                Waiting(
                    title=f"{round_.title}：待核实 {counted['cells']} 格（{counted['parks']} 个园区）",
                    detail=f"本部门负责 {len(items)} 个数据项",
                    url=reverse("verify", args=[round_.pk]),
                    due=round_.verify_due,
                    locks=round_.verify_due,
                )
            )
    return found
