"""Row by row, a formula means what part 2 of the method language says: gaps stay gaps, what has no value is a gap."""

from __future__ import annotations

import math
from collections.abc import Sequence

import narwhals as nw
import polars as pl
import pytest

from yuance.loop.evaluation.formula import Kind, clipped, condition, half_up, number, raw_number
from yuance.method.expression import parse

Fact = float | str | None


def columns(facts: dict[str, Fact]) -> tuple[pl.DataFrame, dict[str, Kind]]:
    kinds: dict[str, Kind] = {name: "text" if isinstance(fact, str) else "number" for name, fact in facts.items()}
    schema = {name: pl.String if kind == "text" else pl.Float64 for name, kind in kinds.items()}
    return pl.DataFrame({name: [fact] for name, fact in facts.items()}, schema=schema), kinds


def value(text: str, **facts: Fact) -> float | None:
    """What an expression yields as a number; `gap` is always there, and missing."""
    frame, kinds = columns({"gap": None, **facts})
    found: Sequence[float | None] = nw.from_native(frame).select(v=number(parse(text), kinds))["v"].to_list()
    return found[0]


def holds(text: str, **facts: Fact) -> bool | None:
    """What an expression yields as a condition."""
    frame, kinds = columns({"gap": None, **facts})
    found: Sequence[bool | None] = nw.from_native(frame).select(v=condition(parse(text), kinds))["v"].to_list()
    return found[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x + 2", 9), ("x - 2", 5), ("x * 2", 14), ("x / 2", 3.5), ("x ** 2", 49), ("-x", -7), ("+x", 7),
        ("-x ** 2", -49), ("2 + x * 3", 23), ("(2 + x) * 3", 27), ("2 ** -1", 0.5), ("x - 2 - 1", 4),
        ("abs(-x)", 7), ("sqrt(x + 9)", 4), ("sqrt(0 * x)", 0), ("exp(0 * x)", 1), ("log(exp(x))", 7), ("log10(1000 + 0 * x)", 3),
        ("clip(x, 0, 5)", 5), ("clip(x, 8, 9)", 8), ("clip(x, 0, 9)", 7), ("min(x, 3, 5)", 3), ("max(x, 3, 9)", 9),
        ("round(x / 2)", 4), ("round(x / 3, 2)", 2.33), ("is_missing(gap)", 1), ("is_missing(x)", 0),
        ("coalesce(gap, x)", 7), ("coalesce(x, 1)", 7), ("coalesce(gap, gap, 3)", 3),
        ("x > 3", 1), ("x < 3", 0), ("2 * (x > 3) + (x > 5)", 3), ("not x", 0), ("not (x - 7)", 1),
    ],
)  # fmt: skip
def test_an_operator_or_function_is_that_of_mathematics(text: str, expected: float) -> None:
    assert value(text, x=7.0) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    "text",
    ["gap + 1", "1 - gap", "0 * gap", "gap / 2", "2 / gap", "gap ** 0", "-gap", "gap > 1", "gap == gap", "1 < gap < 3",
     "abs(gap)", "sqrt(gap)", "exp(gap)", "log(gap)", "log10(gap)", "round(gap, 1)", "round(2, gap)", "clip(gap, 0, 1)",
     "clip(5, gap, 1)", "clip(5, 0, gap)", "min(1, gap)", "max(gap, 1)", "coalesce(gap, gap)", "1 if gap else 2",
     "gap if 1 else 2", "not gap"],
)  # fmt: skip
def test_a_missing_operand_makes_the_result_missing(text: str) -> None:
    assert value(text) is None


@pytest.mark.parametrize(
    "text",
    ["x / 0", "0 / (x - 7)", "x / (x - 7)", "sqrt(-x)", "log(0 * x)", "log(-x)", "log10(0 * x)", "log10(-x)", "exp(1000 * x)",
     "(-x) ** 0.5", "0 ** -x", "10 ** (100 * x)", "x * 1e308"],
)  # fmt: skip
def test_what_has_no_value_is_missing(text: str) -> None:
    assert value(text, x=7.0) is None


@pytest.mark.parametrize("text", ["sqrt(-x)", "log(-x)", "(-x) ** 0.5", "exp(1000 * x)", "0 ** -x", "1 / (x - 7)"])
def test_what_has_no_value_is_a_gap_inside_a_formula_too(text: str) -> None:
    assert holds(f"{text} > 0", x=7.0) is None
    assert value(f"coalesce({text}, -1)", x=7.0) == -1


def test_a_division_by_zero_is_missing_and_may_be_caught() -> None:
    assert value("coalesce(x / y, -1)", x=1.0, y=0.0) == -1


def test_the_branch_that_is_not_taken_does_not_spoil_the_result() -> None:
    assert value("x / y if y > 0 else 0", x=1.0, y=0.0) == 0
    assert value("1 if x > 0 else gap", x=1.0) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [("yes and yes", True), ("yes and no", False), ("no and no", False), ("yes or no", True), ("no or no", False),
     ("no and gap", False), ("gap and no", False), ("yes and gap", None), ("gap and gap", None),
     ("yes or gap", True), ("gap or yes", True), ("no or gap", None), ("not gap", None),
     ("gap and yes and no", False), ("no or gap or yes", True)],
)  # fmt: skip
def test_and_and_or_know_what_a_gap_cannot_change(text: str, expected: bool | None) -> None:
    assert holds(text, yes=1.0, no=0.0) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("x == 2", True), ("x != 2", False), ("x < 2", False), ("x <= 2", True), ("x > 2", False), ("x >= 2", True),
     ("1 < x < 3", True), ("1 < x < 2", False), ("3 > x >= 2 > 1", True), ("1 < 9 > x", True)],
)  # fmt: skip
def test_a_chained_comparison_is_true_where_every_link_is(text: str, expected: bool) -> None:
    assert holds(text, x=2.0) is expected


def test_one_false_link_settles_a_chain_with_a_gap() -> None:
    assert holds("x < 1 < gap", x=2.0) is False


@pytest.mark.parametrize("word", ["是", "有", "yes", "YES"])
def test_a_yes_is_equal_to_every_word_for_it(word: str) -> None:
    assert holds(f"f == '{word}'", f=1.0) is True
    assert holds(f"'{word}' == f", f=0.0) is False


@pytest.mark.parametrize("word", ["否", "无", "no"])
def test_a_no_is_equal_to_every_word_for_it(word: str) -> None:
    assert (holds(f"f == '{word}'", f=0.0), holds(f"f != '{word}'", f=0.0)) == (True, False)


def test_a_text_is_compared_with_text() -> None:
    assert holds("level == '国家级'", level="国家级") is True
    assert holds("level == '国家级' or level == '省级'", level="市级") is False
    assert holds("coalesce(level, '无') == '省级'", level="省级") is True
    assert holds("('大' if x > 1 else '小') == '大'", x=2.0) is True


@pytest.mark.parametrize(
    ("written", "digits", "expected"),
    [(0.5, 0, 1), (1.5, 0, 2), (2.5, 0, 3), (-2.5, 0, -3), (2.4999, 0, 2), (2.675, 2, 2.68), (1.005, 2, 1.01), (-1.005, 2, -1.01),
     (0.125, 2, 0.13), (88.335, 2, 88.34), (88.3349, 2, 88.33)],
)  # fmt: skip
def test_a_half_is_rounded_away_from_zero(written: float, digits: int, expected: float) -> None:
    assert value(f"round(x, {digits})", x=written) == pytest.approx(expected, abs=1e-12)
    frame = nw.from_native(pl.DataFrame({"x": [float(written)]}))
    assert frame.select(half_up(nw.col("x"), digits))["x"].to_list() == [expected]


def test_rounding_reaches_left_of_the_point_and_takes_digits_row_by_row() -> None:
    assert value("round(x, -2)", x=1250.0) == 1300
    assert value("round(x, n)", x=2.25, n=1.0) == 2.3


def test_a_raw_number_may_be_infinite() -> None:
    frame = nw.from_native(pl.DataFrame({"x": [1e308]}))
    assert frame.select(v=raw_number(parse("x * 10"), {}))["v"].to_list() == [math.inf]


def test_a_missing_bound_does_not_hold_a_value() -> None:
    frame = nw.from_native(
        pl.DataFrame({"x": [-1.0, 5.0, None], "low": [None, None, 0.0]}, schema=dict.fromkeys(["x", "low"], pl.Float64))
    )
    assert frame.select(v=clipped(nw.col("x"), nw.col("low"), 3))["v"].to_list() == [-1.0, 3.0, None]
    assert frame.select(v=clipped(nw.col("x"), None, None))["v"].to_list() == [-1.0, 5.0, None]
