"""Where one goes from a round: pages of the rooms above, by name; a door is shown to those whom its view lets in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, resolve, reverse

from yuance_web.records.accounts.models import User
from yuance_web.records.rights import EVERYONE
from yuance_web.records.rounds.models import Round, RoundState, Submission

OPEN, VERIFYING, SCORED, NOTICE, FINAL = (
    RoundState.OPEN, RoundState.VERIFYING, RoundState.SCORED, RoundState.NOTICE, RoundState.FINAL,
)  # fmt: skip
FORM = "form"


@dataclass(frozen=True, slots=True)
class Door:
    """A page about a round: its name among the addresses, what it is called, and in which states it is of use."""

    name: str
    words: str
    states: tuple[str, ...]


DOORS = (
    Door("import-upload", "Excel 导入", (OPEN, VERIFYING)),
    Door("verify", "核实", (OPEN, VERIFYING)),
    Door("scoring", "测算", (OPEN, VERIFYING, SCORED, NOTICE, FINAL)),
    Door("ranking", "榜单", (NOTICE, FINAL)),
    Door("objections", "异议", (NOTICE, FINAL)),
)


def doors_of(user: User, round_: Round) -> Sequence[tuple[str, str]]:
    """(words, address) of the pages about a round that an account may open."""
    found = [(door.words, open_to(user, door.name, round_.pk)) for door in DOORS if round_.state in door.states]
    return [(words, address) for words, address in found if address]


def form_of(user: User, submission: Submission) -> str:
    """The address of a park's form, for those who may open it."""
    return open_to(user, FORM, submission.pk)


def open_to(user: User, name: str, *arguments: object) -> str:
    """The address of a page where an account's role is let in; empty where it is not, or there is no such page."""
    try:
        address = reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
    allowed: frozenset[str] | str = getattr(resolve(address).func, "allowed_roles", frozenset())
    return address if allowed == EVERYONE or user.role in allowed else ""
