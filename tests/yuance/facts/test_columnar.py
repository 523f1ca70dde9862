"""Typed columns pass through as they are."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from tests.yuance.facts.desk import VARIABLES, codes, rows
from yuance.facts.columnar import column_of
from yuance.facts.reading import facts_from_frame, read_facts


def test_floats_pass_through_without_a_copy() -> None:
    series = pl.Series([0.1, None, 3.0])
    assert column_of(series).numbers is series


@pytest.mark.parametrize("kind", [pl.Int8, pl.UInt64, pl.Float32, pl.Decimal(10, 2)])
def test_other_numbers_become_floats(kind: pl.DataType) -> None:
    numbers = column_of(pl.Series([1, None, 3]).cast(kind)).numbers
    assert numbers is not None
    assert numbers.to_list() == [1.0, None, 3.0]


def test_words_of_a_categorical_are_words() -> None:
    text = column_of(pl.Series([" 优 ", "", None]).cast(pl.Categorical)).text
    assert text is not None
    assert text.to_list() == ["优", None, None]


def test_dates_and_truth_values_are_kept_as_what_they_are() -> None:
    assert column_of(pl.Series([True, None])).odd == {0: True}
    assert column_of(pl.Series([dt.date(2023, 9, 1)])).at(0) == dt.date(2023, 9, 1)


def test_wide_and_long_parquet_files_are_read(tmp_path: Path) -> None:
    pl.DataFrame({"unit": [1, 2], "period": [2023, 2023], "tax": [1, 2], "platform": [True, False]}).write_parquet(
        tmp_path / "a.parquet"
    )
    pl.DataFrame({"unit": ["1"], "period": ["2023"], "variable": ["land"], "value": [5.0]}).write_parquet(
        tmp_path / "b.parquet"
    )
    facts = read_facts(tmp_path, VARIABLES)
    assert rows(facts) == {
        ("1", "2023"): {"tax": 1.0, "platform": 1.0, "land": 5.0},
        ("2", "2023"): {"tax": 2.0, "platform": 0.0},
    }


def test_a_frame_of_truth_values_where_numbers_are_asked_is_refused() -> None:
    facts = facts_from_frame(pl.DataFrame({"unit": ["A"], "period": ["2023"], "tax": [True]}), VARIABLES)
    assert codes(facts) == ["F056"]
