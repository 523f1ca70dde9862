"""Failed formulas and percentages of an OpenDocument sheet (.ods), which the reading library does not tell."""

from __future__ import annotations

import re
from html import unescape

_TAG = re.compile(rb"<(/?)table:(table-row|table-cell|covered-table-cell|table)\b([^>]*?)(/?)>")
_NAME = re.compile(rb'table:name="([^"]*)"')
_ROWS = re.compile(rb'table:number-rows-repeated="(\d{1,7})"')
_COLUMNS = re.compile(rb'table:number-columns-repeated="(\d{1,5})"')
_TEXT = re.compile(rb"<text:p[^>]*>([^<]*)<")
_ERROR = b'calcext:value-type="error"'
_PERCENT = b'office:value-type="percentage"'

Places = dict[tuple[int, int], str]


def find_marks(content: bytes) -> dict[str, tuple[Places, frozenset[tuple[int, int]]]]:
    """For each sheet the failed formulas with their text and the cells shown as percentages, by (row, column) from 0."""
    found: dict[str, tuple[Places, frozenset[tuple[int, int]]]] = {}
    if _ERROR not in content and _PERCENT not in content:
        return found
    name, row, column = "", -1, 0
    errors: Places = {}
    percent: set[tuple[int, int]] = set()
    repeated = 1
    for match in _TAG.finditer(content):
        closing, tag, attributes, _ = match.groups()
        if tag == b"table":
            if closing:
                found[name] = (errors, frozenset(percent))
            else:
                title = _NAME.search(attributes)
                name, row, errors, percent = _text(title[1]) if title else "", -1, {}, set()
                repeated = 1
        elif tag == b"table-row" and not closing:
            row, column = row + repeated, 0
            repeated = _times(_ROWS, attributes)
        elif not closing:
            if _ERROR in attributes:
                said = _TEXT.search(content, match.end(), match.end() + 500)
                errors[row, column] = _text(said[1]) if said else "#ERROR!"
            elif _PERCENT in attributes:
                percent.add((row, column))
            column += _times(_COLUMNS, attributes)
    return found


def _times(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    match = pattern.search(attributes)
    return int(match[1]) if match else 1


def _text(raw: bytes) -> str:
    return unescape(raw.decode("utf-8", "replace"))
