"""Tables in a terminal, where a Chinese character is two cells wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Literal

Side = Literal["left", "right"]
GAP = "  "


def width(text: str) -> int:
    """How many cells a text takes; combining marks take none."""
    return sum(0 if unicodedata.combining(sign) else 2 if _wide(sign) else 1 for sign in text)


def _wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in {"W", "F"}


def padded(text: str, cells: int, side: Side = "left") -> str:
    """The text filled up with blanks to `cells`; one that is longer stays whole."""
    blanks = " " * max(0, cells - width(text))
    return text + blanks if side == "left" else blanks + text


def aligned(rows: Iterable[Sequence[str]], sides: Sequence[Side]) -> list[str]:
    """The rows as lines with columns that stand under each other."""
    rows = list(rows)
    cells = [max((width(row[number]) for row in rows), default=0) for number in range(len(sides))]
    return [
        GAP.join(padded(text, cells[number], sides[number]) for number, text in enumerate(row)).rstrip() for row in rows
    ]


def wrapped(text: str, cells: int, indent: str = "") -> list[str]:
    """The text in lines of at most `cells`, the later ones indented; blanks and Chinese signs are places to break."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line.strip() and width(line) + width(piece.rstrip()) > cells:
            lines.append(line.rstrip())
            line = indent
            piece = piece.lstrip()
        line += piece
    return [*lines, line.rstrip()]


_CLOSING = "，。；：、）》”！？%"


def _pieces(text: str) -> list[str]:
    """Words with their blank, and single wide signs; a closing sign stays with what it closes."""
    pieces: list[str] = []
    for sign in text:
        glued = pieces and (
            sign in _CLOSING
            or (sign == " ")
            or (not _wide(sign) and not _wide(pieces[-1][-1]) and pieces[-1][-1] != " ")
            or pieces[-1][-1] in "（《“〔["
        )
        if glued:
            pieces[-1] += sign
        else:
            pieces.append(sign)
    return pieces
