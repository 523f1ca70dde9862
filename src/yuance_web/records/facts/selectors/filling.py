"""The filling page (填报): rows as the official table has them, with last year's value and whatever is doubtful."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from yuance_web.records.accounts.models import User
from yuance_web.records.facts import access, bridge
from yuance_web.records.facts.bridge import Doubt, Form, Item, Known
from yuance_web.records.facts.models import Cell, CellState, Change
from yuance_web.records.facts.selectors.known import current_values, earlier_values
from yuance_web.records.rounds.clocks import Clock, filling_clock
from yuance_web.records.rounds.models import Submission, SubmissionState

SETTLED = 2  # characters of an explanation, at least
YES_NO_WORDS = {1.0: "是", 0.0: "否"}


@dataclass(frozen=True)
class Row:
    """An item of the form with its cells, as the page shows it."""

    item: Item
    cell: Cell
    value: str
    last: str
    change: str
    target: Cell | None
    target_value: str
    doubts: Sequence[Doubt]
    editable: bool
    needed: bool
    evidence: int
    adopted: str = ""

    @property
    def is_open(self) -> bool:
        """Whether something about it still has to be corrected or explained."""
        return bool(self.errors) or (bool(self.questions) and not self.explained)

    @property
    def errors(self) -> list[Doubt]:
        """What must be corrected."""
        return [doubt for doubt in self.doubts if doubt.severity == "error"]

    @property
    def questions(self) -> list[Doubt]:
        """What must be explained."""
        return [doubt for doubt in self.doubts if doubt.severity == "explain"]

    @property
    def explained(self) -> bool:
        """Whether the reporter has explained it."""
        return len(self.cell.explanation.strip()) >= SETTLED

    @property
    def lacks(self) -> bool:
        """Whether the score asks for it and it is neither filled nor explained."""
        return self.needed and not self.value and not self.explained


@dataclass(frozen=True)
class SectionRows:
    """A part of the form."""

    id: str
    name: str
    rows: Sequence[Row]

    @property
    def filled(self) -> int:
        """How many rows hold a value."""
        return sum(bool(row.value) for row in self.rows)

    @property
    def open(self) -> int:
        """How many rows are still in doubt."""
        return sum(row.is_open for row in self.rows)


@dataclass(frozen=True)
class FormPage:
    """A submission as a form."""

    submission: Submission
    clock: Clock
    sections: Sequence[SectionRows]
    may_fill: bool
    may_sign: bool
    last_period: str

    @property
    def rows(self) -> list[Row]:
        """All rows."""
        return [row for section in self.sections for row in section.rows]

    @property
    def filled(self) -> int:
        """How many needed items hold a value."""
        return sum(bool(row.value) for row in self.rows if row.needed)

    @property
    def total(self) -> int:
        """How many items are needed."""
        return sum(row.needed for row in self.rows)

    @property
    def errors(self) -> list[Row]:
        """Rows that must be corrected before signing."""
        return [row for row in self.rows if row.errors]

    @property
    def questions(self) -> list[Row]:
        """Rows that must be explained before signing."""
        return [row for row in self.rows if row.questions and not row.explained and not row.errors]

    @property
    def gaps(self) -> list[Row]:
        """Needed rows that are blank without a word."""
        return [row for row in self.rows if row.lacks]

    @property
    def returned(self) -> list[Row]:
        """Rows that came back."""
        return [row for row in self.rows if row.cell.state == CellState.RETURNED]

    @property
    def targeted(self) -> bool:
        """Whether any item asks for a target."""
        return any(row.target for row in self.rows)


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that changed after a signing."""

    item: Item
    kind: str
    signing: int
    stage: str
    before: str
    after: str
    change: Change


def form_page(user: User, submission: Submission) -> FormPage:
    """The form of a submission, within the columns of an account; the number of queries does not depend on its length."""
    form = bridge.form_of(submission.round.release)
    visible = access.visible_items(user, form)
    rows = _rows(user, submission, form, visible)
    sections = [
        SectionRows(section.id, section.name, [rows[item.id] for item in section.items if item.id in rows])
        for section in form.sections
    ]
    return FormPage(
        submission=submission,
        clock=filling_clock(submission, timezone.now()),
        sections=[section for section in sections if section.rows],
        may_fill=access.may_fill(user, submission),
        may_sign=access.may_sign(user, submission),
        last_period=bridge.last_year(submission.round.period),
    )


def form_row(user: User, submission: Submission, item: str, *, related: bool = False) -> dict[str, Row]:
    """One row of the form, and with `related` those that stand in a check with it."""
    form = bridge.form_of(submission.round.release)
    wanted = {item} | (form.related.get(item, frozenset()) if related else frozenset())
    return _rows(user, submission, form, wanted & access.visible_items(user, form))


def progress(submission: Submission) -> tuple[int, int]:
    """How many of the needed items hold a value, and how many are needed."""
    needed = bridge.needed_items(bridge.form_of(submission.round.release), submission.category)
    blank = submission.cells.filter(kind="actual", variable__in=needed, reported=None, reported_text="").count()
    return len(needed) - blank, len(needed)


def signing_problems(submission: Submission) -> list[str]:
    """What keeps a submission from being signed: checks that fail, and returned cells that nobody has answered."""
    form = bridge.form_of(submission.round.release)
    cells = list(submission.cells.select_related("submission__park"))
    found = _doubts(submission, form, cells, frozenset(form.items))
    code = submission.park.code
    problems = []
    for name in form.items:
        errors = [doubt.text for doubt in found.get((code, name), ()) if doubt.severity == "error"]
        if errors:
            problems.append(f"{form.items[name].name}：{errors[0]}")
    waiting = [form.items[cell.variable].name for cell in _unanswered(submission) if cell.variable in form.items]
    if waiting:
        problems.append(f"退回的数据项尚未处理：{'、'.join(waiting)}；请改正，或写明说明")
    return problems


def differences(user: User, submission: Submission) -> list[Difference]:
    """Every change of a value after the first signing, within the columns of an account; two queries."""
    form = bridge.form_of(submission.round.release)
    visible = access.visible_items(user, form)
    changes = (
        Change.objects.filter(cell__submission=submission, cell__variable__in=visible)
        .exclude(stage="returned").select_related("cell", "by__office").order_by("cell_id", "at", "pk")
    )  # fmt: skip
    found = []
    before: dict[tuple[int, str], str] = {}
    for change in changes:
        item = form.items.get(change.cell.variable)
        if item is None:
            continue
        said, key = shown(item, change.value, change.text), (change.cell_id, change.stage)
        earlier = before.get(key, before.get((change.cell_id, "reported"), ""))
        if change.signing and (change.stage == "reported" or said != earlier):
            found.append(Difference(item, change.cell.kind, change.signing, change.stage, earlier, said, change))
        before[key] = said
    return sorted(found, key=lambda one: (one.change.at, one.change.pk), reverse=True)


def shown(item: Item, value: float | None, text: str) -> str:
    """A value as the form shows it."""
    if item.is_words:
        return text
    if item.is_yes_no and value is not None:
        return YES_NO_WORDS.get(value, bridge.say(value))
    return bridge.say(value)


def change_words(value: float | None, before: float | None, item: Item) -> str:
    """The change against last year in percent; in percentage points for rates."""
    if value is None or before is None or item.is_words or item.is_yes_no:
        return ""
    if item.kind == "rate" and item.measured_in in {"%", "％"}:
        return f"{value - before:+.2f} 个百分点"
    return f"{100 * (value - before) / abs(before):+.1f}%" if before else ""


def _rows(user: User, submission: Submission, form: Form, wanted: Collection[str]) -> dict[str, Row]:
    round_ = submission.round
    cells = list(
        submission.cells.filter(variable__in=wanted)
        .select_related("submission__park")
        .annotate(documents=Count("evidence"))
    )
    known = earlier_values(round_, [submission.park_id], wanted)
    last = {(one.variable, one.kind): one for one in known if one.period == bridge.last_year(round_.period)}
    found = _doubts(submission, form, cells, wanted, known)
    clock = filling_clock(submission, timezone.now())
    fills = clock.is_open and access.may_fill(user, submission)
    needed = bridge.needed_items(form, submission.category)
    by_key = {(cell.variable, cell.kind): cell for cell in cells}
    rows = {}
    for name in wanted:
        item, cell = form.items[name], by_key.get((name, "actual"))
        if cell is None:
            continue
        before, target = last.get((name, "actual")), by_key.get((name, "target"))
        rows[name] = Row(
            item=item,
            cell=cell,
            value=shown(item, cell.reported, cell.reported_text),
            last=shown(item, before.value, before.text) if before else "",
            change=change_words(cell.reported, before.value if before else None, item),
            target=target,
            target_value=shown(item, target.reported, target.reported_text) if target else "",
            doubts=found.get((submission.park.code, name), []),
            editable=fills and is_editable(submission, cell),
            needed=name in needed,
            evidence=getattr(cell, "documents", 0),
            adopted=shown(item, cell.adopted, cell.adopted_text) if cell.state == CellState.CORRECTED else "",
        )
    return rows


def is_editable(submission: Submission, cell: Cell) -> bool:
    """Whether the state of the submission leaves a cell to its reporter; the clocks are another matter."""
    if submission.state == SubmissionState.RETURNED:
        return cell.state == CellState.RETURNED
    return submission.state == SubmissionState.DRAFT


def _doubts(
    submission: Submission,
    form: Form,
    cells: Iterable[Cell],
    wanted: Collection[str],
    known: Sequence[Known] | None = None,
) -> Mapping[tuple[str, str], list[Doubt]]:
    """Doubts about a park's values; the checks may need items that are not wanted themselves, so those are read as well."""
    round_ = submission.round
    cells = list(cells)
    aside = {other for name in wanted for other in form.related.get(name, ())} - {cell.variable for cell in cells}
    if aside:
        cells += submission.cells.filter(variable__in=aside).select_related("submission__park")
    earlier = earlier_values(round_, [submission.park_id], wanted) if known is None else known
    units = {submission.park.code: (submission.name, submission.category)}
    return bridge.doubts(
        round_.release, round_.period, [*earlier, *current_values(round_, cells)], units=units, items=wanted
    )


def _unanswered(submission: Submission) -> list[Cell]:
    """Returned cells that were neither changed nor explained since."""
    cells = submission.cells.filter(state=CellState.RETURNED).prefetch_related("changes")
    found = []
    for cell in cells:
        stages = [change.stage for change in cell.changes.all()]
        if not stages or stages[-1] == "returned":
            found.append(cell)
    return found
