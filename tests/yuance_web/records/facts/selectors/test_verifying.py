from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.yuance_web.records import reporting
from yuance_web.records.accounts.models import User
from yuance_web.records.facts import selectors, services
from yuance_web.records.facts.models import Cell
from yuance_web.records.rounds.models import Round, Submission

pytestmark = pytest.mark.django_db
Find = Callable[..., Cell]


def test_a_department_sees_its_items_of_the_parks_that_have_signed(
    verifier_tax: User, signed: Submission, running: Round
) -> None:
    page = selectors.verify_page(verifier_tax, running)
    assert page is not None
    assert [sheet.item.id for sheet in page.sheets] == ["tax_revenue"]
    assert [(line.submission.pk, line.reported, line.last) for line in page.sheets[0].lines] == [
        (signed.pk, "90,000", "80,000")
    ]


def test_another_departments_item_is_not_there_for_it(verifier_tax: User, running: Round) -> None:
    assert selectors.verify_page(verifier_tax, running, "revenue") is None


def test_what_is_plain_may_be_adopted_together_and_what_is_odd_not(
    verifier_statistics: User, signed: Submission, running: Round
) -> None:
    page = selectors.verify_page(verifier_statistics, running)
    assert page is not None
    odd = {sheet.item.id: [line.is_odd for line in sheet.lines] for sheet in page.sheets}
    assert odd == {"revenue": [False], "capital": [False], "accident": [False], "remark": [False]}


def test_a_gap_where_there_was_a_value_is_odd(
    reporter: User, verifier_tax: User, filled: Submission, running: Round, cell: Find
) -> None:
    services.save_value(reporter, cell("tax_revenue").pk, text="", version=1)
    reporting.turn_in(filled)
    page = selectors.verify_page(verifier_tax, running)
    assert page is not None
    assert page.sheets[0].lines[0].gap == "上年同期有数，本期缺报"


def test_growth_out_of_line_with_the_peers_is_marked(lead: User, verifier_tax: User, running: Round) -> None:
    earlier, made = reporting.make_past(lead, "2021Q3", count=8), reporting.make_round(lead, "2022Q3", count=8)
    values = dict(earlier.submissions.filter(cells__variable="tax_revenue").values_list("park__code", "cells__adopted"))
    for submission in made.submissions.select_related("park"):
        factor = 3.0 if submission.park.code == "KM05" else 1.1
        submission.cells.filter(variable="tax_revenue").update(
            reported=values[submission.park.code] * factor, state="reported"
        )
        reporting.turn_in(submission)
    page = selectors.verify_page(verifier_tax, made)
    assert page is not None
    assert [line.submission.park.code for line in page.sheets[0].lines if line.marks] == ["KM05"]


def test_what_a_cell_said_at_the_signing_before_is_shown(
    verifier_tax: User, signer: User, reporter: User, signed: Submission, running: Round, cell: Find
) -> None:
    services.return_cell(verifier_tax, cell("tax_revenue").pk, version=1, reason="与入库数不符")
    services.save_value(reporter, cell("tax_revenue").pk, text="91000", version=2)
    services.sign_form(signer, signed, remark="照报")
    page = selectors.verify_page(verifier_tax, running)
    assert page is not None
    assert page.sheets[0].lines[0].was == "90,000"


def test_queries_do_not_grow_with_the_parks(
    verifier_tax: User, reporter: User, other_reporter: User, signed: Submission, other: Submission, running: Round
) -> None:
    with CaptureQueriesContext(connection) as one:
        selectors.verify_page(verifier_tax, running)
    reporting.fill(other_reporter, other)
    reporting.turn_in(other)
    with CaptureQueriesContext(connection) as two:
        selectors.verify_page(verifier_tax, running)
    assert len(two) <= len(one)
