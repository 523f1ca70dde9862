"""The evaluation engine, as the platform knows it: a snapshot of facts in, plain tables out.

A snapshot is what a run froze, as plain values that can be kept as JSON: `period`; `units`, a list of rows under
`unit_columns`; `rows`, a list of [unit, period, values …] whose values stand under `columns` (`variable` or
`variable:target`). The same snapshot gives the same digests and scores here and outside, by the command.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import polars as pl

from yuance.errors import YuanceError
from yuance.facts import Facts, facts_from_frame, judge, parse_period
from yuance.loop.evaluation import Evaluation, evaluate
from yuance.loop.evaluation.caption import category_words, period_words
from yuance.loop.evaluation.categorise import wanted_attributes
from yuance.loop.evaluation.explanation import effect_words, explain
from yuance.loop.evaluation.formulas import looked_back_on
from yuance.loop.evaluation.placing import placing
from yuance.loop.evaluation.subject import Subject
from yuance.method import TOTAL, Method
from yuance.method.words import number_words
from yuance_web.records.releases.bridge import read
from yuance_web.records.releases.models import Release

Snapshot = dict[str, Any]
TARGET: Final = ":target"
UNIT_COLUMNS: Final = ("unit", "name", "category")


class Unscorable(Exception):
    """Nothing can be computed; the text says why, for people."""


@dataclass(frozen=True)
class Outcome:
    """What a run gave, as plain values."""

    facts_digest: str
    method_digest: str
    scores: list[dict[str, Any]]
    trace: list[dict[str, Any]]
    findings: list[dict[str, Any]]
    meta: dict[str, Any]


def period_order(period: str) -> tuple[int, int, int]:
    """Where a period ends on the time line, in months; those of one end stand from short to long."""
    parsed = parse_period(period)
    if parsed is None:
        return (0, 0, 0)
    months = {"year": 12, "half": 6, "quarter": 3, "month": 1}[parsed.kind]
    return (parsed.year, months * parsed.number, months)


def words_of_period(period: str) -> str:
    """A period as offices write it: 2023年三季度."""
    return period_words(period)


def same_kind(one: str, other: str) -> bool:
    """Whether two periods are both years, both quarters …"""
    first, second = parse_period(one), parse_period(other)
    return first is not None and second is not None and first.kind == second.kind


def wanted(release: Release) -> tuple[list[str], list[str]]:
    """The variables of a method in its order, and the attributes of units that it asks about."""
    method = read(release)
    return list(method.variables), sorted(wanted_attributes(method) - set(UNIT_COLUMNS))


def tree(release: Release) -> list[dict[str, Any]]:
    """The nodes of a method in reading order: id, name, level, kind, and their share of the total by category."""
    return _tree(read(release))


def weights(release: Release) -> dict[str, Any]:
    """What a what-if starts from: categories, the weights of the nodes directly below the total, the indicators."""
    method = read(release)
    return {
        "categories": [{"id": one, "words": category_words(method, one) or "全部"} for one in method.category_ids],
        "dimensions": [
            {
                "id": node,
                "name": method.name(node),
                "weights": {one: method.weight(node, one) for one in method.category_ids},
            }
            for node in method.children(TOTAL)
        ],
        "indicators": [
            {"id": item.id, "name": item.name or item.id, "dimension": method.name(method.parent(item.id))}
            for item in method.indicators.values()
        ],
    }


def names(release: Release) -> dict[str, str]:
    """What nodes and variables are called."""
    method = read(release)
    return {key: method.name(key) for key in (*method.dimensions, *method.indicators, *method.variables, TOTAL)}


def variable_owner(release: Release, name: str) -> str | None:
    """The department that verifies a variable, "" where the method names none; None for what is no variable."""
    found = read(release).variables.get(name)
    return None if found is None else found.owner or ""


def compute(snapshot: Snapshot, release: Release, changes: Mapping[str, Any] | None = None) -> Outcome:
    """Evaluate a snapshot by a release, or by what a what-if makes of it.

    Raises:
        Unscorable: with all that is wrong.
    """
    evaluation = _evaluation(snapshot, release, changes or {})
    method = evaluation.method
    return Outcome(
        evaluation.facts.digest,
        method.digest,
        evaluation.scores.to_dicts(),
        evaluation.trace.to_dicts(),
        evaluation.findings.to_dicts(),
        {
            "run": evaluation.run,
            "tree": _tree(method),
            "digits": method.header.rounding.digits,
            "grades": [grade.name for grade in method.grades],
            "categories": [[one, category_words(method, one) or "全部"] for one in method.category_ids],
            "rule": _rule(evaluation),
            "vetoes": [[item.id, item.name or item.id, effect_words(item.effect)] for item in method.vetoes],
            "adjustments": [[item.id, item.name or item.id] for item in method.adjustments],
            "title": method.header.title or method.header.id,
            "reference": method.reference,
            "status": method.header.status,
            "period_words": period_words(snapshot["period"]),
        },
    )


@lru_cache(maxsize=6)
def _kept(key: int, holder: _Held) -> Evaluation:
    """Evaluations that pages ask about again and again, by the run they belong to."""
    del key
    return _evaluation(holder.snapshot, holder.release, holder.changes)


class _Held:
    """What an evaluation is made from; equal to any other, so that the cache goes by the run alone."""

    def __init__(self, snapshot: Snapshot, release: Release, changes: Mapping[str, Any]) -> None:
        self.snapshot, self.release, self.changes = snapshot, release, changes

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@dataclass(frozen=True)
class Told:
    """An explanation for a page: `account` is the engine's, `agrees` whether it gives the digests that were kept."""

    account: Any
    nodes: list[dict[str, Any]]
    findings: list[dict[str, str]]
    agrees: bool


def told(run: Any, release: Release, unit: str, node: str | None = None) -> Told:
    """How the score of a unit came about, from what the run froze.

    Raises:
        Unscorable: the unit or the node is unknown.
    """
    evaluation = _kept(run.pk, _Held(run.facts, release, run.changes))
    try:
        account = explain(evaluation, unit, period=run.facts["period"], node=node)
    except YuanceError as error:
        raise Unscorable(_reasons(error)) from error
    nodes = [{"kind": "leaf" if hasattr(one, "formula") else "branch", "it": one} for one in account.nodes]
    findings = [{"severity": item.severity, "place": item.place, "text": item.text()} for item in account.findings]
    agrees = (evaluation.facts.digest, evaluation.method.digest) == (run.facts_digest, run.method_digest)
    return Told(account, nodes, findings, agrees)


def facts_csv(snapshot: Snapshot) -> str:
    """The facts of a snapshot as a long table: unit, period, variable, kind, value."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("unit", "period", "variable", "kind", "value"))
    for unit, period, *values in snapshot["rows"]:
        for column, value in zip(snapshot["columns"], values, strict=True):
            if value is not None:
                variable, _, kind = column.partition(":")
                writer.writerow((unit, period, variable, kind or "actual", _cell(value)))
    return text.getvalue()


def units_csv(snapshot: Snapshot) -> str:
    """The units of a snapshot as a table."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(snapshot["unit_columns"])
    writer.writerows(snapshot["units"])
    return text.getvalue()


def package(snapshot: Snapshot, release: Release, proof: Mapping[str, Any]) -> bytes:
    """Everything that somebody else needs to compute the scores again, as a zip; the same bytes for the same content."""
    period = snapshot["period"]
    note = (
        "在装有 yuance 的机器上，于本文件夹执行：\n\n"
        f"    yuance score facts.csv --units units.csv --method method --period {period} --out results\n\n"
        "results/run.json 中的两个摘要（facts.digest、method.digest）应与 proof.json 相同，scores.csv 应与平台公布的得分相同。\n"
    )
    files = {
        "README.txt": note,
        "facts.csv": facts_csv(snapshot),
        "units.csv": units_csv(snapshot),
        "proof.json": json.dumps(proof, ensure_ascii=False, indent=2, sort_keys=True) + "\n",
        **{f"method/{name}": text for name, text in release.files.items()},
    }
    held = io.BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, files[name])
    return held.getvalue()


def shown(value: float | str | None) -> str:
    """A figure as people read it."""
    return number_words(value)


def _evaluation(snapshot: Snapshot, release: Release, changes: Mapping[str, Any]) -> Evaluation:
    """The steps of `yuance score`, on facts in memory."""
    method = _variant(read(release), changes)
    period = snapshot["period"]
    try:
        facts = _facts(snapshot, method)
        notes = judge(facts, method, [period], needs_previous=looked_back_on(method))
        return evaluate(facts, method, periods=[period], notes=notes)
    except YuanceError as error:
        raise Unscorable(_reasons(error)) from error


def _facts(snapshot: Snapshot, method: Method) -> Facts:
    keys = {"unit": [row[0] for row in snapshot["rows"]], "period": [row[1] for row in snapshot["rows"]]}
    series = [pl.Series(name, values, dtype=pl.String) for name, values in keys.items()]
    series += [_column(name, [row[at + 2] for row in snapshot["rows"]]) for at, name in enumerate(snapshot["columns"])]
    units = pl.DataFrame(
        [_text_column(name, [row[at] for row in snapshot["units"]]) for at, name in enumerate(snapshot["unit_columns"])]
    )
    return facts_from_frame(pl.DataFrame(series), method, units=units, attributes=wanted_attributes(method))


def _column(name: str, values: Sequence[Any]) -> pl.Series:
    """Numbers where all are; else text, as it would stand in a file."""
    if any(isinstance(value, str) for value in values):
        return _text_column(name, [None if value is None else _cell(value) for value in values])
    return pl.Series(name, values, dtype=pl.Float64)


def _text_column(name: str, values: Sequence[Any]) -> pl.Series:
    return pl.Series(name, [None if value in (None, "") else str(value) for value in values], dtype=pl.String)


def _cell(value: float | str) -> str:
    """A value as it is written into a file: numbers in full, whole ones without a point."""
    if isinstance(value, str):
        return value
    return str(int(value)) if float(value).is_integer() and abs(value) < 2**53 else repr(float(value))


def _variant(method: Method, changes: Mapping[str, Any]) -> Method:
    """The method with other weights, or without some indicators. It has a digest of its own: it is nobody's release.

    `weights`: node directly below the total -> category -> weight. `without`: ids of indicators that weigh nothing;
    the weight of what stands above them stays and is shared by the others.
    """
    changed = {
        node: {one: float(value) for one, value in given.items()} for node, given in changes.get("weights", {}).items()
    }
    without = [item for item in changes.get("without", ()) if item in method.indicators]
    if not changed and not without:
        return method
    nothing = dict.fromkeys(method.category_ids, 0.0)
    dimensions, indicators = dict(method.dimensions), dict(method.indicators)
    held = {node for item in without for node in (method.parent(item),) if node in dimensions}
    for node in {*changed, *held}:
        own = {one: changed.get(node, {}).get(one, method.weight(node, one)) for one in method.category_ids}
        if node in dimensions:
            dimensions[node] = dimensions[node].model_copy(update={"weight": own})
        elif node in indicators:
            indicators[node] = indicators[node].model_copy(update={"weight": own})
    for item in without:
        indicators[item] = indicators[item].model_copy(update={"weight": nothing})
    told_changes = json.dumps({"weights": changed, "without": sorted(without)}, sort_keys=True)
    digest = hashlib.sha256(f"{method.digest}\n{told_changes}".encode()).hexdigest()
    return replace(method, dimensions=dimensions, indicators=indicators, digest=digest)


def _tree(method: Method) -> list[dict[str, Any]]:
    return [
        {
            "id": node,
            "name": method.name(node),
            "level": level,
            "kind": "indicator" if node in method.indicators else "dimension",
            "shares": {one: round(method.share(node, one), 12) for one in method.category_ids},
        }
        for level, node in method.tree()
    ]


def _rule(evaluation: Evaluation) -> str:
    """How places are given and ties are broken, in words."""
    if evaluation.rows.is_empty():
        return ""
    unit, period = evaluation.rows.select("unit", "period").row(0)
    return placing(Subject(evaluation, unit, period)).rule


def _reasons(error: YuanceError) -> str:
    return "\n".join(f"{fault.place} {fault.text()}".strip() for fault in error.faults[:20])
