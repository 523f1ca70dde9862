"""What a run freezes: the values of a round as they count now, with what is known of earlier periods (数据快照)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from yuance_web.loop.evaluation import bridge
from yuance_web.records.facts.models import Cell, CellState
from yuance_web.records.parks.selectors import versions_on
from yuance_web.records.rounds.models import Round, RoundState, Submission

SETTLED = (RoundState.SCORED, RoundState.NOTICE, RoundState.FINAL)
SETTLED_CELLS = frozenset({CellState.ADOPTED, CellState.CORRECTED})
FIELDS = (
    "submission__park__code", "submission__round__period", "variable", "kind", "state", "adopted", "adopted_text", "verified",
    "verified_text", "reported", "reported_text",
)  # fmt: skip
Values = dict[tuple[str, str], dict[str, Any]]


def take(round_: Round, *, frozen: bool) -> bridge.Snapshot:
    """The snapshot of a round. Frozen: adopted or verified values only; else what is merely reported counts too."""
    variables, attributes = bridge.wanted(round_.release)
    submissions = list(round_.submissions.select_related("park").order_by("park__code"))
    values: Values = {}
    for earlier in _earlier(round_):
        _add(values, _cells([earlier.pk], submissions), frozen=True)
    _add(values, _cells([round_.pk], submissions), frozen=frozen)
    columns = _columns(values, variables)
    return {
        "period": round_.period,
        "unit_columns": [*bridge.UNIT_COLUMNS, *attributes],
        "units": _units(submissions, attributes),
        "columns": columns,
        "rows": [
            [unit, period, *(row.get(one) for one in columns)]
            for (unit, period), row in sorted(values.items())
            if row.keys() & set(columns)
        ],
    }


def _earlier(round_: Round) -> list[Round]:
    """Settled rounds up to this one's period, oldest first; of one period the round made last counts."""
    others = Round.objects.filter(state__in=SETTLED).exclude(pk=round_.pk).exclude(period=round_.period).only("period")
    end = bridge.period_order(round_.period)
    return sorted(
        (one for one in others if bridge.period_order(one.period) <= end),
        key=lambda one: (bridge.period_order(one.period), one.pk),
    )


def _cells(rounds: Iterable[int], submissions: list[Submission]) -> Iterator[tuple[Any, ...]]:
    parks = [one.park_id for one in submissions]
    found = Cell.objects.filter(submission__round__in=list(rounds), submission__park__in=parks)
    return found.values_list(*FIELDS).iterator(chunk_size=5000)


def _add(values: Values, cells: Iterator[tuple[Any, ...]], *, frozen: bool) -> None:
    for unit, period, variable, kind, state, *stages in cells:
        value = _counting(stages, frozen=frozen or state in SETTLED_CELLS)
        row = values.setdefault((unit, period), {})
        column = variable + (bridge.TARGET if kind == "target" else "")
        if value is not None:
            row[column] = value
        else:
            row.pop(column, None)


def _counting(stages: list[Any], *, frozen: bool) -> float | str | None:
    """The value that counts: adopted, else verified, else (where nothing is settled yet) reported."""
    for number, text in zip(stages[:4:2] if frozen else stages[::2], stages[1::2], strict=False):
        if number is not None:
            return float(number)
        if text:
            return str(text)
    return None


def _columns(values: Values, variables: list[str]) -> list[str]:
    """The columns that hold anything, in the order of the method; what the method does not know is left out."""
    present = {column for row in values.values() for column in row}
    return [column for one in variables for column in (one, one + bridge.TARGET) if column in present]


def _units(submissions: list[Submission], attributes: list[str]) -> list[list[str]]:
    known = {}
    if attributes:
        day = submissions[0].round.opens.date() if submissions else None
        known = {version.park_id: version for version in versions_on(day)}
    return [
        [one.park.code, one.name, one.category, *(_attribute(known.get(one.park_id), one, name) for name in attributes)]
        for one in submissions
    ]


def _attribute(version: Any, submission: Submission, name: str) -> str:
    value = getattr(submission, name, None) if name == "county" else getattr(version, name, None)
    return "" if value is None else str(value)
