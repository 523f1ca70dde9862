"""Verifying: a department adopts, corrects with a reason, or returns with a reason; nothing reported is ever overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from yuance_web.records.accounts import access as scope
from yuance_web.records.accounts.models import User
from yuance_web.records.facts import access, bridge
from yuance_web.records.facts.bridge import Entry, Item
from yuance_web.records.facts.models import Cell, CellState, Change
from yuance_web.records.facts.selectors.filling import shown
from yuance_web.records.facts.services.filling import TYPED, Conflict, Origin, Unreadable
from yuance_web.records.journal.services import write_entry
from yuance_web.records.rounds.models import Round, RoundState, Submission, SubmissionState
from yuance_web.records.rounds.services import Refused, return_submission, verify_submission

SETTLED = (CellState.ADOPTED, CellState.CORRECTED)
WRITTEN = ("verified", "verified_text", "adopted", "adopted_text", "reason", "state", "version")
BATCH = 2000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a department decides about a cell: adopted as reported (`entry` None) or corrected, for a reason."""

    cell: int
    version: int
    entry: Entry | None = None
    reason: str = ""
    origin: Origin = TYPED


def adopt_cell(actor: User, cell: int, *, version: int) -> Cell:
    """Adopt a value as it was reported."""
    return _decide(actor, cell, "采用", Verdict(cell, version))


def correct_cell(actor: User, cell: int, *, version: int, text: str, reason: str) -> Cell:
    """Adopt another value, for a reason; what was reported stays."""
    _reasoned(reason)
    item = _item_of(cell)
    entry = bridge.read_entry(item, text)
    if entry.problem:
        raise Unreadable(f"“{item.name}”{entry.problem}")
    return _decide(actor, cell, "核改", Verdict(cell, version, entry, reason.strip()))


def adopt_cells(actor: User, round_: Round, wanted: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Adopt many (cell, version) together. Those that changed meanwhile are left: (adopted, left)."""
    found = dict(Cell.objects.filter(pk__in=[cell for cell, _ in wanted]).values_list("pk", "version"))
    current = [Verdict(cell, version) for cell, version in wanted if found.get(cell) == version]
    return (verify_cells(actor, round_, current, "批量采用") if current else 0), len(wanted) - len(current)


@transaction.atomic
def verify_cells(actor: User, round_: Round, verdicts: Sequence[Verdict], verb: str, **detail: object) -> int:
    """Decide about many cells of a round: all of them or none, with one line in the journal."""
    chosen = {one.cell: one for one in verdicts}
    keys = (
        Cell.objects.filter(pk__in=chosen, submission__round=round_).values_list("submission_id", flat=True).distinct()
    )
    submissions = {one.pk: one for one in _lock(sorted(keys))}
    cells = _cells_and_targets(list(chosen), submissions)
    if len([cell for cell in cells if cell.pk in chosen]) != len(chosen):
        raise PermissionDenied("有的格不属于本轮次")
    _may_verify(actor, round_, list(submissions.values()), cells)
    changes, written = [], []
    for cell in cells:
        one = chosen.get(cell.pk, Verdict(cell.pk, cell.version))
        if cell.version != one.version:
            raise Conflict(cell)
        if cell.state == CellState.RETURNED:
            raise Refused("已退回的格要等园区重新签报")
        changes.append(_settle(cell, one, actor, submissions[cell.submission_id]))
        written.append(cell)
    Cell.objects.bulk_update(written, WRITTEN, batch_size=500)
    Change.objects.bulk_create(changes, batch_size=BATCH)
    told = {str(cell.pk): cell.adopted_text or cell.adopted for cell in written}
    write_entry(actor, verb, "轮次", round_, cells=len(chosen), values=told, **detail)
    for submission in submissions.values():
        _finish(actor, submission)
    return len(chosen)


@transaction.atomic
def return_cell(actor: User, cell: int, *, version: int, reason: str) -> Cell:
    """Give one cell back to the park, for a reason; the rest of the form stays locked."""
    _reasoned(reason)
    submission, kept = _one(cell)
    cells = _cells_and_targets([cell], {submission.pk: submission})
    _may_verify(actor, submission.round, [submission], cells)
    if kept.version != version:
        raise Conflict(kept)
    if kept.state == CellState.RETURNED:
        raise Refused("这一格已经退回，等园区重新签报")
    item = _item_of(cell)
    for one in cells:
        one.state, one.reason, one.version = CellState.RETURNED, reason.strip(), one.version + 1
        one.verified = one.adopted = None
        one.verified_text = one.adopted_text = ""
        one.save(update_fields=WRITTEN)
        Change.objects.create(
            cell=one, stage="returned", value=one.reported, text=one.reported_text, by=actor, reason=reason.strip(),
            signing=submission.signings,
        )  # fmt: skip
    write_entry(actor, "退回", "数据", f"{submission} {item.name}", cell=cell, variable=item.id, reason=reason.strip(),
                value=shown(item, kept.reported, kept.reported_text), signing=submission.signings)  # fmt: skip
    return_submission(actor, submission, f"{item.name}：{reason.strip()}")
    return next(one for one in cells if one.pk == cell)


@transaction.atomic
def _decide(actor: User, cell: int, verb: str, verdict: Verdict) -> Cell:
    submission, kept = _one(cell)
    cells = _cells_and_targets([cell], {submission.pk: submission})
    _may_verify(actor, submission.round, [submission], cells)
    if kept.version != verdict.version:
        raise Conflict(kept)
    if kept.state == CellState.RETURNED:
        raise Refused("已退回的格要等园区重新签报")
    item = _item_of(cell)
    for one in cells:
        own = verdict if one.pk == cell else Verdict(one.pk, one.version)
        _settle(one, own, actor, submission).save()
        one.save(update_fields=WRITTEN)
    settled = next(one for one in cells if one.pk == cell)
    write_entry(
        actor, verb, "数据", f"{submission} {item.name}", cell=cell, variable=item.id,
        reported=shown(item, settled.reported, settled.reported_text),
        adopted=shown(item, settled.adopted, settled.adopted_text), signing=submission.signings,
        **({"reason": verdict.reason} if verdict.reason else {}),
    )  # fmt: skip
    _finish(actor, submission)
    return settled


def _settle(cell: Cell, one: Verdict, actor: User, submission: Submission) -> Change:
    """Put the verified and the adopted value into a cell, not yet saved."""
    value, text = (cell.reported, cell.reported_text) if one.entry is None else (one.entry.value, one.entry.text)
    same = (value, text) == (cell.reported, cell.reported_text)
    cell.verified, cell.verified_text, cell.adopted, cell.adopted_text = value, text, value, text
    cell.state = CellState.ADOPTED if same else CellState.CORRECTED
    cell.reason, cell.version = one.reason, cell.version + 1
    return Change(
        cell=cell, stage="adopted", value=value, text=text, by=actor, reason=one.reason, signing=submission.signings,
        file=one.origin.file[:255], sheet=one.origin.sheet[:100], place=one.origin.place,
    )  # fmt: skip


def _finish(actor: User, submission: Submission) -> None:
    """A submission of which every cell is settled is verified."""
    if submission.state == SubmissionState.SIGNED and not submission.cells.exclude(state__in=SETTLED).exists():
        verify_submission(actor, submission)


def _may_verify(actor: User, round_: Round, submissions: Sequence[Submission], cells: Sequence[Cell]) -> None:
    if round_.state not in {RoundState.OPEN, RoundState.VERIFYING}:
        raise Refused(f"轮次现为“{round_.get_state_display()}”，不在填报或核实阶段")
    form = bridge.form_of(round_.release)
    if not all(
        name in form.items and access.may_verify(actor, form.items[name]) for name in {cell.variable for cell in cells}
    ):
        raise PermissionDenied("只能核实本部门负责的数据项")
    allowed = scope.submissions_of(actor, Submission.objects.filter(pk__in=[one.pk for one in submissions])).count()
    if allowed != len(submissions):
        raise PermissionDenied("有的园区不在本账号的范围内")
    unsigned = [one.name for one in submissions if one.state == SubmissionState.DRAFT]
    if unsigned:
        raise Refused(f"尚未签报：{'、'.join(unsigned[:5])}；签报以后才能核实")


def _lock(keys: Sequence[int]) -> list[Submission]:
    related = Submission.objects.select_related("round__release", "park").order_by("pk")
    return list(related.select_for_update(of=("self",)).filter(pk__in=keys))


def _one(cell: int) -> tuple[Submission, Cell]:
    key = Cell.objects.values_list("submission_id", flat=True).get(pk=cell)
    submission = _lock([key])[0]
    return submission, submission.cells.select_for_update().get(pk=cell)


def _cells_and_targets(keys: Sequence[int], submissions: dict[int, Submission]) -> list[Cell]:
    """The cells, and the targets that stand beside them in the form: a department decides about both at once."""
    cells = list(Cell.objects.select_for_update().filter(pk__in=keys, submission__in=submissions).order_by("pk"))
    pairs = {(cell.submission_id, cell.variable) for cell in cells if cell.kind == "actual"}
    names = {name for _, name in pairs}
    beside = Cell.objects.select_for_update().filter(submission__in=submissions, variable__in=names, kind="target")
    targets = [
        cell
        for cell in beside.order_by("pk")
        if (cell.submission_id, cell.variable) in pairs and cell.pk not in set(keys)
    ]
    return [*cells, *targets]


def _item_of(cell: int) -> Item:
    found = Cell.objects.select_related("submission__round__release").get(pk=cell)
    item = bridge.form_of(found.submission.round.release).items.get(found.variable)
    if item is None:
        raise Refused("本轮评价办法里没有这一数据项")
    return item


def _reasoned(reason: str) -> None:
    if len(reason.strip()) < 2:
        raise Refused("请写明理由")
