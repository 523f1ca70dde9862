"""What the facts do when rounds move: cells are prepared, signing asks for errors, returned cells wait again."""

from __future__ import annotations

from collections.abc import Iterator

from yuance_web.records.accounts.models import User
from yuance_web.records.facts.selectors import signing_problems
from yuance_web.records.facts.services import prepare_cells, settle_returned
from yuance_web.records.rounds.models import Round, Submission
from yuance_web.records.rounds.services import follow
from yuance_web.records.rounds.transitions import require


def connect() -> None:
    """Register with the rounds; doing it twice changes nothing."""
    follow("open_round", _prepare)
    follow("sign_submission", settle_returned)
    require("sign_submission", _problems)


def _prepare(actor: User | None, round_: Round) -> None:
    del actor
    prepare_cells(round_)


def _problems(submission: Submission) -> Iterator[str]:
    yield from signing_problems(submission)
