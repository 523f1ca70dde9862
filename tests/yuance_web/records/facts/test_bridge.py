from __future__ import annotations

import pytest

from tests.yuance_web.records import reporting
from yuance_web.records.accounts.models import User
from yuance_web.records.facts import bridge
from yuance_web.records.facts.bridge import Item


def item(kind: str = "flow", measured_in: str = "万元") -> Item:
    return Item("x", "营业收入", measured_in, kind, "统计局", "", 1)


@pytest.mark.parametrize(
    ("typed", "value"), [("1,234.5", 1234.5), ("１２３", 123), ("−3", -3), ("1.5亿元", 15000), ("0", 0)]
)
def test_numbers_are_read_as_people_type_them(typed: str, value: float) -> None:
    assert bridge.read_entry(item(), typed).value == value


def test_a_column_of_cells_is_read_at_once() -> None:
    found = bridge.read_entries(
        item(), [(5, False), ("6", False), (None, False), ("六", False), (True, False), (0.5, True)]
    )
    assert [one.value for one in found] == [5, 6, None, None, None, None]
    assert [bool(one.problem) for one in found] == [False, False, False, True, True, True]


@pytest.mark.parametrize(
    ("value", "said"),
    [(1234.5, "1,234.5"), (32000.0, "32,000"), (0.1 + 0.2, "0.30000000000000004"), (-0.5, "-0.5"), (None, "")],
)
def test_numbers_are_shown_with_every_digit_they_have(value: float | None, said: str) -> None:
    assert bridge.say(value) == said


@pytest.mark.parametrize(
    ("one", "other", "earlier"),
    [
        ("2022Q4", "2023Q1", True),
        ("2023Q4", "2023", False),
        ("2023Q3", "2023", True),
        ("2023", "2022", False),
        ("x", "2023", False),
    ],
)
def test_a_period_is_earlier_when_it_ended_before(one: str, other: str, earlier: bool) -> None:
    assert bridge.is_earlier(one, other) is earlier


@pytest.mark.django_db
def test_a_category_asks_for_the_items_that_its_weights_use(lead: User) -> None:
    form = bridge.form_of(reporting.release(lead))
    assert bridge.needed_items(form, "A") == {"revenue", "tax_revenue", "land", "capital"}
    assert bridge.needed_items(form, "B") == {"revenue", "tax_revenue", "land"}
    assert bridge.needed_items(form, "Z") == set(form.items)
