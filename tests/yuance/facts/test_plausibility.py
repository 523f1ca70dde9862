"""Whether facts can be true: what is out of bounds, jumps, slips or falls is asked about, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.yuance.facts.desk import LAND, RATE, TAX, VARIABLES, Item, read_text
from yuance.errors import Finding
from yuance.facts.plausibility import judge
from yuance.facts.reading import facts_from_frame


def judged(variable: Item, values: dict[str, float | None], *periods: str, **options: Any) -> list[Finding]:
    frame = pl.DataFrame({"unit": ["A"] * len(values), "period": list(values), variable.id: list(values.values())})
    return judge(facts_from_frame(frame, [variable]), [variable], periods or ["2023"], **options)


def the_codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


@pytest.mark.parametrize(("number", "told"), [(-1.0, True), (0.0, False), (1e8, False), (1.1e8, True)])
def test_a_value_outside_its_range_must_be_explained(number: float, told: bool) -> None:
    assert the_codes(judged(TAX, {"2023": number})) == (["F080"] if told else [])


def test_a_range_may_lack_either_end() -> None:
    assert the_codes(judged(LAND, {"2023": -5.0})) == ["F080"]
    assert judged(LAND, {"2023": 1e12}) == []


@pytest.mark.parametrize(("last", "told"), [(100.0, []), (9.0, ["F081"]), (0.0, []), (None, []), (-5.0, ["F081"])])
def test_a_jump_over_last_year_must_be_explained(last: float | None, told: list[str]) -> None:
    variable = Item("x", "数", "项目包", "stock", None, 10)
    assert the_codes(judged(variable, {"2023": 120.0 if last != 9.0 else 110.0, "2022": last})) == told


def test_a_fall_to_a_tenth_is_a_jump_too() -> None:
    assert the_codes(judged(Item("x", "数", "", "stock", None, 5), {"2023": 10.0, "2022": 60.0})) == ["F081"]


def test_yi_typed_for_wan_is_named() -> None:
    (finding,) = judged(TAX, {"2022": 12000.0, "2023": 1.3})
    assert (finding.code, finding.severity, finding.place) == ("F082", "explain", "tax")
    assert "亿元" in finding.text()
    assert "1.3" in finding.text()
    assert "12,000" in finding.text()


def test_hectares_typed_for_mu_are_named() -> None:
    (finding,) = judged(LAND, {"2022": 1500.0, "2023": 102.0})
    assert "公顷" in finding.text()


def test_a_share_typed_for_a_percentage_is_named() -> None:
    (finding,) = judged(RATE, {"2022": 3.0, "2023": 0.031})
    assert "比例" in finding.text()


def test_zeros_too_many_are_counted() -> None:
    (finding,) = judged(TAX, {"2022": 500.0, "2023": 50000.0})
    assert finding.code == "F083"
    assert "2 个零" in finding.text()


def test_growth_within_reason_is_no_slip() -> None:
    assert judged(LAND, {"2022": 100.0, "2023": 700.0}) == []


def test_without_last_year_the_units_other_periods_are_asked() -> None:
    (finding,) = judged(TAX, {"2023Q1": 1000.0, "2023Q2": 0.21, "2023Q3": 3000.0}, "2023Q2")
    assert finding.code == "F082"
    assert "其他各期" in finding.text()


def test_last_years_own_slip_is_told_as_such() -> None:
    (finding,) = judged(TAX, {"2021": 9000.0, "2022": 1.0, "2023": 11000.0})
    assert finding.code == "F086"
    assert "上年同期数" in finding.text()


def test_a_cumulated_flow_must_not_fall_within_its_year() -> None:
    (finding,) = judged(TAX, {"2023Q2": 500.0, "2023Q3": 400.0}, "2023Q2", "2023Q3")
    assert (finding.code, finding.period) == ("F084", "2023Q3")


def test_a_stock_may_fall_and_so_may_a_flow_that_can_be_negative() -> None:
    assert judged(LAND, {"2023Q2": 500.0, "2023Q3": 400.0}, "2023Q3") == []
    assert judged(Item("p", "利润", "万元", "flow", (None, None)), {"2023Q2": 500.0, "2023Q3": 400.0}, "2023Q3") == []


def test_growth_against_an_absent_year_is_noted_where_it_is_asked_for() -> None:
    (finding,) = judged(TAX, {"2023": 5.0}, needs_previous={"tax"})
    assert (finding.code, finding.severity) == ("F085", "note")
    assert judged(TAX, {"2023": 5.0}, needs_previous={"land"}) == []


def test_only_the_periods_asked_for_are_judged() -> None:
    assert judged(LAND, {"2022": -1.0, "2023": 5.0}) == []


def test_a_finding_names_the_cell(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "unit,period,tax\nA,2023,-5\n")
    (finding,) = judge(facts, VARIABLES, ["2023"])
    assert str(finding.origin) == "facts.csv C2"
    assert "facts.csv C2" in finding.text("en")


def test_a_flood_is_cut_off_and_counted() -> None:
    frame = pl.DataFrame(
        {"unit": [f"U{number}" for number in range(1500)], "period": ["2023"] * 1500, "tax": [-1.0] * 1500}
    )
    findings = judge(facts_from_frame(frame, [TAX]), [TAX], ["2023"])
    assert len(findings) == 1001
    assert findings[-1].values["times"] == 1500


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["2021", "2022", "2023", "2023Q1", "2023Q2"]),
            st.floats(allow_nan=False, allow_infinity=False),
        ),
        unique_by=lambda pair: pair[0],
    )
)
def test_any_numbers_can_be_judged(pairs: list[tuple[str, float]]) -> None:
    judged(TAX, {"2020": 1.0, **dict(pairs)}, "2023", "2023Q2", "2022", needs_previous={"tax"})
