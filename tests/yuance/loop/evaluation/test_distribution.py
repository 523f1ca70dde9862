"""The figures of a comparison set: percentiles of type 7, the sample standard deviation, last year's, the panel's."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import numpy as np
import polars as pl
import pytest

from tests.yuance.loop.evaluation import building
from tests.yuance.loop.evaluation.building import one, scored, traced
from yuance.facts.facts import Facts
from yuance.facts.period import Period, parse_period
from yuance.loop.evaluation.distribution import Statistic, attach, describe, figure
from yuance.loop.evaluation.engine import Polars
from yuance.loop.evaluation.formulas import formulas_of
from yuance.loop.evaluation.run import Run
from yuance.loop.evaluation.value import Source

DRAWN = np.random.default_rng(20231123).lognormal(3, 1, 41)


def of_set(anchor: str, values: list[float | None]) -> float | None:
    frame = nw.from_native(pl.DataFrame({"x": values}, schema={"x": pl.Float64}))
    found: list[float | None] = frame.select(v=figure(anchor, nw.col("x")))["v"].to_list()
    return found[0]


def described(rows: list[tuple[Any, ...]], *statistics: Statistic) -> tuple[pl.DataFrame, list[str]]:
    """Rows of unit, period, category, x, with the statistics; and which small tables they came from."""
    table = pl.DataFrame(rows, schema=["unit", "period", "category", "x"], orient="row")
    periods = [found for text in sorted(set(table["period"])) if (found := parse_period(text)) is not None]
    with_kind = table.with_columns(period_kind=pl.Series([_kind(text) for text in table["period"]]))
    method = building.method(variables="x", category=[{"id": "A"}, {"id": "B"}], indicator=[{"id": "i", "value": "x"}])
    formulas, engine = formulas_of(method), Polars()
    facts = Facts(table.select("unit", "period"), table.select("unit", "category").unique("unit"))
    run = Run(engine, formulas, Source(engine, facts, facts.units, formulas.kinds), periods)
    tables = describe(run, engine.frame(with_kind), statistics)
    return engine.collect(attach(run, engine.frame(with_kind), tables)).sort("period", "unit"), sorted(tables)


def _kind(text: str) -> str:
    period = parse_period(text)
    assert isinstance(period, Period)
    return period.kind


@pytest.mark.parametrize("q", [0, 2.5, 5, 25, 33, 50, 75, 90, 95, 99.9, 100])
def test_percentiles_are_those_of_numpy(q: float) -> None:
    assert of_set(f"percentile({q:g})", list(DRAWN)) == pytest.approx(float(np.percentile(DRAWN, q)), rel=1e-12)


@pytest.mark.parametrize(("q", "expected"), [(0, 1), (25, 1.75), (50, 2.5), (95, 8.95), (100, 10)])
def test_a_percentile_lies_on_the_line_between_its_neighbours(q: float, expected: float) -> None:
    assert of_set(f"percentile({q})", [10, 1, 3, 2]) == pytest.approx(expected)  # at 95: 3 + 0.85 · (10 − 3)


@pytest.mark.parametrize(
    ("anchor", "expected"),
    [("lowest", 2), ("highest", 9), ("mean", 5), ("median", 4.5), ("sd", (32 / 7) ** 0.5), ("count", 8)],
)
def test_figures_are_those_of_the_sample(anchor: str, expected: float) -> None:
    assert of_set(anchor, [2, 4, 4, 4, 5, 5, 7, 9]) == pytest.approx(expected)


@pytest.mark.parametrize("anchor", ["lowest", "highest", "mean", "median", "sd", "percentile(95)"])
def test_gaps_are_left_out(anchor: str) -> None:
    assert of_set(anchor, [3, None, 1, None]) == pytest.approx(of_set(anchor, [1, 3]))
    assert of_set(anchor, [None, None]) is None


def test_a_count_counts_those_with_a_value() -> None:
    assert (of_set("count", [3, None, 1]), of_set("count", [None])) == (2, 0)


def test_the_sample_figure_of_one_unit_is_missing() -> None:
    assert of_set("sd", [3]) is None


ROWS = [
    ("u1", "2022", "A", 1.0), ("u2", "2022", "B", 3.0), ("u3", "2022", "A", 5.0),
    ("u1", "2023", "A", 10.0), ("u2", "2023", "B", 20.0), ("u4", "2023", "B", 60.0),
]  # fmt: skip


@pytest.mark.parametrize(
    ("among", "expected"),
    [("all", [3, 3, 3, 30, 30, 30]), ("category", [3, 3, 3, 10, 40, 40]), ("panel", [16.5] * 6)],
)
def test_a_set_is_the_period_the_category_in_it_or_all_periods(among: str, expected: list[float]) -> None:
    statistic = Statistic(among, "x", "mean")
    table, evidence = described(ROWS, statistic)
    assert table[statistic.name].to_list() == expected
    assert evidence == [among]


@pytest.mark.parametrize(
    ("among", "expected"),
    [("all", [None] * 3 + [5, 5, 5]), ("category", [None] * 3 + [5, 3, 3]), ("panel", [60] * 6)],
)
def test_last_years_figure_is_that_of_the_set_one_year_before(among: str, expected: list[float | None]) -> None:
    statistic = Statistic(among, "x", "last_year_highest")
    table, evidence = described(ROWS, statistic)
    assert table[statistic.name].to_list() == expected
    assert evidence == [among]


def test_last_year_of_a_quarter_is_the_same_quarter() -> None:
    rows = [("u", "2022Q1", "A", 1.0), ("u", "2022Q3", "A", 2.0), ("u", "2023Q2", "A", 3.0), ("u", "2023Q3", "A", 4.0)]
    statistic = Statistic("all", "x", "last_year_mean")
    assert described(rows, statistic)[0][statistic.name].to_list() == [None, None, None, 2]


def test_years_and_quarters_are_no_panel_together() -> None:
    rows = [("u", "2022", "A", 100.0), ("u", "2022Q1", "A", 1.0), ("u", "2023Q1", "A", 3.0)]
    statistic = Statistic("panel", "x", "mean")
    assert described(rows, statistic)[0][statistic.name].to_list() == [100, 2, 2]


def test_several_figures_of_several_sets_stand_side_by_side() -> None:
    wanted = [Statistic("all", "x", "lowest"), Statistic("category", "x", "lowest"), Statistic("all", "x", "count")]
    table, evidence = described(ROWS, *wanted, wanted[0])
    assert table.filter(unit="u2", period="2023").select(item.name for item in wanted).row(0) == (10, 20, 3)
    assert evidence == ["all", "category"]


def test_last_year_is_evaluated_though_only_this_year_is_asked_for() -> None:
    rows = [{"unit": f"u{number}", "period": year, "x": x} for year, xs in (("2022", [1, 50]), ("2023", [25, 100])) for number, x in enumerate(xs, 1)]  # fmt: skip
    method = one({"by": "linear", "low": 0, "high": "last_year_highest"})
    found = scored(method, rows, periods=["2023"])
    assert traced(found) == [50, 100]
    assert found.scores.get_column("period").unique().to_list() == ["2023"]


def test_a_panel_takes_in_the_periods_that_were_not_asked_for() -> None:
    rows = [{"unit": "u1", "period": period, "x": x} for period, x in (("2021", 0), ("2022", 50), ("2023", 25))]
    assert traced(scored(one({"by": "linear", "among": "panel"}), rows, periods=["2023"])) == [50]
