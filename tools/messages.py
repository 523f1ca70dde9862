"""The message catalogues of all rooms, found by their place: a `messages.py` with a dictionary `MESSAGES`."""

from __future__ import annotations

import importlib
from dataclasses import dataclass

from tools.tree import ROOT, modules
from yuance.errors import Message


@dataclass(frozen=True, slots=True)
class Entry:
    """A message and the module that keeps it."""

    room: str
    message: Message


def catalogues() -> list[str]:
    """The dotted names of the catalogue modules, in alphabetical order."""
    found = [path for package in ("yuance", "yuance_web") for path in modules(package) if path.name == "messages.py"]
    return [".".join(path.relative_to(ROOT / "src").with_suffix("").parts) for path in found]


def entries() -> list[Entry]:
    """Every message of every catalogue, by room and code."""
    return [
        Entry(name, message)
        for name in catalogues()
        for _, message in sorted(importlib.import_module(name).MESSAGES.items())
    ]
