"""The table of points: every part of the total, and a sum line that its figures visibly add up to (得分构成表)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from yuance.loop.evaluation.account import Branch, Explanation
from yuance.loop.evaluation.caption import MINUS
from yuance.method import TOTAL

DIGITS = 4
SCALE = 10.0**DIGITS


@dataclass(frozen=True, slots=True)
class PointsRow:
    """A line of the table. `points` is the text shown, empty where parts do not add up; `kind` as in the trace."""

    id: str
    kind: str
    number: str
    name: str
    level: int
    weight: float | None
    share: float
    score: float | None
    points: str
    used: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class PointsTable:
    """The rows, the sum of the indicators, and the total with adjustments; sums are empty where parts do not add up."""

    rows: tuple[PointsRow, ...]
    adjustments: tuple[PointsRow, ...]
    joined: str
    sum: str


def points_table(explanation: Explanation) -> PointsTable:
    """The parts of the total (or of the node in focus), their shown figures balanced to add up to the sum shown.

    Shown figures have four decimals. Each is its exact figure rounded up or down (largest remainders up), never further.
    """
    total, focus = explanation.total, explanation.focus
    whole = _whole(explanation)
    units: dict[str, int] = {}
    added: list[tuple[str, float]] = []
    if whole is not None:
        added = [(item.id, item.points) for item in explanation.adjustments] if focus == TOTAL else []
        tops = [node for node in explanation.nodes if node.id == focus or (focus == TOTAL and node.parent == TOTAL)]
        parts = [(node.id, node.part.points) for node in tops if node.part.points is not None]
        units.update(balanced([*parts, *added], _units(whole)))
        for node in explanation.nodes:
            if isinstance(node, Branch) and node.id in units:
                below = [(child.id, child.part.points) for child in explanation.nodes if child.parent == node.id]
                known = [(name, points) for name, points in below if points is not None]
                units.update(balanced(known, units[node.id]) if known else {})
    rows = tuple(
        PointsRow(
            node.id, "dimension" if isinstance(node, Branch) else "indicator", node.number, node.name, node.level,
            node.part.weight, node.part.share, node.part.score, _text(units.get(node.id)) if node.used else "", node.used,
            "" if isinstance(node, Branch) else node.note,
        )
        for node in explanation.nodes
    )  # fmt: skip
    extras = tuple(
        PointsRow(
            item.id,
            "adjustment",
            "",
            item.name,
            1,
            None,
            0.0,
            None,
            _text(units.get(item.id, _units(item.points))),
            used=True,
        )
        for item in (explanation.adjustments if focus == TOTAL else ())
    )
    if whole is None:
        return PointsTable(rows, extras, _decimal(total.joined), _decimal(total.exact))
    joined = _units(whole) - sum(units[name] for name, _ in added)
    return PointsTable(rows, extras, _text(joined), _text(_units(whole)))


def _whole(explanation: Explanation) -> float | None:
    """What the parts add up to, before vetoes; None where they do not."""
    total = explanation.total
    if explanation.focus == TOTAL:
        return total.joined + total.adjusted if total.adds_up and total.joined is not None else None
    return next((node.part.points for node in explanation.nodes if node.id == explanation.focus), None)


def balanced(parts: Sequence[tuple[str, float]], whole: int) -> dict[str, int]:
    """The parts in units of the last decimal, each rounded up or down so that together they make `whole`.

    Parts that do not make the whole (it was replaced) are each rounded by themselves.
    """
    scaled = {name: points * SCALE for name, points in parts}
    low = {name: math.floor(size + 1e-6) for name, size in scaled.items()}
    left = whole - sum(low.values())
    if not 0 <= left <= len(low):
        return {name: math.floor(size + 0.5) for name, size in scaled.items()}
    largest = sorted(scaled, key=lambda name: low[name] - scaled[name])[:left]
    return {name: units + (name in largest) for name, units in low.items()}


def _units(value: float) -> int:
    size = math.floor(abs(value) * SCALE + 0.5 + 1e-6)
    return size if value >= 0 else -size


def _text(units: int | None) -> str:
    if units is None:
        return ""
    return (MINUS if units < 0 else "") + f"{abs(units) / SCALE:,.{DIGITS}f}"


def _decimal(value: float | None) -> str:
    return "" if value is None else _text(_units(value))
