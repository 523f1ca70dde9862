"""What is used more than once is computed once, in a pass of its own, and then cleared away."""

from __future__ import annotations

import math

import narwhals as nw
import polars as pl

from yuance.loop.evaluation.engine import Polars
from yuance.loop.evaluation.value import Frame
from yuance.loop.evaluation.working import Working, finite_columns


def rows(*values: float | None) -> Frame:
    return Polars().frame(pl.DataFrame({"x": values}, schema={"x": pl.Float64}))


def test_what_is_kept_is_a_column_that_others_may_use() -> None:
    working = Working()
    twice = working.keep("twice", nw.col("x") * 2)
    done = working.done(rows(1, None)).with_columns(y=twice + 1)
    assert Polars().collect(done).to_dict(as_series=False) == {"x": [1, None], "twice": [2, None], "y": [3, None]}


def test_a_later_pass_may_use_an_earlier_one_in_whatever_order_they_are_named() -> None:
    working = Working()
    square = working.keep("square", nw.col("twice") ** 2, 1)
    working.keep("twice", nw.col("x") * 2)
    assert Polars().collect(working.done(rows(3)).select(v=square))["v"].to_list() == [36]


def test_columns_of_one_pass_stand_side_by_side() -> None:
    working = Working()
    working.keep("a", nw.col("x") + 1)
    working.keep("b", nw.col("x") + 2)
    assert sorted(working.passes) == [0]
    assert Polars().collect(working.done(rows(1))).row(0) == (1, 2, 3)


def test_the_intermediate_columns_are_cleared_away() -> None:
    working = Working()
    working.keep("a", nw.col("x") + 1)
    working.keep("b", nw.col("a") + 1, 1)
    cleared = working.cleared(working.done(rows(1)).with_columns(y=nw.col("b")))
    assert Polars().collect(cleared).to_dict(as_series=False) == {"x": [1], "y": [3]}


def test_without_anything_to_work_out_nothing_changes() -> None:
    working = Working()
    assert Polars().collect(working.cleared(working.done(rows(1, 2)))).to_dict(as_series=False) == {"x": [1, 2]}


def test_values_that_are_no_ordinary_numbers_become_gaps() -> None:
    found = Polars().collect(finite_columns(rows(1, math.inf, -math.inf, math.nan, None), ["x"]))
    assert found["x"].to_list() == [1, None, None, None, None]


def test_only_the_named_columns_are_touched() -> None:
    frame = rows(math.inf).with_columns(y=nw.col("x"))
    assert Polars().collect(finite_columns(frame, ["y"])).row(0) == (math.inf, None)
    assert Polars().collect(finite_columns(frame, [])).row(0) == (math.inf, math.inf)
