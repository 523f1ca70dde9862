"""What holds for every method and all facts, whatever they are (Hypothesis invents both)."""

from __future__ import annotations

import copy
import io
import math
from typing import Any

import polars as pl
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.yuance.loop.evaluation import building, invented
from yuance.facts import facts_from_frame
from yuance.loop.evaluation import Evaluation, evaluate
from yuance.loop.evaluation.trace import adds_up
from yuance.method import TOTAL, Method, MethodError

QUIETLY = settings(
    max_examples=25, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)  # fmt: skip
LARGE = 1e9
NUMBERS = st.lists(st.integers(-50, 50).map(float), min_size=2, max_size=8)
SCORES = st.sampled_from(
    [
        {"by": "linear"},
        {"by": "linear", "low": 0, "high": 30, "to": [60, 100]},
        {"by": "linear", "low": "percentile(10)", "high": "percentile(90)"},
        {"by": "exponential"},
        {"by": "ratio", "base": 20, "cap": 150},
        {"by": "steps", "table": [[-10, 10], [0, 40], [20, 90]]},
        {"by": "points", "table": [[-20, 0], [0, 50], [40, 100]]},
        {"by": "rank", "step": 5},
        {"by": "percent-rank"},
        {"by": "zscore", "mean": 50, "sd": 10},
        {"by": "given"},
    ]
)


def method_of(tables: dict[str, Any]) -> Method:
    try:
        return building.method(**tables)
    except MethodError:
        assume(False)
        raise


def scored(method: Method, world: dict[str, Any]) -> Evaluation:
    facts = building.facts(world["rows"], method, units=world["units"], listed=world["listed"])
    return evaluate(facts, method, periods=world["asked"])


def written(table: pl.DataFrame) -> bytes:
    stream = io.BytesIO()
    table.write_csv(stream)
    return stream.getvalue()


@QUIETLY
@given(invented.methods(), invented.worlds())
def test_two_runs_give_the_same_bytes(tables: dict[str, Any], world: dict[str, Any]) -> None:
    method = method_of(tables)
    one, other = scored(method, world), scored(method_of(tables), world)
    assert written(one.scores) == written(other.scores)
    assert written(one.trace) == written(other.trace)
    assert written(one.findings) == written(other.findings)


@QUIETLY
@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(1, 1e6)), min_size=2, max_size=9), SCORES, st.randoms())
def test_the_order_of_rows_and_columns_changes_nothing(
    rows: list[tuple[float, float]], score: Any, random: Any
) -> None:
    method = building.one(score, value="x / y + mean(x)")
    units = [f"u{number}" for number in range(len(rows))]
    frame = pl.DataFrame(
        {"unit": units, "period": ["2023"] * len(rows), "x": [x for x, _ in rows], "y": [y for _, y in rows]}
    )
    places = list(range(len(rows)))
    random.shuffle(places)
    other = frame[places].select("y", "period", "x", "unit")
    results = [evaluate(facts_from_frame(table, method), method) for table in (frame, other)]
    assert written(results[0].scores) == written(results[1].scores)
    assert written(results[0].trace) == written(results[1].trace)
    assert results[0].run == results[1].run


@QUIETLY
@given(NUMBERS, st.floats(0.5, 60), SCORES)
def test_raising_a_higher_fact_never_lowers_the_units_score(values: list[float], more: float, score: Any) -> None:
    method = building.one(score)
    before = building.traced(building.scored(method, [{"x": value} for value in values]))[0]
    raised = [values[0] + more, *values[1:]]
    after = building.traced(building.scored(method, [{"x": value} for value in raised]))[0]
    assert before is None or after >= before - 1e-9


@QUIETLY
@given(invented.methods(), invented.worlds())
def test_points_and_adjustments_add_up_to_the_total(tables: dict[str, Any], world: dict[str, Any]) -> None:
    method = method_of({name: table for name, table in tables.items() if name != "veto"})
    assume(all(adds_up(method, name) for name in method.indicators))
    trace = scored(method, world).trace
    for (unit, period), rows in trace.group_by("unit", "period"):
        total = rows.filter(pl.col("node") == TOTAL)["points"].item()
        parts = rows.filter(pl.col("kind").is_in(["indicator", "adjustment"]))["points"].drop_nulls().to_list()
        if total is not None and abs(total) < LARGE and all(abs(part) < LARGE for part in parts):
            assert math.isclose(sum(parts), total, rel_tol=1e-9, abs_tol=1e-9), (unit, period)


@QUIETLY
@given(invented.methods(), invented.worlds(), SCORES)
def test_weight_zero_equals_absence(tables: dict[str, Any], world: dict[str, Any], score: Any) -> None:
    more = copy.deepcopy(tables)
    more["indicator"].append({"id": "idle", "value": "missing_everywhere", "score": score, "weight": 0})
    more["variable"] = [*more.get("variable", []), {"id": "missing_everywhere"}]
    one, other = scored(method_of(tables), world), scored(method_of(more), world)
    assert written(one.scores) == written(other.scores)
    assert written(one.trace) == written(other.trace.filter(pl.col("node") != "idle"))


@QUIETLY
@given(st.lists(NUMBERS.filter(lambda row: len(row) == 3), min_size=2, max_size=6), st.sampled_from([0.01, 3.0, 250.0]))
def test_weights_scaled_alike_change_nothing(rows: list[list[float]], factor: float) -> None:
    def total(scale: float) -> list[Any]:
        indicators = [
            {"id": f"i_{name}", "value": name, "weight": weight * scale}
            for name, weight in (("x", 5), ("y", 3), ("z", 2))
        ]
        method = building.method(variables="x y z", indicator=indicators)
        facts = [dict(zip("xyz", row, strict=True)) for row in rows]
        return building.scored(method, facts).scores.select("unit", "score_exact", "rank").rows()

    assert all(
        one[0] == other[0] and math.isclose(one[1], other[1], abs_tol=1e-9) and one[2] == other[2]
        for one, other in zip(total(1.0), total(factor), strict=True)
    )


@QUIETLY
@given(NUMBERS, st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=5))
def test_under_fixed_anchors_a_score_does_not_depend_on_the_others(values: list[float], others: list[float]) -> None:
    method = building.one({"by": "linear", "low": -10, "high": 10})
    alone = building.traced(building.scored(method, [{"x": values[0]}]))[0]
    among = building.traced(building.scored(method, [{"x": value} for value in (values[0], *others)]))[0]
    assert alone == among


@QUIETLY
@given(NUMBERS, st.sampled_from(["refuse", "drop", "mean", "median"]))
def test_a_gap_is_never_scored_as_a_zero_unless_the_method_says_so(values: list[float], rule: str) -> None:
    method = building.one({"by": "given"}, missing=rule)
    gap = building.traced(building.scored(method, [{"x": value + 100} for value in values] + [{"y": 1.0}]))[-1]
    assert gap is None if rule in ("refuse", "drop") else gap >= 50


@QUIETLY
@given(invented.methods(), invented.worlds())
def test_who_is_ranked_higher_has_no_lower_published_score(tables: dict[str, Any], world: dict[str, Any]) -> None:
    for _, rows in scored(method_of(tables), world).scores.filter(pl.col("rank").is_not_null()).group_by("period"):
        published = rows.sort("rank")["score"].to_list()
        assert published == sorted(published, reverse=True)
