"""Wide tables: a row per unit and period."""

from __future__ import annotations

from pathlib import Path

from tests.yuance.facts.desk import codes, read_text, rows


def test_targets_stand_in_columns_of_their_own(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "unit,period,tax,tax:target,已供用地目标（公顷）\nA,2023,1,2,3\n")
    assert rows(facts) == {("A", "2023"): {"tax": 1.0, "tax:target": 2.0, "land:target": 45.0}}


def test_a_column_in_a_foreign_measure_is_left_out_and_the_others_stand(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "unit,period,税收收入（吨）,land\nA,2023,1,2\n")
    assert rows(facts) == {("A", "2023"): {"land": 2.0}}
    assert codes(facts) == ["F035"]


def test_headings_in_any_order_mean_the_same(tmp_path: Path) -> None:
    assert rows(read_text(tmp_path, "land,period,tax,unit\n2,2023,1,A\n")) == {("A", "2023"): {"tax": 1.0, "land": 2.0}}
