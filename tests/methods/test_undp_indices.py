"""The other indices of the Human Development Report, written in the language and scored against the published values."""

from __future__ import annotations

import polars as pl
import pytest

from tests.methods.known_answers import KNOWN, answers, scored

PUBLISHED = [
    ("gdi", "2021", 172),
    ("gdi", "2022", 182),
    ("ihdi", "2021", 156),
    ("ihdi", "2022", 165),
    ("gii", "2021", 170),
    ("gii", "2022", 166),
    ("phdi", "2021", 155),
]


@pytest.mark.parametrize(("index", "year", "countries"), PUBLISHED)
def test_the_published_values(index: str, year: str, countries: int) -> None:
    ours = scored(KNOWN / "undp" / f"{index}.toml", KNOWN / "undp" / f"{year}.csv").scores
    both = answers(KNOWN / "undp" / f"{year}.published.csv").join(ours, on=["unit", "period"])
    published = both.filter(pl.col(index).is_not_null())
    assert published.height == countries
    assert published.filter(pl.col(index) != pl.col("score")).select("unit", index, "score").rows() == []
    # The planetary index is not published for some countries whose inputs are.
    if index != "phdi":
        assert set(both.filter(pl.col(index).is_null())["status"]) == {"not-ranked"}
