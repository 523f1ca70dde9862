"""The verifying page (核实): a department's items × parks, with last year's values and marks on what is out of line."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count

from yuance_web.records.accounts import access as scope
from yuance_web.records.accounts.models import User
from yuance_web.records.facts import access, bridge, outliers
from yuance_web.records.facts.bridge import Doubt, Form, Item, Known
from yuance_web.records.facts.models import Cell, CellState, Change
from yuance_web.records.facts.selectors.filling import change_words, shown
from yuance_web.records.facts.selectors.known import current_values, earlier_values
from yuance_web.records.rounds.models import Round, RoundState, Submission, SubmissionState

SETTLED = frozenset({CellState.ADOPTED, CellState.CORRECTED})
TURNED_IN = frozenset({SubmissionState.SIGNED, SubmissionState.RETURNED, SubmissionState.VERIFIED})


@dataclass(frozen=True)
class Line:
    """A park's value of an item, as the department sees it."""

    submission: Submission
    item: Item
    cell: Cell
    reported: str
    settled: str
    last: str
    change: str
    doubts: Sequence[Doubt]
    marks: Sequence[str]
    evidence: int
    may_act: bool
    was: str = ""
    gap: str = ""
    target: str = ""

    @property
    def is_odd(self) -> bool:
        """Whether somebody should look before it is adopted."""
        return bool(self.marks or self.gap or [one for one in self.doubts if one.severity != "note"])

    @property
    def is_pending(self) -> bool:
        """Whether it still waits for the department."""
        return self.may_act and self.cell.state in {CellState.EMPTY, CellState.REPORTED}


@dataclass(frozen=True)
class Sheet:
    """An item with its lines."""

    item: Item
    lines: Sequence[Line] = field(default_factory=list)

    @property
    def pending(self) -> int:
        """How many wait."""
        return sum(line.is_pending for line in self.lines)

    @property
    def odd(self) -> int:
        """How many of those that wait need a look."""
        return sum(line.is_pending and line.is_odd for line in self.lines)

    @property
    def plain(self) -> int:
        """How many of those that wait may be adopted together."""
        return self.pending - self.odd


@dataclass(frozen=True)
class VerifyPage:
    """A round as a department sees it."""

    round: Round
    sheets: Sequence[Sheet]
    chosen: Sheet | None
    turned_in: int
    parks: int
    last_period: str

    @property
    def pending(self) -> int:
        """How many cells wait."""
        return sum(sheet.pending for sheet in self.sheets)

    @property
    def plain(self) -> int:
        """How many of them may be adopted together."""
        return sum(sheet.plain for sheet in self.sheets)


def verify_page(user: User, round_: Round, item: str = "") -> VerifyPage | None:
    """The items of an account's department × the parks that have signed; None where an item is none of its own."""
    form = bridge.form_of(round_.release)
    own = [one for one in form.items.values() if access.may_verify(user, one)]
    if item and item not in {one.id for one in own}:
        return None
    submissions = list(scope.submissions_of(user, round_.submissions.select_related("park")))
    sheets = _sheets(round_, form, own, submissions)
    turned_in = sum(one.state in TURNED_IN for one in submissions)
    chosen = next((sheet for sheet in sheets if sheet.item.id == item), None)
    if chosen is None and sheets:
        chosen = next((sheet for sheet in sheets if sheet.pending), sheets[0])
    return VerifyPage(round_, sheets, chosen, turned_in, len(submissions), bridge.last_year(round_.period))


def verify_line(user: User, cell: Cell) -> Line | None:
    """One line of the page."""
    round_ = cell.submission.round
    form = bridge.form_of(round_.release)
    item = form.items.get(cell.variable)
    if item is None or not access.may_verify(user, item):
        return None
    submissions = list(scope.submissions_of(user, round_.submissions.select_related("park")))
    sheets = _sheets(round_, form, [item], submissions)
    return next((line for line in sheets[0].lines if line.cell.pk == cell.pk), None)


def _sheets(round_: Round, form: Form, own: Sequence[Item], submissions: Sequence[Submission]) -> list[Sheet]:
    turned_in = [one for one in submissions if one.state in TURNED_IN]
    names = [item.id for item in own]
    aside = {other for name in names for other in form.related.get(name, ())}
    cells = list(
        Cell.objects.filter(submission__in=turned_in, variable__in={*names, *aside})
        .select_related("submission__park").annotate(documents=Count("evidence", distinct=True))
    )  # fmt: skip
    parks = [one.park_id for one in turned_in]
    earlier = earlier_values(round_, parks, names)
    units = {one.park.code: (one.name, one.category) for one in turned_in}
    known = [*earlier, *current_values(round_, cells, verified=True)]
    doubts = bridge.doubts(round_.release, round_.period, known, units=units, items=names)
    marks = _marks(round_, own, cells, earlier)
    was = _before_signing(turned_in, names)
    last = {(one.unit, one.variable, one.kind): one for one in earlier if one.period == bridge.last_year(round_.period)}
    by_key = {(cell.submission_id, cell.variable, cell.kind): cell for cell in cells}
    needed = {category: bridge.needed_items(form, category) for category in {one.category for one in turned_in}}
    acts = round_.state in {RoundState.OPEN, RoundState.VERIFYING}
    sheets = []
    for item in own:
        lines = []
        for submission in turned_in:
            cell = by_key.get((submission.pk, item.id, "actual"))
            if cell is None:
                continue
            code = submission.park.code
            before, target = last.get((code, item.id, "actual")), by_key.get((submission.pk, item.id, "target"))
            value = cell.adopted if cell.state in SETTLED else cell.reported
            lines.append(
                Line(
                    submission=submission, item=item, cell=cell,
                    reported=shown(item, cell.reported, cell.reported_text),
                    settled=shown(item, cell.adopted, cell.adopted_text) if cell.state in SETTLED else "",
                    last=shown(item, before.value, before.text) if before else "",
                    change=change_words(value, before.value if before else None, item),
                    doubts=doubts.get((code, item.id), []), marks=marks.get((code, item.id), []),
                    evidence=getattr(cell, "documents", 0), may_act=acts and cell.state != CellState.RETURNED,
                    was=was.get(cell.pk, ""), gap=_gap(cell, before, item.id in needed[submission.category]),
                    target=shown(item, target.reported, target.reported_text) if target else "",
                )
            )  # fmt: skip
        sheets.append(Sheet(item, lines))
    return sheets


def _gap(cell: Cell, before: Known | None, needed: bool) -> str:
    """Why an empty cell needs a look; empty where it is filled, or was empty last year and nobody asks for it."""
    if cell.reported is not None or cell.reported_text or cell.state in SETTLED:
        return ""
    if before is not None:
        return "上年同期有数，本期缺报"
    return "本类园区计分需要，缺报" if needed else ""


def _marks(
    round_: Round, own: Sequence[Item], cells: Sequence[Cell], earlier: Sequence[Known]
) -> dict[tuple[str, str], list[str]]:
    """Growth out of line with the peers' and with the park's own, by (park, item)."""
    history: dict[tuple[str, str], dict[str, float]] = {}
    for one in earlier:
        if one.kind == "actual" and one.value is not None:
            history.setdefault((one.unit, one.variable), {})[one.period] = one.value
    last = bridge.last_year(round_.period)
    names = {item.id for item in own if not item.is_words and not item.is_yes_no and item.kind != "rate"}
    growth: dict[str, dict[str, float]] = {}
    for cell in cells:
        if cell.variable in names and cell.kind == "actual":
            code = cell.submission.park.code
            found = outliers.log_growth(cell.reported, history.get((code, cell.variable), {}).get(last))
            if found is not None:
                growth.setdefault(cell.variable, {})[code] = found
    marks: dict[tuple[str, str], list[str]] = {}
    for name, by_park in growth.items():
        for code, words in outliers.peer_marks(by_park).items():
            marks.setdefault((code, name), []).append(words)
        for code, own_growth in by_park.items():
            words = outliers.history_mark(own_growth, _earlier_growth(history.get((code, name), {})))
            if words:
                marks.setdefault((code, name), []).append(words)
    return marks


def _earlier_growth(values: Mapping[str, float]) -> list[float]:
    pairs = [(value, values.get(bridge.last_year(period))) for period, value in values.items()]
    return [found for value, before in pairs if (found := outliers.log_growth(value, before)) is not None]


def _before_signing(submissions: Collection[Submission], names: Sequence[str]) -> dict[int, str]:
    """What a cell said at the last signing but one, where it says something else now."""
    signed_again = [one.pk for one in submissions if one.signings]
    changes = Change.objects.filter(
        cell__submission__in=signed_again, cell__variable__in=names, stage="reported", cell__changes__signing__gte=1,
        cell__changes__stage="reported",
    ).distinct().order_by("cell_id", "at", "pk").values_list("cell_id", "value", "text", "signing")  # fmt: skip
    found: dict[int, list[tuple[float | None, str, int]]] = {}
    for cell, value, text, signing in changes:
        found.setdefault(cell, []).append((value, text, signing))
    was = {}
    for cell, steps in found.items():
        latest = steps[-1]
        earlier = [step for step in steps if step[2] < latest[2]]
        if latest[2] and earlier and earlier[-1][:2] != latest[:2]:
            was[cell] = earlier[-1][1] or bridge.say(earlier[-1][0])
    return was
