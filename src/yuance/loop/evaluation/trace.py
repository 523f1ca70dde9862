"""The trace: for every unit and node, value, treated value, score, share of the total and points.

It is laid out from the columns that scoring itself has made; nothing is computed a second time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
import polars as pl

from yuance.loop.evaluation.formulas import formulas_of
from yuance.loop.evaluation.messages import NOTES, RULES
from yuance.method import TOTAL, Method

DIGITS = 12
TRACE = {
    "period": pl.String, "unit": pl.String, "node": pl.String, "kind": pl.String, "value": pl.Float64, "treated": pl.Float64,
    "score": pl.Float64, "weight": pl.Float64, "points": pl.Float64, "note": pl.String,
}  # fmt: skip
FIGURES = ("value", "treated", "score", "weight", "points")
ROUNDED = frozenset({"score", "weight", "points"})


@dataclass(frozen=True)
class Traced:
    """How one node's lines come about: its figures, and what is said of it: the text of the first test that holds."""

    node: str
    kind: str
    figures: dict[str, pl.Expr]
    said: tuple[tuple[pl.Expr, str], ...] = ()


def traced(rows: pl.DataFrame, method: Method) -> pl.DataFrame:
    """A row per period, unit and node, in the order of the method; columns as the contract names them.

    `rows` are in the order of period and unit. Each column is laid out as a matrix: a line per unit, a place per node.
    """
    nodes = formulas_of(method).once(("trace", *rows.columns), lambda: list(_nodes(method, set(rows.columns))))
    line, place = np.repeat(np.arange(rows.height), len(nodes)), np.tile(np.arange(len(nodes)), rows.height)
    columns = {name: rows.get_column(name).gather(line) for name in ("period", "unit")}
    columns["node"] = pl.Series([item.node for item in nodes]).gather(place)
    columns["kind"] = pl.Series([item.kind for item in nodes]).gather(place)
    columns |= {name: _figures(rows, nodes, name) for name in FIGURES}
    columns["note"] = _notes(rows, nodes)
    return pl.DataFrame(columns, schema=TRACE)


def _figures(rows: pl.DataFrame, nodes: Sequence[Traced], name: str) -> pl.Series:
    exprs = [item.figures.get(name, pl.lit(None)).cast(pl.Float64) for item in nodes]
    if name in ROUNDED:
        exprs = [expr.round(DIGITS) + 0.0 for expr in exprs]
    matrix = rows.select(expr.alias(str(place)) for place, expr in enumerate(exprs)).to_numpy()
    return pl.Series(np.ascontiguousarray(matrix).ravel(), dtype=pl.Float64).fill_nan(None)


def _notes(rows: pl.DataFrame, nodes: Sequence[Traced]) -> pl.Series:
    """Most notes are empty, and there are few different ones: they are looked up by number."""
    texts = ["", *(text for item in nodes for _, text in item.said)]
    numbers: list[pl.Expr] = []
    told = 1
    for place, item in enumerate(nodes):
        tests = list(enumerate(item.said, start=told))
        told += len(tests)
        chosen = reduce(
            lambda other, one: pl.when(one[1][0]).then(pl.lit(one[0], pl.Int64)).otherwise(other),
            reversed(tests),
            pl.lit(0, pl.Int64),
        )
        numbers.append(chosen.alias(str(place)))
    matrix = rows.select(numbers).to_numpy()
    return pl.Series(texts).gather(np.ascontiguousarray(matrix).ravel())


def _nodes(method: Method, present: set[str]) -> Iterator[Traced]:
    for _, node in method.tree():
        if node in method.indicators:
            yield _indicator(method, node, present)
        else:
            yield Traced(node, "dimension", {"score": pl.col(f"{node}.score"), **_part(method, node, present)})
    for adjustment in method.adjustments:
        figures = {"value": pl.col(f"{adjustment.id}.value"), "points": pl.col(f"{adjustment.id}.points")}
        yield Traced(adjustment.id, "adjustment", figures)
    for veto in method.vetoes:
        struck = pl.col(f"{veto.id}.struck")
        said = ((struck, NOTES["veto"] + (veto.name or veto.id)),)
        yield Traced(veto.id, "veto", {"value": struck.cast(pl.Float64)}, said)
    total = pl.col("total.exact")
    yield Traced(TOTAL, "total", {"score": total, "weight": pl.lit(1.0), "points": total})


def _indicator(method: Method, node: str, present: set[str]) -> Traced:
    rule = method.missing(method.indicators[node]).by
    value, filled, treated = (pl.col(f"{node}.{part}") for part in ("value", "filled", "treated"))
    gap = pl.col(f"{node}.counts") & value.is_null()
    said = ((gap, f"缺失：{RULES[rule][0]}"), (filled != treated, NOTES["treated"]))
    figures = {"value": value, "treated": treated, "score": pl.col(f"{node}.score"), **_part(method, node, present)}
    return Traced(node, "indicator", figures, said)


def _part(method: Method, node: str, present: set[str]) -> dict[str, pl.Expr]:
    """Share of the total, and points where every join above is arithmetic: only then do parts add up."""
    share = pl.col(f"{node}.share").fill_null(0.0) if f"{node}.share" in present else pl.lit(0.0)
    score = pl.col(f"{node}.score")
    if not adds_up(method, node):
        return {"weight": share}
    return {"weight": share, "points": pl.when(share > 0).then(share * score).when(score.is_not_null()).then(0.0)}


def adds_up(method: Method, node: str) -> bool:
    """Whether every join between a node and the total is an arithmetic mean."""
    while node != TOTAL:
        node = method.parent(node)
        rule = method.header.by if node == TOTAL else method.dimensions[node].by
        if rule.by != "arithmetic" and rule.power != 1:
            return False
    return True
