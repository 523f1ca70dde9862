"""Worked cases of a method (算例): each is evaluated like any facts, and compared with what it expects."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from yuance.errors import YuanceError
from yuance.facts.facts import Facts
from yuance.facts.period import Period
from yuance.loop.evaluation.evaluation import Evaluation, evaluate
from yuance.loop.evaluation.formula import YES
from yuance.loop.evaluation.value import fact_columns
from yuance.method import TOTAL, Method
from yuance.method.expression import names, parse
from yuance.method.schema import Case

CLOSE = 1e-6
SUBJECT = "本对象"
GAP = "missing"


@dataclass(frozen=True, slots=True)
class Difference:
    """One expectation that was not met."""

    what: str
    expected: object
    got: object

    def __str__(self) -> str:
        return f"{self.what}：应为 {self.expected}，得到 {self.got}"


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """How a case went: passed where nothing differs and nothing failed."""

    name: str
    differences: tuple[Difference, ...] = ()
    error: str = ""

    @property
    def passed(self) -> bool:
        """Whether the case came out as expected."""
        return not self.differences and not self.error


def run_cases(method: Method) -> list[CaseOutcome]:
    """Every case of the method, in order."""
    return [_run(method, case) for case in method.cases]


def _run(method: Method, case: Case) -> CaseOutcome:
    try:
        if case.facts is not None:
            return CaseOutcome(case.name, tuple(_table_differences(method, case)))
        return CaseOutcome(case.name, tuple(_differences(method, case)))
    except YuanceError as error:
        return CaseOutcome(case.name, error=str(error))


def case_period(method: Method, case: Case) -> str:
    """The period of a case: its own, or the first of the method's first kind in the year the method came into force."""
    if case.period is not None:
        return case.period
    year = method.header.in_force.from_.year if method.header.in_force else 2023
    return str(Period(year, method.header.periods[0], 1))


def case_facts(method: Method, case: Case) -> Facts:
    """The facts of a case: the unit, its history, its peers and theirs."""
    period = case_period(method, case)
    rows = [{"unit": SUBJECT, "category": case.category, **case.given, "period": period}]
    rows += [{"unit": SUBJECT, "period": period, **row} for row in case.history]
    for number, peer in enumerate(case.peers, start=1):
        own = {key: value for key, value in peer.items() if key != "history"}
        unit = str(own.get("unit", f"对象{number}"))
        rows.append({"category": case.category, "period": period, **own, "unit": unit})
        rows += [{"period": period, **row, "unit": unit} for row in peer.get("history", ())]
    return _facts(method, rows)


def _facts(method: Method, rows: Sequence[Mapping[str, Any]]) -> Facts:
    kinds = fact_columns(method.variables.values())
    present = [name for name in kinds if any(name in row for row in rows)]
    table = pl.DataFrame(
        {
            "unit": [row["unit"] for row in rows],
            "period": [row["period"] for row in rows],
            **{name: [_value(row.get(name), kinds[name]) for row in rows] for name in present},
        },
        schema={
            "unit": pl.String,
            "period": pl.String,
            **{name: pl.Float64 if kinds[name] == "number" else pl.String for name in present},
        },
    )
    units: dict[str, dict[str, Any]] = {}
    for row in rows:
        known = units.setdefault(row["unit"], {"unit": row["unit"], "name": row["unit"], "category": None})
        known.update(
            {key: value for key, value in row.items() if key not in kinds and key != "period" and value is not None}
        )
    return Facts(
        table.sort("unit", "period"),
        pl.DataFrame(list(units.values())).with_columns(pl.col("category").cast(pl.String)),
    )


def _value(value: Any, kind: str) -> float | str | None:
    if value is None or value == GAP:
        return None
    if kind == "text":
        return str(value)
    return YES.get(value.lower()) if isinstance(value, str) else float(value)


def _differences(method: Method, case: Case) -> Iterator[Difference]:
    evaluation = evaluate(
        _with_attributes(method, case_facts(method, case)), method, periods=[case_period(method, case)]
    )
    for what, expected in case.expect.items():
        got = result(evaluation, SUBJECT, case_period(method, case), what)
        if not same(expected, got):
            yield Difference(what, expected, got)


def _with_attributes(method: Method, facts: Facts) -> Facts:
    """A case need not give attributes that it does not care for: they are missing."""
    texts = [item.when for item in method.categories if item.when] + [item.value for item in method.indicators.values()]
    texts += (
        [item.points for item in method.adjustments]
        + [item.when for item in method.vetoes]
        + [item.rule for item in method.checks]
    )
    wanted = {name.id for text in texts for name in names(parse(text)) if name.id not in method.variables}
    absent = sorted(wanted - set(facts.units.columns) - {"period"})
    return Facts(facts.table, facts.units.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in absent))


def result(evaluation: Evaluation, unit: str, period: str, what: str) -> object:
    """A figure of the result by its name in a case: node.score, total, grade …; None where there is none."""
    node, _, part = what.rpartition(".")
    here = (pl.col("unit") == unit) & (pl.col("period") == period)
    if node:
        found = evaluation.trace.filter(here & (pl.col("node") == node)).to_dicts()
        return found[0][part] if found else None
    (row,) = evaluation.scores.filter(here).to_dicts() or [{}]
    return row.get("score_exact" if what == TOTAL else what)


def same(expected: object, got: object) -> bool:
    """Whether a result is what was expected: numbers within 1e-6, everything else to the letter; "missing" is a gap."""
    if expected in (GAP, None, ""):
        return got is None or got == ""
    if isinstance(expected, int | float) and isinstance(got, int | float):
        return math.isclose(float(expected), float(got), rel_tol=0, abs_tol=CLOSE)
    return str(expected) == str(got)


def _table_differences(method: Method, case: Case) -> Iterator[Difference]:
    from yuance.facts.reading import read_facts  # noqa: PLC0415 - the spreadsheets' libraries load only where needed

    assert method.folder is not None
    assert case.facts is not None
    facts = read_facts([method.folder / case.facts], method.variables.values(), period=case_period(method, case))
    expected = pl.read_csv(method.folder / str(case.results), infer_schema_length=None)
    evaluation = evaluate(_with_attributes(method, facts), method)
    traced = "node" in expected.columns
    got = evaluation.trace if traced else evaluation.scores
    keys = [name for name in ("period", "unit", "node") if name in expected.columns]
    merged = expected.with_columns(pl.col(keys).cast(pl.String)).join(got, on=keys, how="left", suffix=".got")
    for row in merged.to_dicts():
        for name in expected.columns:
            if name not in keys and not same(row[name], row.get(f"{name}.got")):
                yield Difference(
                    "/".join(str(row[key]) for key in keys) + f" {name}", row[name], row.get(f"{name}.got")
                )
