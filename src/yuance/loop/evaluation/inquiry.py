"""Which unit, period and node an explanation was asked for: by code or name, with near names where nothing is found."""

from __future__ import annotations

import difflib

import polars as pl

from yuance.errors import Fault, Place
from yuance.facts.period import parse_period
from yuance.loop.evaluation.evaluation import Evaluation, EvaluationError
from yuance.loop.evaluation.messages import MESSAGES
from yuance.loop.evaluation.subject import Subject
from yuance.method import TOTAL, Method


def asked(evaluation: Evaluation, unit: str, period: str | None, node: str | None) -> tuple[Subject, str]:
    """Unit, period and node that were asked for; what is not known is raised together."""
    faults: list[Fault] = []
    code = _unit(evaluation, unit)
    if code is None:
        faults.append(Fault(MESSAGES["E401"], Place(key="--unit"), {"unit": unit, "known": _near(evaluation, unit)}))
    chosen = _period(evaluation, code, period)
    if chosen is None:
        known = "、".join(evaluation.run["periods"])
        faults.append(Fault(MESSAGES["E402"], Place(key="--period"), {"period": period or "", "known": known}))
    focus = _node(evaluation.method, node)
    if focus is None:
        known = _alike(str(node), _node_names(evaluation.method))
        faults.append(Fault(MESSAGES["E403"], Place(key="--node"), {"node": node, "known": known}))
    if code is None or chosen is None or focus is None:
        raise EvaluationError(faults)
    subject = Subject(evaluation, code, chosen)
    if subject.frame.is_empty():
        values = {"unit": unit, "period": chosen, "known": "、".join(_periods_of(evaluation, code))}
        raise EvaluationError([Fault(MESSAGES["E404"], Place(key="--period"), values)])
    return subject, focus


def _unit(evaluation: Evaluation, wanted: str) -> str | None:
    """The code of the one unit that has this code or name."""
    units = evaluation.rows.unique("unit", maintain_order=True)
    if wanted in units["unit"]:
        return wanted
    for column in ("name", "short_name", "former_names"):
        if column in units.columns:
            names = pl.col(column).cast(pl.String).str.replace_all("[;、|]", "；").str.split("；")
            found = units.filter(names.list.contains(wanted).fill_null(value=False))["unit"]
            if len(found) == 1:
                return str(found[0])
    return None


def _near(evaluation: Evaluation, wanted: str) -> str:
    names = evaluation.rows.select("unit", "name").unique(maintain_order=True)
    return _alike(wanted, [f"{name}（{unit}）" if name and name != unit else unit for unit, name in names.iter_rows()])


def _alike(wanted: str, known: list[str]) -> str:
    """The names most like the one wanted for; where none is, the first few."""
    inside = [name for name in known if wanted in name]
    return "、".join((inside or difflib.get_close_matches(wanted, known, n=5, cutoff=0.3) or known)[:5])


def _period(evaluation: Evaluation, unit: str | None, wanted: str | None) -> str | None:
    periods: list[str] = evaluation.run["periods"]
    if wanted is not None:
        return wanted if wanted in periods else None
    present = periods if unit is None else _periods_of(evaluation, unit)
    known = sorted(period for text in present if (period := parse_period(text)) is not None)
    return str(known[-1]) if known else None


def _periods_of(evaluation: Evaluation, unit: str) -> list[str]:
    found: list[str] = evaluation.rows.filter(pl.col("unit") == unit)["period"].unique().sort().to_list()
    return found


def _node_ids(method: Method) -> list[str]:
    extras = [item.id for item in method.adjustments] + [item.id for item in method.vetoes]
    return [TOTAL, *method.dimensions, *method.indicators, *extras]


def _node_names(method: Method) -> list[str]:
    return [f"{method.name(node)}（{node}）" for node in _node_ids(method)]


def _node(method: Method, wanted: str | None) -> str | None:
    ids = _node_ids(method)
    if wanted is None or wanted in ids:
        return wanted or TOTAL
    return next((node for node in ids if method.name(node) == wanted), None)
