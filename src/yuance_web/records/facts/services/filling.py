"""Reporting: cells are prepared when a round opens, saved one by one or together, and frozen by signing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from yuance_web.records.accounts.models import User
from yuance_web.records.facts import access, bridge
from yuance_web.records.facts.bridge import Entry, Item
from yuance_web.records.facts.models import Cell, CellState, Change
from yuance_web.records.facts.selectors.filling import form_page, is_editable, shown
from yuance_web.records.journal.services import write_entry
from yuance_web.records.rounds.clocks import filling_clock
from yuance_web.records.rounds.models import Round, Submission, SubmissionState
from yuance_web.records.rounds.services import Refused, sign_submission

BATCH = 2000
LONGEST_EXPLANATION = 2000
WRITTEN = ("reported", "reported_text", "explanation", "state", "version")


class Conflict(Exception):
    """Somebody else saved the cell meanwhile; `cell` is what is there now."""

    def __init__(self, cell: Cell) -> None:
        self.cell = cell
        super().__init__("这一格刚被他人改过；请看现在的数，再决定是否改写")


class Unreadable(Exception):
    """What was typed cannot be taken; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The file, sheet and cell that a value came from; empty where it was typed."""

    file: str = ""
    sheet: str = ""
    place: str = ""


TYPED = Origin()


@dataclass(frozen=True, slots=True)
class Reported:
    """A value to report: the cell, the version it was seen in, what is to stand there, and where it came from."""

    cell: int
    version: int
    entry: Entry
    explanation: str | None = None
    origin: Origin = TYPED


@transaction.atomic
def prepare_cells(round_: Round, submissions: Iterable[Submission] | None = None) -> int:
    """The cells of all items for all parks of a round; those that exist already stay as they are."""
    form = bridge.form_of(round_.release)
    wanted = [(item.id, kind) for item in form.items.values() for kind in item.kinds]
    chosen = round_.submissions.all() if submissions is None else submissions
    cells = [Cell(submission=submission, variable=name, kind=kind) for submission in chosen for name, kind in wanted]
    Cell.objects.bulk_create(cells, batch_size=BATCH, ignore_conflicts=True)
    return len(cells)


def save_value(
    actor: User, cell: int, *, text: str, version: int, explanation: str | None = None, origin: Origin = TYPED
) -> Cell:  # fmt: skip
    """Report a typed value and its explanation.

    Raises `PermissionDenied` (not the park's reporter), `Refused` (closed or frozen), `Unreadable` (no value), `Conflict`.
    """
    with transaction.atomic():
        submission = locked_submission(submission_of(cell))
        kept = submission.cells.select_for_update().get(pk=cell)
        item = _item(submission, kept)
        require_writable(actor, submission, [kept])
        entry = bridge.read_entry(item, text)
        if entry.problem:
            raise Unreadable(f"“{item.name}”{entry.problem}")
        if kept.version != version:
            raise Conflict(kept)
        before = shown(item, kept.reported, kept.reported_text)
        change = _report(kept, Reported(cell, version, entry, explanation, origin), actor, submission)
        if change is None:
            return kept
        kept.save(update_fields=WRITTEN)
        change.save()
        after = shown(item, kept.reported, kept.reported_text)
        write_entry(
            actor, "填报", "数据", f"{submission} {item.name}", cell=kept.pk, variable=item.id, kind=kept.kind, before=before,
            after=after, explanation=kept.explanation, version=kept.version, signing=submission.signings,
            **({"file": origin.file, "sheet": origin.sheet, "place": origin.place} if origin.file else {}),
        )  # fmt: skip
        return kept


@transaction.atomic
def save_values(actor: User, submission: Submission, values: Sequence[Reported], **detail: object) -> int:
    """Report many values of one park together: all of them or none, with one line in the journal."""
    locked = locked_submission(submission.pk)
    cells = {cell.pk: cell for cell in locked.cells.select_for_update().filter(pk__in=[one.cell for one in values])}
    if len(cells) != len({one.cell for one in values}):
        raise PermissionDenied("有的格不属于本园区")
    require_writable(actor, locked, cells.values())
    written, changes = [], []
    for one in values:
        cell = cells[one.cell]
        if cell.version != one.version:
            raise Conflict(cell)
        change = _report(cell, one, actor, locked)
        if change is not None:
            written.append(cell)
            changes.append(change)
    Cell.objects.bulk_update(written, WRITTEN, batch_size=500)
    Change.objects.bulk_create(changes, batch_size=BATCH)
    told = {f"{cell.variable}:{cell.kind}": cell.reported_text or cell.reported for cell in written}
    write_entry(actor, "导入填报", "填报单", locked, cells=len(written), values=told, signing=locked.signings, **detail)
    return len(written)


def sign_form(actor: User, submission: Submission, *, remark: str = "") -> Submission:
    """The park's head signs the form. Errors must be corrected; open questions and gaps need a word of the signer."""
    if not access.may_sign(actor, submission):
        raise PermissionDenied("只有本园区负责人可以签报")
    with transaction.atomic():
        page = form_page(actor, locked_submission(submission.pk))
        open_ones = [row.item.name for row in (*page.questions, *page.gaps)]
        if open_ones and len(remark.strip()) < 2:
            raise Refused(
                f"{len(open_ones)} 项存疑或缺报而没有说明：{_some(open_ones)}；请补充说明，或由负责人写明签报意见"
            )
        signed = sign_submission(actor, submission)
        if remark.strip():
            write_entry(
                actor, "签报意见", "填报单", signed, remark=remark.strip(), open=open_ones, signing=signed.signings
            )
        return signed


def settle_returned(actor: User | None, submission: Submission) -> None:
    """After signing: what was returned and answered waits for its department again."""
    del actor
    returned = submission.cells.filter(state=CellState.RETURNED)
    returned.filter(reported=None, reported_text="").update(state=CellState.EMPTY)
    returned.update(state=CellState.REPORTED)


def locked_submission(submission: int) -> Submission:
    """A submission, held until the end of the transaction: nobody signs while somebody saves."""
    related = Submission.objects.select_related("round__release", "park")
    return related.select_for_update(of=("self",)).get(pk=submission)


def submission_of(cell: int) -> int:
    """The submission that a cell belongs to."""
    return Cell.objects.values_list("submission_id", flat=True).get(pk=cell)


def _item(submission: Submission, cell: Cell) -> Item:
    item = bridge.form_of(submission.round.release).items.get(cell.variable)
    if item is None:
        raise Refused("本轮评价办法里没有这一数据项")
    return item


def require_writable(actor: User, submission: Submission, cells: Collection[Cell]) -> None:
    """Raise what keeps the account from writing to these cells now."""
    if not access.may_fill(actor, submission):
        raise PermissionDenied("只有本园区填报人可以填报")
    clock = filling_clock(submission, timezone.now())
    if not clock.is_open:
        raise Refused(clock.words)
    if not all(is_editable(submission, cell) for cell in cells):
        if submission.state == SubmissionState.RETURNED:
            raise Refused("只开放被退回的数据项；这一项没有退回，不能改动")
        raise Refused(f"填报单{submission.get_state_display()}，不能改动")


def _report(cell: Cell, one: Reported, actor: User, submission: Submission) -> Change | None:
    """Put a value into a cell, not yet saved; None where nothing would change."""
    explanation = cell.explanation if one.explanation is None else one.explanation.strip()[:LONGEST_EXPLANATION]
    same = (cell.reported, cell.reported_text, cell.explanation) == (one.entry.value, one.entry.text, explanation)
    if same:
        return None
    cell.reported, cell.reported_text, cell.explanation = one.entry.value, one.entry.text, explanation
    if cell.state != CellState.RETURNED:
        cell.state = CellState.EMPTY if one.entry.is_gap else CellState.REPORTED
    cell.version += 1
    return Change(
        cell=cell, stage="reported", value=cell.reported, text=cell.reported_text, by=actor, reason=explanation,
        file=one.origin.file[:255], sheet=one.origin.sheet[:100], place=one.origin.place, signing=submission.signings,
    )  # fmt: skip


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:5]) + (f"等 {len(names)} 项" if len(names) > 5 else "")
