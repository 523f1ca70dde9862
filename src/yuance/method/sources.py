"""The files a method is written in, read together as one document that remembers where everything stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from yuance.errors import Fault, Place
from yuance.method.lines import KeyPath, key_lines
from yuance.method.messages import MESSAGES
from yuance.method.reasons import toml_reason

LARGEST = 5_000_000
DEEPEST = 50
_MOST_BITS = 10_000
_LABEL_LENGTH = 40
_ENDLESS_KEY = re.compile(rf"""(?<![\w.-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*\.[ \t]*){{{DEEPEST}}}""")
_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass
class Document:
    """The tables of all files of a method, joined: `tables` by name, and the file and line of every key.

    Tables of an array are numbered through all files.
    """

    tables: dict[str, Any] = field(default_factory=dict)
    spots: dict[KeyPath, tuple[str, int]] = field(default_factory=dict)
    files: tuple[str, ...] = ()

    def place(self, table: str, index: int = 0, *keys: str | int) -> Place:
        """Where a key stands: the line of the deepest part that has one, and the path as a reader would say it."""
        start: KeyPath = (table, index) if isinstance(self.tables.get(table), list) else (table,)
        file, line = self.spot((*start, *keys))
        return Place(file=file, line=line, key=self.path(table, index, *keys))

    def table_place(self, table: str) -> Place:
        """Where a table of a name begins, or the first of several."""
        file, line = self.spot((table,))
        return Place(file=file, line=line, key=table)

    def spot(self, path: KeyPath) -> tuple[str, int | None]:
        """File and line of the longest part of a path that is known."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.spots:
                return self.spots[path[:length]]
        alone = self.files[0] if len(self.files) == 1 else ""
        return ("method.toml" if "method.toml" in self.files else alone), None

    def path(self, table: str, index: int = 0, *keys: str | int) -> str:
        """`indicator[tax_per_mu].score.low`: the table's id or name stands for its number."""
        content = self.tables.get(table)
        path = table
        if isinstance(content, list):
            item = content[index] if index < len(content) else None
            label = item.get("id") or item.get("name") if isinstance(item, Mapping) else None
            shown = label if isinstance(label, str) and len(label) <= _LABEL_LENGTH else index + 1
            path += f"[{shown}]"
        for key in keys:
            path += f"[{key + 1}]" if isinstance(key, int) else f".{key}" if "." not in key else f'."{key}"'
        return path


def read_document(files: Sequence[Path]) -> tuple[Document, list[Fault]]:
    """All files joined into one document, and what is wrong with them as files."""
    document = Document(files=tuple(file.name for file in files))
    faults: list[Fault] = []
    for file in files:
        try:
            text = read_text(file)
            tables = read_toml(file, text)
        except FileFault as error:
            faults.append(error.fault)
        else:
            faults += _Joining(document, file.name, key_lines(text)).join(tables)
    return document, faults


class FileFault(Exception):
    """A file that cannot be read as TOML."""

    def __init__(self, code: str, file: Path, line: int | None = None, **values: object) -> None:
        self.fault = Fault(MESSAGES[code], Place(file=file.name, line=line), values)
        super().__init__(str(self.fault))


def read_text(file: Path) -> str:
    """The text of a file, without byte order mark, lines ended as Unix ends them. Raises `FileFault`."""
    try:
        size = file.stat().st_size
        if size > LARGEST:
            raise FileFault("M006", file, size=size, most=LARGEST)
        data = file.read_bytes()
    except (OSError, ValueError) as error:
        raise FileFault("M007", file, reason=getattr(error, "strerror", None) or str(error)) from error
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise FileFault("M003", file, data.count(b"\n", 0, error.start) + 1) from error


def read_toml(file: Path, text: str) -> dict[str, Any]:
    """The tables of a text. Raises `FileFault`."""
    try:
        tables = None if _ENDLESS_KEY.search(text) else tomllib.loads(text)
    except RecursionError:
        tables = None
    except ValueError as error:  # among them TOMLDecodeError, and numbers of thousands of digits
        said = str(error)
        at = _AT.search(said)
        line = None if at is None else int(at[1]) if at[1] else text.rstrip("\n").count("\n") + 1
        reason, reason_en = toml_reason(said[: at.start()] if at else said, column=at[2] if at else None)
        raise FileFault("M002", file, line, reason=reason, reason_en=reason_en) from error
    unfit = "too deep" if tables is None else _unfit(tables)
    if tables is None or unfit:
        reason, reason_en = toml_reason(unfit)
        raise FileFault("M002", file, reason=reason, reason_en=reason_en)
    return tables


def _unfit(tables: dict[str, Any]) -> str:
    """Why tables cannot be worked with: they stand in each other too deeply (counted without recursion), or hold whole
    numbers of thousands of digits; nothing where they can.
    """
    level: list[Any] = [tables]
    for _ in range(DEEPEST):
        parts = [part for item in level for part in (item.values() if isinstance(item, dict) else item)]
        if any(isinstance(part, int) and part.bit_length() > _MOST_BITS for part in parts):
            return "Exceeds the limit of digits"
        level = [part for part in parts if isinstance(part, dict | list)]
    return "too deep" if level else ""


@dataclass
class _Joining:
    """Joins the tables of one file into a document: arrays one after the other, single tables key by key."""

    document: Document
    file: str
    lines: Mapping[KeyPath, int]

    def join(self, tables: dict[str, Any]) -> list[Fault]:
        """What was written twice."""
        starts = {name: len(old) for name, old in self.document.tables.items() if isinstance(old, list)}
        faults = list(self._tables(self.document.tables, tables, ()))
        for path, line in self.lines.items():
            if len(path) > 1 and isinstance(path[1], int):
                path = (path[0], path[1] + starts.get(str(path[0]), 0), *path[2:])
            self.document.spots.setdefault(path, (self.file, line))
        return faults

    def _tables(self, into: dict[str, Any], given: Mapping[str, Any], above: KeyPath) -> Iterator[Fault]:
        for key, value in given.items():
            path = (*above, key)
            old = into.get(key)
            if key not in into:
                into[key] = _copied(value)
            elif isinstance(old, dict) and isinstance(value, dict):
                yield from self._tables(old, value, path)
            elif not above and isinstance(old, list) and isinstance(value, list):
                old.extend(value)
            else:
                other, line = self.document.spot(path)
                said = ".".join(str(part) for part in path)
                place = Place(file=self.file, line=self._line(path), key=said)
                yield Fault(MESSAGES["M005"], place, {"key": said, "other": f"{other}:{line}" if line else other})

    def _line(self, path: KeyPath) -> int | None:
        return next((self.lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self.lines), None)


def _copied(value: Any) -> Any:
    """Containers that may be joined with others are the document's own."""
    if isinstance(value, dict):
        return {key: _copied(part) for key, part in value.items()}
    return list(value) if isinstance(value, list) else value
