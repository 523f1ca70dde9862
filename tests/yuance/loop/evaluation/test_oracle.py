"""The engine and a second, plain evaluation written from the contract alone agree on random methods and facts."""

from __future__ import annotations

import math
from typing import Any

from hypothesis import HealthCheck, assume, given, settings

from tests.yuance.loop.evaluation import building, invented
from tests.yuance.loop.evaluation.oracle import Facts, Oracle, Standing, periods
from yuance.facts.period import Period, parse_period
from yuance.loop.evaluation import Evaluation, evaluate
from yuance.method import TOTAL, Method, MethodError

LARGE = 1e12  # beyond it nine digits after the point mean nothing


def close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def oracle_of(method: Method, world: dict[str, Any]) -> Oracle:
    rows: dict[tuple[str, Period], dict[str, Any]] = {}
    for row in world["rows"]:
        period = parse_period(row["period"])
        assert period is not None
        rows[row["unit"], period] = {key: value for key, value in row.items() if key not in ("unit", "period")}
    return Oracle(Facts(method, rows, world["units"], periods(world["asked"]), world["listed"]))


def differences(evaluation: Evaluation, told: dict[tuple[str, Period], Standing], method: Method) -> list[str]:
    found: list[str] = []
    scores = {(row["unit"], row["period"]): row for row in evaluation.scores.iter_rows(named=True)}
    nodes = {(row["unit"], row["period"], row["node"]): row for row in evaluation.trace.iter_rows(named=True)}
    if set(scores) != {(unit, str(period)) for unit, period in told}:
        return [f"units {sorted(scores)}"]
    for (unit, period), standing in told.items():
        row = scores[unit, str(period)]
        pairs: list[tuple[str, Any, Any]] = [
            ("exact", row["score_exact"], standing.exact),
            ("published", row["score"], standing.published),
            ("rank", row["rank"], standing.rank),
            ("rank_in_category", row["rank_in_category"], standing.rank_in_category),
            ("grade", row["grade"], standing.grade),
            ("status", row["status"], standing.status),
        ]
        for node in (*method.indicators, *method.dimensions):
            traced = nodes[unit, str(period), node]
            pairs.append((f"{node}.score", traced["score"], standing.scores[node]))
            if node in method.indicators:
                pairs.append((f"{node}.value", traced["value"], standing.values[node]))
                pairs.append((f"{node}.treated", traced["treated"], standing.treated[node]))
            if standing.scores[TOTAL] is not None:
                pairs.append((f"{node}.weight", traced["weight"], standing.weights.get(node, 0.0)))
        for name, got, expected in pairs:
            numeric = isinstance(got, float) or isinstance(expected, float)
            if not (close(got, expected) if numeric else got == expected):
                found.append(f"{unit} {period} {name}: engine {got!r}, oracle {expected!r}")
    return found


def compare(tables: dict[str, Any], world: dict[str, Any]) -> list[str]:
    try:
        method = building.method(**tables)
    except MethodError:
        assume(False)
    told = oracle_of(method, world).run()
    every = [
        value for standing in told.values() for part in (standing.scores, standing.treated) for value in part.values()
    ]
    assume(all(value is None or abs(value) < LARGE for value in every))
    facts = building.facts(world["rows"], method, units=world["units"], listed=world["listed"])
    evaluation = evaluate(facts, method, periods=world["asked"])
    return differences(evaluation, told, method)


@settings(max_examples=60, deadline=None, derandomize=True,
          suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large])  # fmt: skip
@given(invented.methods(), invented.worlds())
def test_the_engine_and_the_oracle_agree(tables: dict[str, Any], world: dict[str, Any]) -> None:
    assert compare(tables, world) == []
