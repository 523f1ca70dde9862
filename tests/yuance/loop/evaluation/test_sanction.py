"""Rules over several periods: last three, twice in three years; said, and never a change of the score."""

from __future__ import annotations

from typing import Any

from tests.yuance.loop.evaluation.building import Table, column, one, scored

GIVEN = {"by": "given"}
EXIT = {"bottom": 1, "times": 2, "of_last": 3}


def said(when: Table, years: dict[str, list[float | None]], **keys: Any) -> list[tuple[str, str]]:
    """(period, unit) of each finding; `years` gives the scores of u1, u2 … in each period."""
    of = one(GIVEN, sanction=[{"id": "exit", "name": "连续末位退出", "when": when, "action": "列入退出备选"}], **keys)
    rows = [
        {"unit": f"u{number}", "period": period, "x": x}
        for period, values in years.items()
        for number, x in enumerate(values, start=1)
    ]
    units = {f"u{number}": {"category": "AABB"[number - 1]} for number in (1, 2, 3, 4)} if "category" in keys else None
    evaluation = scored(of, rows, units=units)
    return sorted((note.period, note.unit) for note in evaluation.notes if note.code == "E212")


def test_twice_last_within_three_years_is_said_from_the_second_time_on() -> None:
    years: dict[str, list[float | None]] = {"2021": [1, 2, 3], "2022": [2, 1, 3], "2023": [1, 2, 3]}
    assert said(EXIT, years) == [("2023", "u1")]


def test_what_lies_before_the_window_does_not_count() -> None:
    years: dict[str, list[float | None]] = {"2020": [1, 2], "2021": [2, 1], "2022": [2, 1], "2023": [1, 2]}
    assert said(EXIT, years) == [("2022", "u2")]


def test_the_window_is_of_years_also_where_one_is_missing() -> None:
    assert said(EXIT, {"2020": [1, 2], "2023": [1, 2]}) == []
    assert said(EXIT, {"2021": [1, 2], "2023": [1, 2]}) == [("2023", "u1")]


def test_the_bottom_is_counted_among_the_ranked_units() -> None:
    years: dict[str, list[float | None]] = {"2022": [2, 1, None], "2023": [2, 1, None]}
    assert said(EXIT, years) == [("2023", "u2")]


def test_those_who_share_the_last_place_are_both_last() -> None:
    assert said({**EXIT, "times": 1}, {"2023": [1, 1, 3]}) == [("2023", "u1"), ("2023", "u2")]


def test_the_top_is_counted_from_above() -> None:
    assert said({"top": 2, "times": 1, "of_last": 1}, {"2023": [1, 2, 3]}) == [("2023", "u2"), ("2023", "u3")]


def test_within_the_category() -> None:
    categories = [{"id": "A"}, {"id": "B"}]
    once = {"bottom": 1, "within": "category", "times": 1, "of_last": 1}
    assert said(once, {"2023": [1, 2, 9, 8]}, category=categories) == [("2023", "u1"), ("2023", "u4")]


def test_quarters_are_counted_with_quarters() -> None:
    years: dict[str, list[float | None]] = {"2023": [1, 2], "2023Q3": [2, 1], "2023Q4": [1, 2], "2024Q1": [1, 2]}
    assert said(EXIT, years, method={"periods": ["year", "quarter"]}) == [("2024Q1", "u1")]


def test_a_sanction_names_periods_and_action_and_changes_no_score() -> None:
    of = one(GIVEN, sanction=[{"id": "exit", "name": "末位", "when": EXIT, "action": "列入退出备选"}])
    rows = [
        {"unit": unit, "period": period, "x": x} for period in ("2022", "2023") for unit, x in (("u1", 1), ("u2", 2))
    ]
    evaluation = scored(of, rows)
    (note,) = evaluation.notes
    assert (note.severity, note.place) == ("note", "exit")
    assert note.text() == "[E212] “末位”：近 3 期中 2 次位列末1 名（2022、2023）。列入退出备选"
    assert column(evaluation, "score") == [1, 2]
    assert column(evaluation, "status") == ["ranked", "ranked"]
