"""What an evaluation has to say: what, how severe, where, and not a thousand times."""

from __future__ import annotations

from typing import Any

from tests.yuance.loop.evaluation.building import Rows, column, method, one, scored, traced
from yuance.errors import Finding
from yuance.loop.evaluation import Evaluation
from yuance.loop.evaluation.findings import LISTED, MANY, cut
from yuance.loop.evaluation.messages import MESSAGES
from yuance.method import Method

GIVEN = {"by": "given"}
Told = list[tuple[str, str, str, str]]


def told(evaluation: Evaluation) -> Told:
    return [(note.code, note.severity, note.unit, note.place) for note in evaluation.notes]


def findings(of: Method, rows: Rows, **keys: Any) -> Told:
    return told(scored(of, rows, **keys))


def test_a_gap_that_is_refused_is_an_error() -> None:
    evaluation = scored(one(GIVEN), [{"x": 1}, {"x": None}])
    assert told(evaluation) == [("E201", "error", "u2", "i")]
    assert evaluation.has_errors


def test_a_gap_that_the_method_handles_is_a_note() -> None:
    evaluation = scored(one(GIVEN, missing="zero"), [{"x": 1}, {"x": None}])
    assert told(evaluation) == [("E202", "note", "u2", "i")]
    assert not evaluation.has_errors
    assert evaluation.findings.get_column("message").to_list() == [
        "[E202] 指标“i”缺失：x 没有数据。按本办法处理：得 0 分"
    ]


def test_a_gap_that_nothing_fills_is_an_error() -> None:
    assert findings(one(GIVEN, missing="last"), [{"x": 1}, {"x": None}]) == [("E214", "error", "u2", "i")]


def test_a_division_by_zero_is_missing_and_must_be_explained() -> None:
    evaluation = scored(one(GIVEN, value="x / y", missing="zero"), [{"x": 1, "y": 2}, {"x": 1, "y": 0}])
    assert traced(evaluation, part="value") == [0.5, None]
    assert told(evaluation) == [("E203", "explain", "u2", "i")]
    assert "x = 1，y = 0" in evaluation.notes[0].text()


def test_a_division_by_zero_where_nothing_may_be_missing_is_an_error() -> None:
    assert findings(one(GIVEN, value="log(x)"), [{"x": 1}, {"x": -1}]) == [("E203", "error", "u2", "i")]


def test_a_value_that_no_anchor_can_score_is_an_error() -> None:
    assert findings(one({"by": "ratio", "base": 0}), [{"x": 1}]) == [("E204", "error", "u1", "i")]


def test_a_set_without_spread_is_said_once() -> None:
    assert findings(one({"by": "zscore"}), [{"x": 4}] * 3) == [("E213", "note", "", "i")]


def test_a_gap_that_everybody_has_is_one_note() -> None:
    assert findings(one(GIVEN, missing="zero"), [{}] * MANY) == [("E215", "note", "", "i")]
    some = findings(one(GIVEN, missing="zero"), [{"x": 1}, *[{}] * MANY])
    assert [(code, unit) for code, _, unit, _ in some] == [("E202", f"u{number}") for number in range(2, MANY + 2)]


def test_an_error_that_everybody_has_is_told_to_each() -> None:
    assert [unit for _, _, unit, _ in findings(one(GIVEN), [{}] * MANY)] == [f"u{n}" for n in range(1, MANY + 1)]


def checked(severity: str, *rows: dict[str, Any]) -> Evaluation:
    check = {"id": "sum", "rule": "x <= y", "severity": severity, "message": "税收收入不应大于营业收入"}
    return scored(one(GIVEN, check=[check]), rows)


def test_a_failed_check_has_its_severity_and_an_error_takes_the_rank() -> None:
    evaluation = checked("error", {"x": 5, "y": 4}, {"x": 4, "y": 4})
    assert told(evaluation) == [("E210", "error", "u1", "sum")]
    assert column(evaluation, "rank") == [None, 1]
    evaluation = checked("explain", {"x": 5, "y": 4}, {"x": 4, "y": 4})
    assert told(evaluation) == [("E211", "explain", "u1", "sum")]
    assert column(evaluation, "rank") == [1, 2]


def test_a_check_without_its_operand_says_nothing() -> None:
    assert told(checked("error", {"x": 5})) == []


def test_a_veto_that_strikes_is_noted_and_one_that_cannot_be_judged_explained() -> None:
    of = one(GIVEN, veto=[{"id": "accident", "when": "y > 0", "effect": {"score": 0}}])
    evaluation = scored(of, [{"x": 1, "y": 1}, {"x": 1, "y": None}, {"x": 1, "y": 0}])
    assert sorted(told(evaluation)) == [("E208", "explain", "u2", "accident"), ("E209", "note", "u1", "accident")]


def test_an_adjustment_that_cannot_be_computed_is_explained() -> None:
    of = one(GIVEN, adjustment=[{"id": "award", "points": "y"}])
    assert findings(of, [{"x": 1}]) == [("E207", "explain", "u1", "award")]


def test_too_little_weight_is_an_error_of_the_total() -> None:
    of = method(
        method={"needs": 0.8}, variables="x y",
        indicator=[{"id": node, "value": value, "score": GIVEN, "missing": "drop"} for node, value in ("ax", "by")],
    )  # fmt: skip
    evaluation = scored(of, [{"x": 1, "y": 1}, {"x": 1}])
    assert told(evaluation) == [("E202", "note", "u2", "b"), ("E206", "error", "u2", "total")]
    assert "50.0%" in evaluation.notes[1].text()


def test_a_flood_of_findings_is_cut_and_the_rest_counted() -> None:
    flood = [Finding(MESSAGES["E202"], "note", "2023", f"u{n}", "i") for n in range(LISTED + 7)]
    other = Finding(MESSAGES["E202"], "note", "2023", "u1", "j")
    kept = cut([*flood, other])
    assert [len(kept), kept[LISTED], kept[-1].code] == [LISTED + 2, other, "E299"]
    assert kept[-1].values == {"count": 7, "code": "E202"}


def test_the_table_of_findings_goes_by_period_unit_and_place() -> None:
    rows = [{"unit": unit, "period": period} for unit in ("u2", "u1") for period in ("2023", "2022")]
    table = scored(one(GIVEN), rows).findings
    assert table.columns == ["period", "unit", "place", "severity", "message"]
    assert table.select("period", "unit").rows() == [("2022", "u1"), ("2022", "u2"), ("2023", "u1"), ("2023", "u2")]
