"""Working days against weeks that everybody remembers."""

from __future__ import annotations

import datetime as dt

import pytest

from yuance_web.loop.evaluation.calendar import add_working_days, is_working_day, known_years, working_days_left


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (dt.date(2023, 10, 2), False),  # a Monday of the National Day
        (dt.date(2023, 10, 7), True),  # a Saturday worked instead
        (dt.date(2023, 10, 8), True),  # a Sunday worked instead
        (dt.date(2023, 10, 9), True),
        (dt.date(2023, 10, 14), False),  # an ordinary Saturday
        (dt.date(2024, 2, 9), True),  # the eve of the Spring Festival, which was worked that year
        (dt.date(2024, 2, 12), False),
        (dt.date(2024, 2, 18), True),  # the Sunday after, worked
        (dt.date(2021, 5, 5), False),
        (dt.date(2030, 1, 5), False),  # a year without a list: Saturday
        (dt.date(2030, 1, 7), True),
    ],
)
def test_a_day_is_worked_as_the_state_council_said(day: dt.date, works: bool) -> None:
    assert is_working_day(day) is works


def test_a_notice_over_the_national_day_ends_after_it() -> None:
    # signed on Thursday 28 September 2023; 29 September to 6 October are off, 7 and 8 are worked
    assert add_working_days(dt.date(2023, 9, 28), 5) == dt.date(2023, 10, 11)


def test_the_day_itself_is_not_counted() -> None:
    assert add_working_days(dt.date(2023, 11, 6), 5) == dt.date(2023, 11, 13)
    assert add_working_days(dt.date(2023, 11, 6), 0) == dt.date(2023, 11, 6)


def test_working_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forward"):
        add_working_days(dt.date(2023, 11, 6), -1)


def test_what_is_left_of_a_notice() -> None:
    assert working_days_left(dt.date(2023, 11, 6), dt.date(2023, 11, 13)) == 5
    assert working_days_left(dt.date(2023, 11, 14), dt.date(2023, 11, 13)) == 0


def test_the_years_of_the_list_are_known() -> None:
    assert known_years() >= {2021, 2022, 2023, 2024, 2025, 2026}
