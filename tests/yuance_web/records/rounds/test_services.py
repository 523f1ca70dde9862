from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from yuance_web.records.accounts.models import User
from yuance_web.records.journal.models import Entry
from yuance_web.records.journal.selectors import breaks
from yuance_web.records.parks.models import Park
from yuance_web.records.parks.services import rename_park
from yuance_web.records.rounds import services
from yuance_web.records.rounds.models import Round, RoundState, SubmissionState
from yuance_web.records.rounds.services import Refused

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_a_round_keeps_names_and_categories_as_they_were_when_it_was_made(draft: Round, parks: list[Park]) -> None:
    before = draft.submissions.get(park=parks[0]).name
    rename_park(None, parks[0], name="后来的名称", day=timezone.localdate() + DAY, cause="依据")
    assert draft.submissions.get(park=parks[0]).name == before
    assert draft.title == "2023年第4季度评价"


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ({"period": "2023"}, "不评价"),
        ({"period": "去年"}, "不是报告期"),
        ({"days": (5, 1, 8, 18)}, "依次"),
        ({"days": (-5, 5, 4, 18)}, "依次"),
        ({"day": dt.date(1999, 1, 1)}, "当天不存在"),
    ],
)
def test_a_round_that_cannot_be_says_why_and_is_not_made(
    make: Callable[..., Round], what: dict[str, object], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        make(**what)
    assert not Round.objects.exists()
    assert not Entry.objects.filter(verb="新建轮次").exists()


def test_a_period_is_evaluated_once_by_a_method(draft: Round, make: Callable[..., Round]) -> None:
    with pytest.raises(Refused, match="已经按本办法建过"):
        make()


def test_only_the_lead_department_moves_rounds(draft: Round, reporter: User, leader: User, system: User) -> None:
    for user in (reporter, leader, system):
        with pytest.raises(PermissionDenied):
            services.open_round(user, draft)
    draft.refresh_from_db()
    assert draft.state == RoundState.DRAFT


def test_a_round_without_parks_is_not_opened(make: Callable[..., Round], lead: User) -> None:
    round_ = make(parks=[])
    with pytest.raises(Refused, match="没有参评园区"):
        services.open_round(lead, round_)


def test_parks_are_chosen_only_while_the_round_is_prepared(draft: Round, lead: User, parks: list[Park]) -> None:
    services.choose_parks(lead, draft, parks[:2])
    assert draft.submissions.count() == 2
    services.choose_parks(lead, draft, parks[1:])
    assert set(draft.submissions.values_list("park__code", flat=True)) == {"KM02", "KM03"}
    services.open_round(lead, draft)
    with pytest.raises(Refused, match="不能再改"):
        services.choose_parks(lead, draft, parks)


def test_verifying_begins_when_all_have_signed(running: Round, lead: User, signer: User) -> None:
    with pytest.raises(Refused, match="3 个园区尚未签报"):
        services.begin_verifying(lead, running)
    running.submissions.update(state=SubmissionState.SIGNED)
    assert services.begin_verifying(lead, running).state == RoundState.VERIFYING


def test_verifying_may_begin_once_the_lock_has_fallen(make: Callable[..., Round], lead: User) -> None:
    round_ = services.open_round(lead, make(days=(-20, -10, -5, 5)))
    assert services.begin_verifying(lead, round_).state == RoundState.VERIFYING


def test_going_back_needs_a_reason(running: Round, lead: User) -> None:
    running.submissions.update(state=SubmissionState.SIGNED)
    round_ = services.begin_verifying(lead, running)
    with pytest.raises(Refused, match="理由"):
        services.move_round(lead, round_, "reopen_round")
    assert services.move_round(lead, round_, "reopen_round", "漏报两项").state == RoundState.OPEN
    assert "漏报两项" in Entry.objects.get(verb="退回填报").detail


def test_a_round_runs_through_to_its_end(running: Round, lead: User) -> None:
    running.submissions.update(state=SubmissionState.SIGNED)
    services.begin_verifying(lead, running)
    with pytest.raises(Refused, match="尚未核实"):
        services.score_round(lead, running)
    running.submissions.update(state=SubmissionState.VERIFIED)
    services.score_round(lead, running)
    today = timezone.localdate()
    noticed = services.begin_notice(lead, running, begins=today - 7 * DAY, ends=today)
    assert (noticed.state, noticed.notice_to) == (RoundState.NOTICE, today)
    with pytest.raises(Refused, match="公示期至"):
        services.finish_round(lead, running)
    Round.objects.filter(pk=running.pk).update(notice_to=today - DAY)
    assert services.finish_round(lead, running).state == RoundState.FINAL
    assert not list(breaks())


def test_a_signer_signs_the_own_park_only(running: Round, signer: User, reporter: User) -> None:
    own, other = running.submissions.get(park__code="KM01"), running.submissions.get(park__code="KM02")
    signed = services.sign_submission(signer, own)
    assert (signed.state, signed.signed_by, signed.signings) == (SubmissionState.SIGNED, signer, 1)
    with pytest.raises(PermissionDenied):
        services.sign_submission(signer, other)
    with pytest.raises(PermissionDenied):
        services.sign_submission(reporter, own)


def test_nothing_is_signed_twice_or_after_the_lock(running: Round, signer: User) -> None:
    own = running.submissions.get(park__code="KM01")
    services.sign_submission(signer, own)
    with pytest.raises(Refused, match="已签报"):
        services.sign_submission(signer, own)
    running.submissions.update(state=SubmissionState.DRAFT)
    Round.objects.filter(pk=running.pk).update(due=timezone.now() - 2 * DAY, locks=timezone.now() - DAY)
    with pytest.raises(Refused, match="锁定"):
        services.sign_submission(signer, own)


def test_a_return_names_its_reason_and_is_signed_again(running: Round, signer: User, verifier_tax: User) -> None:
    own = services.sign_submission(signer, running.submissions.get(park__code="KM01"))
    with pytest.raises(Refused, match="理由"):
        services.return_submission(verifier_tax, own, " ")
    returned = services.return_submission(verifier_tax, own, "税收收入疑似以亿元填报")
    assert returned.state == SubmissionState.RETURNED
    assert services.sign_submission(signer, returned).signings == 2


def test_a_waiver_opens_the_lock_of_one_park_until_its_end(running: Round, lead: User, signer: User) -> None:
    Round.objects.filter(pk=running.pk).update(due=timezone.now() - 2 * DAY, locks=timezone.now() - DAY)
    own = running.submissions.select_related("round").get(park__code="KM01")
    services.approve_waiver(lead, own, reason="系统故障", until=timezone.now() + DAY)
    assert services.sign_submission(signer, own).state == SubmissionState.SIGNED


def test_a_waiver_that_has_ended_opens_nothing(running: Round, lead: User, signer: User) -> None:
    Round.objects.filter(pk=running.pk).update(due=timezone.now() - 2 * DAY, locks=timezone.now() - DAY)
    own = running.submissions.select_related("round").get(park__code="KM01")
    services.end_waiver(lead, services.approve_waiver(lead, own, reason="系统故障", until=timezone.now() + DAY))
    with pytest.raises(Refused, match="锁定"):
        services.sign_submission(signer, own)


@pytest.mark.parametrize(
    ("reason", "days", "words"), [("", 1, "理由"), ("系统故障", -1, "今后"), ("系统故障", 90, "今后")]
)
def test_a_waiver_needs_a_reason_and_an_end(running: Round, lead: User, reason: str, days: int, words: str) -> None:
    with pytest.raises(Refused, match=words):
        services.approve_waiver(lead, running.submissions.first(), reason=reason, until=timezone.now() + days * DAY)  # type: ignore[arg-type]


def test_only_the_lead_department_approves_waivers(running: Round, verifier_tax: User) -> None:
    with pytest.raises(PermissionDenied):
        services.approve_waiver(
            verifier_tax, running.submissions.first(), reason="系统故障", until=timezone.now() + DAY
        )  # type: ignore[arg-type]


def test_clocks_are_moved_with_a_reason_and_both_times_are_kept(running: Round, lead: User) -> None:
    later = running.due + 2 * DAY
    services.change_dates(lead, running, reason="节假日顺延", due=later)
    detail = Entry.objects.get(verb="调整时间").detail
    assert later.isoformat() in detail
    assert running.due.isoformat() in detail
    with pytest.raises(Refused, match="依次"):
        services.change_dates(lead, running, reason="写错", due=running.verify_due + DAY)


def test_what_follows_a_step_happens_with_it_or_not_at_all(draft: Round, lead: User) -> None:
    def fail(_actor: object, _round: object) -> None:
        raise RuntimeError("the room above could not do its part")

    services.follow("open_round", fail)
    with pytest.raises(RuntimeError):
        services.open_round(lead, draft)
    draft.refresh_from_db()
    assert draft.state == RoundState.DRAFT
    assert not Entry.objects.filter(verb="开始填报").exists()
