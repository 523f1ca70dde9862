"""Reminders (提醒、催报): in the page and by mail, three days before, one day before, and when overdue."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone

from yuance_web.records.accounts.models import Role, User
from yuance_web.records.journal.services import write_entry
from yuance_web.records.rounds.models import Reminder, Round, RoundState, Submission
from yuance_web.records.rounds.transitions import UNSIGNED

LADDER = (
    ("overdue", dt.timedelta(0), "催报"),
    ("one-day", dt.timedelta(days=1), "提醒"),
    ("three-days", dt.timedelta(days=3), "提醒"),
)
KIND_WORDS = {
    "three-days": "截止前三天提醒",
    "one-day": "截止前一天提醒",
    "overdue": "逾期催报",
    "manual": "牵头部门催报",
}


def due_kind(round_: Round, now: dt.datetime) -> str | None:
    """Which rung of the ladder a round has reached."""
    left = round_.due - now
    return next((kind for kind, span, _ in LADDER if left <= span), None)


def send_due_reminders(now: dt.datetime | None = None) -> int:
    """Remind every park that has not signed of the rung its round has reached; each rung once. How many were sent."""
    now = now or timezone.now()
    sent = 0
    for round_ in Round.objects.filter(state=RoundState.OPEN):
        kind = due_kind(round_, now)
        if kind is not None:
            unsigned = round_.submissions.filter(state__in=UNSIGNED).exclude(reminders__kind=kind)
            sent += _send(None, round_, unsigned, kind)
    return sent


def remind(actor: User, round_: Round, submissions: Iterable[Submission] | None = None) -> int:
    """The lead department calls in what is missing, now."""
    if actor.role != Role.LEAD:
        raise PermissionDenied("只有牵头部门可以催报")
    unsigned = round_.submissions.filter(state__in=UNSIGNED)
    if submissions is not None:
        unsigned = unsigned.filter(pk__in=[submission.pk for submission in submissions])
    return _send(actor, round_, unsigned, "manual")


def _send(actor: User | None, round_: Round, submissions: Iterable[Submission], kind: str) -> int:
    """Rows and the journal's line in one transaction; mail after it, so that nothing is announced that did not happen."""
    wanted = list(submissions)
    if not wanted:
        return 0
    addresses = _addresses(wanted)
    with transaction.atomic():
        Reminder.objects.bulk_create(
            Reminder(submission=one, kind=kind, to="；".join(addresses[one.park_id])[:300]) for one in wanted
        )
        write_entry(actor, KIND_WORDS[kind], "轮次", round_, parks=[one.name for one in wanted])
        mails = [_mail(round_, one, kind, addresses[one.park_id]) for one in wanted if addresses[one.park_id]]
        transaction.on_commit(lambda: _post(mails), robust=True)
    return len(wanted)


def _addresses(submissions: Iterable[Submission]) -> dict[int, list[str]]:
    parks = [submission.park_id for submission in submissions]
    people = User.objects.filter(is_active=True, role__in=(Role.REPORTER, Role.SIGNER), office__park__in=parks).exclude(
        email=""
    )
    found: dict[int, list[str]] = defaultdict(list)
    for park, address in people.order_by("pk").values_list("office__park_id", "email"):
        found[park].append(address)
    return found


def _mail(round_: Round, submission: Submission, kind: str, to: list[str]) -> EmailMessage:
    due, locks = (f"{timezone.localtime(moment):%Y年%m月%d日 %H:%M}" for moment in (round_.due, round_.locks))
    return EmailMessage(
        subject=f"【园策】{KIND_WORDS[kind]}：{round_.title}",
        body=(
            f"{submission.name}：\n\n“{round_.title}”的填报现为“{submission.get_state_display()}”，尚未签报。\n"
            f"按时截止：{due}\n锁定：{locks}（锁定后须经牵头部门批准才能补报）\n\n请登录园策，在工作台打开该项填报并签报。\n"
            + ("\n（演示数据，虚构）\n" if round_.invented else "")
        ),
        to=to,
    )


def _post(mails: list[EmailMessage]) -> None:
    if mails:
        get_connection(fail_silently=False).send_messages(mails)
