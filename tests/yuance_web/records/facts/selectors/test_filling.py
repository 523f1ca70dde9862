from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.yuance_web.records import reporting
from yuance_web.records.accounts.models import User
from yuance_web.records.facts import selectors, services
from yuance_web.records.facts.models import Cell
from yuance_web.records.rounds.models import Submission

pytestmark = pytest.mark.django_db
Find = Callable[..., Cell]


def test_the_form_is_grouped_by_the_dimensions_whose_indicators_use_an_item(
    reporter: User, submission: Submission
) -> None:
    page = selectors.form_page(reporter, submission)
    assert [(section.name, [row.item.id for row in section.rows]) for section in page.sections] == [
        ("产出", ["revenue", "tax_revenue", "land"]),
        ("招商", ["capital"]),
        ("加分、扣分与否决事项", ["accident"]),
        ("其他数据项", ["remark"]),
    ]


def test_a_row_has_last_years_value_and_the_change(reporter: User, filled: Submission) -> None:
    row = selectors.form_row(reporter, filled, "revenue")["revenue"]
    assert (row.value, row.last, row.change) == ("1,100,000", "1,000,000", "+10.0%")


def test_only_items_with_a_target_have_one(reporter: User, submission: Submission) -> None:
    page = selectors.form_page(reporter, submission)
    assert [row.item.id for row in page.rows if row.target] == ["capital"]


def test_a_slip_of_the_measure_is_asked_about_with_the_likely_value(
    reporter: User, submission: Submission, cell: Find
) -> None:
    services.save_value(reporter, cell("revenue").pk, text="110", version=0)
    doubts = selectors.form_row(reporter, submission, "revenue")["revenue"].doubts
    slip = next(doubt for doubt in doubts if doubt.code == "F082")
    assert (slip.suggestion, slip.question) == ("1,100,000", "疑似按亿元填报，应为 1,100,000 万元？")


def test_a_check_is_told_at_every_item_that_stands_in_it(reporter: User, filled: Submission, cell: Find) -> None:
    services.save_value(reporter, cell("tax_revenue").pk, text="990000000", version=1)
    rows = selectors.form_row(reporter, filled, "tax_revenue", related=True)
    assert {name for name, row in rows.items() if row.errors} == {"revenue", "tax_revenue"}


def test_progress_counts_what_the_score_of_the_category_asks_for(
    reporter: User, submission: Submission, cell: Find
) -> None:
    assert selectors.progress(submission) == (0, 4)
    services.save_value(reporter, cell("land").pk, text="5", version=0)
    assert selectors.progress(submission) == (1, 4)
    submission.category = "B"
    assert selectors.progress(submission) == (1, 3)


def test_a_department_sees_its_own_columns_only(verifier_tax: User, filled: Submission) -> None:
    page = selectors.form_page(verifier_tax, filled)
    assert [row.item.id for row in page.rows] == ["tax_revenue"]


def test_administrators_see_no_column(system: User, security: User, audit: User, filled: Submission) -> None:
    assert not [row for user in (system, security, audit) for row in selectors.form_page(user, filled).rows]


def test_queries_do_not_grow_with_what_is_filled_or_known(lead: User, reporter: User, submission: Submission) -> None:
    with CaptureQueriesContext(connection) as few:
        selectors.form_page(reporter, submission)
    reporting.make_past(lead, "2023Q3")
    reporting.fill(reporter, submission)
    with CaptureQueriesContext(connection) as many:
        selectors.form_page(reporter, submission)
    assert len(many) <= len(few)
