"""Public pages and open data: what is published, and nothing else."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from tests.yuance_web.loop.evaluation.stage import Stage, another_version
from yuance_web.loop.evaluation import services
from yuance_web.records.rounds import services as rounds

pytestmark = pytest.mark.django_db

PUBLIC = (
    "/",
    "/open/methods/",
    "/open/data/",
    "/open/api/",
    "/api/v1/results",
    "/api/v1/methods",
    "/api/v1/parks/KM01/results",
)


def addresses(stage: Stage) -> list[str]:
    """Every public address of the round."""
    key = stage.round.pk
    return [
        *PUBLIC, f"/open/rankings/{key}/", f"/open/rankings/{key}/issues/1/", f"/open/data/{key}/scores.csv", f"/api/v1/results/{key}",
        "/open/methods/small/1/", "/api/v1/methods/small/1",
    ]  # fmt: skip


def told(stage: Stage) -> str:
    """All that the public is told."""
    responses = [Client().get(address) for address in addresses(stage)]
    assert {response.status_code for response in responses} <= {200, 404}
    return "\n".join(response.content.decode() for response in responses)


def secrets(stage: Stage) -> list[str]:
    return [stage.round.title, "园区KM01", "亩均税收", "三项小办法", stage.release.digest]


def test_nothing_of_a_round_is_public_before_its_notice(stage: Stage) -> None:
    before = told(stage)
    run = stage.frozen()
    after = told(stage)
    for text in (before, after):
        for secret in (*secrets(stage), run.facts_digest):
            assert secret not in text


def test_a_notice_is_a_page_but_no_open_data(stage: Stage) -> None:
    stage.in_notice()
    client = Client()
    assert "园区KM01" in client.get(f"/open/rankings/{stage.round.pk}/").content.decode()
    assert stage.round.title in client.get("/").content.decode()
    assert client.get(f"/open/data/{stage.round.pk}/scores.csv").status_code == 404
    assert client.get(f"/api/v1/results/{stage.round.pk}").status_code == 404
    assert client.get("/api/v1/results").json() == []
    assert client.get("/api/v1/parks/KM01/results").json() == []


def test_a_notice_that_was_taken_back_is_gone(stage: Stage) -> None:
    stage.in_notice()
    rounds.move_round(stage.lead, stage.round, "withdraw_notice", "日期有误")
    text = told(stage)
    assert "园区KM01" not in text


def test_a_result_under_correction_is_gone_until_it_is_published_anew(stage: Stage) -> None:
    stage.in_notice()
    services.begin_correction(stage.lead, stage.round, "更正数据")
    stage.round.refresh_from_db()
    assert "园区KM01" not in told(stage)
    stage.frozen()
    services.begin_notice(stage.lead, stage.round, "更正园区KM01税收收入")
    page = Client().get(f"/open/rankings/{stage.round.pk}/").content.decode()
    assert "更正园区KM01税收收入" in page
    assert "已被更正后的新版取代" in Client().get(f"/open/rankings/{stage.round.pk}/issues/1/").content.decode()


def test_a_final_result_is_open_data_in_three_forms(stage: Stage) -> None:
    issue = stage.make_final()
    client = Client()
    result = client.get(f"/api/v1/results/{stage.round.pk}").json()
    assert result["facts_digest"] == issue.run.facts_digest
    assert [(one["unit"], one["rank_in_category"]) for one in result["scores"]] == [
        (row["unit"], row["rank_in_category"]) for row in issue.run.scores
    ]
    lines = client.get(f"/open/data/{stage.round.pk}/scores.csv").content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("unit,name,category,score,rank")
    assert len(lines) == 5
    assert client.get("/api/v1/parks/KM01/results").json()[0]["place"] == 1
    assert "small" in client.get("/api/v1/methods").content.decode()


def test_neither_facts_nor_people_are_open_data(stage: Stage) -> None:
    stage.make_final()
    text = told(stage)
    for secret in ("填报.xlsx", "stage-tax", "stage-reporter", "stage-lead", "900.0"):
        assert secret not in text


def test_methods_nobody_was_publicly_scored_by_are_not_public(stage: Stage) -> None:
    other = another_version()
    stage.make_final()
    client = Client()
    assert client.get(reverse("public-method", args=[other.identifier, other.version])).status_code == 404
    assert client.get(f"/api/v1/methods/{other.identifier}/{other.version}").status_code == 404
    assert client.get(reverse("public-method", args=["small", "1"])).status_code == 200


def test_the_interface_is_described_in_its_own_page_without_any_other_host(stage: Stage) -> None:
    stage.make_final()
    client = Client()
    schema = json.loads(client.get("/api/v1/openapi.json").content)
    page = client.get("/open/api/").content.decode()
    for path in schema["paths"]:
        assert path.replace("{", "{") in page
    for address in addresses(stage):
        text = client.get(address).content.decode()
        assert "cdn" not in text.lower()
        assert 'src="http' not in text


def test_public_pages_only_answer_questions(stage: Stage) -> None:
    stage.make_final()
    for address in addresses(stage):
        assert Client().post(address, {}).status_code == 405
