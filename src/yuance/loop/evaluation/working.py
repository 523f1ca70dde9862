"""Intermediate columns: what a formula uses more than once is computed once, in a pass of its own.

An expression that is written into another several times is computed, and planned, as often. The passes of all
indicators run together, so their number does not grow with the method.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import narwhals as nw

from yuance.loop.evaluation.value import Frame


@dataclass
class Working:
    """Columns to be worked out before those that use them, by pass: a later pass may use the columns of earlier ones."""

    passes: dict[int, dict[str, nw.Expr]] = field(default_factory=dict)

    def keep(self, name: str, expr: nw.Expr, number: int = 0) -> nw.Expr:
        """`expr` as a column of its own, computed in pass `number`."""
        self.passes.setdefault(number, {})[name] = expr
        return nw.col(name)

    def done(self, rows: Frame) -> Frame:
        """`rows` with all intermediate columns."""
        for number in sorted(self.passes):
            rows = rows.with_columns(*(expr.alias(name) for name, expr in self.passes[number].items()))
        return rows

    def cleared(self, rows: Frame) -> Frame:
        """`rows` without the intermediate columns."""
        names = [name for columns in self.passes.values() for name in columns]
        return rows.drop(*names) if names else rows


def finite_columns(rows: Frame, names: Iterable[str]) -> Frame:
    """Columns whose values that are no ordinary numbers have become gaps."""
    columns = [nw.when(nw.col(name).is_finite()).then(nw.col(name)).alias(name) for name in names]
    return rows.with_columns(*columns) if columns else rows
