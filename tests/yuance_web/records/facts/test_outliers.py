from __future__ import annotations

import math

from yuance_web.records.facts import outliers


def test_growth_needs_two_positive_values() -> None:
    assert outliers.log_growth(2.0, 1.0) == math.log(2)
    assert outliers.log_growth(0.0, 1.0) is outliers.log_growth(1.0, None) is outliers.log_growth(-1.0, 1.0) is None


def test_the_one_that_trebles_among_steady_peers_is_marked() -> None:
    growth = {f"P{n}": math.log(1.05 + n / 100) for n in range(8)} | {"X": math.log(3)}
    assert list(outliers.peer_marks(growth)) == ["X"]


def test_too_few_peers_mark_nobody() -> None:
    assert not outliers.peer_marks({"A": 0.0, "B": 0.0, "X": 3.0})


def test_a_growth_unlike_the_parks_own_is_marked() -> None:
    assert "明显偏离" in outliers.history_mark(math.log(4), [0.05, 0.07, 0.1, 0.02])
    assert not outliers.history_mark(math.log(1.2), [0.05, 0.07, 0.1, 0.02])
    assert not outliers.history_mark(math.log(4), [0.05, 0.07])


def test_growth_is_said_in_percent() -> None:
    assert outliers.percent(math.log(1.5)) == "+50.0%"
