"""A value knows the cell that it came from."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tests.yuance.facts.desk import VARIABLES, read_text, write_book
from yuance.facts.facts import Origins
from yuance.facts.reading import read_facts


def test_a_cell_of_a_csv_file_is_told_by_letter_and_row(tmp_path: Path) -> None:
    origins = read_text(tmp_path, "单位：万元,,,\nunit,period,tax,tax:target\nB,2023,1,2\nA,2023,3,4\n").origins
    assert str(origins.place("A", "2023", "tax")) == "facts.csv C4"
    assert str(origins.place("A", "2023", "tax:target")) == "facts.csv D4"


def test_a_cell_of_a_workbook_is_told_with_its_sheet(tmp_path: Path) -> None:
    book = write_book(
        tmp_path / "a.xlsx", {"一季度": [["unit", "period", *[None] * 25, "tax"], ["A", 2023, *[None] * 25, 5]]}
    )
    assert str(read_facts(book, VARIABLES).origins.place("A", "2023", "tax")) == "a.xlsx《一季度》 AB2"


def test_a_value_of_a_long_table_is_told_by_its_own_row(tmp_path: Path) -> None:
    origins = read_text(tmp_path, "unit,period,variable,value,kind\nA,2023,tax,1,actual\nA,2023,tax,2,target\n").origins
    assert str(origins.place("A", "2023", "tax")) == "facts.csv D2"
    assert str(origins.place("A", "2023", "tax:target")) == "facts.csv D3"


def test_a_value_of_a_parquet_file_is_told_by_row(tmp_path: Path) -> None:
    frame = pl.DataFrame({"unit": ["B", "A"], "period": ["2023", "2023"], "tax": [1.0, 2.0]})
    frame.write_parquet(tmp_path / "a.parquet")
    place = read_facts(tmp_path / "a.parquet", VARIABLES).origins.place("A", "2023", "tax")
    assert place is not None
    assert (place.file, place.line, place.cell, place.key) == ("a.parquet", 2, "", "tax")


@pytest.mark.parametrize(
    "asked",
    [("Z", "2023", "tax"), ("A", "2022", "tax"), ("A", "2023", "land"), ("A", "2023", "value"), ("A", "2023", "")],
)
def test_what_was_not_reported_has_no_place(tmp_path: Path, asked: tuple[str, str, str]) -> None:
    assert read_text(tmp_path, "unit,period,tax\nA,2023,1\n").origins.place(*asked) is None


def test_facts_from_memory_have_no_origin() -> None:
    assert Origins().place("A", "2023", "tax") is None
