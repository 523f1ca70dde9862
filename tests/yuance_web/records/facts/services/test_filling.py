from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.yuance_web.records import reporting
from yuance_web.records.accounts.models import User
from yuance_web.records.facts import services
from yuance_web.records.facts.models import Cell, CellState
from yuance_web.records.journal.models import Entry
from yuance_web.records.rounds.models import Round, Submission, SubmissionState
from yuance_web.records.rounds.services import Refused, approve_waiver

pytestmark = pytest.mark.django_db
Find = Callable[..., Cell]


def test_a_round_that_opens_has_a_cell_for_each_item_and_park(running: Round) -> None:
    assert Cell.objects.filter(submission__round=running).count() == 3 * 7  # six items, one of them with a target


def test_preparing_twice_leaves_what_is_there(running: Round, reporter: User, cell: Find) -> None:
    services.save_value(reporter, cell("land").pk, text="12", version=0)
    services.prepare_cells(running)
    assert cell("land").reported == 12


def test_a_typed_value_is_kept_with_who_and_when_and_a_line_in_the_journal(reporter: User, cell: Find) -> None:
    kept = services.save_value(reporter, cell("land").pk, text="１２，０００．５", version=0, explanation="按红线")
    assert (kept.reported, kept.state, kept.version, kept.explanation) == (12000.5, CellState.REPORTED, 1, "按红线")
    change = kept.changes.get()
    assert (change.by, change.stage, change.value, change.reason) == (reporter, "reported", 12000.5, "按红线")
    assert Entry.objects.latest("sequence").verb == "填报"


def test_saving_the_same_again_writes_nothing(reporter: User, cell: Find) -> None:
    services.save_value(reporter, cell("land").pk, text="5", version=0)
    lines = Entry.objects.count()
    assert services.save_value(reporter, cell("land").pk, text="5.0", version=1).version == 1
    assert Entry.objects.count() == lines


def test_a_measure_behind_the_number_is_converted(reporter: User, cell: Find) -> None:
    assert services.save_value(reporter, cell("revenue").pk, text="12亿元", version=0).reported == 120_000


@pytest.mark.parametrize("text", ["一百", "1,5", "#REF!", "2023-1-2", "inf", "12公顷吨", "9" * 400, "1\x00"])
def test_what_is_no_number_is_refused_and_nothing_is_written(reporter: User, cell: Find, text: str) -> None:
    with pytest.raises(services.Unreadable, match=r"请"):
        services.save_value(reporter, cell("revenue").pk, text=text, version=0)
    assert cell("revenue").version == 0


@pytest.mark.parametrize("text", ["", "—", "/", "无数据"])
def test_the_ways_to_write_no_value_clear_a_cell(reporter: User, cell: Find, text: str) -> None:
    services.save_value(reporter, cell("land").pk, text="5", version=0)
    kept = services.save_value(reporter, cell("land").pk, text=text, version=1)
    assert (kept.reported, kept.state) == (None, CellState.EMPTY)


def test_yes_and_words_are_kept_as_such(reporter: User, cell: Find) -> None:
    assert services.save_value(reporter, cell("accident").pk, text="否", version=0).reported == 0
    assert services.save_value(reporter, cell("remark").pk, text="新材料", version=0).reported_text == "新材料"


def test_a_stale_save_is_told_what_is_there_now_and_nothing_is_lost(reporter: User, cell: Find) -> None:
    services.save_value(reporter, cell("land").pk, text="5", version=0)
    with pytest.raises(services.Conflict) as caught:
        services.save_value(reporter, cell("land").pk, text="6", version=0)
    assert caught.value.cell.reported == 5
    assert cell("land").reported == 5


@pytest.mark.parametrize("name", ["other_reporter", "signer", "lead", "verifier_tax", "leader", "reviewer", "system"])
def test_only_the_parks_own_reporter_may_save(name: str, cell: Find, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        services.save_value(request.getfixturevalue(name), cell("land").pk, text="5", version=0)


def test_nothing_can_be_saved_before_the_opening_or_after_the_lock(
    lead: User, reporter: User, running: Round, cell: Find
) -> None:
    day = reporting.DAY
    for opens, locks in ((day, 3 * day), (-3 * day, -day)):
        Round.objects.filter(pk=running.pk).update(opens=timezone.now() + opens, locks=timezone.now() + locks)
        with pytest.raises(Refused):
            services.save_value(reporter, cell("land").pk, text="5", version=0)


def test_a_waiver_opens_the_lock(
    lead: User, reporter: User, running: Round, submission: Submission, cell: Find
) -> None:
    past = timezone.now() - reporting.DAY
    Round.objects.filter(pk=running.pk).update(due=past, locks=past)
    submission.refresh_from_db()
    approve_waiver(lead, submission, reason="系统故障", until=timezone.now() + reporting.DAY)
    assert services.save_value(reporter, cell("land").pk, text="5", version=0).reported == 5


def test_signing_freezes_every_cell(signer: User, reporter: User, filled: Submission, cell: Find) -> None:
    services.save_value(reporter, cell("capital", "target").pk, text="55000", version=0)
    signed = services.sign_form(signer, filled)
    assert (signed.state, signed.signings) == (SubmissionState.SIGNED, 1)
    with pytest.raises(Refused, match="已签报"):
        services.save_value(reporter, cell("land").pk, text="6", version=1)


def test_a_failing_check_keeps_a_form_from_being_signed(
    signer: User, reporter: User, filled: Submission, cell: Find
) -> None:
    services.save_value(reporter, cell("tax_revenue").pk, text="2000000", version=1, explanation="无误")
    with pytest.raises(Refused, match="税收收入不应大于营业收入"):
        services.sign_form(signer, filled, remark="照报")


def test_gaps_and_doubts_need_a_word_of_the_signer(signer: User, reporter: User, submission: Submission) -> None:
    with pytest.raises(Refused, match="签报意见"):
        services.sign_form(signer, submission)
    assert services.sign_form(signer, submission, remark="本季度停产").state == SubmissionState.SIGNED


def test_a_reporter_cannot_sign(reporter: User, filled: Submission) -> None:
    with pytest.raises(PermissionDenied):
        services.sign_form(reporter, filled)


def test_many_values_are_saved_all_or_none(reporter: User, submission: Submission, cell: Find) -> None:
    ones = [services.Reported(cell(name).pk, 0, services.filling.Entry(value=5.0)) for name in ("land", "revenue")]
    stale = services.Reported(cell("capital").pk, 7, services.filling.Entry(value=5.0))
    with pytest.raises(services.Conflict):
        services.save_values(reporter, submission, [*ones, stale])
    assert cell("land").reported is None
    assert services.save_values(reporter, submission, ones) == 2
    assert cell("land").reported == cell("revenue").reported == 5


def test_cells_of_another_park_cannot_be_slipped_in(
    reporter: User, submission: Submission, other: Submission, cell: Find
) -> None:
    one = services.Reported(cell("land", of=other).pk, 0, services.filling.Entry(value=5.0))
    with pytest.raises(PermissionDenied):
        services.save_values(reporter, submission, [one])
