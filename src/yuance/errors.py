"""What goes wrong, said so that the reader can put it right: code, place, cause, remedy.

A *fault* is one thing that is wrong with an input; all faults of an input are gathered and raised together in one
`YuanceError`. The words stand in the `messages.py` of each room, Chinese first, English second.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Language = Literal["zh", "en"]
Severity = Literal["error", "explain", "note", "warning"]

SEVERITY_NAMES: dict[Language, dict[Severity, str]] = {
    "zh": {"error": "错误", "explain": "须说明", "note": "提示", "warning": "提醒"},
    "en": {"error": "error", "explain": "explain", "note": "note", "warning": "warning"},
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file, in it a sheet, a line or a cell, and the key path of a table."""

    file: str = ""
    sheet: str = ""
    line: int | None = None
    cell: str = ""
    key: str = ""

    def __str__(self) -> str:
        where = self.file
        if self.sheet:
            where += f"《{self.sheet}》"
        if self.cell:
            where += f" {self.cell}" if where else self.cell
        if self.line is not None:
            where += f":{self.line}"
        return f"{where} {self.key}".strip()


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence of the catalogue: what is wrong (cause) and what to do (remedy), in both languages.

    The texts are templates in the form of `str.format`; a template may use any of the values it is given.
    """

    code: str
    cause: Mapping[Language, str]
    remedy: Mapping[Language, str]

    def text(self, values: Mapping[str, object], language: Language = "zh") -> str:
        """Cause and remedy in one line."""
        said = self.cause[language].format_map(values)
        advice = self.remedy[language].format_map(values)
        joint = "。" if language == "zh" else ". "
        return f"{said}{joint}{advice}" if advice else said


def catalogue(entries: Mapping[str, tuple[str, str, str, str]]) -> dict[str, Message]:
    """Messages by code from rows of (cause zh, remedy zh, cause en, remedy en)."""
    return {
        code: Message(code, {"zh": cause, "en": cause_en}, {"zh": remedy, "en": remedy_en})
        for code, (cause, remedy, cause_en, remedy_en) in entries.items()
    }


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with an input, with its place; `warning` faults do not stop the work."""

    message: Message
    place: Place = Place()
    values: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = "error"

    @property
    def code(self) -> str:
        """The stable code of the catalogue."""
        return self.message.code

    def text(self, language: Language = "zh") -> str:
        """The sentence without code and place."""
        return self.message.text(self.values, language)

    def __str__(self) -> str:
        return f"[{self.code}] {self.place} {self.text()} | {self.text('en')}"


class YuanceError(Exception):
    """Base of all errors of the project. Carries every fault that was found, not only the first."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to say about a unit's facts or results: a check that failed, a bound, a gap (审核发现).

    `place` is the id of the variable, indicator, check or node concerned; `origin` the cell a value came from.
    Empty `period` or `unit` means that the finding concerns all of them.
    """

    message: Message
    severity: Severity
    period: str = ""
    unit: str = ""
    place: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    origin: Place | None = None

    @property
    def code(self) -> str:
        """The stable code of the catalogue."""
        return self.message.code

    def text(self, language: Language = "zh") -> str:
        """Code, sentence and, where a value came from a file, its cell."""
        said = f"[{self.code}] {self.message.text(self.values, language)}"
        if self.origin is None:
            return said
        return f"{said}（{self.origin}）" if language == "zh" else f"{said} ({self.origin})"
