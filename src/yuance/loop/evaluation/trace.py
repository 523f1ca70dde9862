"""The trace: for every unit and node, value, treated value, score, share of the total and points.

It is laid out from the columns that scoring itself has made; nothing is computed a second time.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from yuance.loop.evaluation.messages import NOTES, RULES
from yuance.method import TOTAL, Method

DIGITS = 12
TRACE = {
    "period": pl.String, "unit": pl.String, "node": pl.String, "kind": pl.String, "value": pl.Float64, "treated": pl.Float64,
    "score": pl.Float64, "weight": pl.Float64, "points": pl.Float64, "note": pl.String,
}  # fmt: skip


def traced(rows: pl.DataFrame, method: Method) -> pl.DataFrame:
    """A row per period, unit and node, in the order of the method; columns as the contract names them."""
    parts = [
        rows.lazy().select(
            "period", "unit", pl.lit(node).alias("node"), pl.lit(kind).alias("kind"),
            *(expr.cast(TRACE[name]).alias(name) for name, expr in columns.items()), pl.lit(order).alias("__order"),
        )
        for order, (node, kind, columns) in enumerate(_nodes(method, set(rows.columns)))
    ]  # fmt: skip
    return pl.concat(parts).sort("period", "unit", "__order").drop("__order").collect()


Columns = dict[str, pl.Expr]


def _nodes(method: Method, present: set[str]) -> Iterator[tuple[str, str, Columns]]:
    for _, node in method.tree():
        if node in method.indicators:
            yield node, "indicator", _indicator(method, node, present)
        else:
            yield node, "dimension", _columns(score=pl.col(f"{node}.score"), **_part(method, node, present))
    for adjustment in method.adjustments:
        yield (
            adjustment.id,
            "adjustment",
            _columns(value=pl.col(f"{adjustment.id}.value"), points=pl.col(f"{adjustment.id}.points")),
        )
    for veto in method.vetoes:
        struck = pl.col(f"{veto.id}.struck")
        note = pl.when(struck).then(pl.lit(NOTES["veto"] + (veto.name or veto.id))).otherwise(pl.lit(""))
        yield veto.id, "veto", _columns(value=struck.cast(pl.Float64), note=note)
    yield TOTAL, "total", _columns(score=pl.col("total.exact"), weight=pl.lit(1.0), points=pl.col("total.exact"))


def _columns(**given: pl.Expr) -> Columns:
    empty = {name: pl.lit(None) for name in ("value", "treated", "score", "weight", "points")}
    columns = {**empty, "note": pl.lit(""), **given}
    for name in ("score", "weight", "points"):
        columns[name] = columns[name].cast(pl.Float64).round(DIGITS) + 0.0
    return columns


def _indicator(method: Method, node: str, present: set[str]) -> Columns:
    rule = method.missing(method.indicators[node]).by
    value, filled, treated = (pl.col(f"{node}.{part}") for part in ("value", "filled", "treated"))
    counts = pl.col(f"{node}.counts")
    note = (
        pl.when(counts & value.is_null()).then(pl.lit(f"缺失：{RULES[rule][0]}"))
        .when(filled != treated).then(pl.lit(NOTES["treated"])).otherwise(pl.lit(""))
    )  # fmt: skip
    return _columns(
        value=value, treated=treated, score=pl.col(f"{node}.score"), note=note, **_part(method, node, present)
    )


def _part(method: Method, node: str, present: set[str]) -> Columns:
    """Share of the total, and points where every join above is arithmetic: only then do parts add up."""
    share = pl.col(f"{node}.share").fill_null(0.0) if f"{node}.share" in present else pl.lit(0.0)
    score = pl.col(f"{node}.score")
    if not adds_up(method, node):
        return {"weight": share, "points": pl.lit(None)}
    return {"weight": share, "points": pl.when(share > 0).then(share * score).when(score.is_not_null()).then(0.0)}


def adds_up(method: Method, node: str) -> bool:
    """Whether every join between a node and the total is an arithmetic mean."""
    while node != TOTAL:
        node = method.parent(node)
        rule = method.header.by if node == TOTAL else method.dimensions[node].by
        if rule.by != "arithmetic" and rule.power != 1:
            return False
    return True
