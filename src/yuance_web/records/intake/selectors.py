"""Templates out: a park's form, or a department's sheet of all parks, with what is known now."""

from __future__ import annotations

from django.utils import timezone

from yuance_web.records.accounts import access as scope
from yuance_web.records.accounts.models import User
from yuance_web.records.facts import bridge as facts
from yuance_web.records.facts.access import visible_items
from yuance_web.records.facts.bridge import Form, Item
from yuance_web.records.facts.models import Cell, CellState
from yuance_web.records.facts.selectors.filling import is_editable, shown
from yuance_web.records.facts.selectors.known import earlier_values
from yuance_web.records.facts.selectors.verifying import SETTLED, TURNED_IN
from yuance_web.records.intake import access, bridge
from yuance_web.records.intake.seal import make_seal
from yuance_web.records.rounds.clocks import filling_clock
from yuance_web.records.rounds.models import Round, Submission

INVENTED = "演示数据（虚构）"


def park_template(user: User, submission: Submission) -> bytes:
    """The form of a park as a workbook; what the account may not write is locked."""
    round_ = submission.round
    form = facts.form_of(round_.release)
    visible = visible_items(user, form)
    cells = {(cell.variable, cell.kind): cell for cell in submission.cells.filter(variable__in=visible)}
    is_open = filling_clock(submission, timezone.now()).is_open
    values: dict[tuple[str, str], float | str | None] = {}
    locked = set()
    for (name, kind), cell in cells.items():
        item = form.items.get(name)
        if item is None:
            continue
        values[name, kind] = _content(item, cell.reported, cell.reported_text)
        if kind == "actual":
            values[name, bridge.EXPLANATION] = cell.explanation
        if not (is_open and is_editable(submission, cell)):
            locked |= {(name, kind), (name, bridge.EXPLANATION)} if kind == "actual" else {(name, kind)}
    before = facts.last_year(round_.period)
    known = earlier_values(round_, [submission.park_id], visible)
    last = {
        one.variable: shown(form.items[one.variable], one.value, one.text)
        for one in known
        if one.period == before and one.kind == "actual" and one.variable in form.items
    }
    targeted = any(item.targeted for item in form.items.values())
    columns = ["actual", *(["target"] if targeted else []), bridge.EXPLANATION]
    seal = make_seal(round_, f"park:{submission.park.code}", list(form.items), columns)
    title = f"{round_.title}　{submission.name}　填报表"
    return bridge.park_workbook(
        _narrowed(form, visible),
        title=title,
        remarks=_remarks(round_),
        values=values,
        last=last,
        locked=frozenset(locked),
        seal=seal,
    )


def department_template(user: User, round_: Round) -> bytes:
    """The sheet of an account's department: all parks that have signed × its items; two queries."""
    form = facts.form_of(round_.release)
    items = access.own_items(user, form)
    submissions = [
        one for one in scope.submissions_of(user, round_.submissions.select_related("park")) if one.state in TURNED_IN
    ]
    cells = Cell.objects.filter(submission__in=submissions, variable__in=[item.id for item in items], kind="actual")
    codes = {one.pk: one.park.code for one in submissions}
    values: dict[tuple[str, str], float | str | None] = {}
    locked: dict[str, set[str]] = {}
    for cell in cells:
        item, code = form.items[cell.variable], codes[cell.submission_id]
        values[code, f"{item.id}:reported"] = _content(item, cell.reported, cell.reported_text)
        if cell.state in SETTLED:
            values[code, f"{item.id}:verified"] = _content(item, cell.adopted, cell.adopted_text)
        if cell.state == CellState.RETURNED:
            locked.setdefault(code, set()).add(f"{item.id}:verified")
    parks = [(one.park.code, one.name, one.category) for one in submissions]
    columns = [f"{item.id}:{part}" for item in items for part in ("reported", "verified")] + [bridge.REASON]
    seal = make_seal(round_, access.scope_of(user, round_), [code for code, _, _ in parks], columns)
    title = f"{round_.title}　{user.office or ''}　核实表"
    return bridge.department_workbook(
        items, title=title, remarks=_remarks(round_), parks=parks, values=values,
        locked={code: frozenset(names) for code, names in locked.items()}, seal=seal,
    )  # fmt: skip


def _content(item: Item, value: float | None, text: str) -> float | str | None:
    """A value as a cell of a workbook has it."""
    if item.is_words or item.is_yes_no:
        return shown(item, value, text)
    return value


def _narrowed(form: Form, visible: frozenset[str]) -> Form:
    """The form with the visible items only."""
    if visible >= set(form.items):
        return form
    sections = [
        facts.Section(one.id, one.name, tuple(item for item in one.items if item.id in visible))
        for one in form.sections
    ]
    items = {name: item for name, item in form.items.items() if name in visible}
    return Form(tuple(one for one in sections if one.items), items, form.related, form.digest)


def _remarks(round_: Round) -> list[str]:
    return [INVENTED] if round_.invented else []
