from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from yuance_web.records.accounts.models import User
from yuance_web.records.facts.models import Cell
from yuance_web.records.rounds.models import Submission

pytestmark = pytest.mark.django_db
Find = Callable[..., Cell]


def desk_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def save(client: Client, cell: Cell, text: str, version: int = 0) -> tuple[int, str]:
    answer = client.post(
        reverse("form-save", args=[cell.submission_id, cell.pk]),
        {"text": text, "version": version},
        headers={"HX-Trigger-Name": "text"},
    )
    return answer.status_code, answer.content.decode()


def test_the_form_looks_like_the_official_table(reporter: User, submission: Submission) -> None:
    page = desk_of(reporter).get(reverse("form", args=[submission.pk])).content.decode()
    for words in ("数据项", "计量单位", "上年同期", "本期", "目标", "说明", "佐证", "产出", "1,000,000", "已填 0/4"):
        assert words in page
    assert "<script>" not in page
    assert " style=" not in page


def test_a_save_answers_with_the_pieces_of_its_row(reporter: User, cell: Find) -> None:
    status, said = save(desk_of(reporter), cell("revenue"), "１１０")
    assert status == 200
    assert "疑似按亿元填报，应为 1,100,000 万元？" in said
    assert 'data-fix="1,100,000"' in said
    assert "已填 1/4" in said


def test_a_stale_save_is_answered_409_with_what_is_there_now(reporter: User, cell: Find) -> None:
    client = desk_of(reporter)
    save(client, cell("land"), "5")
    status, said = save(client, cell("land"), "6")
    assert status == 409
    assert "现在是 5" in said
    assert "您填的 6 没有保存" in said


def test_what_is_no_number_is_answered_422_and_a_signed_form_423(
    reporter: User, cell: Find, submission: Submission
) -> None:
    client = desk_of(reporter)
    assert save(client, cell("land"), "很多")[0] == 422
    Submission.objects.filter(pk=submission.pk).update(state="signed")
    assert save(client, cell("land"), "5")[0] == 423
    assert cell("land").reported is None


def test_a_signed_form_is_read_only(reporter: User, signed: Submission) -> None:
    page = desk_of(reporter).get(reverse("form", args=[signed.pk])).content.decode()
    assert "hx-post" not in page


def test_rows_cannot_be_crossed_by_tampering_with_ids(
    reporter: User, other: Submission, submission: Submission, cell: Find
) -> None:
    client = desk_of(reporter)
    foreign = cell("land", of=other)
    assert client.get(reverse("form", args=[other.pk])).status_code == 404
    assert client.get(reverse("cell", args=[foreign.pk])).status_code == 404
    assert (
        client.post(reverse("form-save", args=[other.pk, foreign.pk]), {"text": "5", "version": 0}).status_code == 404
    )
    assert (
        client.post(reverse("form-save", args=[submission.pk, foreign.pk]), {"text": "5", "version": 0}).status_code
        == 404
    )
    assert cell("land", of=other).version == 0


def test_the_head_signs_after_a_word_about_what_is_open(signer: User, filled: Submission) -> None:
    client = desk_of(signer)
    assert "有存疑或缺报时必填" not in client.get(reverse("form", args=[filled.pk])).content.decode()
    client.post(reverse("form-sign", args=[filled.pk]), {"remark": ""})
    filled.refresh_from_db()
    assert filled.state == "signed"


def test_the_list_shows_the_own_forms(reporter: User, submission: Submission, other: Submission) -> None:
    page = desk_of(reporter).get(reverse("forms")).content.decode()
    assert reverse("form", args=[submission.pk]) in page
    assert reverse("form", args=[other.pk]) not in page
