"""Small methods for the tests of this room, written as text and read from a file."""

from __future__ import annotations

from pathlib import Path

from yuance.errors import Fault
from yuance.method import Method, MethodError, read_method

HEAD = '[method]\nid = "m"\nversion = "1"\n'
TAX = '[[variable]]\nid = "tax"\nmeasured_in = "万元"\n'
LAND = '[[variable]]\nid = "land"\nmeasured_in = "亩"\n'
INDICATOR = '[[indicator]]\nid = "a"\nvalue = "tax"\n'
CASE = '[[case]]\nname = "c"\nexpect = { total = 100 }\n'
LEGAL = 'legal = { document = "某文", article = "一" }\n'
SOUND = HEAD + TAX + INDICATOR + LEGAL + CASE


def indicator(keys: str = "", value: str = "tax", name: str = "a") -> str:
    """An indicator with these keys."""
    return f'[[indicator]]\nid = "{name}"\nvalue = "{value}"\n{LEGAL}{keys}\n'


def write(folder: Path, text: str, name: str = "method.toml") -> Path:
    """A method file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def read(folder: Path, text: str) -> Method:
    """The method that a text says."""
    return read_method(write(folder, text))


def faults(folder: Path, text: str) -> list[Fault]:
    """What is wrong with a text; nothing where it can be used."""
    try:
        read(folder, text)
    except MethodError as error:
        return list(error.faults)
    return []


def told(folder: Path, text: str) -> list[tuple[str, str]]:
    """Code and key path of everything that is wrong with a text."""
    return [(fault.code, fault.place.key) for fault in faults(folder, text)]


def warned(folder: Path, text: str) -> list[tuple[str, str]]:
    """Code and key path of everything doubtful about a text."""
    return [(fault.code, fault.place.key) for fault in read(folder, text).warnings]
