"""An anchor is a number, a figure of the comparison set, or a scalar expression of both (method language, part 4)."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import polars as pl
import pytest

from tests.yuance.loop.evaluation.building import one, scored, traced
from yuance.loop.evaluation.anchors import Anchor, Anchored, linear_anchors, score_anchors
from yuance.method.schema import Linear

X = Anchored("x", "category")


def worth(anchor: Anchor, **figures: float | None) -> float | None:
    """The anchor where the set has these figures."""
    columns = {
        f"x~category~{name}".replace("percentile_95", "percentile(95)"): [value] for name, value in figures.items()
    }
    frame = nw.from_native(
        pl.DataFrame({"some": [0.0], **columns}, schema_overrides=dict.fromkeys(columns, pl.Float64))
    )
    found: list[float | None] = frame.with_columns(v=X.expression(anchor))["v"].to_list()
    return found[0]


def test_a_number_is_itself() -> None:
    assert (worth(12), worth(-0.5)) == (12, -0.5)


@pytest.mark.parametrize(
    ("anchor", "expected"),
    [("highest", 90), ("mean + 2 * sd", 70), ("percentile(95)", 80), ("last_year_mean", 40), ("0.8 * highest", 72),
     ("min(highest, 75)", 75), ("max(percentile(95), mean)", 80), ("highest if count > 3 else 100", 90), ("60", 60)],
)  # fmt: skip
def test_a_figure_is_that_of_the_set(anchor: str, expected: float) -> None:
    assert worth(anchor, highest=90, mean=50, sd=10, percentile_95=80, last_year_mean=40, count=4) == expected


def test_an_anchor_of_a_figure_that_is_missing_is_missing() -> None:
    assert worth("mean + 2 * sd", mean=50, sd=None) is None
    assert worth("highest / sd", highest=90, sd=0) is None


def test_an_anchor_says_which_figures_it_needs_of_which_set() -> None:
    wanted = X.statistics([0, "mean + 2 * sd", "last_year_percentile(97.5)"])
    assert sorted((item.among, item.column, item.anchor) for item in wanted) == [
        ("category", "x", "last_year_percentile(97.5)"), ("category", "x", "mean"), ("category", "x", "sd"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("keys", "higher", "lower"),
    [
        ({}, ("lowest", "highest"), ("highest", "lowest")),
        ({"low": 5}, (5, "highest"), (5, "lowest")),
        ({"high": "mean"}, ("lowest", "mean"), ("highest", "mean")),
        ({"low": 1, "high": 9}, (1, 9), (1, 9)),
        ({"low": 0, "high": 0}, (0, 0), (0, 0)),
    ],
)
def test_only_default_anchors_change_places_where_lower_is_better(
    keys: dict[str, Any], higher: tuple[Anchor, Anchor], lower: tuple[Anchor, Anchor]
) -> None:
    rule = Linear.model_validate({"by": "linear", **keys})
    assert (linear_anchors(rule, "higher"), linear_anchors(rule, "lower")) == (higher, lower)


@pytest.mark.parametrize(
    ("score", "anchors"),
    [
        ({"by": "linear"}, {"lowest", "highest"}),
        ({"by": "exponential", "low": "percentile(5)"}, {"percentile(5)", "highest"}),
        ({"by": "ratio", "base": "mean", "cap": 150}, {"mean", 0, 150}),
        ({"by": "steps", "table": [["median", 60], ["highest", 100]]}, {"median", "highest"}),
        ({"by": "points", "table": [["lowest", 0], [50, 80]]}, {"lowest", 50}),
        ({"by": "rank", "first": "count", "step": 1}, {"count", 1, 0}),
        ({"by": "percent-rank"}, {"count"}),
        ({"by": "zscore", "mean": 50, "sd": 10}, {"mean", "sd", 50, 10}),
        ({"by": "formula", "is": "100 * x / percentile(90) + last_year_sd"}, {"percentile(90)", "last_year_sd"}),
        ({"by": "given"}, set()),
    ],
)
def test_every_anchor_of_a_score_is_known(score: dict[str, Any], anchors: set[Anchor]) -> None:
    assert set(score_anchors(one(score).indicators["i"])) == anchors


def test_anchors_are_taken_from_the_category_or_from_all() -> None:
    keys: dict[str, Any] = {"category": [{"id": "A"}, {"id": "B"}]}
    units = {"u1": {"category": "A"}, "u2": {"category": "A"}, "u3": {"category": "B"}, "u4": {"category": "B"}}
    rows = [{"x": 0}, {"x": 10}, {"x": 10}, {"x": 20}]
    over_all = scored(one({"by": "linear"}, **keys), rows, units=units)
    within = scored(one({"by": "linear", "among": "category"}, **keys), rows, units=units)
    assert (traced(over_all), traced(within)) == ([0, 50, 50, 100], [0, 100, 0, 100])


def test_anchors_of_the_score_see_the_treated_values() -> None:
    treat = {"by": "winsorise", "high": 20}
    assert traced(scored(one({"by": "linear"}, treat=treat), [{"x": 0}, {"x": 10}, {"x": 1000}])) == [0, 50, 100]
