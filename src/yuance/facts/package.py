"""What the reading library does not tell of an .xlsx package: its size, failed formulas, cells shown as percentages.

A workbook is a zip of XML; it is looked over before it is opened, so that a small file that unpacks to gigabytes, or a
stray cell at the far end of the grid, is refused instead of filling the memory.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from yuance.errors import Place
from yuance.facts.fault import FactsError, fault
from yuance.facts.opendocument import find_marks

LARGEST = 200_000_000  # bytes unpacked
MOST_CELLS = 60_000_000  # of the rectangle that a sheet spans

_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b([^>]*)>")
_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(rb"<(?:\w+:)?xf\b([^>]*)>")
_ERROR = re.compile(rb"""<(?:\w+:)?c\b([^>]*\bt=["']e["'][^>]*)>(.*?)</(?:\w+:)?c>""", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]*)<")
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br=["'](\d+)["']""")
_FAR = re.compile(rb"""\br=["']([A-Z]{3})\d""")
_ANY = re.compile(rb"""\br=["']([A-Z]{1,3})\d""")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_PERCENT_BUILT_IN = {b"9", b"10"}


@dataclass(frozen=True)
class Marks:
    """Of one sheet: failed formulas and cells shown as percentages, by (row, column) from 0."""

    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    percent: frozenset[tuple[int, int]] = frozenset()


def inspect_package(raw: bytes, file: str) -> dict[str, Marks]:
    """The marks of every sheet of an .xlsx package, by the sheet's name; nothing for other packages.

    Raises:
        FactsError: it is a damaged zip, no workbook, or too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            return _inspect(package, file)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise FactsError([fault("F017", Place(file), file=file, reason=error)]) from None


def _inspect(package: zipfile.ZipFile, file: str) -> dict[str, Marks]:
    size = sum(part.file_size for part in package.infolist())
    if size > LARGEST:
        raise FactsError([fault("F018", Place(file), file=file, size=size // 10**6, most=LARGEST // 10**6)])
    names = set(package.namelist())
    if package.testzip() is not None:  # also unpacks each part, which finds a lie about its size
        raise zipfile.BadZipFile("checksum")
    if "content.xml" in names:
        return {name: Marks(*found) for name, found in find_marks(package.read("content.xml")).items()}
    if "xl/workbook.xml" not in names:
        if "xl/workbook.bin" not in names:
            raise FactsError([fault("F019", Place(file), file=file)])
        return {}
    percents = _percent_styles(package.read("xl/styles.xml")) if "xl/styles.xml" in names else frozenset()
    return {name: _marks(package.read(part), percents, file, name) for name, part in _sheets(package) if part in names}


def _attributes(said: bytes) -> dict[bytes, bytes]:
    return {name: one or other for name, one, other in _ATTRIBUTE.findall(said)}


def _sheets(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    relations = {}
    if "xl/_rels/workbook.xml.rels" in package.namelist():
        for match in _RELATION.finditer(package.read("xl/_rels/workbook.xml.rels")):
            given = _attributes(match[1])
            relations[given.get(b"Id", b"")] = given.get(b"Target", b"").decode("utf-8", "replace")
    for match in _SHEET.finditer(package.read("xl/workbook.xml")):
        given = _attributes(match[1])
        identity = next((value for name, value in given.items() if name.endswith(b":id")), b"")
        target = relations.get(identity, "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        yield unescape(given.get(b"name", b"").decode("utf-8", "replace")), part


def _percent_styles(styles: bytes) -> frozenset[bytes]:
    """The numbers of the cell styles that show a percentage."""
    formats = dict.fromkeys(_PERCENT_BUILT_IN, True)
    for match in _FORMAT.finditer(styles):
        given = _attributes(match[1])
        formats[given.get(b"numFmtId", b"")] = b"%" in given.get(b"formatCode", b"")
    block = _STYLES.search(styles)
    found = enumerate(_STYLE.finditer(block[0])) if block else enumerate(iter(()))
    return frozenset(
        str(number).encode()
        for number, match in found
        if formats.get(_attributes(match[1]).get(b"numFmtId", b""), False)
    )


def _marks(xml: bytes, percents: frozenset[bytes], file: str, sheet: str) -> Marks:
    _refuse_vast(xml, file, sheet)
    errors: dict[tuple[int, int], str] = {}
    if b't="e"' in xml or b"t='e'" in xml:
        for match in _ERROR.finditer(xml):
            place, value = _cell(match[1]), _VALUE.search(match[2])
            if place is not None:
                errors[place] = unescape(value[1].decode("utf-8", "replace")) if value else "#ERROR!"
    percent: set[tuple[int, int]] = set()
    if percents:
        choice = b"|".join(sorted(percents))
        for match in re.finditer(rb"<(?:\w+:)?c\b([^>]*\bs=[\"'](?:" + choice + rb")[\"'][^>]*)>", xml):
            place = _cell(match[1])
            if place is not None:
                percent.add(place)
    return Marks(errors, frozenset(percent))


def _refuse_vast(xml: bytes, file: str, sheet: str) -> None:
    height = max((int(number) for number in _ROW.findall(xml)), default=0)
    if height * 702 <= MOST_CELLS and _FAR.search(xml) is None:
        return
    width = max((_column(letters.decode()) + 1 for letters in set(_ANY.findall(xml))), default=0)
    if height * width > MOST_CELLS:
        raise FactsError([fault("F020", Place(file, sheet), file=file, sheet=sheet, rows=height, columns=width)])


def _cell(attributes: bytes) -> tuple[int, int] | None:
    match = _REFERENCE.fullmatch(_attributes(attributes).get(b"r", b"").decode("ascii", "replace"))
    return (int(match[2]) - 1, _column(match[1])) if match else None


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
