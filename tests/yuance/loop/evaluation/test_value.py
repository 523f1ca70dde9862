"""Values are worked out from the facts of the period, of earlier periods, and of all units (method language, part 2)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.yuance.loop.evaluation.building import column, method, one, scored, traced
from yuance.loop.evaluation.value import fact_columns
from yuance.method import Method


def of(value: str, *kinds: str, **more: Any) -> Method:
    return one({"by": "given"}, value=value, method={"periods": list(kinds or ["year"])}, **more)


def values(value: str, rows: list[dict[str, Any]], period: str = "2023", kind: str = "year", **more: Any) -> list[Any]:
    """The values of the indicator in one period, by unit."""
    return traced(scored(of(value, kind, missing="drop"), rows, periods=[period], **more), part="value", period=period)


def row(unit: str, period: str, **facts: float | None) -> dict[str, Any]:
    return {"unit": unit, "period": period, **facts}


THREE_YEARS = [row("u1", "2021", x=50), row("u1", "2022", x=80), row("u1", "2023", x=100)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [("previous(x)", 80), ("lag(x, 2)", 50), ("lag(x, 3)", None), ("growth(x)", 25), ("previous(growth(x))", 60),
     ("lag(previous(x), 1)", 50), ("x - previous(x) - (previous(x) - lag(x, 2))", -10)],
)  # fmt: skip
def test_earlier_years_are_read_from_the_facts(value: str, expected: float | None) -> None:
    assert values(value, THREE_YEARS) == [expected]


def test_growth_from_a_loss_is_measured_against_its_size() -> None:
    assert values("growth(x)", [row("u1", "2022", x=-50), row("u1", "2023", x=-25)]) == [50]


def test_growth_from_nothing_is_missing_and_is_reported() -> None:
    found = scored(of("growth(x)", missing="zero"), [row("u1", "2022", x=0), row("u1", "2023", x=5)], periods=["2023"])
    assert traced(found, part="value") == [None]
    assert found.findings.select("unit", "place", "severity").rows() == [("u1", "i", "explain")]


QUARTERS = [row("u1", f"{year}Q{quarter}", x=size * quarter**2) for year, size in ((2022, 10), (2023, 20)) for quarter in (1, 2, 3)]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "quarter", "expected"),
    [("own(x)", 1, 20), ("own(x)", 2, 60), ("own(x)", 3, 100), ("previous(own(x))", 3, 50), ("growth(own(x))", 1, 100), ("own(own(x))", 2, 40), ("own(own(x))", 1, 20),
     ("growth(own(x))", 3, 100), ("previous(x)", 2, 40)],
)  # fmt: skip
def test_the_own_part_of_a_quarter_is_what_it_adds_within_its_year(value: str, quarter: int, expected: float) -> None:
    assert values(value, QUARTERS, f"2023Q{quarter}", "quarter") == [expected]


def test_the_own_part_is_missing_where_the_quarter_before_is() -> None:
    assert values("own(x)", [row("u1", "2023Q1", x=5), row("u1", "2023Q3", x=9)], "2023Q3", "quarter") == [None]


def test_the_own_part_of_a_year_is_the_year() -> None:
    assert values("own(x)", THREE_YEARS) == [100]


@pytest.mark.parametrize(("period", "before", "kind"), [("2023M02", "2023M01", "month"), ("2023H2", "2023H1", "half")])
def test_months_and_halves_have_own_parts_too(period: str, before: str, kind: str) -> None:
    assert values("own(x)", [row("u1", before, x=30), row("u1", period, x=70)], period, kind) == [40]


def test_a_target_stands_beside_the_fact() -> None:
    rows = [{"unit": "u1", "x": 90, "x:target": 120}, {"unit": "u2", "x": 90}]
    assert values("completion(x)", rows) == [75, None]
    assert values("target(x)", rows) == [120, None]


def test_figures_over_all_units_leave_gaps_out() -> None:
    rows: list[dict[str, Any]] = [{"x": 1}, {"x": 3}, {"x": None}, {"x": 8}]
    for function, expected in {"total": 12, "mean": 4, "median": 3, "lowest": 1, "highest": 8, "sd": 13**0.5}.items():
        assert values(f"{function}(x)", rows) == pytest.approx([expected] * 4)
    assert values("share(x)", rows) == [pytest.approx(100 / 12), 25, None, pytest.approx(800 / 12)]


def test_figures_over_nothing_are_missing() -> None:
    assert values("total(y)", [{"x": 1}, {"x": 2}]) == [None, None]
    assert values("sd(x)", [{"x": 1}]) == [None]


def test_a_figure_within_the_category_is_that_of_the_category() -> None:
    found = scored(
        of(
            "share(x, within='category') + 1000 * mean(x)", category=[{"id": "A"}, {"id": "B"}], weight={"A": 1, "B": 1}
        ),
        [{"x": 1}, {"x": 3}, {"x": 8}],
        units={"u1": {"category": "A"}, "u2": {"category": "A"}, "u3": {"category": "B"}},
    )
    assert traced(found, part="value") == [4025, 4075, 4100]


def test_a_figure_of_a_figure_is_worked_out_inside_first() -> None:
    assert values("total(abs(x - mean(x)))", [{"x": 1}, {"x": 3}, {"x": 8}]) == [8, 8, 8]


def test_figures_are_of_their_own_period() -> None:
    found = scored(of("total(x)"), [row("u1", "2022", x=1), row("u1", "2023", x=5), row("u2", "2023", x=2)])
    assert (traced(found, part="value", period="2022"), traced(found, part="value")) == ([1], [7, 7])


def test_last_years_total_counts_units_that_have_left_since() -> None:
    rows = [row("u1", "2022", x=10), row("gone", "2022", x=30), row("u1", "2023", x=20)]
    assert values("previous(total(x))", rows) == [40]
    assert values("growth(share(x))", rows) == [300]
    assert values("total(previous(x))", rows) == [10]


def test_last_years_mean_growth_looks_back_two_years() -> None:
    rows = [*THREE_YEARS, row("u2", "2021", x=10), row("u2", "2022", x=10), row("u2", "2023", x=40)]
    assert values("previous(mean(growth(x)))", rows) == [30, 30]


def test_a_listed_unit_without_facts_is_evaluated_and_not_ranked() -> None:
    found = scored(of("x"), [{"x": 5}], units={"u1": {}, "u2": {}}, listed=True)
    assert column(found, "unit") == ["u1", "u2"]
    assert (traced(found, part="value"), column(found, "status")) == ([5, None], ["ranked", "not-ranked"])


def test_a_unit_that_only_occurs_is_not_added_to_other_periods() -> None:
    found = scored(of("x"), [row("u1", "2022", x=5), row("u2", "2023", x=6)])
    assert found.scores.select("period", "unit").rows() == [("2022", "u1"), ("2023", "u2")]


def test_a_variable_that_was_never_reported_is_a_gap() -> None:
    assert values("coalesce(y, 7) + x", [{"x": 1}]) == [8]
    assert values("coalesce(previous(y), 7) + x", THREE_YEARS) == [107]


def test_words_are_text_columns_and_everything_else_numbers() -> None:
    whole = method(
        variable=[{"id": kind.replace("-", "_"), "kind": kind} for kind in ("flow", "stock", "rate", "count", "yes-no", "grade", "text")],
        indicator=[{"id": "i", "value": "flow", "score": {"by": "given"}}],
    )  # fmt: skip
    kinds = fact_columns(whole.variables.values())
    assert {name for name, kind in kinds.items() if kind == "text"} == {"grade", "grade:target", "text", "text:target"}
    assert len(kinds) == 14
