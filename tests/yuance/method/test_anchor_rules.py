"""Anchors, steps and points that cannot stand are found before any data are seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.yuance.method.drafts import HEAD, TAX, indicator, told
from yuance.method import schema
from yuance.method.anchor_rules import anchors_of, constant, rises, standing


@pytest.mark.parametrize(
    ("low", "high", "rising"),
    [
        (0, 10, True),
        (10, 0, False),
        (5, 5, None),
        ("2 * 3", 10, True),
        ("-5", "-6", False),
        ("lowest", "highest", True),
        ("highest", "lowest", False),
        ("percentile(95)", "percentile(5)", False),
        ("percentile(5)", "median", True),
        ("lowest", "mean", True),
        ("mean", "lowest", False),
        ("mean", "median", None),
        ("lowest", "lowest", None),
        ("last_year_highest", "last_year_lowest", False),
        ("last_year_highest", "lowest", None),
        (0, "highest", None),
        ("2 * highest", "lowest", None),
        ("1 / 0", 5, None),
        ("(0 - 8) ** 0.5", 5, None),
        ("9 ** 9 ** 9 ** 9", 5, None),
        ("tax +", 5, None),
    ],
)
def test_whether_one_anchor_surely_stands_above_the_other(
    low: float | str, high: float | str, rising: bool | None
) -> None:
    assert rises(low, high) is rising


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_numbers_stand_as_they_are(low: float, high: float) -> None:
    assert rises(low, high) is (None if low == high else low < high)
    assert rises(f"{low:.17g}" if low >= 0 else f"-{-low:.17g}", high) is rises(low, high)


def test_only_what_does_not_hang_on_data_is_constant() -> None:
    assert constant("+2 ** 3 - 10 / 4") == 5.5
    assert constant("mean") is None
    assert standing("mean") == ("this year", 0, 100)
    assert standing("percentile(5)") == ("this year", 5, 5)


@pytest.mark.parametrize("by", ["linear", "exponential"])
@pytest.mark.parametrize(
    ("direction", "keys", "contradicts"),
    [
        ("higher", "low = 0, high = 10", False),
        ("higher", "low = 10, high = 0", True),
        ("higher", "low = 10, high = 0, to = [100, 60]", False),
        ("higher", "to = [100, 60]", True),
        ("higher", 'high = "lowest", low = "mean"', True),
        ("lower", "low = 10, high = 0", False),
        ("lower", "low = 0, high = 10", True),
        ("lower", "low = 0, high = 10, to = [100, 60]", False),
        ("lower", 'high = "lowest"', False),
        ("lower", 'high = "highest", low = "lowest"', True),
        ("lower", "", False),
        ("higher", 'low = 100, high = "highest"', False),
        ("higher", "low = 10, high = 0, to = [60, 60]", False),
    ],
)
def test_written_anchors_must_not_contradict_the_direction(
    by: str, direction: str, keys: str, contradicts: bool, tmp_path: Path
) -> None:
    more = f", {keys}" if keys else ""
    text = HEAD + TAX + indicator(f'direction = "{direction}"\nscore = {{ by = "{by}"{more} }}')
    assert told(tmp_path, text) == ([("M311", "indicator[a].score")] if contradicts else [])


@pytest.mark.parametrize(
    ("direction", "table", "codes"),
    [
        ("higher", "[[0, 30], [10, 60], [20, 100]]", []),
        ("higher", "[[20, 100], [10, 60], [0, 30]]", []),
        ("lower", "[[0, 100], [1, 90], [5, 60]]", []),
        ("higher", "[[0, 100], [1, 90], [5, 60]]", ["M324"]),
        ("lower", "[[0, 30], [10, 60]]", ["M324"]),
        ("higher", "[[0, 0], [10, 100], [20, 100], [40, 0]]", []),
        ("higher", "[[5, 10]]", []),
        ("higher", "[[5, 10], [5, 20]]", ["M312"]),
        ("higher", '[["mean", 10], ["mean", 20]]', ["M312"]),
        ("higher", '[["mean", 100], ["highest", 20]]', []),
    ],
)
@pytest.mark.parametrize("by", ["steps", "points"])
def test_tables_of_steps_and_points_run_with_the_direction(
    by: str, direction: str, table: str, codes: list[str], tmp_path: Path
) -> None:
    text = HEAD + TAX + indicator(f'direction = "{direction}"\nscore = {{ by = "{by}", table = {table} }}')
    assert [code for code, _ in told(tmp_path, text)] == codes


@pytest.mark.parametrize(("low", "high", "wrong"), [("5", "95", False), ("95", "5", True)])
def test_outliers_are_clipped_from_below_and_above(low: str, high: str, wrong: bool, tmp_path: Path) -> None:
    treat = f'treat = {{ by = "winsorise", low = "percentile({low})", high = "percentile({high})" }}'
    assert told(tmp_path, HEAD + TAX + indicator(treat)) == ([("M328", "indicator[a].treat")] if wrong else [])


def test_every_anchor_of_a_way_of_scoring_is_found_with_its_keys() -> None:
    steps = schema.Steps(by="steps", table=(("mean", 1.0), (5.0, 2.0)))
    assert list(anchors_of(steps)) == [(("table", 0), "mean"), (("table", 1), 5.0)]
    rank = schema.RankScore(by="rank", first="count", step=1.0)
    assert list(anchors_of(rank)) == [(("first",), "count"), (("step",), 1.0), (("least",), 0.0)]
    assert list(anchors_of(schema.Linear(by="linear", low=3.0, among="all"))) == [(("low",), 3.0)]
    assert list(anchors_of(schema.Given(by="given"))) == []
