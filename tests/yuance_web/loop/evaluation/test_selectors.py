"""What waits for whom, what a park's page says, when a run counts as lost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from tests.yuance_web.loop.evaluation.stage import DAY, Stage
from yuance_web.loop.evaluation import selectors, services

pytestmark = pytest.mark.django_db


def test_the_lead_department_is_led_from_frozen_run_to_final_result(stage: Stage) -> None:
    def said() -> list[str]:
        return [one.title + one.detail for one in selectors.waiting(stage.lead)]

    assert said() == []
    stage.frozen()
    assert "待签发公示" in said()[0]
    services.begin_notice(stage.lead, stage.round, today=timezone.localdate() - 30 * DAY)
    assert "待通报" in said()[0]
    objection = services.raise_objection(
        stage.reporter, stage.round, "total", "总分有误，请核对", today=timezone.localdate() - 29 * DAY
    )
    assert "1 条异议待答复" in said()[0]
    services.answer_objection(stage.lead, objection, accepted=False, answer="无误")
    services.finalise(stage.lead, stage.round)
    assert said() == []


def test_a_park_is_told_of_the_notice_and_others_are_not(stage: Stage) -> None:
    stage.in_notice()
    assert "公示中" in selectors.waiting(stage.reporter)[0].title
    assert selectors.waiting(stage.tax) == []


def test_the_page_of_a_park_names_its_results(stage: Stage) -> None:
    assert selectors.results_of_park(stage.lead, stage.parks["KM01"]) == []
    stage.make_final()
    first, last = selectors.results_of_park(stage.lead, stage.parks["KM01"])
    assert "第 1 名" in first.detail
    assert first.url.endswith("/parks/KM01/")
    assert last.title == "历次评价"
    (foreign, _) = selectors.results_of_park(stage.other_reporter, stage.parks["KM01"])
    assert "/parks/" not in foreign.url


def test_a_run_that_is_silent_for_minutes_counts_as_lost(stage: Stage) -> None:
    run = services.ask_run(stage.lead, stage.round, "preview")
    assert not selectors.is_stale(run)
    assert selectors.is_stale(run, timezone.now() + dt.timedelta(minutes=3))
    run.state = "done"
    assert not selectors.is_stale(run, timezone.now() + dt.timedelta(minutes=3))
