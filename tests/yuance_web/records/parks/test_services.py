from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from yuance_web.records.journal.models import Entry
from yuance_web.records.journal.selectors import breaks
from yuance_web.records.parks.models import Park, ParkVersion
from yuance_web.records.parks.selectors import park_on, versions_on
from yuance_web.records.parks.services import (
    ParkRefused,
    change_category,
    create_park,
    entrust_park,
    merge_parks,
    rename_park,
    split_park,
)

pytestmark = pytest.mark.django_db
FIRST, LATER = dt.date(2021, 1, 1), dt.date(2023, 7, 1)


@pytest.fixture
def park() -> Park:
    return create_park(None, "T1", begins=FIRST, cause="设立", name="甲工业园区", category="B", county="东县")


@pytest.fixture
def other() -> Park:
    return create_park(None, "T2", begins=FIRST, cause="设立", name="乙工业园区", category="B", county="西县")


def name_on(code: str, day: dt.date) -> str | None:
    version = park_on(code, day)
    return version.name if version else None


def test_a_park_has_its_old_name_before_and_its_new_name_from_the_day_of_the_change(park: Park) -> None:
    rename_park(None, park, name="甲产业园区", day=LATER, cause="云政复〔2023〕1号")
    assert name_on("T1", LATER - dt.timedelta(days=1)) == "甲工业园区"
    assert name_on("T1", LATER) == "甲产业园区"
    assert name_on("T1", FIRST - dt.timedelta(days=1)) is None


def test_each_change_begins_one_version_and_writes_one_line_of_the_journal(park: Park) -> None:
    lines = Entry.objects.count()
    change_category(None, park, category="A", day=LATER, cause="升级")
    entrust_park(None, park, to="高新区", day=LATER + dt.timedelta(days=1), cause="托管协议")
    assert park.versions.count() == 3
    assert Entry.objects.count() == lines + 2
    assert not list(breaks())
    assert "B" in Entry.objects.get(verb="调整类别").detail


def test_what_is_not_changed_is_carried_over(park: Park) -> None:
    version = entrust_park(None, park, to="高新区", day=LATER, cause="托管协议")
    assert (version.name, version.category, version.county) == ("甲工业园区", "B", "东县")


def test_absorbed_parks_end_the_day_before_and_keep_their_past(park: Park, other: Park) -> None:
    merge_parks(None, park, [other], day=LATER, cause="整合优化", name="甲乙产业园区")
    assert [version.name for version in versions_on(LATER)] == ["甲乙产业园区"]
    assert name_on("T2", LATER - dt.timedelta(days=1)) == "乙工业园区"
    assert "T2" in park.versions.get(begins=LATER).cause


def test_parts_of_a_split_begin_with_the_level_and_category_of_the_old_park(park: Park) -> None:
    made = split_park(None, park, [("T3", "丙产业园区")], day=LATER, cause="分立")
    assert made[0].versions.get().category == "B"
    assert {version.park.code for version in versions_on(LATER)} == {"T1", "T3"}


def test_a_split_may_end_the_old_park(park: Park) -> None:
    split_park(None, park, [("T3", "丙产业园区"), ("T4", "丁产业园区")], day=LATER, cause="分立", ends=True)
    assert {version.park.code for version in versions_on(LATER)} == {"T3", "T4"}


@pytest.mark.parametrize(
    ("day", "name", "cause", "words"),
    [
        (LATER, "甲产业园区", "", "原因与依据"),
        (LATER, "", "依据", "名称"),
        (LATER, "甲工业园区", "依据", "没有变动"),
        (LATER, "乙工业园区", "依据", "同名"),
        (FIRST - dt.timedelta(days=1), "甲产业园区", "依据", "不存在"),
        (FIRST, "甲产业园区", "依据", "同一天"),
    ],
)
def test_a_change_that_cannot_be_made_says_why_and_writes_nothing(
    park: Park, other: Park, day: dt.date, name: str, cause: str, words: str
) -> None:
    lines = Entry.objects.count()
    with pytest.raises(ParkRefused, match=words):
        rename_park(None, park, name=name, day=day, cause=cause)
    assert ParkVersion.objects.count() == 2
    assert Entry.objects.count() == lines


def test_a_change_before_a_later_change_is_refused(park: Park) -> None:
    rename_park(None, park, name="甲产业园区", day=LATER, cause="依据")
    with pytest.raises(ParkRefused, match="之后已有变动"):
        change_category(None, park, category="A", day=LATER - dt.timedelta(days=9), cause="依据")


def test_a_merger_that_fails_half_way_leaves_everything_as_it_was(park: Park, other: Park) -> None:
    with pytest.raises(ParkRefused):
        merge_parks(None, park, [other], day=LATER, cause="整合", name="甲工业园区")
    assert name_on("T2", LATER) == "乙工业园区"


def test_only_the_lead_department_changes_parks(park: Park, reporter: object, lead: object) -> None:
    with pytest.raises(PermissionDenied):
        rename_park(reporter, park, name="我的园区", day=LATER, cause="依据")  # type: ignore[arg-type]
    rename_park(lead, park, name="甲产业园区", day=LATER, cause="依据")  # type: ignore[arg-type]
    assert name_on("T1", LATER) == "甲产业园区"
