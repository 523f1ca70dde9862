"""Pages of results and scoring, as different people see them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from tests.yuance_web.loop.evaluation.stage import NOW, Stage, make_round
from yuance_web.loop.evaluation import services
from yuance_web.loop.evaluation.models import Run
from yuance_web.records.rounds.models import RoundState

pytestmark = pytest.mark.django_db


def test_a_ranking_is_not_there_before_its_notice(stage: Stage) -> None:
    stage.frozen()
    for user in (stage.lead, stage.reporter, stage.tax, stage.leader):
        assert stage.client(user).get(reverse("ranking", args=[stage.round.pk])).status_code == 404
        assert stage.client(user).get(reverse("score", args=[stage.round.pk, "KM01"])).status_code == 404


def test_a_published_ranking_shows_places_grades_and_digests(stage: Stage) -> None:
    issue = stage.in_notice()
    page = stage.client(stage.reporter).get(reverse("ranking", args=[stage.round.pk])).content.decode()
    assert "园区KM01" in page
    assert issue.run.facts_digest in page
    assert "甲类" in page
    overall = stage.client(stage.reporter).get(reverse("ranking", args=[stage.round.pk]), {"view": "overall"})
    assert "总榜" in overall.content.decode()


def test_a_score_opens_down_to_the_cell_the_file_and_who_verified_it(stage: Stage) -> None:
    stage.in_notice()
    page = stage.client(stage.reporter).get(reverse("score", args=[stage.round.pk, "KM01"])).content.decode()
    for words in ("填报.xlsx", "表一", "C3", "stage-tax的名字", "税务局（测试）", "税收收入", "KM01管委会（测试）"):
        assert words in page


def test_a_park_opens_its_own_score_only(stage: Stage) -> None:
    stage.in_notice()
    assert stage.client(stage.reporter).get(reverse("score", args=[stage.round.pk, "KM02"])).status_code == 403
    assert stage.client(stage.other_reporter).get(reverse("score", args=[stage.round.pk, "KM02"])).status_code == 200


def test_a_department_sees_scores_but_not_the_figures_of_others(stage: Stage) -> None:
    stage.in_notice()
    page = stage.client(stage.tax).get(reverse("score", args=[stage.round.pk, "KM01"])).content.decode()
    assert "营业收入" in page
    assert "900" not in page
    assert "其他部门核实的数据项不在此显示" in page


def test_the_whole_way_through_the_pages(
    stage: Stage, settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    settings.EVALUATION_INLINE = True
    lead = stage.client(stage.lead)
    page = reverse("scoring", args=[stage.round.pk])
    assert "定稿测算" in lead.get(page).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        lead.post(reverse("run-ask", args=[stage.round.pk]), {"kind": "frozen"})
    run = Run.objects.get(round=stage.round)
    assert run.state == "done"
    assert run.facts_digest[:16] in lead.get(page).content.decode()
    assert "签发公示" in lead.get(page).content.decode()
    lead.post(reverse("notice-begin", args=[stage.round.pk]))
    stage.round.refresh_from_db()
    assert stage.round.state == RoundState.NOTICE
    reporter = stage.client(stage.reporter)
    reporter.post(
        reverse("objections", args=[stage.round.pk]), {"node": "tax_per_mu", "text": "亩均税收有误，应为 9.5"}
    )
    objection = stage.round.objections.get()
    lead.post(reverse("objection-answer", args=[objection.pk]), {"accepted": "no", "answer": "经核对，数据无误"})
    assert "经核对，数据无误" in reporter.get(reverse("objections", args=[stage.round.pk])).content.decode()


def test_a_what_if_is_asked_for_and_shown_side_by_side(
    stage: Stage, settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    settings.EVALUATION_INLINE = True
    base = stage.frozen()
    lead = stage.client(stage.lead)
    form = reverse("what-if", args=[base.pk])
    assert "亩均税收" in lead.get(form).content.decode()
    refused = lead.post(form, {"w-output-A": "很多"}).content.decode()
    assert "不是数字" in refused
    with django_capture_on_commit_callbacks(execute=True):
        lead.post(form, {"without": ["tax_per_mu"]})
    asked = Run.objects.get(kind="what-if")
    page = lead.get(reverse("run", args=[asked.pk])).content.decode()
    assert "假设测算，不是评价结果" in page
    assert "受损" in page
    assert lead.get(reverse("beside-sheet", args=[asked.pk])).content[:2] == b"PK"
    assert stage.client(stage.reporter).get(reverse("run", args=[asked.pk])).status_code == 403


def test_ten_parks_at_most_are_compared(stage: Stage) -> None:
    stage.in_notice()
    page = stage.client(stage.leader).get(
        reverse("comparison", args=[stage.round.pk]), {"park": ["KM01", "KM03", "no"]}
    )
    assert page.content.decode().count('<path class="profile"') <= 2
    assert "园区KM03" in page.content.decode()


def test_tables_can_be_taken_out(stage: Stage) -> None:
    issue = stage.in_notice()
    response = stage.client(stage.leader).get(reverse("ranking-sheet", args=[stage.round.pk, issue.number]))
    assert response.content[:2] == b"PK"
    assert "attachment" in response["Content-Disposition"]
    package = stage.client(stage.lead).get(reverse("run-package", args=[issue.run.pk]))
    assert package["Content-Type"] == "application/zip"


def test_a_superseded_issue_says_so(stage: Stage) -> None:
    stage.in_notice()
    services.begin_correction(stage.lead, stage.round, "更正数据")
    stage.round.refresh_from_db()
    assert stage.client(stage.leader).get(reverse("ranking", args=[stage.round.pk])).status_code == 404
    stage.frozen()
    services.begin_notice(stage.lead, stage.round, "更正园区KM01税收收入")
    client = stage.client(stage.leader)
    assert "已被更正后的新版取代" in client.get(reverse("ranking-issue", args=[stage.round.pk, 1])).content.decode()
    assert "更正园区KM01税收收入" in client.get(reverse("ranking", args=[stage.round.pk])).content.decode()


def test_pages_ask_as_often_for_many_results_as_for_few(stage: Stage) -> None:
    stage.make_final()
    pages = [
        reverse("results"),
        reverse("ranking", args=[stage.round.pk]),
        reverse("trend", args=["KM01"]),
        "/",
        "/api/v1/results",
    ]

    def asked() -> list[int]:
        client, counts = stage.client(stage.lead), []
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            counts.append(len(queries))
        return counts

    few = asked()
    for period in ("2023Q1", "2023Q2", "2023Q3"):
        made = make_round(stage.release, period, RoundState.FINAL, stage.parks, NOW, stage.lead, stage.tax)
        services.load_result(made, stage.lead)
    many = asked()
    assert all(later <= earlier + 1 for earlier, later in zip(few, many, strict=True)), (few, many)


def test_a_line_of_the_list_asks_again_while_its_run_is_on_the_way(stage: Stage) -> None:
    run = services.ask_run(stage.lead, stage.round, "preview")
    row = reverse("run-row", args=[run.pk])
    client = stage.client(stage.lead)
    assert "hx-get" in client.get(row).content.decode()
    Run.objects.filter(pk=run.pk).update(state="done")
    assert "hx-get" not in client.get(row).content.decode()
