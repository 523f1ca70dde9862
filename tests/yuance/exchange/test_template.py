"""A template goes out typed and protected, and is known again by its ids."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from yuance.exchange.template import (
    Template,
    TemplateColumn,
    TemplateError,
    TemplateLine,
    formula_like,
    read_template,
    write_template,
)

COLUMNS = (
    TemplateColumn("actual", "本期"),
    TemplateColumn("yes", "是否", kind="yes-no"),
    TemplateColumn("last", "上年", editable=False),
)
LINES = (
    TemplateLine("", ("产出",)),
    TemplateLine("revenue", ("营业收入",), {"actual": 12.5, "last": 10.0, "yes": "=1+1"}),
    TemplateLine("land", ("已供用地",), {}, locked=frozenset({"yes"})),
)
SHOWN = Template("标题", ("备注",), ("数据项",), COLUMNS, LINES, "印" * 40_000)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "表.xlsx"
    path.write_bytes(write_template(SHOWN))
    return path


def test_what_goes_out_comes_back(path: Path) -> None:
    found = read_template(path)
    assert found.seal == SHOWN.seal
    assert (found.rows, found.columns) == (("revenue", "land"), ("actual", "yes", "last"))
    assert {(cell.row, cell.column): cell.content for cell in found.cells if cell.content is not None} == {
        ("revenue", "actual"): 12.5, ("revenue", "last"): 10.0, ("revenue", "yes"): "=1+1",
    }  # fmt: skip
    assert not found.remarks


def test_only_what_is_to_be_filled_in_can_be_changed(path: Path) -> None:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet.protection.sheet
    locked = {cell.coordinate: cell.protection.locked for row in sheet["C6:E7"] for cell in row}
    assert locked == {"C6": False, "D6": False, "E6": True, "C7": False, "D7": True, "E7": True}
    assert sheet.column_dimensions["A"].hidden
    assert {rule.type for rule in sheet.data_validations.dataValidation} == {"decimal", "list"}


def test_words_that_look_like_a_formula_go_out_as_words(path: Path) -> None:
    cell = openpyxl.load_workbook(path).worksheets[0]["D6"]
    assert (cell.value, cell.data_type) in {("=1+1", "s"), ("=1+1", "f")}
    assert b"<f>" not in path.read_bytes()


def test_the_same_template_has_the_same_bytes() -> None:
    assert write_template(SHOWN) == write_template(SHOWN)


def test_rows_are_known_by_their_ids_wherever_they_stand(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book.worksheets[0].insert_rows(6, 2)
    stream = io.BytesIO()
    book.save(stream)
    path.write_bytes(stream.getvalue())
    assert {cell.place for cell in read_template(path).cells if cell.content == 12.5} == {"C8"}


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"hello")
    with pytest.raises(TemplateError, match="T001"):
        read_template(path)


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("=1+1", True),
        ("@SUM(A1)", True),
        ("+cmd|' /C calc'!A0", True),
        ("-5%", False),
        ("说明 a=b", False),
        ("+3", False),
    ],
)
def test_words_that_look_like_a_formula_are_known(text: str, like: bool) -> None:
    assert bool(formula_like(text)) is like
