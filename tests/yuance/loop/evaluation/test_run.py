"""One run knows what parts its rows into comparison sets, and writes a batch of columns down once."""

from __future__ import annotations

import narwhals as nw
import polars as pl
import pytest

from tests.yuance.loop.evaluation.building import Table, facts, method
from yuance.facts.period import Period
from yuance.loop.evaluation.engine import Polars
from yuance.loop.evaluation.formulas import formulas_of
from yuance.loop.evaluation.run import Run
from yuance.loop.evaluation.value import Source

YEARS = [Period(2022), Period(2023)]
QUARTER = Period(2023, "quarter", 1)


def run_of(periods: list[Period], category: list[Table]) -> Run:
    told = method(variables="x", category=category, indicator=[{"id": "i", "value": "x"}])
    given = facts([{"x": 1}], told)
    formulas = formulas_of(told)
    return Run(Polars(), formulas, Source(Polars(), given, given.units, formulas.kinds), periods)


@pytest.mark.parametrize(
    ("among", "periods", "categories", "keys"),
    [
        ("all", YEARS, [], ["period"]),
        ("all", YEARS[:1], [], []),
        ("category", YEARS, [{"id": "A"}], ["period", "category"]),
        ("category", YEARS[:1], [{"id": "A"}], ["category"]),
        ("category", YEARS, [], ["period"]),
        ("panel", YEARS, [], []),
        ("panel", [*YEARS, QUARTER], [], ["period_kind"]),
    ],
)
def test_what_is_the_same_for_everybody_parts_nobody(
    among: str, periods: list[Period], categories: list[Table], keys: list[str]
) -> None:
    assert run_of(periods, categories).keys(among) == keys


def test_a_batch_is_written_down_once_for_a_method() -> None:
    run, written = run_of(YEARS[:1], []), []

    def build() -> list[nw.Expr]:
        written.append(1)
        return [(nw.col("x") + 1).alias("y")]

    rows = run.engine.frame(pl.DataFrame({"x": [1.0, 2.0]}))
    first, second = (run.engine.collect(run.add(rows, "told", build)) for _ in range(2))
    assert first.get_column("y").to_list() == second.get_column("y").to_list() == [2, 3]
    assert written == [1]


def test_two_runs_of_one_method_share_what_was_written_down() -> None:
    run = run_of(YEARS[:1], [])
    assert formulas_of(run.method) is run.formulas
