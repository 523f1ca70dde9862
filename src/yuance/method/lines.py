"""On which line of a TOML file each key stands: faults of a method name their line.

The standard reader gives values without places; this reads only the skeleton (headings and keys) of a text that the
standard reader has already accepted.
"""

from __future__ import annotations

import re

KeyPath = tuple[str | int, ...]

_KEY = re.compile(r"""\s*(?:(?P<bare>[A-Za-z0-9_-]+)|"(?P<double>(?:[^"\\]|\\.)*)"|'(?P<single>[^']*)')\s*""")


def key_lines(text: str) -> dict[KeyPath, int]:
    """Line (from 1) of every heading and of every key at the start of a line; arrays of tables carry their index."""
    lines: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    prefix: KeyPath = ()
    position = 0
    while position < len(text):
        stop = _end(text, text.find("\n", position))
        content = text[position:stop].strip()
        number = text.count("\n", 0, position) + 1
        if content.startswith("["):
            prefix = _heading(content, counts)
            lines.setdefault(prefix, number)
            position = stop + 1
        elif content and not content.startswith("#"):
            path, after = _dotted(text, position, "=")
            lines.setdefault(prefix + path, number)
            position = _after_value(text, after)
        else:
            position = stop + 1
    return lines


def _end(text: str, found: int) -> int:
    return len(text) if found < 0 else found


def _heading(content: str, counts: dict[KeyPath, int]) -> KeyPath:
    """The path of `[a.b]` or `[[a.b]]`; the last table of an array is meant where an array is passed through."""
    array = content.startswith("[[")
    path, _ = _dotted(content, 2 if array else 1, "]")
    resolved: KeyPath = ()
    for part in path[:-1]:
        resolved += (part,)
        if resolved in counts:
            resolved += (counts[resolved] - 1,)
    resolved += path[-1:]
    if array:
        counts[resolved] = counts.get(resolved, 0) + 1
        return (*resolved, counts[resolved] - 1)
    return resolved


def _dotted(text: str, position: int, closing: str) -> tuple[KeyPath, int]:
    """The parts of a dotted key from `position` on, and the position behind `closing`."""
    parts: list[str | int] = []
    while (match := _KEY.match(text, position)) is not None:
        parts.append(match["bare"] or match["double"] or match["single"] or "")
        position = match.end()
        if text[position : position + 1] != ".":
            break
        position += 1
    return tuple(parts), _end(text, text.find(closing, position)) + 1


def _after_value(text: str, position: int) -> int:
    """The start of the line behind a value, which may span lines (arrays, long texts)."""
    depth = 0
    while position < len(text):
        sign = text[position]
        if sign == "\n" and depth == 0:
            return position + 1
        if sign == "#":
            position = _end(text, text.find("\n", position))
            continue
        if sign in "\"'":
            position = _after_text(text, position)
            continue
        depth += (sign in "[{") - (sign in "]}")
        position += 1
    return position


def _after_text(text: str, position: int) -> int:
    quote = text[position]
    closing = quote * 3 if text.startswith(quote * 3, position) else quote
    position += len(closing)
    while position < len(text) and not text.startswith(closing, position):
        position += 2 if text[position] == "\\" and quote == '"' else 1
    return position + len(closing)
