"""Evaluation (评价): facts and a method in, scores, ranks, grades, trace and findings out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import polars as pl

from yuance import __version__
from yuance.errors import Fault, Finding, Place, YuanceError
from yuance.facts.facts import Facts
from yuance.facts.period import Period, parse_period
from yuance.loop.evaluation.categorise import as_used, categorised, missing_attributes
from yuance.loop.evaluation.engine import SMALL, Polars
from yuance.loop.evaluation.findings import Findings, cut, tabulated
from yuance.loop.evaluation.formulas import Formulas, formulas_of
from yuance.loop.evaluation.lowering import Shift
from yuance.loop.evaluation.messages import MESSAGES, NOTES
from yuance.loop.evaluation.run import Run
from yuance.loop.evaluation.sanction import sanctioned
from yuance.loop.evaluation.stages import Stages, error_rows
from yuance.loop.evaluation.trace import traced
from yuance.loop.evaluation.value import Source
from yuance.method import Method

MOST_COMPARED = 10_000
RANKED, NOT_RANKED, VETOED = "ranked", "not-ranked", "vetoed"


class EvaluationError(YuanceError):
    """Nothing can be evaluated; `faults` says why."""


@dataclass(frozen=True)
class Evaluation:
    """The result of one run.

    `scores` and `findings` are the tables of the contract (method language, part 7); `run` is what makes the result
    reproducible. `rows` holds every column of the computation for the evaluated units, one row per unit and period:
    explanations read it, nothing recomputes it. `anchors` are the figures of the comparison sets.
    """

    method: Method
    facts: Facts
    scores: pl.DataFrame
    rows: pl.DataFrame
    notes: tuple[Finding, ...]
    run: dict[str, Any]
    formulas: Formulas
    anchors: tuple[pl.DataFrame, ...] = field(default=())

    @cached_property
    def trace(self) -> pl.DataFrame:
        """The trace: a row per period, unit and node."""
        return traced(self.rows, self.method)

    @cached_property
    def findings(self) -> pl.DataFrame:
        """The findings, worded in Chinese."""
        return tabulated(self.notes)

    @property
    def has_errors(self) -> bool:
        """Whether some finding is an error."""
        return any(finding.severity == "error" for finding in self.notes)


def evaluate(
    facts: Facts, method: Method, *, periods: Sequence[str | Period] | None = None, notes: Sequence[Finding] = ()
) -> Evaluation:
    """Evaluate the units of `facts` in `periods` (default: every period of the kinds that the method takes).

    Facts of other periods serve `previous`, `lag`, `last_year_` anchors and panels. `notes` are further findings about
    the facts, such as those of `yuance.facts.judge`; a unit with an error finding is scored and not ranked.
    Raises `EvaluationError` when nothing can be evaluated.
    """
    formulas = formulas_of(method)
    faults = missing_attributes(facts.units, method)
    asked = _asked(facts, method, periods, faults)
    if faults:
        raise EvaluationError(faults)
    units, findings = categorised(as_used(facts.units, method), method)
    source = Source(Polars(small=facts.table.height <= SMALL), facts, units, formulas.kinds, formulas.read)
    run = Run(source.engine, formulas, source, _covered(source, formulas, asked))
    stages = Stages(run)
    rows = stages.scored(stages.treated(stages.filled(stages.values(asked if facts.listed else ()))))
    wanted = [str(period) for period in asked]
    known = run.engine.collect(rows)
    evaluated = known if len(run.periods) == len(wanted) else known.filter(pl.col("period").is_in(wanted))
    if evaluated.is_empty():
        raise EvaluationError([Fault(MESSAGES["E004"])])
    findings += [*facts.findings, *notes]
    everywhere = known if formulas.panel else evaluated
    _comparable(everywhere, run)
    errors = error_rows(_erroneous(findings, everywhere))
    table = run.engine.collect(stages.ranked(stages.joined(run.engine.frame(everywhere), errors)))
    table = table.filter(pl.col("period").is_in(wanted)) if formulas.panel else table
    table = table.sort("period", "unit") if len(wanted) > 1 else table  # of one period it is in order already
    findings += Findings(method, formulas, facts, table).all(stages.unfit)
    scores = _scores(table, method)
    findings += sanctioned(scores, method)
    kept = tuple(cut(findings))
    told = _run(method, facts, run.engine, periods=wanted, scores=scores, notes=kept)
    return Evaluation(method, facts, scores, table, kept, told, formulas, tuple(stages.anchors))


def _comparable(rows: pl.DataFrame, run: Run) -> None:
    """Pairwise comparison grows with the square of the set: beyond a bound it is refused before it starts."""
    method = run.method
    rules = [method.header.by, *(dimension.by for dimension in method.dimensions.values())]
    if rows.height <= MOST_COMPARED or not any(rule.by == "copeland" for rule in rules):
        return
    keys = run.keys(method.header.among)
    largest = max(rows.group_by(keys).len()["len"].to_list()) if keys else rows.height
    if largest > MOST_COMPARED:
        raise EvaluationError([Fault(MESSAGES["E006"], Place(), {"count": largest, "most": MOST_COMPARED})])


def _asked(facts: Facts, method: Method, periods: Sequence[str | Period] | None, faults: list[Fault]) -> list[Period]:
    """The periods to evaluate, in order of time; what cannot be evaluated is added to `faults`."""
    present = {text: parse_period(text) for text in facts.table.get_column("period").unique().to_list()}
    kinds = method.header.periods
    if periods is None:
        chosen = [period for period in present.values() if period is not None and period.kind in kinds]
        if present and not chosen:
            faults += [_wrong_kind(method, period) for period in present.values() if period is not None][:1]
        return sorted(chosen)
    chosen = []
    for given in dict.fromkeys(str(period) for period in periods):
        period = parse_period(given)
        if period is None:
            faults.append(Fault(MESSAGES["E002"], Place(key="--period"), {"period": given}))
        elif period.kind not in kinds:
            faults.append(_wrong_kind(method, period))
        elif given not in present:
            known = "、".join(sorted(present))
            faults.append(Fault(MESSAGES["E001"], Place(key="--period"), {"period": given, "known": known}))
        else:
            chosen.append(period)
    return sorted(chosen)


def _wrong_kind(method: Method, period: Period) -> Fault:
    values = {
        "method": method.reference,
        "period": str(period),
        "kind": period.kind,
        "known": "、".join(method.header.periods),
    }
    return Fault(MESSAGES["E003"], Place(key="--period"), values)


def _covered(source: Source, formulas: Formulas, asked: Sequence[Period]) -> list[Period]:
    """The periods whose rows must be computed: those asked for, and those that comparison sets or gaps refer to."""
    covered = set(asked)
    kinds = {period.kind for period in asked}
    if formulas.panel or formulas.takes_last:
        covered |= {period for period in source.periods if period.kind in kinds}
    back = {*formulas.score_shifts, *({Shift(1)} if formulas.looks_back else ())}
    earlier = {before for shift in back for period in asked if (before := shift.before(period)) is not None}
    return sorted(covered | (earlier & set(source.periods)))


def _erroneous(findings: Sequence[Finding], rows: pl.DataFrame) -> list[tuple[str, str]]:
    """(unit, period) of error findings; one without a period concerns all periods of its unit."""
    errors = [finding for finding in findings if finding.severity == "error" and finding.unit]
    pairs = {(finding.unit, finding.period) for finding in errors if finding.period}
    whole = {finding.unit for finding in errors if not finding.period}
    if whole:
        found = rows.filter(pl.col("unit").is_in(sorted(whole))).select("unit", "period").unique()
        pairs |= {(unit, period) for unit, period in found.iter_rows()}
    return sorted(pairs)


def _scores(table: pl.DataFrame, method: Method) -> pl.DataFrame:
    """The contract's scores.csv: by period, then rank, then unit."""
    dimensions = {f"{node}.score": node for node in method.dimensions}
    given = table[["period", "unit", "name", "category", "total.published", "total.exact", "rank", "rank_in_category", "grade",
                   "vetoed", "allowed", "key", *dimensions]]  # fmt: skip
    counts = pl.col("key").is_not_null() & pl.col("allowed")
    status = (
        pl.when(pl.col("vetoed")).then(pl.lit(VETOED)).when(counts).then(pl.lit(RANKED)).otherwise(pl.lit(NOT_RANKED))
    )
    scores = given.select(
        "period", "unit", pl.col("name").cast(pl.String), pl.col("category").cast(pl.String),
        pl.col("total.published").alias("score"), pl.col("total.exact").alias("score_exact"),
        "rank", "rank_in_category", "grade", status.alias("status"), _noted(table, given, method),
        *((pl.col(column).round(12) + 0.0).alias(node) for column, node in dimensions.items()),
    )  # fmt: skip
    return scores.sort("period", pl.col("rank").fill_null(2**62), "unit")


def _noted(table: pl.DataFrame, given: pl.DataFrame, method: Method) -> pl.Series:
    """A line for each unit that is not ranked or was vetoed: why; nothing for the others."""
    told = given["vetoed"] | ~given["allowed"] | given["key"].is_null()
    note = pl.repeat("", table.height, dtype=pl.String, eager=True).alias("note")
    if not told.any():
        return note
    return note.scatter(told.arg_true(), table.filter(told).select(_note(method, table.columns).alias("note"))["note"])


def _note(method: Method, columns: Sequence[str]) -> pl.Expr:
    """Why a unit is not ranked or was vetoed, in one line."""
    needed = [item for item in method.indicators.values() if method.missing(item).by != "drop"]
    gone = {item.id: pl.col(f"{item.id}.counts") & pl.col(f"{item.id}.score").is_null() for item in needed}
    gap = {item.id: pl.col(f"{item.id}.value").is_null() for item in needed}
    lacking = [pl.when(gone[item.id] & gap[item.id]).then(pl.lit(item.name or item.id)) for item in needed]
    unscored = [pl.when(gone[item.id] & ~gap[item.id]).then(pl.lit(item.name or item.id)) for item in needed]
    unfit = [
        pl.when(pl.col(column).fill_null(value=False)).then(pl.lit(method.name(column.removesuffix(".unfit"))))
        for column in columns
        if column.endswith(".unfit")
    ]
    struck = [
        pl.when(pl.col(f"{veto.id}.struck").fill_null(value=False)).then(pl.lit(veto.name or veto.id))
        for veto in method.vetoes
    ]
    told = {"lacking": lacking, "unscored": unscored, "unfit": unfit, "veto": struck}
    parts = [_listed(NOTES[kind], names) for kind, names in told.items()]
    parts.append(pl.when(pl.col("error")).then(pl.lit(NOTES["errors"])))
    parts.append(pl.when(pl.col("category").is_null()).then(pl.lit(NOTES["category"])))
    if method.header.needs is not None:
        parts.append(pl.when(pl.col("known") < method.header.needs - 1e-9).then(pl.lit(NOTES["needs"])))
    return pl.concat_str(parts, separator="；", ignore_nulls=True)


def _listed(lead: str, names: Sequence[pl.Expr]) -> pl.Expr:
    if not names:
        return pl.lit(None, dtype=pl.String)
    said = pl.concat_str(list(names), separator="、", ignore_nulls=True)
    return pl.when(said != "").then(pl.lit(lead) + said)


def _run(
    method: Method, facts: Facts, engine: Polars, *, periods: list[str], scores: pl.DataFrame, notes: Sequence[Finding]
) -> dict[str, Any]:
    """What makes the result reproducible."""
    status = scores.get_column("status")
    counts = {name: int((status == name).sum()) for name in (RANKED, NOT_RANKED, VETOED)}
    severities = {level: sum(finding.severity == level for finding in notes) for level in ("error", "explain", "note")}
    return {
        "method": {
            "id": method.header.id,
            "version": method.header.version,
            "digest": method.digest,
            "status": method.header.status,
        },
        "facts": {"digest": facts.digest},
        "engine": {"name": engine.name, "version": engine.version, "yuance": __version__},
        "periods": periods,
        "counts": {
            "units": scores.get_column("unit").n_unique(),
            "rows": scores.height,
            **counts,
            "findings": severities,
        },
    }


__all__ = ["NOT_RANKED", "RANKED", "VETOED", "Evaluation", "EvaluationError", "evaluate"]
