"""Which files are meant, and what they really are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.yuance.facts.desk import VARIABLES, rows, write_book, write_text
from yuance.facts.fault import FactsError
from yuance.facts.reading import read_facts
from yuance.facts.source import sheets_of

TEXT = "unit,period,tax\nA,2023,1\n"


def test_a_folder_means_its_tables_and_nothing_else(tmp_path: Path) -> None:
    write_text(tmp_path / "b.csv", TEXT)
    write_book(tmp_path / "a.xlsx", {"一": [["unit", "period", "land"], ["A", 2023, 2]]})
    write_text(tmp_path / "readme.md", "x")
    write_text(tmp_path / "~$a.xlsx", "lock")
    write_text(tmp_path / ".hidden.csv", TEXT)
    assert [sheet.file for sheet in sheets_of(tmp_path)] == ["a.xlsx", "b.csv"]


def test_the_list_of_units_in_the_folder_is_not_read_as_facts(tmp_path: Path) -> None:
    write_text(tmp_path / "facts.csv", TEXT)
    units = write_text(tmp_path / "units.csv", "unit,name\nA,甲\n")
    assert [sheet.file for sheet in sheets_of(tmp_path, units)] == ["facts.csv"]
    assert read_facts(tmp_path, VARIABLES, units=units).findings == ()


@pytest.mark.parametrize("name", ["a.dat", "a", "a.xlsx", "a.xls"])
def test_a_text_table_is_read_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    assert rows(read_facts(write_text(tmp_path / name, TEXT), VARIABLES)) == {("A", "2023"): {"tax": 1.0}}


def test_a_workbook_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    book = write_book(tmp_path / "a.xlsx", {"一": [["unit", "period", "tax"], ["A", 2023, 1]]})
    renamed = book.rename(tmp_path / "a.csv")
    assert rows(read_facts([str(renamed)], VARIABLES)) == {("A", "2023"): {"tax": 1.0}}


def test_all_files_that_fail_are_told_together(tmp_path: Path) -> None:
    files = [tmp_path / "1.csv", write_text(tmp_path / "2.csv", ""), write_text(tmp_path / "3.pdf", "%PDF-")]
    with pytest.raises(FactsError) as caught:
        sheets_of(files)
    assert [fault.code for fault in caught.value.faults] == ["F001", "F011", "F010"]


def test_a_folder_given_for_a_list_of_files_is_opened_too(tmp_path: Path) -> None:
    write_text(tmp_path / "facts.csv", TEXT)
    assert len(sheets_of([tmp_path])) == 1
