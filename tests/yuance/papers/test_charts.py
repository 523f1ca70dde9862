"""Charts are pictures that stand in a page: no script, no address, ids of their own, labels that do not collide."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from yuance.papers.charts import LINE, _dodged, _short, history_chart, profile_chart


def points(**scores: float) -> list[dict[str, Any]]:
    return [
        {"unit": name, "label": name, "period": period, "score": score + number, "ranked": True}
        for name, score in scores.items()
        for number, period in enumerate(("2023Q1", "2023Q2"))
    ]


@pytest.fixture(scope="module")
def history() -> str:
    return history_chart(points(甲=80.0, 乙=80.1, 丙=60.0), ["2023Q1", "2023Q2"], (55.0, 85.0), "得分走势")


@pytest.fixture(scope="module")
def profile() -> str:
    rows = [{"dimension": name, "score": score} for name in ("效益", "<创新>") for score in (60.0, 70.0, 90.0)]
    return profile_chart(rows, ["效益", "<创新>"], (50.0, 100.0), '分布 "一"')


def test_a_chart_is_well_formed_and_named(history: str, profile: str) -> None:
    assert ET.fromstring(history).get("aria-label") == "得分走势"
    assert ET.fromstring(profile).get("aria-label") == '分布 "一"'


def test_a_chart_has_no_address_and_no_script(history: str, profile: str) -> None:
    assert not re.search(r"http|<script|<image|xlink|@import", history + profile)


def test_each_unit_has_its_label_with_its_last_score(history: str) -> None:
    assert {"甲 81.0", "乙 81.1", "丙 61.0"} <= {node.text for node in ET.fromstring(history).iter("text")}


def test_foreign_names_are_escaped(profile: str) -> None:
    assert "<创新>" not in profile
    assert "&lt;创新&gt;" in profile


def test_ids_of_two_charts_do_not_meet(history: str, profile: str) -> None:
    assert not set(re.findall(r'id="([^"]+)"', history)) & set(re.findall(r'id="([^"]+)"', profile))


def test_a_gap_is_not_drawn() -> None:
    rows = points(甲=80.0)
    rows[1]["score"] = None
    assert "甲 80.0" in history_chart(rows, ["2023Q1", "2023Q2"], (70.0, 90.0), "名")


def test_labels_keep_their_distance() -> None:
    rows = [{"unit": str(number), "label": str(number), "score": 50.0 + number / 10} for number in range(9, -1, -1)]
    placed = [row["shown_at"] for row in _dodged(rows, (0.0, 100.0), 200.0)]
    gaps = [before - after for before, after in pairwise(placed)]
    assert min(gaps) >= LINE * 100 / 200 - 1e-9


def test_labels_stay_inside_the_picture() -> None:
    rows = [{"unit": str(number), "label": str(number), "score": 1.0} for number in range(10)]
    assert min(row["shown_at"] for row in _dodged(rows, (0.0, 100.0), 200.0)) >= 0.0


def test_the_year_is_said_only_where_it_changes() -> None:
    assert _short(["2023Q1", "2023Q2"]) == ["Q1", "Q2"]
    assert _short(["2022Q4", "2023Q1"]) == ["22Q4", "23Q1"]
    assert _short(["2022", "2023"]) == ["2022", "2023"]
