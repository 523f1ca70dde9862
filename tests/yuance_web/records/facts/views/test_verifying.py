from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse

from tests.yuance_web.records.facts.views.test_filling import desk_of
from yuance_web.records.accounts.models import User
from yuance_web.records.facts.models import Cell
from yuance_web.records.rounds.models import Round, Submission

pytestmark = pytest.mark.django_db
Find = Callable[..., Cell]
HTMX = {"HX-Request": "true"}


def test_a_department_sees_and_adopts_its_own(
    verifier_tax: User, signed: Submission, running: Round, cell: Find
) -> None:
    client = desk_of(verifier_tax)
    page = client.get(reverse("verify", args=[running.pk])).content.decode()
    assert "税收收入" in page
    assert "1,100,000" not in page
    answer = client.post(reverse("cell-adopt", args=[cell("tax_revenue").pk]), {"version": 1}, headers=HTMX)
    assert "已采用" in answer.content.decode()


def test_columns_cannot_be_crossed_by_tampering_with_ids(
    verifier_tax: User, signed: Submission, running: Round, cell: Find
) -> None:
    client, foreign = desk_of(verifier_tax), cell("revenue").pk
    assert client.get(reverse("verify", args=[running.pk]) + "?item=revenue").status_code == 403
    assert client.get(reverse("cell", args=[foreign])).status_code == 403
    for name in ("cell-adopt", "cell-correct", "cell-return"):
        sent = {"version": 1, "text": "1", "reason": "试试看"}
        assert client.post(reverse(name, args=[foreign]), sent, headers=HTMX).status_code == 403
    assert client.post(reverse("verify-adopt", args=[running.pk]), {"item": "revenue"}).status_code == 403
    assert cell("revenue").version == 1


def test_a_correction_without_a_reason_is_told(verifier_tax: User, signed: Submission, cell: Find) -> None:
    answer = desk_of(verifier_tax).post(
        reverse("cell-correct", args=[cell("tax_revenue").pk]), {"version": 1, "text": "5", "reason": ""}, headers=HTMX
    )
    assert answer.status_code == 422
    assert "请写明核改理由" in answer.content.decode()


def test_everything_plain_is_adopted_together(
    verifier_statistics: User, signed: Submission, running: Round, cell: Find
) -> None:
    desk_of(verifier_statistics).post(reverse("verify-adopt", args=[running.pk]), {"item": ""})
    assert {cell(name).state for name in ("revenue", "capital", "accident", "remark")} == {"adopted"}
    assert cell("tax_revenue").state == "reported"


def test_a_return_is_seen_by_the_reporter_with_its_reason(
    verifier_tax: User, reporter: User, signed: Submission, cell: Find
) -> None:
    desk_of(verifier_tax).post(
        reverse("cell-return", args=[cell("tax_revenue").pk]), {"version": 1, "reason": "与入库数不符"}
    )
    page = desk_of(reporter).get(reverse("form", args=[signed.pk])).content.decode()
    assert "与入库数不符" in page
    assert page.count("hx-post") == 2  # the value and the explanation of the one cell that is open
