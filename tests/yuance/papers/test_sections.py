"""What the page of a ranking shows is prepared before it is set."""

from __future__ import annotations

import pytest

from tests.yuance.loop.evaluation.explained import small_city
from yuance.papers.sections import Section, said_findings, section


@pytest.fixture(scope="module")
def whole() -> Section:
    return section(small_city(), 0, {("u1", "2023"): "explain/u1.html"})


def test_the_latest_period_is_open_and_has_the_pictures(whole: Section) -> None:
    assert [sheet.ranking.period for sheet in whole.sheets] == ["2022", "2023"]
    assert whole.open == 1
    assert [len(sheet.profiles) for sheet in whole.sheets] == [0, 1]


def test_every_sheet_has_the_data_of_the_pictures(whole: Section) -> None:
    row = whole.sheets[1].spreads[0]
    assert (row.category, row.name, row.lowest, row.median, row.highest, row.best) == (
        "A 类（制造类）",
        "亩均效益",
        60.0,
        80.0,
        90.0,
        "乙园",
    )


def test_scores_over_the_periods_are_drawn_by_category(whole: Section) -> None:
    (history,) = whole.histories
    assert (history.words, [chart.words for chart in history.charts]) == (
        ("2022年", "2023年"),
        ["A 类（制造类）", "B 类（服务类）"],
    )
    assert next(row.scores for row in history.rows if row.name == "甲园") == (55.0, 88.33)


def test_one_period_has_no_history() -> None:
    facts = "unit,name,category,period,tax,land\nu1,甲园,A,2023,3000,100\n"
    assert section(small_city(facts=facts), 0, {}).histories == ()


def test_links_go_to_the_sheet_of_their_period(whole: Section) -> None:
    assert [dict(sheet.links) for sheet in whole.sheets] == [{}, {"u1": "explain/u1.html"}]


def test_what_must_be_explained_stands_before_notes(whole: Section) -> None:
    sheet = whole.sheets[1]
    assert {one.severity for one in sheet.findings} == {"explain"}
    assert {one.severity for one in sheet.notes} == {"note"}


def test_findings_name_the_unit() -> None:
    evaluation = small_city()
    assert "甲园" in {one.name for one in said_findings(evaluation.notes, {"u1": "甲园", "u3": "甲园"})}
