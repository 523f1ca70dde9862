"""Excel templates out and in (填报模板): a grid of rows and columns that are known by ids, typed and protected.

What goes out carries its ids in a hidden column and a hidden row, and an opaque seal in a hidden sheet; what comes back
is matched by those ids, never by position. Nothing here knows what rows and columns mean, or how a seal is made.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any, Literal

import xlsxwriter

from yuance.errors import Fault, Message, Place, YuanceError
from yuance.exchange.messages import MESSAGES
from yuance.facts.fault import FactsError
from yuance.facts.sheet import Sheet, letters, words
from yuance.facts.workbook import read_workbook

SEAL_SHEET = "_yuance"
MARK = "#yuance-template-1"
LARGEST = 60_000_000  # bytes unpacked
MOST_ROWS, MOST_COLUMNS = 5_000, 500
CHUNK = 30_000  # characters of a cell; Excel holds 32,767
TOLD = 20  # remarks of a kind that are told one by one
CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - workbooks know no zones; a fixed date keeps bytes equal

Kind = Literal["number", "text", "yes-no", "choice"]
Value = float | str | None

_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_FORMULA = re.compile(rb"<(?:\w+:)?c\b([^>]*[^/])>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?f\b", re.DOTALL)
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br=["'](\d+)["']""")
_ROWS = re.compile(rb"<(?:\w+:)?row\b")
_CELL = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_REFERENCE = re.compile(rb"([A-Z]{1,3})(\d{1,7})")
_COMMENT = re.compile(rb"<(?:\w+:)?comment\b")
_LOOKS = re.compile(r"[=@]|[+\-][^\d\s].*[(|!]")
_UNSAFE = {
    "vbaProject": ("宏", "macros"),
    "xl/activeX/": ("控件", "controls"),
    "xl/embeddings/": ("嵌入对象", "embedded objects"),
    "xl/externalLinks/": ("外部链接", "links to other files"),
    "xl/connections.xml": ("外部数据连接", "data connections"),
    "customUI/": ("自定义界面", "a custom interface"),
}


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """A column that is filled in, or shown beside: known by its id, protected unless `editable`."""

    id: str
    title: str
    kind: Kind = "number"
    editable: bool = True
    width: float = 14.0
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class TemplateLine:
    """A row: known by its id ("" for a caption), with its headings, values and what of it may be filled in.

    `kinds` says what a cell holds where that differs by row; `locked` are columns that this row does not have.
    """

    id: str
    heads: tuple[str, ...]
    values: Mapping[str, Value] = field(default_factory=dict)
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    locked: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Template:
    """A template: title, remarks under it, headings of the leading columns, the columns, the rows, and the seal."""

    title: str
    remarks: tuple[str, ...]
    heads: tuple[str, ...]
    columns: tuple[TemplateColumn, ...]
    lines: tuple[TemplateLine, ...]
    seal: str
    sheet: str = "填报表"


@dataclass(frozen=True, slots=True)
class ReturnedCell:
    """A cell that came back: its ids and place, what it holds as the file has it, and why it cannot be taken, if so."""

    row: str
    column: str
    place: str
    content: object
    percent: bool = False
    refusal: str = ""

    @property
    def said(self) -> str:
        """The content as a person reads it."""
        return words(self.content)


@dataclass(frozen=True)
class Returned:
    """A template that came back: the seal, the name of the sheet, the ids that stand in it, its cells, and remarks."""

    seal: str
    sheet: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[ReturnedCell, ...]
    remarks: tuple[str, ...] = ()


class TemplateError(YuanceError):
    """A file that cannot be taken as a template at all; carries every fault that was found."""


def write_template(template: Template) -> bytes:
    """The workbook of a template: only what is to be filled in can be changed."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"created": CREATED, "title": template.title})
    _Writer(book, template).write()
    hidden = book.add_worksheet(SEAL_SHEET)
    hidden.very_hidden()
    for number, part in enumerate([MARK, *_chunks(template.seal)]):
        hidden.write_string(number, 0, part)
    hidden.protect()
    book.close()
    return stream.getvalue()


class _Writer:
    """Writes the visible sheet: title, remarks, hidden ids, header, rows."""

    def __init__(self, book: Any, template: Template) -> None:
        self.template = template
        self.sheet = book.add_worksheet(template.sheet)
        base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
        box = {**base, "border": 1, "border_color": "#9AA5B1"}
        self.title = book.add_format({**base, "font_name": "黑体", "font_size": 16})
        self.remark = book.add_format({**base, "font_color": "#4A5561"})
        self.header = book.add_format(
            {**box, "bold": True, "bg_color": "#E8EEF5", "align": "center", "text_wrap": True}
        )
        self.caption = book.add_format({**base, "bold": True, "bg_color": "#F4F6F8"})
        self.head = book.add_format({**box, "text_wrap": True, "bg_color": "#F4F6F8"})
        self.shown = book.add_format({**box, "num_format": "#,##0.##########", "bg_color": "#F4F6F8"})
        self.number = book.add_format({**box, "num_format": "#,##0.##########", "locked": False})
        self.text = book.add_format({**box, "num_format": "@", "locked": False, "text_wrap": True})

    def write(self) -> None:
        """Everything, from the title to the protection."""
        sheet, template = self.sheet, self.template
        sheet.write_string(0, 1, template.title, self.title)
        for number, remark in enumerate(template.remarks, start=1):
            sheet.write_string(number, 1, remark, self.remark)
        self.top = len(template.remarks) + 1
        self._ids()
        self._header()
        for number, line in enumerate(template.lines, start=self.top + 2):
            self._line(number, line)
        sheet.set_column(0, 0, None, None, {"hidden": True})
        sheet.set_row(self.top, None, None, {"hidden": True})
        sheet.freeze_panes(self.top + 2, 1 + len(template.heads))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(self.top + 1)
        sheet.protect("", {"format_columns": True, "format_rows": True})

    def _ids(self) -> None:
        self.sheet.write_string(self.top, 0, MARK)
        for number, column in enumerate(self.template.columns, start=1 + len(self.template.heads)):
            self.sheet.write_string(self.top, number, column.id)

    def _header(self) -> None:
        heads = self.template.heads
        for number, head in enumerate(heads, start=1):
            self.sheet.write_string(self.top + 1, number, head, self.header)
            self.sheet.set_column(number, number, 8 if len(head) <= 2 else 30 if number == len(heads) - 1 else 16)
        for number, column in enumerate(self.template.columns, start=1 + len(heads)):
            self.sheet.write_string(self.top + 1, number, column.title, self.header)
            self.sheet.set_column(number, number, column.width)

    def _line(self, row: int, line: TemplateLine) -> None:
        self.sheet.write_string(row, 0, line.id)
        for number, head in enumerate(line.heads, start=1):
            self.sheet.write_string(row, number, head, self.head if line.id else self.caption)
        if not line.id:
            return
        for number, column in enumerate(self.template.columns, start=1 + len(line.heads)):
            open_ = column.editable and column.id not in line.locked
            kind = line.kinds.get(column.id, column.kind)
            self._cell(row, number, line.values.get(column.id), kind if open_ else None)
            if open_:
                self._validate(row, number, kind, column)

    def _cell(self, row: int, number: int, value: Value, kind: Kind | None) -> None:
        look = self.shown if kind is None else self.number if kind == "number" else self.text
        if value is None or value == "":
            self.sheet.write_blank(row, number, None, look)
        elif isinstance(value, str):
            self.sheet.write_string(row, number, value, look)
        else:
            self.sheet.write_number(row, number, value, look)

    def _validate(self, row: int, number: int, kind: Kind, column: TemplateColumn) -> None:
        if kind == "number":
            rule = {"validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15,
                    "error_title": "请填数", "error_message": "这一格只填数；没有数据请留空。"}  # fmt: skip
        elif kind == "yes-no":
            rule = {
                "validate": "list",
                "source": ["是", "否"],
                "error_title": "请选择",
                "error_message": "请选 是 或 否。",
            }
        elif kind == "choice" and column.choices:
            rule = {"validate": "list", "source": list(column.choices)}
        else:
            return
        self.sheet.data_validation(row, number, row, number, rule)


def read_template(path: Path) -> Returned:
    """The cells of a template that came back, by ids.

    Raises:
        TemplateError: it is no workbook, unsafe or too large, or bears no mark of a template.
    """
    raw, file = path.read_bytes(), path.name
    marks = _look_over(raw, file)
    try:
        sheets = read_workbook(path)
    except FactsError as error:
        raise TemplateError(error.faults) from None
    seal = _seal(sheets, file)
    found = [(sheet, row) for sheet in sheets if sheet.name != SEAL_SHEET and (row := _mark_row(sheet)) is not None]
    if not found:
        raise TemplateError([_fault("T011", file, file=file)])
    if len(found) > 1:
        raise TemplateError([_fault("T012", file, file=file, count=len(found))])
    sheet, row = found[0]
    return _read(sheet, row, seal, marks.get(sheet.name, _Marks()))


@dataclass(frozen=True)
class _Marks:
    """Of one sheet: cells with formulas, by (row, column) from 0; of the package: how many notes."""

    formulas: frozenset[tuple[int, int]] = frozenset()
    notes: int = 0


def _look_over(raw: bytes, file: str) -> dict[str, _Marks]:
    """What is unsafe or too large is refused before the workbook is opened. Gives the marks of each sheet."""
    if raw[:4] == b"\xd0\xcf\x11\xe0":
        return {}  # locked by a password, or the old form: the reader says which
    if raw[:4] != b"PK\x03\x04":
        raise TemplateError([_fault("T001", file, file=file)])
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            return _marks(package, file)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise TemplateError([_fault("T005", file, file=file, reason=error)]) from None


def _marks(package: zipfile.ZipFile, file: str) -> dict[str, _Marks]:
    names = {part.filename: part for part in package.infolist()}
    size = sum(part.file_size for part in names.values())
    if size > LARGEST or len(names) > 1000:
        raise TemplateError([_fault("T003", file, file=file, size=size // 10**6, most=LARGEST // 10**6)])
    if any(part.flag_bits & 1 for part in names.values()):
        raise TemplateError([_fault("T006", file, file=file)])
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= set(names):
        raise TemplateError([_fault("T001", file, file=file)])
    for mark, (what, what_en) in _UNSAFE.items():
        if any(mark in name for name in names):
            raise TemplateError([_fault("T002", file, file=file, what=what, what_en=what_en)])
    notes = sum(len(_COMMENT.findall(package.read(name))) for name in names if re.search(r"comments?\d*\.xml$", name))
    found = {}
    for name, part in _parts(package):
        if part in names:
            xml = package.read(part)
            if b"<!DOCTYPE" in xml[:1000] or b"<!ENTITY" in xml[:1000]:
                raise TemplateError([_fault("T002", file, file=file, what="文档类型定义（DTD）", what_en="a DTD")])
            _refuse_vast(xml, file)
            found[name] = _Marks(frozenset(_formula_cells(xml)), notes)
    return found


def _refuse_vast(xml: bytes, file: str) -> None:
    rows = max([len(_ROWS.findall(xml)), *(int(number) for number in _ROW.findall(xml))])
    columns = max((_index(letter) + 1 for letter in {letter for letter, _ in _CELL.findall(xml)}), default=0)
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        told = {"rows": rows, "columns": columns, "most_rows": MOST_ROWS, "most_columns": MOST_COLUMNS}
        raise TemplateError([_fault("T004", file, file=file, **told)])


def _formula_cells(xml: bytes) -> Iterator[tuple[int, int]]:
    if b"<f" not in xml and b":f" not in xml:
        return
    for match in _FORMULA.finditer(xml):
        reference = _REFERENCE.fullmatch(_attributes(match[1]).get(b"r", b""))
        if reference is not None:
            yield int(reference[2]) - 1, _index(reference[1])


def _parts(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """(name, part) of every sheet."""
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


def _attributes(said: bytes) -> dict[bytes, bytes]:
    return {name: one or other for name, one, other in _ATTRIBUTE.findall(said)}


def _seal(sheets: Sequence[Sheet], file: str) -> str:
    for sheet in sheets:
        if sheet.name == SEAL_SHEET and sheet.height and sheet.columns and sheet.columns[0].words_at(0) == MARK:
            return "".join(sheet.columns[0].words_at(row) for row in range(1, sheet.height))
    raise TemplateError([_fault("T011", file, file=file)])


def _mark_row(sheet: Sheet) -> int | None:
    """The hidden row of ids."""
    if not sheet.columns:
        return None
    return next((row for row in range(min(sheet.height, 30)) if sheet.columns[0].words_at(row) == MARK), None)


def _read(sheet: Sheet, top: int, seal: str, marks: _Marks) -> Returned:
    columns = {number: name for number in range(1, len(sheet.columns)) if (name := sheet.columns[number].words_at(top))}
    rows = {row: name for row in range(top + 2, sheet.height) if (name := sheet.columns[0].words_at(row))}
    faults = [*_doubles(rows, "T021"), *_doubles(columns, "T022")]
    if faults:
        raise TemplateError(faults)
    merged = _merged(sheet)
    cells = []
    for row, line in rows.items():
        for number, name in columns.items():
            column = sheet.columns[number]
            content = column.at(row)
            refusal = ""
            if (row, number) in marks.formulas:
                refusal = _said("T031")
            elif (row, number) in merged:
                refusal = _said("T032")
            place = f"{letters(number)}{row + 1}"
            cells.append(ReturnedCell(line, name, place, content, row in column.percent, refusal))
    remarks = tuple(_remarks(sheet, top, rows, columns, marks))
    return Returned(seal, sheet.name, tuple(rows.values()), tuple(columns.values()), tuple(cells), remarks)


def _doubles(ids: Mapping[int, str], code: str) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for place, name in ids.items():
        if name in seen:
            if code == "T021":
                yield _fault("T021", "", row=place + 1, other=seen[name] + 1, id=name)
            else:
                yield _fault("T022", "", column=letters(place), other=letters(seen[name]), id=name)
        seen.setdefault(name, place)


def _merged(sheet: Sheet) -> set[tuple[int, int]]:
    found = set()
    for top, left, bottom, right in sheet.merged or ():
        if (bottom - top + 1) * (right - left + 1) <= MOST_ROWS * MOST_COLUMNS:
            found |= {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
    return found


def _remarks(
    sheet: Sheet, top: int, rows: Mapping[int, str], columns: Mapping[int, str], marks: _Marks
) -> Iterator[str]:
    """What stands in the file and is of no row or column of the template."""
    foreign = [
        row
        for row in range(top + 2, sheet.height)
        if row not in rows and any(sheet.columns[n].at(row) is not None for n in columns)
    ]
    for row in foreign[:TOLD]:
        yield _said("T023", row=row + 1)
    last = max(columns, default=0)
    beyond = [
        n
        for n in range(last + 1, len(sheet.columns))
        if any(sheet.columns[n].at(row) is not None for row in range(top + 1, sheet.height))
    ]
    for number in beyond[:TOLD]:
        yield _said("T024", column=letters(number))
    if marks.notes:
        yield _said("T026", count=marks.notes)


def missing_rows(gone: Sequence[str]) -> str:
    """The remark about rows of a template that did not come back."""
    return _said("T025", count=len(gone), told="、".join(gone[:5]) + ("……" if len(gone) > 5 else ""))


def formula_like(text: str) -> str:
    """Why words cannot be taken: they look like a formula; empty where they do not."""
    return _said("T033", words=text[:20]) if _LOOKS.match(text.lstrip()) else ""


def _said(code: str, /, **values: object) -> str:
    message: Message = MESSAGES[code]
    return message.text(values)


def _fault(code: str, file: str, /, **values: object) -> Fault:
    return Fault(MESSAGES[code], Place(file), values)


def _chunks(text: str) -> list[str]:
    return [text[start : start + CHUNK] for start in range(0, len(text), CHUNK)]


def _index(letter: bytes) -> int:
    number = 0
    for sign in letter:
        number = number * 26 + sign - 64
    return number - 1
