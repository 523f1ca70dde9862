"""A sheet knows its cells, as they are and as people read them."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from yuance.facts.sheet import Column, Sheet, SheetError, letters, number_words, words


@pytest.mark.parametrize(("number", "said"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_letters(number: int, said: str) -> None:
    assert letters(number) == said


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (None, ""),
        (3.0, "3"),
        (0.1, "0.1"),
        (True, "TRUE"),
        (" a ", "a"),
        (SheetError("#REF!"), "#REF!"),
        (dt.date(2023, 9, 1), "2023-09-01"),
    ],
)
def test_a_cell_is_told_as_people_read_it(cell: object, said: str) -> None:
    assert words(cell) == said


def test_whole_numbers_are_written_without_a_point() -> None:
    assert number_words(pl.Series([530101.0, 0.5, -3.0, None])).to_list() == ["530101", "0.5", "-3", None]


def test_a_column_of_many_sorts_reads_as_words() -> None:
    column = Column(pl.Series([1.0, None, None]), pl.Series([None, "a", None]), {2: SheetError("#N/A")})
    assert column.as_words().to_list() == ["1", "a", "#N/A"]
    assert [column.at(row) for row in range(3)] == [1.0, "a", SheetError("#N/A")]
    assert not column.pure
    assert Column(pl.Series([1.0])).pure


def test_places_have_letters_where_the_form_has_them() -> None:
    column = Column(pl.Series([1.0]))
    assert str(Sheet("a.xlsx", "一", [column], 1).place(4, 2)) == "a.xlsx《一》 C5"
    assert str(Sheet("a.parquet", "", [column], 1, headings=("tax",)).place(4, 0)) == "a.parquet:5 tax"
