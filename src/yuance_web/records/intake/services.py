"""Templates in: an upload is compared and shown cell by cell; nothing is written before it is confirmed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from yuance_web.records.accounts import access as scope
from yuance_web.records.accounts.models import User
from yuance_web.records.facts import bridge as facts
from yuance_web.records.facts.bridge import Entry, Form, Item
from yuance_web.records.facts.models import Cell, CellState
from yuance_web.records.facts.selectors.filling import is_editable, shown
from yuance_web.records.facts.selectors.known import current_values, earlier_values
from yuance_web.records.facts.selectors.verifying import SETTLED
from yuance_web.records.facts.services import Conflict, Origin, Reported, Verdict, save_values, verify_cells
from yuance_web.records.facts.services.evidence import clean_name
from yuance_web.records.intake import access
from yuance_web.records.intake.bridge import (
    EXPLANATION,
    REASON,
    Returned,
    ReturnedCell,
    UploadRefused,
    formula_like,
    missing_rows,
    read_upload,
)
from yuance_web.records.intake.models import Import
from yuance_web.records.intake.seal import Seal, check_seal
from yuance_web.records.journal.services import write_entry
from yuance_web.records.rounds.clocks import filling_clock
from yuance_web.records.rounds.models import Round, RoundState, Submission, SubmissionState

MOST_BYTES = 10 * 2**20
MOST_DOUBTED = 2_000  # cells whose plausibility is judged in the preview
NEW, CHANGED, SAME, REFUSED = "new", "changed", "same", "refused"
WRITTEN = (NEW, CHANGED)


@dataclass
class Line:
    """A cell of the preview: what is there, what would be, and the verdict with its reason."""

    cell: int
    version: int
    park: str
    name: str
    place: str
    before: str
    after: str
    verdict: str
    why: str = ""
    doubt: str = ""
    value: float | None = None
    text: str = ""
    words: str = ""
    kind: str = "actual"
    item: str = ""


def preview_import(actor: User, round_: Round, content: bytes, name: str) -> Import:
    """Compare an uploaded template with what is there. Raises `UploadRefused` where the file cannot be taken at all."""
    name = clean_name(name)
    if len(content) > MOST_BYTES:
        raise UploadRefused(f"文件“{name}”大于 {MOST_BYTES // 2**20} MB；填报模板不会这么大，请重新下载模板填写")
    if not content:
        raise UploadRefused(f"文件“{name}”是空的；请确认是否选错文件")
    own = access.scope_of(actor, round_)
    if not own:
        raise PermissionDenied("本账号没有可以导入的填报表")
    returned = read_upload(content, name)
    seal = check_seal(returned, round_, own)
    lines = list(
        _park_lines(actor, round_, returned) if own.startswith("park:") else _department_lines(actor, round_, returned)
    )
    remarks = list(returned.remarks)
    gone = [row for row in seal.rows if row not in set(returned.rows)]
    if gone:
        remarks.append(missing_rows(_names(round_, seal, gone)))
    digest = hashlib.new("sm3", content).hexdigest()
    return Import.objects.create(
        round=round_, by=actor, name=name, sm3=digest, scope=own, remarks=remarks,
        rows=[{**asdict(line), "sheet": returned.sheet} for line in lines],
    )  # fmt: skip


def confirm_import(actor: User, preview: Import) -> int:
    """Write what a preview showed, all of it or nothing. Raises `UploadRefused` where something changed meanwhile."""
    try:
        with transaction.atomic():
            kept = Import.objects.select_for_update(of=("self",)).select_related("round__release").get(pk=preview.pk)
            if kept.by_id != actor.pk:
                raise PermissionDenied("只能确认自己上传的文件")
            if kept.state != "preview":
                raise UploadRefused("这次导入已经办理过了")
            written = _write(actor, kept)
            kept.state = "done"
            kept.save(update_fields=["state"])
            return written
    except Conflict as conflict:
        raise UploadRefused(f"预览以后“{conflict.cell}”被他人改过；请重新上传，再看一遍") from None


@transaction.atomic
def drop_import(actor: User, preview: Import) -> None:
    """Give up a preview; nothing was written."""
    kept = Import.objects.select_for_update(of=("self",)).get(pk=preview.pk)
    if kept.by_id != actor.pk:
        raise PermissionDenied("只能放弃自己上传的文件")
    if kept.state == "preview":
        kept.state = "dropped"
        kept.save(update_fields=["state"])
        write_entry(actor, "放弃导入", "导入", kept.name, sm3=kept.sm3)


def _write(actor: User, kept: Import) -> int:
    rows = [row for row in kept.rows if row["verdict"] in WRITTEN]
    if not rows:
        raise UploadRefused("没有可以写入的改动")
    detail = {"file": kept.name, "sm3": kept.sm3}
    if kept.scope.startswith("park:"):
        submission = access.own_submission(actor, kept.round)
        if submission is None or f"park:{submission.park.code}" != kept.scope:
            raise PermissionDenied("只能导入本园区的数据")
        values = [
            Reported(
                row["cell"],
                row["version"],
                _entry_of(row),
                row["words"] if row["kind"] == "actual" else None,
                _origin(kept, row),
            )
            for row in rows
        ]
        return save_values(actor, submission, values, **detail)
    verdicts = [Verdict(row["cell"], row["version"], _entry_of(row), row["words"], _origin(kept, row)) for row in rows]
    return verify_cells(actor, kept.round, verdicts, "导入核实", **detail)


def _entry_of(row: Mapping[str, Any]) -> Entry:
    return Entry(value=row["value"], text=row["text"])


def _origin(kept: Import, row: Mapping[str, Any]) -> Origin:
    return Origin(kept.name, row["sheet"], row["place"])


def _park_lines(actor: User, round_: Round, returned: Returned) -> Iterator[Line]:
    submission = access.own_submission(actor, round_)
    if submission is None:
        raise PermissionDenied("只能导入本园区的数据")
    clock = filling_clock(submission, timezone.now())
    if not clock.is_open:
        raise UploadRefused(clock.words)
    form = facts.form_of(round_.release)
    cells = {(cell.variable, cell.kind): cell for cell in submission.cells.select_related("submission__park")}
    by_place = {(one.row, one.column): one for one in returned.cells}
    lines = []
    for name, item in form.items.items():
        for kind in item.kinds:
            one, cell = by_place.get((name, kind)), cells.get((name, kind))
            if one is None or cell is None:
                continue
            words = by_place.get((name, EXPLANATION)) if kind == "actual" else None
            line = _park_line(item, cell, one, words, submission)
            lines.append(line)
    _doubt(round_, form, lines, list(cells.values()), submission)
    yield from lines


def _park_line(item: Item, cell: Cell, one: ReturnedCell, words: ReturnedCell | None, submission: Submission) -> Line:
    line = Line(
        cell.pk, cell.version, submission.name, item.name + ("（目标）" if cell.kind == "target" else ""), one.place,
        shown(item, cell.reported, cell.reported_text), "", SAME, value=cell.reported, text=cell.reported_text,
        words=cell.explanation, kind=cell.kind, item=item.id,
    )  # fmt: skip
    line.after = line.before
    entry = _read(item, one)
    if entry is not None and entry.problem:
        line.verdict, line.why, line.after = REFUSED, entry.problem, one.said[:60]
        return line
    if entry is not None:
        line.value, line.text, line.after = entry.value, entry.text, shown(item, entry.value, entry.text)
    problem = _take_words(line, words)
    changed = (line.value, line.text, line.words) != (cell.reported, cell.reported_text, cell.explanation)
    if problem:
        line.verdict, line.why = REFUSED, problem
    elif changed and not is_editable(submission, cell):
        line.verdict, line.why = (
            REFUSED,
            "这一项没有退回，不能改动" if submission.state == SubmissionState.RETURNED else "现在不能改动",
        )
    elif changed:
        line.verdict = NEW if cell.state == CellState.EMPTY and not line.before else CHANGED
        line.why = "只改说明" if line.after == line.before else ""
    return line


def _take_words(line: Line, words: ReturnedCell | None) -> str:
    """Take the explanation over into a line; what is wrong with it."""
    if words is None or words.content is None:
        return ""
    if words.refusal:
        return f"说明（{words.place}）{words.refusal}"
    said = words.said.strip()
    if formula_like(said):
        return f"说明（{words.place}）{formula_like(said)}"
    if len(said) > 2000:
        return f"说明（{words.place}）超过 2000 字；请精简"
    line.words = said
    return ""


def _read(item: Item, one: ReturnedCell) -> Entry | None:
    """The value of a cell; None where the file leaves it blank, which changes nothing."""
    if one.refusal:
        return Entry(problem=one.refusal)
    if one.content is None:
        return None
    if item.is_words and isinstance(one.content, str) and formula_like(one.content):
        return Entry(problem=formula_like(one.content))
    return facts.read_entries(item, [(one.content, one.percent)])[0]


def _doubt(round_: Round, form: Form, lines: list[Line], cells: list[Cell], submission: Submission) -> None:
    """What is doubtful about the values that would be written, by the same checks as in the form."""
    if len(lines) > MOST_DOUBTED:
        return
    new = {line.cell: line for line in lines if line.verdict in WRITTEN}
    for cell in cells:
        if cell.pk in new:
            cell.reported, cell.reported_text = new[cell.pk].value, new[cell.pk].text
    known = [*earlier_values(round_, [submission.park_id]), *current_values(round_, cells)]
    units = {submission.park.code: (submission.name, submission.category)}
    found = facts.doubts(round_.release, round_.period, known, units=units)
    for line in new.values():
        doubts = found.get((submission.park.code, line.item), []) if line.kind == "actual" else []
        line.doubt = "；".join(doubt.question or doubt.text for doubt in doubts if doubt.severity != "note")
    del form


def _department_lines(actor: User, round_: Round, returned: Returned) -> Iterator[Line]:
    if round_.state not in {RoundState.OPEN, RoundState.VERIFYING}:
        raise UploadRefused(f"轮次现为“{round_.get_state_display()}”，不在填报或核实阶段")
    form = facts.form_of(round_.release)
    items = {item.id: item for item in access.own_items(actor, form)}
    submissions = {one.park.code: one for one in scope.submissions_of(actor, round_.submissions.select_related("park"))}
    stored = Cell.objects.filter(submission__in=submissions.values(), variable__in=items, kind="actual")
    stored = stored.select_related("submission")
    cells = {(cell.submission_id, cell.variable): cell for cell in stored}
    reasons = {one.row: one for one in returned.cells if one.column == REASON}
    by_item: dict[str, list[ReturnedCell]] = {}
    for one in returned.cells:
        name, _, part = one.column.partition(":")
        if part == "verified" and name in items and one.row in submissions:
            by_item.setdefault(name, []).append(one)
    for name, ones in by_item.items():
        item = items[name]
        entries = facts.read_entries(item, [(one.content, one.percent) for one in ones])
        for one, entry in zip(ones, entries, strict=True):
            submission = submissions[one.row]
            cell = cells.get((submission.pk, name))
            if cell is not None and one.content is not None:
                read = Entry(problem=one.refusal) if one.refusal else entry
                yield _department_line(
                    item, cell, one, read, reasons.get(one.row), draft=submission.state == SubmissionState.DRAFT
                )


def _department_line(
    item: Item, cell: Cell, one: ReturnedCell, entry: Entry, reason: ReturnedCell | None, *, draft: bool
) -> Line:  # fmt: skip
    settled = cell.state in SETTLED
    before = shown(item, cell.adopted, cell.adopted_text) if settled else shown(item, cell.reported, cell.reported_text)
    line = Line(
        cell.pk, cell.version, cell.submission.name, item.name, one.place, before, shown(item, entry.value, entry.text), SAME,
        value=entry.value, text=entry.text, item=item.id,
    )  # fmt: skip
    same_as_reported = (entry.value, entry.text) == (cell.reported, cell.reported_text)
    if entry.problem:
        line.verdict, line.why, line.after = REFUSED, entry.problem, one.said[:60]
    elif draft:
        line.verdict, line.why = REFUSED, "园区尚未签报"
    elif cell.state == CellState.RETURNED:
        line.verdict, line.why = REFUSED, "已退回，等园区重新签报"
    elif settled and (entry.value, entry.text) == (cell.adopted, cell.adopted_text):
        line.why = "已核实"
    elif same_as_reported:
        line.verdict, line.why = NEW, "采用"
    else:
        problem = _take_words(line, reason)
        line.verdict, line.why = (
            (CHANGED, "核改")
            if len(line.words) >= 2 and not problem
            else (REFUSED, problem or "与上报数不同，请在本行写明核改理由")
        )
    return line


def _names(round_: Round, seal: Seal, ids: list[str]) -> list[str]:
    form = facts.form_of(round_.release)
    if seal.scope.startswith("park:"):
        return [form.items[name].name if name in form.items else name for name in ids]
    return ids
