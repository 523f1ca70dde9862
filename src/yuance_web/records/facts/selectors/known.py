"""Values that are known about parks: of a round, and of earlier periods from other rounds."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db.models import QuerySet

from yuance_web.records.facts import bridge
from yuance_web.records.facts.bridge import Known
from yuance_web.records.facts.models import Cell, CellState
from yuance_web.records.rounds.models import Round, RoundState

YEARS_BACK = 5
FIELDS = (
    "submission__park__code", "submission__round_id", "variable", "kind", "reported", "reported_text", "verified",
    "verified_text", "adopted", "adopted_text", "state",
)  # fmt: skip


def cells_of_round(round_: Round) -> QuerySet[Cell]:
    """The cells of a round with what belongs to them."""
    return Cell.objects.filter(submission__round=round_).select_related("submission__park")


def earlier_values(round_: Round, parks: Collection[int], items: Collection[str] | None = None) -> list[Known]:
    """What parks reported for earlier periods, at most some years back: adopted, else verified, else reported.

    Two queries, whatever the number of parks. Where two rounds of a period know a value, the same method's goes first.
    """
    rounds = _earlier_rounds(round_)
    cells = Cell.objects.filter(submission__round__in=[one.pk for one in rounds], submission__park__in=parks)
    cells = cells.exclude(state=CellState.EMPTY, reported=None, adopted=None, adopted_text="")
    if items is not None:
        cells = cells.filter(variable__in=items)
    periods = {one.pk: (one.period, one.release_id != round_.release_id) for one in rounds}
    found: dict[tuple[str, str, str, str], tuple[bool, Known]] = {}
    for row in cells.values_list(*FIELDS).iterator(chunk_size=5000):
        park, pk, variable, kind = row[:4]
        period, foreign = periods[pk]
        key = (park, period, variable, kind)
        if key in found and foreign and not found[key][0]:
            continue
        value, text = _best(row[4:10])
        if value is not None or text:
            found[key] = (foreign, Known(park, period, variable, kind, value, text))
    return [one for _, one in found.values()]


def current_values(round_: Round, cells: Sequence[Cell], *, verified: bool = False) -> list[Known]:
    """The values of cells of a round as reported, or as they would be scored now."""
    found = []
    for cell in cells:
        settled = verified and cell.state in {CellState.ADOPTED, CellState.CORRECTED}
        value, text = (cell.adopted, cell.adopted_text) if settled else (cell.reported, cell.reported_text)
        found.append(Known(cell.submission.park.code, round_.period, cell.variable, cell.kind, value, text))
    return found


def _earlier_rounds(round_: Round) -> list[Round]:
    first = str(int(round_.period[:4]) - YEARS_BACK)
    others = Round.objects.exclude(pk=round_.pk).exclude(state=RoundState.DRAFT).filter(period__gte=first)
    return [one for one in others.only("pk", "period", "release_id") if bridge.is_earlier(one.period, round_.period)]


def _best(row: Sequence[object]) -> tuple[float | None, str]:
    reported, reported_text, verified, verified_text, adopted, adopted_text = row
    for value, text in ((adopted, adopted_text), (verified, verified_text), (reported, reported_text)):
        if value is not None or text:
            return value, str(text or "")  # type: ignore[return-value]
    return None, ""
