from __future__ import annotations

import pytest

from yuance_web.records.accounts.models import ADMINISTRATORS, Role, User
from yuance_web.records.rounds import services, transitions
from yuance_web.records.rounds.models import Round, RoundState, SubmissionState
from yuance_web.records.rounds.transitions import ROUND_TRANSITIONS, SUBMISSION_TRANSITIONS


def test_every_state_can_be_reached_and_only_the_last_is_never_left() -> None:
    targets = {RoundState.DRAFT, *(step.target for step in ROUND_TRANSITIONS.values())}
    sources = {source for step in ROUND_TRANSITIONS.values() for source in step.sources}
    assert targets == set(RoundState)
    assert set(RoundState) - sources == {RoundState.FINAL}


def test_states_and_roles_of_the_tables_exist_and_no_administrator_moves_anything() -> None:
    for table, states in ((ROUND_TRANSITIONS, RoundState), (SUBMISSION_TRANSITIONS, SubmissionState)):
        for step in table.values():
            assert {*step.sources, step.target} <= set(states)
            assert set(step.by) <= set(Role) - ADMINISTRATORS


def test_steps_backwards_need_a_reason() -> None:
    order = list(RoundState)
    for step in ROUND_TRANSITIONS.values():
        backwards = all(
            order.index(RoundState(step.target)) < order.index(RoundState(source)) for source in step.sources
        )
        assert step.reasoned == backwards


@pytest.mark.django_db
@pytest.mark.parametrize("verb", list(ROUND_TRANSITIONS))
def test_a_step_is_taken_from_its_sources_only(running: Round, lead: User, verb: str) -> None:
    for state in set(RoundState) - set(ROUND_TRANSITIONS[verb].sources):
        Round.objects.filter(pk=running.pk).update(state=state)
        with pytest.raises(services.Refused, match="不能"):
            services.move_round(lead, running, verb, "理由充分")
        running.refresh_from_db()
        assert running.state == state


def test_requiring_the_same_twice_asks_once() -> None:
    before = len(transitions.ROUND_TRANSITIONS["open_round"].needs)

    def need(_round: object) -> list[str]:
        return ["还差一点"]

    for _ in range(2):
        transitions.require("open_round", need)  # type: ignore[arg-type]
    assert len(transitions.ROUND_TRANSITIONS["open_round"].needs) == before + 1
