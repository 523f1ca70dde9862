from __future__ import annotations

import pytest

from yuance.loop.evaluation import Evaluation
from yuance_demo.ranking import ranking_lines


@pytest.fixture(scope="module")
def lines(kunming: Evaluation) -> list[str]:
    return list(ranking_lines(kunming))


def test_each_category_has_its_table(lines: list[str]) -> None:
    assert [line for line in lines if line and not line.startswith(" ")] == [
        "A 类　国家级制造/创新类（3家）",
        "B 类　省级制造类（11家）",
        "C 类　功能/特殊类（5家）",
    ]


def test_parks_stand_in_the_order_of_the_last_period(lines: list[str]) -> None:
    parks = [line.split()[0] for line in lines if line.startswith("  ") and not line.startswith("  园区")]
    assert len(parks) == 19
    assert parks[0] == "昆明国家高新技术产业开发区"


def test_an_unranked_and_a_vetoed_park_are_told_apart(lines: list[str]) -> None:
    (jinning,) = [line for line in lines if "晋宁" in line]
    (anning,) = [line for line in lines if "安宁" in line]
    assert "(—)" in jinning
    assert ")*" in anning
