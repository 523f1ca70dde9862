"""Every upload on the shelf gets its message, in Chinese and with what to do; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.broken.uploads.shelf import SHELF, Broken, Goods
from tests.yuance_web.records import reporting
from yuance_web.records.accounts.models import Office, Role, User
from yuance_web.records.facts.models import Cell, Change
from yuance_web.records.intake import selectors, services
from yuance_web.records.intake.bridge import UploadRefused
from yuance_web.records.rounds.models import Round, Submission

pytestmark = pytest.mark.django_db  # without it pytest-django would leave the desk to the settings' own database


@dataclass(frozen=True)
class Desk:
    """A round with its reporter, and good templates."""

    round: Round
    reporter: User
    goods: Goods


@pytest.fixture(scope="module")
def desk(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:
    """Made once, taken away after the last upload."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _desk()
        transaction.set_rollback(True)


def _desk() -> Desk:
    lead = User.objects.create(username="shelf-lead", role=Role.LEAD)
    first, second, _ = reporting.parks()
    reporter, other, verifier = (
        User.objects.create(username=f"shelf-{office.name}", role=role, office=office)
        for role, office in (
            (Role.REPORTER, Office.objects.create(name="一园", park=first)),
            (Role.REPORTER, Office.objects.create(name="二园", park=second)),
            (Role.VERIFIER, Office.objects.create(name="市统计局", owner="统计局")),
        )
    )
    running, earlier = reporting.make_round(lead, "2023Q4"), reporting.make_round(lead, "2023Q3")
    goods = Goods(
        own=selectors.park_template(reporter, _submission(running, "KM01")),
        other_round=selectors.park_template(reporter, _submission(earlier, "KM01")),
        other_park=selectors.park_template(other, _submission(running, "KM02")),
        department=selectors.department_template(verifier, running),
    )
    return Desk(running, reporter, goods)


def _submission(round_: Round, code: str) -> Submission:
    return round_.submissions.select_related("round__release", "park").get(park__code=code)


def test_the_good_template_is_taken(desk: Desk) -> None:
    preview = services.preview_import(desk.reporter, desk.round, desk.goods.own, "填报表.xlsx")
    assert {row["verdict"] for row in preview.rows} == {"same"}
    assert not preview.remarks


@pytest.mark.parametrize("broken", SHELF.values(), ids=SHELF.keys())
def test_a_broken_upload_is_told_and_nothing_is_written(broken: Broken, desk: Desk) -> None:
    content = broken.make(desk.goods)
    try:
        preview = services.preview_import(desk.reporter, desk.round, content, broken.name)
    except UploadRefused as refused:
        assert broken.whole, refused.problems  # noqa: PT017 - a file may be refused whole or cell by cell
        said = "；".join(refused.problems)
    else:
        assert not broken.whole
        said = "；".join([*preview.remarks, *(row["why"] for row in preview.rows)])
        assert not [row for row in preview.rows if row["verdict"] in services.WRITTEN]
    for words in (*broken.words, "请"):
        assert words in said, said
    assert not Change.objects.exists()
    assert not Cell.objects.exclude(version=0).exists()
