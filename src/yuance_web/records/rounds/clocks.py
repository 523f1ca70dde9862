"""The two clocks of a round: on time until `due`, open until `locks`; a waiver opens a lock for one park until its end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from yuance_web.records.rounds.models import Round, RoundState, Submission, SubmissionState, Waiver


@dataclass(frozen=True, slots=True)
class Clock:
    """Whether a submission may be written to at a moment, until when, and why not."""

    state: str  # waiting, on-time, late, waived, returned, locked, closed, signed
    words: str
    until: dt.datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether values may be written now."""
        return self.state in {"on-time", "late", "waived", "returned"}


def filling_clock(submission: Submission, now: dt.datetime, waivers: Iterable[Waiver] | None = None) -> Clock:
    """The clock of a park's filling. `returned` opens only returned cells, until verifying is due."""
    round_ = submission.round
    if submission.state in {SubmissionState.SIGNED, SubmissionState.VERIFIED}:
        return Clock("signed", f"{submission.get_state_display()}，不能改动；如需更正，请责任部门退回")
    if round_.state not in {RoundState.OPEN, RoundState.VERIFYING}:
        return Clock("closed", f"轮次现为“{round_.get_state_display()}”，不接受填报")
    until = max((one.until for one in _running(submission, now, waivers)), default=None)
    if submission.state == SubmissionState.RETURNED and (now < round_.verify_due or until):
        return Clock("returned", "已退回，只开放被退回的数据项", until or round_.verify_due)
    return _by_dates(round_, now, until)


def _by_dates(round_: Round, now: dt.datetime, until: dt.datetime | None) -> Clock:
    if now < round_.opens:
        return Clock("waiting", f"{_say(round_.opens)} 开始填报", round_.opens)
    if now < round_.locks and round_.state == RoundState.OPEN:
        if now < round_.due:
            return Clock("on-time", f"按时截止 {_say(round_.due)}", round_.due)
        return Clock("late", f"已逾期，{_say(round_.locks)} 锁定", round_.locks)
    if until is not None:
        return Clock("waived", f"逾期开锁，至 {_say(until)}", until)
    return Clock("locked", "填报已锁定；确需补报，请牵头部门批准逾期开锁")


def _running(submission: Submission, now: dt.datetime, waivers: Iterable[Waiver] | None) -> list[Waiver]:
    given = submission.waivers.all() if waivers is None else waivers
    return [waiver for waiver in given if waiver.until > now]


def _say(moment: dt.datetime) -> str:
    return f"{timezone.localtime(moment):%m月%d日 %H:%M}"
