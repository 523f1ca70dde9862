"""Working days (工作日): the week, the public holidays, and the weekend days worked instead."""

from __future__ import annotations

import csv
import datetime as dt
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("holidays.csv")
ONE = dt.timedelta(days=1)


@lru_cache(maxsize=1)
def special_days() -> dict[dt.date, bool]:
    """The days that are other than their weekday says: True where there is work."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {dt.date.fromisoformat(row["date"]): row["kind"] == "work" for row in csv.DictReader(file)}


@lru_cache(maxsize=1)
def known_years() -> frozenset[int]:
    """The years whose holidays have been announced and are listed."""
    return frozenset(day.year for day in special_days())


def is_working_day(day: dt.date) -> bool:
    """Whether offices work on a day; in a year without a list the week alone decides."""
    return special_days().get(day, day.weekday() < 5)


def add_working_days(day: dt.date, count: int) -> dt.date:
    """The `count`-th working day after `day`, which itself is not counted (民法典 第二百零一条: 开始的当日不计入)."""
    if count < 0:
        raise ValueError("working days are counted forward")
    while count:
        day += ONE
        count -= is_working_day(day)
    return day


def working_days_left(today: dt.date, last: dt.date) -> int:
    """How many working days remain after today up to and including `last`."""
    span = max(0, (last - today).days)
    return sum(is_working_day(today + ONE * number) for number in range(1, span + 1))
