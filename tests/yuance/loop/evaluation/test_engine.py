"""The engine's door: tables in, kept tables computed once, collected tables as data frames."""

from __future__ import annotations

import narwhals as nw
import polars as pl

from yuance.loop.evaluation.engine import Polars


def test_the_engine_has_a_name_and_the_version_of_its_library() -> None:
    assert (Polars().name, Polars().version) == ("polars", pl.__version__)


def test_a_table_comes_out_as_it_went_in() -> None:
    table = pl.DataFrame({"unit": ["a", "b"], "x": [1.5, None]})
    assert Polars().collect(Polars().frame(table)).equals(table)


def test_a_table_of_values_has_the_types_asked_for_even_when_empty() -> None:
    empty = Polars().collect(Polars().table({"unit": [], "error": []}, {"unit": pl.String, "error": pl.Boolean}))
    assert empty.schema == pl.Schema({"unit": pl.String, "error": pl.Boolean})
    assert empty.height == 0
    whole = Polars().collect(Polars().table({"x": [1, None]}, {"x": pl.Float64}))
    assert whole["x"].to_list() == [1.0, None]
    assert whole.schema == pl.Schema({"x": pl.Float64})


def test_what_is_kept_is_computed_once_however_often_it_is_read() -> None:
    computed: list[int] = []

    def watched(batch: pl.DataFrame) -> pl.DataFrame:
        computed.append(batch.height)
        return batch

    frame = nw.from_native(pl.LazyFrame({"x": [1, 2]}).map_batches(watched))
    kept = Polars().keep(frame)
    assert len(computed) == 1
    for _ in range(3):
        assert Polars().collect(kept)["x"].to_list() == [1, 2]
    assert len(computed) == 1


def test_a_frame_stays_lazy_until_it_is_collected() -> None:
    assert isinstance(Polars().frame(pl.DataFrame({"x": [1]})), nw.LazyFrame)
    assert isinstance(Polars().keep(Polars().frame(pl.DataFrame({"x": [1]}))), nw.LazyFrame)
