"""How rounds and submissions move: from → to, by whom, needing what. Other rooms add what they require (`require`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from yuance_web.records.accounts.models import Role
from yuance_web.records.rounds.models import Round, RoundState, Submission, SubmissionState

# What a step still lacks, in words; nothing where it may be taken. The instance is a Round or a Submission.
Requirement = Callable[[Any], Iterator[str]]


@dataclass(frozen=True)
class Transition:
    """One step of a state machine."""

    verb: str
    words: str
    sources: tuple[str, ...]
    target: str
    by: tuple[str, ...]
    needs: list[Requirement] = field(default_factory=list)
    reasoned: bool = False

    def lacks(self, instance: Round | Submission) -> list[str]:
        """What is still missing before the step may be taken."""
        return [words for need in self.needs for words in need(instance)]


def _dates_in_order(round_: Round) -> Iterator[str]:
    if not round_.opens < round_.due <= round_.locks <= round_.verify_due:
        yield "日期须依次为：填报开始、填报截止、填报锁定、核实截止；请先改正日期"


def _has_parks(round_: Round) -> Iterator[str]:
    if not round_.submissions.exists():
        yield "没有参评园区；请先选择园区"


def _all_signed(round_: Round) -> Iterator[str]:
    open_ones = list(round_.submissions.filter(state__in=UNSIGNED).values_list("name", flat=True))
    if open_ones and timezone.now() < round_.locks:
        yield f"{len(open_ones)} 个园区尚未签报：{_some(open_ones)}；请催报，或等到填报锁定之后"


def _all_verified(round_: Round) -> Iterator[str]:
    waiting = list(round_.submissions.exclude(state=SubmissionState.VERIFIED).values_list("name", flat=True))
    if waiting:
        yield f"{len(waiting)} 个园区尚未核实完毕：{_some(waiting)}"


def _notice_has_dates(round_: Round) -> Iterator[str]:
    if round_.notice_from is None or round_.notice_to is None:
        yield "没有公示起止日期；请先发布公示"


def _notice_is_over(round_: Round) -> Iterator[str]:
    if round_.notice_to is None or timezone.localdate() <= round_.notice_to:
        yield f"公示期至 {round_.notice_to or '（未定）'}；期满后才能通报"


def _may_be_signed(submission: Submission) -> Iterator[str]:
    round_ = submission.round
    if round_.state not in {RoundState.OPEN, RoundState.VERIFYING}:
        yield f"轮次现为“{round_.get_state_display()}”，不在填报或核实阶段"


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:5]) + (f"等 {len(names)} 个" if len(names) > 5 else "")


UNSIGNED = (SubmissionState.DRAFT, SubmissionState.RETURNED)
_LEAD = (Role.LEAD,)

ROUND_TRANSITIONS: dict[str, Transition] = {
    step.verb: step
    for step in (
        Transition("open_round", "开始填报", (RoundState.DRAFT,), RoundState.OPEN, _LEAD, [_dates_in_order, _has_parks]),
        Transition("begin_verifying", "转入核实", (RoundState.OPEN,), RoundState.VERIFYING, _LEAD, [_all_signed]),
        Transition("reopen_round", "退回填报", (RoundState.VERIFYING,), RoundState.OPEN, _LEAD, reasoned=True),
        Transition("score_round", "定稿测算", (RoundState.VERIFYING,), RoundState.SCORED, _LEAD, [_all_verified]),
        Transition("resume_verifying", "退回核实", (RoundState.SCORED, RoundState.NOTICE), RoundState.VERIFYING, _LEAD, reasoned=True),
        Transition("begin_notice", "开始公示", (RoundState.SCORED,), RoundState.NOTICE, _LEAD, [_notice_has_dates]),
        Transition("withdraw_notice", "撤回公示", (RoundState.NOTICE,), RoundState.SCORED, _LEAD, reasoned=True),
        Transition("finish_round", "通报结果", (RoundState.NOTICE,), RoundState.FINAL, _LEAD, [_notice_is_over]),
    )
}  # fmt: skip

SUBMISSION_TRANSITIONS: dict[str, Transition] = {
    step.verb: step
    for step in (
        Transition("sign_submission", "签报", UNSIGNED, SubmissionState.SIGNED, (Role.SIGNER,), [_may_be_signed]),
        Transition("return_submission", "退回", (SubmissionState.SIGNED, SubmissionState.RETURNED, SubmissionState.VERIFIED),
                   SubmissionState.RETURNED, (Role.VERIFIER, Role.LEAD), [_may_be_signed], reasoned=True),
        Transition("verify_submission", "核实完毕", (SubmissionState.SIGNED,), SubmissionState.VERIFIED,
                   (Role.VERIFIER, Role.LEAD), [_may_be_signed]),
    )
}  # fmt: skip


def require(verb: str, requirement: Requirement) -> None:
    """Add what a step needs; called from `AppConfig.ready` of rooms above. Adding the same twice does nothing."""
    step = ROUND_TRANSITIONS.get(verb) or SUBMISSION_TRANSITIONS[verb]
    if requirement not in step.needs:
        step.needs.append(requirement)
