"""OpenDocument sheets tell their failed formulas and percentages."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.yuance.facts.desk import VARIABLES, only, rows
from yuance.facts.opendocument import find_marks
from yuance.facts.reading import read_facts

SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)


def word(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def cell(attributes: str, text: str = "") -> str:
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


ROWS = (
    [word("unit"), word("period"), word("tax"), word("rate")],
    [word("A"), cell('office:value-type="float" office:value="2023"'), cell('office:value-type="float" office:value="1.5"'),
     cell('office:value-type="percentage" office:value="0.07"', "7%")],
    [word("B"), cell('office:value-type="float" office:value="2023"'),
     cell('table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"', "#DIV/0!")],
)  # fmt: skip


def content(*above: str) -> bytes:
    body = "".join(above) + "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in ROWS)
    table = f'<table:table table:name="一">{body}</table:table>'
    return f"<office:document-content {SPACES}><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>".encode()


def test_an_opendocument_sheet_is_read_with_its_percentages_and_failed_formulas(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content())
        manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        package.writestr("META-INF/manifest.xml", manifest)
    facts = read_facts(path, VARIABLES)
    assert rows(facts) == {("A", "2023"): {"tax": 1.5, "rate": 7.0}, ("B", "2023"): {}}
    assert str(only(facts, "F054").origin) == "a.ods《一》 C3"


def test_repeated_rows_and_columns_are_counted() -> None:
    blank = '<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="5"/></table:table-row>'
    errors, percent = find_marks(content(blank))["一"]
    assert errors == {(5, 2): "#DIV/0!"}
    assert percent == {(4, 3)}


def test_a_document_without_either_has_no_marks() -> None:
    assert find_marks(b"<office:document-content/>") == {}
