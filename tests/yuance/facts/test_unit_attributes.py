"""What several sheets say of one unit."""

from __future__ import annotations

from pathlib import Path

from tests.yuance.facts.desk import VARIABLES, Rows, codes, write_book, write_text
from yuance.facts.reading import read_facts


def test_numbers_in_one_sheet_and_words_in_another_become_words(tmp_path: Path) -> None:
    one: Rows = [["unit", "period", "tax", "面积"], ["A", 2022, 1, 5]]
    other: Rows = [["unit", "period", "tax", "面积"], ["B", 2022, 1, "约5"]]
    units = read_facts(write_book(tmp_path / "a.xlsx", {"1": one, "2": other}), VARIABLES).units
    assert units["面积"].to_list() == ["5", "约5"]


def test_a_dash_says_nothing_of_a_unit(tmp_path: Path) -> None:
    facts = read_facts(
        write_text(tmp_path / "a.csv", "unit,period,tax,category\nA,2022,1,—\nA,2023,1,一类\n"), VARIABLES
    )
    assert facts.units["category"].to_list() == ["一类"]
    assert codes(facts) == []


def test_of_periods_that_end_together_the_longer_one_is_the_later(tmp_path: Path) -> None:
    facts = read_facts(
        write_text(tmp_path / "a.csv", "unit,period,tax,category\nA,2023,1,年\nA,2023Q4,1,季\n"), VARIABLES
    )
    assert facts.units["category"].to_list() == ["年"]
