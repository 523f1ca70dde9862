"""Runs, notices, objections, corrections: who may, when, and that nothing is half done."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.yuance_web.loop.evaluation.stage import DAY, Stage, another_version
from yuance_web.loop.evaluation import bridge, selectors, services
from yuance_web.loop.evaluation.models import Issue, Run
from yuance_web.loop.evaluation.performing import perform_run
from yuance_web.records.journal.models import Entry
from yuance_web.records.journal.selectors import breaks
from yuance_web.records.rounds import services as rounds
from yuance_web.records.rounds.models import RoundState, SubmissionState
from yuance_web.records.rounds.services import Refused

pytestmark = pytest.mark.django_db


def test_a_frozen_run_moves_the_round_and_keeps_its_digests(stage: Stage) -> None:
    run = stage.frozen()
    assert (run.state, stage.round.state) == ("done", RoundState.SCORED)
    assert run.method_digest == stage.release.digest
    assert len(run.scores) == 4
    assert not list(breaks())
    assert Entry.objects.filter(verb="完成测算").count() == 1


def test_only_the_lead_department_asks_for_runs(stage: Stage) -> None:
    for user in (stage.reporter, stage.tax, stage.leader):
        with pytest.raises(PermissionDenied):
            services.ask_run(user, stage.round, "preview")
    assert not Run.objects.filter(round=stage.round).exists()


def test_a_frozen_run_waits_until_every_submission_is_verified(stage: Stage) -> None:
    stage.round.submissions.filter(park__code="KM03").update(state=SubmissionState.SIGNED)
    with pytest.raises(Refused, match="园区KM03"):
        services.ask_run(stage.lead, stage.round, "frozen")


def test_what_is_computed_is_frozen_when_it_is_asked_for(stage: Stage) -> None:
    run = services.ask_run(stage.lead, stage.round, "preview")
    before = run.facts
    cell = stage.cell("KM01", "tax_revenue")
    cell.adopted = 1.0
    cell.save()
    perform_run(run.pk)
    run.refresh_from_db()
    assert run.state == "done"
    assert run.facts == before


def test_a_frozen_run_whose_facts_moved_meanwhile_fails_and_the_round_stays(stage: Stage) -> None:
    run = services.ask_run(stage.lead, stage.round, "frozen")
    cell = stage.cell("KM01", "tax_revenue")
    cell.adopted = 1.0
    cell.save()
    perform_run(run.pk)
    run.refresh_from_db()
    stage.round.refresh_from_db()
    assert run.state == "failed"
    assert "改动" in run.problem
    assert run.scores == []
    assert stage.round.state == RoundState.VERIFYING


def test_an_error_of_the_program_leaves_the_run_failed_with_a_word(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = services.ask_run(stage.lead, stage.round, "preview")

    def broken(*given: Any) -> None:
        del given
        raise RuntimeError("boom")

    monkeypatch.setattr(bridge, "compute", broken)
    perform_run(run.pk)
    run.refresh_from_db()
    assert run.state == "failed"
    assert "RuntimeError" in run.problem


def test_a_crash_before_the_result_is_written_leaves_nothing_and_can_be_run_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = services.ask_run(stage.lead, stage.round, "frozen")

    def killed(*given: Any) -> None:
        del given
        raise KeyboardInterrupt

    with monkeypatch.context() as crash:
        crash.setattr(bridge, "compute", killed)
        with pytest.raises(KeyboardInterrupt):
            perform_run(run.pk)
    run.refresh_from_db()
    assert (run.state, run.scores) == ("running", [])
    with pytest.raises(Refused):
        services.resume_run(stage.lead, run)
    Run.objects.filter(pk=run.pk).update(beat_at=timezone.now() - dt.timedelta(minutes=5))
    assert services.revive_runs() == 1
    perform_run(run.pk)
    run.refresh_from_db()
    stage.round.refresh_from_db()
    assert (run.state, stage.round.state) == ("done", RoundState.SCORED)


def test_two_performers_of_one_run_do_no_harm(stage: Stage) -> None:
    run = services.ask_run(stage.lead, stage.round, "preview")
    perform_run(run.pk)
    perform_run(run.pk)
    assert Entry.objects.filter(verb="完成测算").count() == 1


def test_a_journal_line_that_fails_takes_the_result_with_it(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    run = services.ask_run(stage.lead, stage.round, "frozen")
    calls = []

    def failing(actor: object, verb: str, *rest: object, **detail: object) -> None:
        del actor, rest, detail
        calls.append(verb)
        if verb == "完成测算":
            raise OSError("no journal")

    monkeypatch.setattr("yuance_web.loop.evaluation.performing.write_entry", failing)
    perform_run(run.pk)
    run.refresh_from_db()
    stage.round.refresh_from_db()
    assert (run.state, run.scores, stage.round.state) == ("failed", [], RoundState.VERIFYING)
    assert calls == ["完成测算", "测算失败"]


def test_a_what_if_takes_the_facts_of_its_base_and_touches_nothing(stage: Stage) -> None:
    base = stage.frozen()
    asked = services.ask_run(stage.lead, stage.round, "what-if", {"without": ["tax_per_mu"], "weights": {}}, base)
    perform_run(asked.pk)
    asked.refresh_from_db()
    stage.round.refresh_from_db()
    assert (asked.state, asked.facts_digest) == ("done", base.facts_digest)
    assert asked.method_digest != base.method_digest
    assert stage.round.state == RoundState.SCORED
    assert selectors.latest_frozen(stage.round) == base


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "没有改动"),
        ({"weights": {"output": {"A": -1}}}, "0 到"),
        ({"weights": {"output": {"A": 0}}}, "不能全为 0"),
        ({"without": ["unknown"]}, "没有改动"),
    ],
)
def test_a_what_if_that_supposes_nothing_sound_is_refused(stage: Stage, changes: dict[str, Any], words: str) -> None:
    base = stage.frozen()
    with pytest.raises(Refused, match=words):
        services.ask_run(stage.lead, stage.round, "what-if", changes, base)


def test_a_what_if_by_a_version_that_the_facts_do_not_serve_fails_with_reasons(stage: Stage) -> None:
    base = stage.frozen()
    asked = services.ask_run(stage.lead, stage.round, "what-if", {"release": another_version().pk}, base)
    perform_run(asked.pk)
    asked.refresh_from_db()
    assert asked.state in {"done", "failed"}
    assert asked.state == "done" or asked.problem


def test_a_notice_lasts_the_working_days_of_the_round(stage: Stage) -> None:
    issue = stage.in_notice(dt.date(2023, 9, 28))
    assert (issue.number, issue.stage) == (1, "notice")
    assert (issue.begins, issue.ends) == (dt.date(2023, 9, 28), dt.date(2023, 10, 11))
    assert stage.round.state == RoundState.NOTICE
    assert stage.round.notice_to == issue.ends


def test_there_is_no_notice_without_a_frozen_run(stage: Stage) -> None:
    with pytest.raises(Refused, match="定稿测算"):
        services.begin_notice(stage.lead, stage.round)
    assert not Issue.objects.filter(round=stage.round).exists()


def test_the_rounds_own_steps_ask_for_results_too(stage: Stage) -> None:
    with pytest.raises(Refused, match="定稿测算"):
        rounds.score_round(stage.lead, stage.round)
    stage.frozen()
    with pytest.raises(Refused, match="公示"):
        rounds.begin_notice(stage.lead, stage.round, begins=timezone.localdate(), ends=timezone.localdate())


def test_a_result_is_final_only_after_its_notice(stage: Stage) -> None:
    stage.in_notice()
    with pytest.raises(Refused, match="公示期"):
        services.finalise(stage.lead, stage.round)


def test_a_result_becomes_final(stage: Stage) -> None:
    issue = stage.make_final()
    assert (issue.stage, stage.round.state) == ("final", RoundState.FINAL)
    assert issue.final_at is not None


def test_an_objection_is_raised_by_the_park_within_the_notice_only(stage: Stage) -> None:
    with pytest.raises(Refused, match="不在公示期"):
        services.raise_objection(stage.reporter, stage.round, "tax_per_mu", "亩均税收有误，应为 9.5")
    issue = stage.in_notice()
    found = services.raise_objection(stage.reporter, stage.round, "tax_per_mu", "亩均税收有误，应为 9.5")
    assert (found.park, found.issue) == ("KM01", issue)
    for user in (stage.lead, stage.tax, stage.leader):
        with pytest.raises(PermissionDenied):
            services.raise_objection(user, stage.round, "tax_per_mu", "亩均税收有误，应为 9.5")
    with pytest.raises(Refused, match="指标或数据项"):
        services.raise_objection(stage.reporter, stage.round, "nothing", "亩均税收有误，应为 9.5")
    assert stage.round.notice_to is not None
    with pytest.raises(Refused, match="结束"):
        services.raise_objection(
            stage.reporter, stage.round, "total", "总分有误，请核对", today=stage.round.notice_to + DAY
        )


def test_a_park_sees_its_own_objections_only(stage: Stage) -> None:
    stage.in_notice()
    services.raise_objection(stage.reporter, stage.round, "tax_per_mu", "亩均税收有误，应为 9.5")
    assert selectors.objections_for(stage.reporter, stage.round).count() == 1
    assert selectors.objections_for(stage.other_reporter, stage.round).count() == 0
    assert selectors.objections_for(stage.tax, stage.round).count() == 0
    assert selectors.objections_for(stage.lead, stage.round).count() == 1


def test_nothing_is_final_while_an_objection_waits_and_an_answer_stays(stage: Stage) -> None:
    stage.in_notice(timezone.localdate() - 4 * DAY)
    objection = services.raise_objection(stage.reporter, stage.round, "tax_per_mu", "亩均税收有误，应为 9.5")
    stage.round.notice_to = timezone.localdate() - DAY
    stage.round.save()
    with pytest.raises(Refused, match="1 条异议"):
        services.finalise(stage.lead, stage.round)
    with pytest.raises(Refused, match="理由"):
        services.answer_objection(stage.lead, objection, accepted=False, answer=" ")
    services.answer_objection(stage.lead, objection, accepted=False, answer="经核对，数据无误")
    with pytest.raises(Refused, match="已经答复"):
        services.answer_objection(stage.lead, objection, accepted=True, answer="改变主意")
    services.finalise(stage.lead, stage.round)


def test_an_accepted_objection_leads_to_a_new_issue_and_the_old_one_stays(stage: Stage) -> None:
    first = stage.in_notice(timezone.localdate() - 30 * DAY)
    old = [dict(row) for row in first.run.scores]
    objection = services.raise_objection(
        stage.reporter, stage.round, "tax_per_mu", "亩均税收有误，应为 5", today=timezone.localdate() - 29 * DAY
    )
    services.answer_objection(stage.lead, objection, accepted=True, answer="经税务局复核，确有误")
    with pytest.raises(Refused, match="尚未更正"):
        services.finalise(stage.lead, stage.round)
    services.begin_correction(stage.lead, stage.round, "更正园区KM01税收收入")
    assert selectors.latest_frozen(stage.round) is None
    cell = stage.cell("KM01", "tax_revenue")
    cell.adopted = cell.verified = 40.0
    cell.save()
    stage.round.refresh_from_db()
    stage.frozen()
    with pytest.raises(Refused, match="更正原因"):
        services.begin_notice(stage.lead, stage.round)
    second = services.begin_notice(
        stage.lead, stage.round, "更正园区KM01税收收入", today=timezone.localdate() - 20 * DAY
    )
    first.refresh_from_db()
    assert (first.number, second.number) == (1, 2)
    assert first.run.scores == old != second.run.scores
    assert selectors.is_superseded(first)
    assert not selectors.is_superseded(second)
    stage.round.refresh_from_db()
    services.finalise(stage.lead, stage.round)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.stage, second.stage) == ("notice", "final")


def test_results_of_settled_rounds_can_be_computed_afterwards(stage: Stage) -> None:
    assert list(selectors.rounds_without_result()) == [stage.before]
    issue = services.load_result(stage.before, stage.lead)
    assert (issue.stage, issue.number) == ("final", 1)
    with pytest.raises(Refused):
        services.load_result(stage.before, stage.lead)
