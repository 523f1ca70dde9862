"""Worked cases: what they may give and expect, and what a failing one says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.yuance.loop.evaluation.building import Table, method, toml
from yuance.loop.evaluation.cases import CaseOutcome, case_period, run_cases
from yuance.method import Method, read_method

GIVEN = {"by": "given"}
LINEAR = {"by": "linear"}


def cased(case: Table, *, value: str = "x", score: Table | None = None, **tables: Any) -> Method:
    indicator = {"id": "i", "value": value, "score": score or GIVEN, "missing": "drop"}
    return method(variables="x y", indicator=[indicator], case=[{"name": "算例", **case}], **tables)


def outcome(case: Table, **keys: Any) -> CaseOutcome:
    (told,) = run_cases(cased(case, **keys))
    return told


def test_a_case_that_comes_out_passes() -> None:
    expect = {
        "i.value": 8,
        "i.score": 8,
        "i.points": 8,
        "i.weight": 1,
        "total": 8,
        "score": 8,
        "status": "ranked",
        "rank": 1,
    }
    assert outcome({"given": {"x": 8}, "expect": expect}) == CaseOutcome("算例")


def test_a_failing_case_says_what_differs() -> None:
    told = outcome({"given": {"x": 8}, "expect": {"i.score": 8, "total": 9, "status": "vetoed"}})
    assert not told.passed
    assert [str(item) for item in told.differences] == ["total：应为 9.0，得到 8.0", "status：应为 vetoed，得到 ranked"]


def test_numbers_agree_within_a_millionth() -> None:
    assert outcome({"given": {"x": 8}, "expect": {"total": 8.0000009}}).passed
    assert not outcome({"given": {"x": 8}, "expect": {"total": 8.000002}}).passed


def test_total_is_exact_and_score_is_published() -> None:
    assert outcome({"given": {"x": 2.675}, "expect": {"total": 2.675, "score": 2.68}}).passed


def test_missing_is_expected_by_name() -> None:
    assert outcome({"given": {"y": 1}, "expect": {"i.value": "missing", "total": "missing", "rank": "missing"}}).passed
    told = outcome({"given": {"x": 8}, "expect": {"i.value": "missing"}})
    assert [(item.expected, item.got) for item in told.differences] == [("missing", 8)]
    assert not outcome({"given": {"x": "missing"}, "expect": {"i.value": 0}}).passed


def test_peers_are_the_other_units_of_the_comparison() -> None:
    case = {"given": {"x": 30}, "peers": [{"x": 10}, {"x": 50}], "expect": {"i.score": 50, "rank": 2}}
    assert outcome(case, score=LINEAR).passed


def test_peers_may_be_of_another_category() -> None:
    case = {"category": "A", "given": {"x": 30}, "peers": [{"x": 10}, {"x": 50, "category": "B"}]}
    expect = {"i.score": 100, "rank_in_category": 1, "rank": 1}
    within = {"score": {**LINEAR, "among": "category"}, "category": [{"id": "A"}, {"id": "B"}]}
    assert outcome({**case, "expect": {**expect, "rank": 1}}, **within).passed


def test_history_is_looked_back_at_for_the_unit_and_its_peers() -> None:
    case = {
        "given": {"x": 30}, "history": [{"period": "2022", "x": 20}],
        "peers": [{"x": 30, "history": [{"period": "2022", "x": 15}]}], "expect": {"i.value": 50, "rank": 2},
    }  # fmt: skip
    assert outcome(case, value="growth(x)").passed


def test_targets_are_given_beside_the_facts() -> None:
    assert outcome({"given": {"x": 30, "x:target": 40}, "expect": {"total": 75}}, value="completion(x)").passed


def test_attributes_are_given_beside_the_facts_and_need_not_be() -> None:
    formula = "x if level == '国家级' else 0"
    assert outcome({"given": {"x": 30, "level": "国家级"}, "expect": {"total": 30}}, value=formula).passed
    assert outcome({"given": {"x": 30}, "expect": {"total": "missing"}}, value=formula).passed


def test_the_period_is_that_of_the_case_else_the_first_of_the_year_in_force() -> None:
    case = {"given": {"x": 1}, "expect": {"total": 1}}
    plain = cased(case)
    quarterly = cased(case, method={"periods": ["quarter"]})
    named = cased({**case, "period": "2021"})
    assert [case_period(of, of.cases[0]) for of in (plain, quarterly, named)] == ["2023", "2023Q1", "2021"]


THREE = "unit,period,x\nu1,2023,10\nu2,2023,30\nu3,2023,50\n"


def whole_table(folder: Path, expected: str, facts: str = THREE) -> CaseOutcome:
    (folder / "three.csv").write_text(facts, encoding="utf-8")
    (folder / "expected.csv").write_text(expected, encoding="utf-8")
    tables = {
        "method": {"id": "m", "version": "1"}, "variable": [{"id": "x"}],
        "indicator": [{"id": "i", "value": "x", "score": LINEAR}],
        "case": [{"name": "表", "facts": "three.csv", "results": "expected.csv"}],
    }  # fmt: skip
    (folder / "method.toml").write_text(toml(tables), encoding="utf-8")
    (told,) = run_cases(read_method(folder / "method.toml"))
    return told


def test_a_case_may_be_a_whole_table_of_scores_or_of_the_trace(tmp_path: Path) -> None:
    assert whole_table(tmp_path, "period,unit,score,rank\n2023,u1,0,3\n2023,u2,50,2\n2023,u3,100,1\n").passed
    assert whole_table(tmp_path, "period,unit,node,value,score\n2023,u2,i,30,50\n").passed


def test_a_table_that_differs_says_where(tmp_path: Path) -> None:
    told = whole_table(tmp_path, "unit,score,rank\nu1,0,3\nu2,60,2\nu9,0,1\n")
    assert [str(item) for item in told.differences] == [
        "u2 score：应为 60，得到 50.0", "u9 score：应为 0，得到 None", "u9 rank：应为 1，得到 None",
    ]  # fmt: skip


def test_a_case_that_cannot_be_evaluated_says_why(tmp_path: Path) -> None:
    told = whole_table(tmp_path, "unit,score\nu1,0\n", facts="unit,period,x\nu1,2023Q1,10\n")
    assert not told.passed
    assert "E003" in told.error
