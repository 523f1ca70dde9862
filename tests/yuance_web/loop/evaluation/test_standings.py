"""Rankings, movements, comparisons and trends, from what runs left behind."""

from __future__ import annotations

import pytest

from tests.yuance_web.loop.evaluation.stage import Stage, make_round
from yuance_web.loop.evaluation import pictures, presenting, selectors, services, standings
from yuance_web.loop.evaluation.performing import perform_run
from yuance_web.records.rounds.models import RoundState

pytestmark = pytest.mark.django_db


def test_the_ranking_stands_by_category_with_movement_since_the_final_result_before(stage: Stage) -> None:
    services.load_result(stage.before, stage.lead)
    issue = stage.in_notice()
    before = selectors.previous_final(stage.round)
    assert before is not None
    assert before.round == stage.before
    groups = standings.ranking(issue.run.scores, issue.run.meta, before.run.scores)
    assert [(group.category, [line.unit for line in group.lines]) for group in groups] == [
        ("A", ["KM01", "KM02"]),
        ("B", ["KM03", "KM04"]),
    ]
    assert [line.movement.words for line in groups[0].lines] == ["↑1", "↓1"]
    assert groups[0].lines[0].movement.spoken == "上升 1 位"


def test_parks_of_one_score_share_a_place_and_name_each_other(stage: Stage) -> None:
    scores = [
        {"unit": unit, "name": unit, "category": "A", "score": 80.0, "score_exact": 80.0, "rank": 1, "rank_in_category": 1, "grade": "",
         "status": "ranked", "note": None} for unit in ("KM01", "KM02")
    ]  # fmt: skip
    meta = {"categories": [["A", "甲类"], ["B", "乙类"]], "tree": []}
    (group,) = standings.ranking(scores, meta)
    assert [line.tied for line in group.lines] == [("KM02",), ("KM01",)]
    del stage


def test_a_what_if_beside_its_base_says_who_gains_who_loses_and_why(stage: Stage) -> None:
    base = stage.frozen()
    asked = services.ask_run(stage.lead, stage.round, "what-if", {"without": ["revenue_level"]}, base)
    perform_run(asked.pk)
    asked.refresh_from_db()
    found = standings.beside(base, asked)
    assert {one.unit for one in found.lines} == {"KM01", "KM02", "KM03", "KM04"}
    assert found.gains
    assert found.losses
    assert all((one.difference or 0) > 0 for one in found.gains)
    assert found.losses[0].why == "产出"
    assert found.losses[0].by == pytest.approx(found.losses[0].difference, abs=0.006)


def test_a_trend_is_cut_where_the_category_changed(stage: Stage) -> None:
    services.load_result(stage.before, stage.lead)
    stage.round.submissions.filter(park__code="KM01").update(category="B")
    stage.make_final()
    points = standings.trend(presenting.runs_in_time(), "KM01")
    assert [point.period for point in points] == ["2022Q4", "2023Q4"]
    assert points[1].breaks == "类别由 A 变为 B"
    picture = pictures.trend_picture(points)
    assert picture is not None
    assert picture.paths == []
    assert [bool(dot.broken) for dot in picture.dots] == [False, True]


def test_a_trend_without_breaks_is_one_line(stage: Stage) -> None:
    services.load_result(stage.before, stage.lead)
    stage.make_final()
    picture = pictures.trend_picture(standings.trend(presenting.runs_in_time(), "KM02"))
    assert picture is not None
    assert len(picture.paths) == 1


def test_movements_are_against_a_period_of_the_same_kind(stage: Stage) -> None:
    make_round(
        stage.release,
        "2023Q3",
        RoundState.OPEN,
        stage.parks,
        dict.fromkeys(stage.parks, (1.0, 1.0, 1.0)),
        stage.lead,
        stage.tax,
    )
    assert selectors.previous_final(stage.round) is None


@pytest.mark.parametrize(
    ("values", "scale"),
    [([], (0.0, 100.0)), ([0.2, 0.9], (0.0, 1.0)), ([55.0, None], (0.0, 100.0)), ([-5.0, 60.0], (-5.0, 100.0))],
)
def test_bars_are_drawn_in_a_range_that_holds_all_scores(
    values: list[float | None], scale: tuple[float, float]
) -> None:
    assert pictures.scale_of(values) == scale
