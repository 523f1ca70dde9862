from __future__ import annotations

import csv
from collections.abc import Callable

import pytest
from django.test import Client

from yuance_web.records.accounts.models import User
from yuance_web.records.journal.models import Entry
from yuance_web.records.journal.services import write_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(audit: User, enter: Callable[[User], Client]) -> Client:
    for number in range(150):
        write_entry(None, "保存", "数据", f"=第 {number}")
    return enter(audit)


def test_the_newest_lines_come_first_a_hundred_a_page(browser: Client) -> None:
    page = browser.get("/journal/")
    assert [line.sequence for line in page.context["page"]] == list(range(150, 50, -1))
    assert "第 1 / 2 页" in page.content.decode()


def test_filters_that_make_no_sense_are_told(browser: Client) -> None:
    assert browser.get("/journal/?since=tomorrow").context["filters"].errors


def test_a_whole_chain_is_proven_and_the_proof_is_a_line(browser: Client) -> None:
    page = browser.post("/journal/verify/")
    assert "日志完整" in page.content.decode()
    assert Entry.objects.latest("sequence").verb == "验证日志"


def test_a_broken_chain_is_told(browser: Client) -> None:
    Entry.objects.filter(sequence=7).update(subject="forged")
    page = browser.post("/journal/verify/").content.decode()
    assert "日志不完整" in page
    assert "第 7 行：内容与摘要不符" in page


def test_lines_are_taken_out_harmless(browser: Client) -> None:
    text = browser.get("/journal/lines.csv?subject=第 7").content.decode("utf-8-sig")
    rows = list(csv.reader(text.splitlines()))
    assert rows[0][0] == "序号"
    assert rows[1][8].startswith("'=第")


def test_queries_do_not_grow_with_lines(browser: Client, django_assert_max_num_queries: Callable) -> None:  # type: ignore[type-arg]
    with django_assert_max_num_queries(14):
        browser.get("/journal/")
