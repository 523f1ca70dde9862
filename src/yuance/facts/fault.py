"""The error of this room: facts that cannot be read at all."""

from __future__ import annotations

from yuance.errors import Fault, Place, YuanceError
from yuance.facts.messages import MESSAGES


class FactsError(YuanceError):
    """Nothing can be done with the facts as they were given; carries every fault that was found."""


def fault(code: str, place: Place | None = None, **values: object) -> Fault:
    """A fault of the catalogue, with its place."""
    return Fault(MESSAGES[code], place or Place(), values)
