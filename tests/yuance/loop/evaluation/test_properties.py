"""What holds for every method and all facts, tried on random ones."""

from __future__ import annotations

import copy
import random
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from tests.yuance.loop.evaluation import building, invented
from tests.yuance.loop.evaluation.building import Table, one, scored, traced
from yuance.facts import facts_from_frame
from yuance.facts.facts import Facts
from yuance.loop.evaluation import Evaluation, evaluate
from yuance.method import Method, MethodError

often = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def made(tables: Table) -> Method:
    try:
        return building.method(**tables)
    except MethodError:
        assume(False)
        raise


def run(method: Method, world: Table, facts: Facts | None = None) -> Evaluation:
    given_ = facts or building.facts(world["rows"], method, units=world["units"], listed=world["listed"])
    return evaluate(given_, method, periods=world["asked"])


def written(evaluation: Evaluation) -> tuple[str, str, str]:
    """The bytes of scores.csv, trace.csv and findings.csv."""
    return evaluation.scores.write_csv(), evaluation.trace.write_csv(), evaluation.findings.write_csv()


@often
@given(invented.methods(), invented.worlds(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_changes_no_byte(tables: Table, world: Table, draw: random.Random) -> None:
    method = made(tables)
    facts = building.facts(world["rows"], method, units=world["units"], listed=world["listed"])
    columns = draw.sample(facts.table.columns, facts.table.width)
    table = facts.table.select(columns).sample(fraction=1, shuffle=True, seed=draw.randrange(2**31))
    units = facts.units.sample(fraction=1, shuffle=True, seed=draw.randrange(2**31))
    assert written(run(method, world, Facts(table, units, listed=facts.listed))) == written(run(method, world, facts))


@often
@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(1, 1e6)), min_size=2, max_size=9), st.randoms())
def test_a_table_read_in_another_order_is_the_same_run(rows: list[tuple[float, float]], draw: random.Random) -> None:
    method = one({"by": "zscore"}, value="x / y + mean(x)")
    units = [f"u{number}" for number in range(len(rows))]
    columns = {"unit": units, "period": ["2023"] * len(rows), "x": [x for x, _ in rows], "y": [y for _, y in rows]}
    frame = pl.DataFrame(columns)
    turned = frame[draw.sample(range(len(rows)), len(rows))].select("y", "period", "x", "unit")
    first, second = (evaluate(facts_from_frame(table, method), method) for table in (frame, turned))
    assert written(first) == written(second)
    assert first.run == second.run


@often
@given(invented.methods(), invented.worlds())
def test_two_runs_give_the_same_bytes(tables: Table, world: Table) -> None:
    assert written(run(made(tables), world)) == written(run(made(tables), world))


@often
@given(invented.methods(), invented.worlds())
def test_the_order_of_the_tables_of_a_method_changes_no_score(tables: Table, world: Table) -> None:
    turned = copy.deepcopy(tables)
    for name in ("indicator", "variable", "adjustment", "check"):
        turned[name] = list(reversed(turned.get(name, [])))
    columns = ["period", "unit", "score", "rank", "grade", "status"]
    assert_frame_equal(run(made(tables), world).scores[columns], run(made(turned), world).scores[columns])


def _arithmetic(tables: Table) -> Table:
    turned = copy.deepcopy(tables)
    turned["method"]["by"] = "arithmetic"
    turned["dimension"] = [{**item, "by": "arithmetic"} for item in turned["dimension"]]
    turned["veto"] = []
    return turned


@often
@given(invented.methods(), invented.worlds())
def test_points_add_up_to_the_total(tables: Table, world: Table) -> None:
    trace = run(made(_arithmetic(tables)), world).trace
    assume(trace["points"].abs().max() is None or trace["points"].abs().max() < 1e6)  # type: ignore[operator]
    keys = ["period", "unit"]
    parts = trace.filter(pl.col("kind").is_in(["indicator", "adjustment"])).group_by(keys).agg(pl.col("points").sum())
    whole = trace.filter((pl.col("kind") == "total") & pl.col("points").is_not_null()).select(*keys, total="points")
    both = whole.join(parts, on=keys)
    assert both.filter((pl.col("points") - pl.col("total")).abs() > 1e-9).is_empty()


@often
@given(invented.methods(), invented.worlds())
def test_weights_scaled_alike_change_nothing(tables: Table, world: Table) -> None:
    def doubled(weight: Any) -> Any:
        return {key: 2 * part for key, part in weight.items()} if isinstance(weight, dict) else 2 * weight

    scaled = copy.deepcopy(tables)
    for table in ("indicator", "dimension"):
        scaled[table] = [
            {**item, "weight": doubled(item["weight"])} if "weight" in item else item for item in scaled[table]
        ]
    assume(not any("weight" in str(item["score"].get("is", "")) for item in tables["indicator"]))
    assert_frame_equal(run(made(tables), world).scores, run(made(scaled), world).scores, abs_tol=1e-9)


@often
@given(invented.methods(), invented.worlds())
def test_an_indicator_of_weight_zero_is_as_good_as_none(tables: Table, world: Table) -> None:
    tables = copy.deepcopy(tables)
    tables["method"]["ranks"]["order"] = []
    extra = {"id": "extra", "value": "a / b", "weight": 0, "missing": "refuse"}
    with_, without = (
        run(made({**tables, "indicator": more}), world) for more in ([*tables["indicator"], extra], tables["indicator"])
    )
    assert with_.scores.write_csv() == without.scores.write_csv()
    assert with_.trace.filter(pl.col("node") != "extra").write_csv() == without.trace.write_csv()


@often
@given(invented.methods(), invented.worlds())
def test_published_ranks_follow_published_scores(tables: Table, world: Table) -> None:
    tables = copy.deepcopy(tables)
    tables["method"]["ranks"] = {"on": "published", "ties": "shared", "order": []}
    for _, table in run(made(tables), world).scores.filter(pl.col("rank").is_not_null()).group_by("period"):
        expected = table["score"].rank("min", descending=True)
        assert table["rank"].to_list() == expected.to_list()


@often
@given(invented.methods(), invented.worlds())
def test_whoever_is_not_ranked_has_a_reason(tables: Table, world: Table) -> None:
    evaluation = run(made(tables), world)
    refused = evaluation.scores.filter(pl.col("status") == "not-ranked")
    assert refused["rank"].null_count() == refused.height
    assert (refused["note"] != "").all()
    told = set(evaluation.findings.select("period", "unit").iter_rows())
    units = set(evaluation.findings.filter(pl.col("period") == "")["unit"])
    everybody = set(evaluation.findings.filter(pl.col("unit") == "")["period"])
    for period, unit in refused.select("period", "unit").iter_rows():
        assert (period, unit) in told or unit in units or period in everybody


RISING = [
    {"by": "linear"}, {"by": "linear", "low": 2, "high": 30, "clip": False}, {"by": "linear", "low": "median", "high": 100},
    {"by": "exponential"}, {"by": "ratio", "base": "mean", "cap": 150}, {"by": "steps", "table": [["mean * 0.5", 10], ["mean", 50], ["mean * 1.5", 90]]},
    {"by": "points", "table": [[0, 0], [10, 60], [40, 100]]}, {"by": "rank", "step": 5}, {"by": "rank", "table": [100, 80, 10]},
    {"by": "percent-rank"}, {"by": "zscore"}, {"by": "given"},
]  # fmt: skip


@pytest.mark.parametrize("score", RISING, ids=str)
@pytest.mark.parametrize("direction", ["higher", "lower"])
@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(values=st.lists(st.integers(1, 50), min_size=2, max_size=7), more=st.integers(1, 30))
def test_a_better_fact_never_lowers_the_score(score: Table, direction: str, values: list[int], more: int) -> None:
    if direction == "lower" and ("low" in score or score["by"] in ("points", "given", "steps")):
        return  # written the other way round, these would contradict their direction
    method = one({**score, "among": "all"}, direction=direction)
    better = values[0] + (more if direction == "higher" else -min(more, values[0] - 1))
    before, after = (
        traced(scored(method, [{"x": value} for value in (first, *values[1:])]))[0] for first in (values[0], better)
    )
    if before is not None and after is not None:
        assert after >= before - 1e-9


@often
@given(st.lists(st.integers(-50, 50), min_size=1, max_size=6), st.integers(-50, 50), st.integers(-50, 50))
def test_under_fixed_anchors_a_score_does_not_depend_on_the_others(values: list[int], x: int, other: int) -> None:
    method = one({"by": "linear", "low": -10, "high": 20})
    alone, among = (scored(method, [{"x": x}, *rows]) for rows in ([], [{"x": value} for value in (*values, other)]))
    assert traced(alone)[0] == traced(among)[0]


@pytest.mark.parametrize("rule", ["lowest", "mean", "median", "last", "drop", "refuse"])
@often
@given(st.lists(st.integers(20, 50), min_size=2, max_size=6))
def test_a_gap_scores_like_zero_only_where_the_method_says_so(rule: str, values: list[int]) -> None:
    method = one({"by": "linear", "low": 0, "high": 100}, missing=rule)
    evaluation = scored(method, [{"x": None}, *({"x": value} for value in values)])
    assert traced(evaluation)[0] is None or traced(evaluation)[0] >= 20
    assert (
        traced(scored(one({"by": "linear", "low": 0, "high": 100}, missing="zero"), [{"x": None}, {"x": 50}]))[0] == 0
    )
