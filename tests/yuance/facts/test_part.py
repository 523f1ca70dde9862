"""What the rows of a sheet say of their units."""

from __future__ import annotations

from pathlib import Path

from tests.yuance.facts.desk import VARIABLES, Rows, write_book
from yuance.facts.reading import read_facts


def test_numbers_beside_units_stay_numbers_and_categories_stay_words(tmp_path: Path) -> None:
    sheet: Rows = [
        ["unit", "category", "面积", "级别", "period", "tax"],
        ["A", 1, 12.5, "省级", 2023, 1],
        ["B", 2, 7, None, 2023, 1],
    ]
    units = read_facts(write_book(tmp_path / "a.xlsx", {"一": sheet}), VARIABLES).units
    assert units.to_dicts() == [
        {"unit": "A", "name": "A", "category": "1", "级别": "省级", "面积": 12.5},
        {"unit": "B", "name": "B", "category": "2", "级别": None, "面积": 7.0},
    ]
