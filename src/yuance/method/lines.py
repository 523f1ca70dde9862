"""On which line of a TOML file each key stands: faults of a method name their line.

The standard reader gives values without places; this reads only the skeleton (headings, keys, brackets) of a text that
the standard reader has already accepted. It keeps its own stack, so that no nesting is too deep for it.
"""

from __future__ import annotations

import re
import tomllib
from typing import NamedTuple

KeyPath = tuple[str | int, ...]

_KEY = re.compile(r"""[ \t]*(?:(?P<bare>[A-Za-z0-9_-]+)|"(?P<double>(?:[^"\\]|\\.)*)"|'(?P<single>[^']*)')[ \t]*""")
_BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_PLAIN = re.compile(r"[^,\[\]{}#\n\"']*")
_TEXT = re.compile(
    r'"""(?:[^\\]|\\.)*?"""(?:"(?!"")){0,2}|\'\'\'.*?\'\'\'(?:\'(?!\'\')){0,2}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'',
    re.DOTALL,
)


class _Frame(NamedTuple):
    """An array or inline table that is open: its path, and the number of the array's element."""

    path: KeyPath
    element: int | None


def key_lines(text: str) -> dict[KeyPath, int]:
    """Line (from 1) of every heading and key, and of every element that begins a line of its own.

    Arrays carry their index. What stands on the same line as the array or inline table around it is left out: look for
    the longest part of a path that is listed.
    """
    return _Skeleton(text).read()


class _Skeleton:
    """One pass over a text, statement by statement."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.line = 1
        self.counted = 0
        self.lines: dict[KeyPath, int] = {}
        self.counts: dict[KeyPath, int] = {}

    def read(self) -> dict[KeyPath, int]:
        """All lines of the document."""
        prefix: KeyPath = ()
        self.skip_blank()
        while self.position < len(self.text):
            if self.sign == "[":
                prefix = self.heading()
            else:
                self.value(self.key(prefix))
            self.to_line_end()
            self.skip_blank()
        return self.lines

    @property
    def sign(self) -> str:
        return self.text[self.position : self.position + 1]

    def number(self) -> int:
        """The line that the position is on."""
        self.line += self.text.count("\n", self.counted, self.position)
        self.counted = self.position
        return self.line

    def note(self, path: KeyPath, beside: KeyPath | None = None) -> None:
        """Remember the line of a path, unless it is the line of `beside`."""
        line = self.number()
        if beside is None or self.lines.get(beside) != line:
            self.lines.setdefault(path, line)

    def skip_blank(self) -> None:
        match = _BLANK.match(self.text, self.position)
        self.position = match.end() if match else self.position

    def to_line_end(self) -> None:
        found = self.text.find("\n", self.position)
        self.position = len(self.text) if found < 0 else found + 1

    def heading(self) -> KeyPath:
        """The path of `[a.b]` or `[[a.b]]`; the last table of an array is meant where an array is passed through."""
        array = self.text.startswith("[[", self.position)
        self.position += 2 if array else 1
        resolved: KeyPath = ()
        parts = self.parts()
        for part in parts[:-1]:
            resolved += (part,)
            self.note(resolved)
            if resolved in self.counts:
                resolved += (self.counts[resolved] - 1,)
        resolved += parts[-1:]
        self.note(resolved)
        if array:
            self.counts[resolved] = self.counts.get(resolved, 0) + 1
            resolved += (self.counts[resolved] - 1,)
            self.note(resolved)
        return resolved

    def key(self, prefix: KeyPath, beside: KeyPath | None = None) -> KeyPath:
        """The path of `a.b =`, from the position on; afterwards the position is behind the sign."""
        parts = self.parts()
        for length in range(1, len(parts) + 1):
            self.note(prefix + parts[:length], beside)
        self.position += 1
        return prefix + parts

    def parts(self) -> KeyPath:
        """The parts of a dotted key."""
        found: list[str] = []
        while (match := _KEY.match(self.text, self.position)) is not None:
            found.append(_plain(match))
            self.position = match.end()
            if self.sign != ".":
                break
            self.position += 1
        return tuple(found)

    def value(self, path: KeyPath) -> None:
        """Pass a value, noting what stands on lines of its own inside it."""
        stack: list[_Frame] = []
        start: KeyPath | None = path
        while start is not None:
            opened = self.begin(start, stack)
            start = opened if opened is not None else self.next_part(stack)

    def begin(self, path: KeyPath, stack: list[_Frame]) -> KeyPath | None:
        """Pass a plain value (None), or open an array or table and give the path of its first part."""
        self.skip_blank() if stack else self.skip_spaces()
        sign = self.sign
        if sign in ("[", "{"):
            self.position += 1
            stack.append(_Frame(path, 0 if sign == "[" else None))
            return self.part(stack)
        match = _TEXT.match(self.text, self.position) or _PLAIN.match(self.text, self.position)
        self.position = match.end() if match else self.position
        return None

    def skip_spaces(self) -> None:
        while self.sign in (" ", "\t"):
            self.position += 1

    def part(self, stack: list[_Frame]) -> KeyPath | None:
        """The path of the part that begins here in the innermost open value; None where that is empty."""
        self.skip_blank()
        if self.sign in ("]", "}", ""):
            return None
        frame = stack[-1]
        if frame.element is None:
            return self.key(frame.path, self.listed(frame.path))
        path = (*frame.path, frame.element)
        self.note(path, self.listed(frame.path))
        return path

    def listed(self, path: KeyPath) -> KeyPath:
        """The longest part of a path that has a line."""
        while path and path not in self.lines:
            path = path[:-1]
        return path

    def next_part(self, stack: list[_Frame]) -> KeyPath | None:
        """Behind a value: the next part of what is open, closing what ends; None where nothing is open any more."""
        while stack:
            self.skip_blank()
            sign = self.sign
            self.position += 1
            if sign == ",":
                frame = stack[-1]
                if frame.element is not None:
                    stack[-1] = _Frame(frame.path, frame.element + 1)
                path = self.part(stack)
                if path is not None:
                    return path
            else:
                stack.pop()
        return None


def _plain(match: re.Match[str]) -> str:
    """A key as the standard reader would give it."""
    raw = match["double"]
    if raw is None:
        return match["bare"] or match["single"] or ""
    return str(tomllib.loads(f'key = "{raw}"')["key"]) if "\\" in raw else raw
