"""What the facts room needs to know of a variable (填报数据项); the method room's class fits it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

YES_NO = "yes-no"
WORDS = frozenset({"text", "grade"})  # kinds whose values are words


class VariableDescription(Protocol):
    """A reported item: `kind` is flow, stock, rate, count, yes-no, grade or text; `range` its plausible bounds."""

    @property
    def id(self) -> str:
        """Identifier, unique in the method."""
        ...

    @property
    def name(self) -> str:
        """The name that people use."""
        ...

    @property
    def measured_in(self) -> str:
        """Its measure (计量单位), may be empty."""
        ...

    @property
    def kind(self) -> str:
        """flow, stock, rate, count, yes-no, grade or text."""
        ...

    @property
    def range(self) -> tuple[float | None, float | None] | None:
        """Plausible bounds; either may be absent."""
        ...

    @property
    def jump(self) -> float | None:
        """The multiple of last year's value that has to be explained."""
        ...

    @property
    def owner(self) -> str | None:
        """The department that verifies it."""
        ...


class HasVariables(Protocol):
    """A method: something that lists its variables."""

    @property
    def variables(self) -> Mapping[str, VariableDescription]:
        """The variables by id, in the method's order."""
        ...


def listed(variables: Iterable[VariableDescription] | HasVariables) -> tuple[VariableDescription, ...]:
    """The variables in order, whether they come as a sequence or with their method."""
    found: Any = getattr(variables, "variables", variables)
    return tuple(found.values() if hasattr(found, "values") else found)


def title(variable: VariableDescription) -> str:
    """How messages call a variable: its name and its id."""
    return variable.id if variable.name in {"", variable.id} else f"{variable.name} {variable.id}"
