"""The files a method is written in, read together as one document that remembers where everything stands."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from yuance.errors import Fault, Place
from yuance.method.lines import KeyPath, key_lines
from yuance.method.messages import MESSAGES

LARGEST = 5_000_000


@dataclass
class Document:
    """The tables of all files of a method, joined: `tables` by name, and the origin of each."""

    tables: dict[str, Any] = field(default_factory=dict)
    origins: dict[tuple[str, int], tuple[str, int]] = field(default_factory=dict)
    lines: dict[str, dict[KeyPath, int]] = field(default_factory=dict)
    files: tuple[str, ...] = ()

    def place(self, table: str, index: int = 0, *keys: str | int) -> Place:
        """Where a key stands: the line of the deepest part that has one, and the path as a reader would say it."""
        file, local = self.origins.get((table, index), (self.files[0] if self.files else "", 0))
        known = self.lines.get(file, {})
        for start in ((table, local), (table,)):
            for length in range(len(keys), -1, -1):
                line = known.get((*start, *keys[:length]))
                if line is not None:
                    return Place(file=file, line=line, key=self.path(table, index, *keys))
        return Place(file=file, key=self.path(table, index, *keys))

    def path(self, table: str, index: int = 0, *keys: str | int) -> str:
        """`indicator[tax_per_mu].score.low`: the table's id or name stands for its number."""
        content = self.tables.get(table)
        path = table
        if isinstance(content, list):
            item = content[index] if index < len(content) else None
            label = item.get("id") or item.get("name") if isinstance(item, Mapping) else None
            path += f"[{label or index + 1}]"
        for key in keys:
            path += f"[{key + 1}]" if isinstance(key, int) else f".{key}"
        return path


def read_document(files: Sequence[Path]) -> tuple[Document, list[Fault]]:
    """All files joined into one document, and what is wrong with them as files."""
    document = Document(files=tuple(file.name for file in files))
    faults: list[Fault] = []
    for file in files:
        content, problems = _read_file(file)
        faults += problems
        if content is not None:
            text, tables = content
            document.lines[file.name] = key_lines(text)
            faults += _join(document, file.name, tables)
    return document, faults


def _read_file(file: Path) -> tuple[tuple[str, dict[str, Any]] | None, list[Fault]]:
    data = file.read_bytes()
    place = Place(file=file.name)
    if len(data) > LARGEST:
        return None, [Fault(MESSAGES["M006"], place, {"size": len(data), "most": LARGEST})]
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None, [Fault(MESSAGES["M003"], place)]
    try:
        return (text, tomllib.loads(text)), []
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        return None, [Fault(MESSAGES["M002"], place, {"reason": str(error) or type(error).__name__})]


def _join(document: Document, file: str, tables: dict[str, Any]) -> Iterable[Fault]:
    """Tables of the same name are joined: arrays one after the other, single tables key by key."""
    for name, content in tables.items():
        if isinstance(content, list):
            existing = document.tables.setdefault(name, [])
            if not isinstance(existing, list):
                yield _clash(document, file, name, 0)
                continue
            for local, item in enumerate(content):
                document.origins[name, len(existing)] = (file, local)
                existing.append(item)
        elif name not in document.tables:
            document.tables[name] = dict(content) if isinstance(content, dict) else content
            document.origins[name, 0] = (file, 0)
        else:
            yield from _join_single(document, file, name, content)


def _join_single(document: Document, file: str, name: str, content: Any) -> Iterable[Fault]:
    existing = document.tables[name]
    if not isinstance(existing, dict) or not isinstance(content, dict):
        yield _clash(document, file, name, 0)
        return
    for key, value in content.items():
        if key in existing:
            line = document.lines.get(file, {}).get((name, key))
            other = document.origins[name, 0][0]
            place = Place(file=file, line=line, key=f"{name}.{key}")
            yield Fault(MESSAGES["M005"], place, {"key": key, "other": other})
        else:
            existing[key] = value


def _clash(document: Document, file: str, name: str, index: int) -> Fault:
    other = document.origins.get((name, index), ("", 0))[0]
    return Fault(MESSAGES["M005"], Place(file=file, key=name), {"key": name, "other": other})
