"""What is reported twice alike counts once; what is reported twice differently not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.yuance.facts.desk import VARIABLES, codes, only, read_text, rows, write_book, write_text
from yuance.facts.reading import read_facts


def test_a_row_that_stands_twice_counts_once_and_is_noted(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "unit,period,tax,land\nA,2023,1,2\nA,2023,1,2\n")
    assert rows(facts) == {("A", "2023"): {"tax": 1.0, "land": 2.0}}
    finding = only(facts, "F063")
    assert finding.severity == "note"
    assert "D2；facts.csv D3" in finding.text()


def test_contradicting_rows_name_both_cells_and_leave_a_gap(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "unit,period,tax,land\nA,2023,1,2\nA,2023,3,2\n")
    assert rows(facts) == {("A", "2023"): {"land": 2.0}}
    finding = only(facts, "F064")
    assert (finding.severity, finding.unit, finding.period, finding.place) == ("error", "A", "2023", "tax")
    assert "facts.csv C2 1" in finding.text()
    assert "facts.csv C3 3" in finding.text()


def test_files_that_contradict_each_other_name_both(tmp_path: Path) -> None:
    one = write_text(tmp_path / "统计局.csv", "unit,period,tax\nA,2023,1\nB,2023,5\n")
    other = write_text(tmp_path / "税务局.csv", "unit,period,tax\nA,2023,2\nB,2023,5\n")
    facts = read_facts([one, other], VARIABLES)
    assert rows(facts) == {("A", "2023"): {}, ("B", "2023"): {"tax": 5.0}}
    text = only(facts, "F064").text()
    assert "统计局.csv C2" in text
    assert "税务局.csv C2" in text
    assert codes(facts, "note") == ["F063"]


def test_sheets_of_different_departments_make_one_row(tmp_path: Path) -> None:
    book = write_book(
        tmp_path / "a.xlsx",
        {"税务": [["unit", "period", "tax"], ["A", 2023, 1]], "自然资源": [["unit", "period", "land"], ["A", 2023, 2]]},
    )
    facts = read_facts(book, VARIABLES)
    assert rows(facts) == {("A", "2023"): {"tax": 1.0, "land": 2.0}}
    assert codes(facts) == []
    assert str(facts.origins.place("A", "2023", "tax")) == "a.xlsx《税务》 C2"
    assert str(facts.origins.place("A", "2023", "land")) == "a.xlsx《自然资源》 C2"


def test_wide_and_long_tables_join(tmp_path: Path) -> None:
    wide = write_text(tmp_path / "wide.csv", "unit,period,tax\nA,2023,1\nB,2023,2\n")
    long = write_text(tmp_path / "long.csv", "unit,period,variable,value\nA,2023,land,3\nA,2023,tax,1\nC,2023,tax,4\n")
    facts = read_facts([wide, long], VARIABLES)
    assert rows(facts) == {
        ("A", "2023"): {"tax": 1.0, "land": 3.0},
        ("B", "2023"): {"tax": 2.0},
        ("C", "2023"): {"tax": 4.0},
    }
    assert str(facts.origins.place("A", "2023", "land")) == "long.csv D2"
    assert str(facts.origins.place("B", "2023", "tax")) == "wide.csv C3"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_order_of_files_changes_neither_table_nor_digest(tmp_path: Path, order: tuple[int, int]) -> None:
    files = [
        write_text(tmp_path / "1.csv", "unit,period,tax,level\nA,2023,1,国家级\nB,2023,2,省级\n"),
        write_text(tmp_path / "2.csv", "unit,period,land,tax\nB,2022,3,9\nA,2023,4,1\n"),
    ]
    facts = read_facts([files[number] for number in order], VARIABLES)
    straight = read_facts(files, VARIABLES)
    assert facts.table.equals(straight.table)
    assert facts.units.equals(straight.units)
    assert facts.digest == straight.digest


def test_a_repeated_row_without_values_is_noted_once(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "unit,period,tax\nA,2023,\nA,2023,\n")
    assert rows(facts) == {("A", "2023"): {}}
    assert codes(facts) == ["F063", "F062"]


def test_a_value_beside_a_gap_is_no_contradiction(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "unit,period,tax,land\nA,2023,1,\nA,2023,,2\n")
    assert rows(facts) == {("A", "2023"): {"tax": 1.0, "land": 2.0}}
    assert codes(facts) == []
    assert str(facts.origins.place("A", "2023", "land")) == "facts.csv D3"


def test_columns_stand_in_the_methods_order_each_target_behind_its_variable(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "credit,land,tax:target,unit,tax,period\n优,1,2,A,3,2023\n")
    assert facts.table.columns == ["unit", "period", "tax", "tax:target", "land", "credit"]
