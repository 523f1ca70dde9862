"""An evaluation as a whole: which periods, which units, what un-ranks, what makes it reproducible."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from tests.yuance.loop.evaluation.building import Rows, column, facts, one, scored
from yuance import __version__
from yuance.errors import Finding
from yuance.facts.facts import Facts
from yuance.loop.evaluation import EvaluationError, evaluate
from yuance.loop.evaluation import evaluation as module
from yuance.loop.evaluation.messages import MESSAGES
from yuance.method import Method

GIVEN = {"by": "given"}
YEARS = [{"unit": unit, "period": period, "x": x} for period, x in (("2022", 1), ("2023", 2)) for unit in ("u1", "u2")]


def refused(of: Method, rows: Rows, *periods: str, **keys: Any) -> list[str]:
    with pytest.raises(EvaluationError) as caught:
        scored(of, rows, periods=periods or None, **keys)
    return [fault.message.code for fault in caught.value.faults]


def test_every_period_of_the_methods_kinds_is_evaluated_unless_asked_otherwise() -> None:
    rows: list[dict[str, Any]] = [*YEARS, {"unit": "u1", "period": "2023Q1", "x": 3}]
    assert scored(one(GIVEN), rows).run["periods"] == ["2022", "2023"]
    assert scored(one(GIVEN), rows, periods=["2023"]).run["periods"] == ["2023"]
    assert scored(one(GIVEN, method={"periods": ["quarter"]}), rows).run["periods"] == ["2023Q1"]


def test_a_period_asked_for_twice_is_evaluated_once() -> None:
    assert scored(one(GIVEN), YEARS, periods=["2023", "2023"]).scores.height == 2


def test_periods_not_asked_for_serve_those_that_are() -> None:
    evaluation = scored(one(GIVEN, value="growth(x)"), YEARS, periods=["2023"])
    assert column(evaluation, "score") == [100, 100]
    assert evaluation.scores.get_column("period").unique().to_list() == ["2023"]


def test_a_period_that_is_unknown_misspelt_or_of_another_kind_is_refused_all_together() -> None:
    assert refused(one(GIVEN), YEARS, "2030") == ["E001"]
    assert refused(one(GIVEN), YEARS, "2023Q5") == ["E002"]
    assert refused(one(GIVEN), YEARS, "2023Q3") == ["E003"]
    assert refused(one(GIVEN), YEARS, "2030", "soon", "2023M01", "2023") == ["E001", "E002", "E003"]


def test_facts_of_another_kind_of_period_only_are_refused() -> None:
    assert refused(one(GIVEN), [{"period": "2023Q1", "x": 1}]) == ["E003"]


def test_facts_without_a_row_are_refused() -> None:
    of = one(GIVEN)
    known = facts([{"x": 1}], of)
    with pytest.raises(EvaluationError) as caught:
        evaluate(Facts(known.table.clear(), known.units), of)
    assert [fault.message.code for fault in caught.value.faults] == ["E004"]


def test_an_attribute_that_a_formula_needs_and_nobody_gives_is_refused() -> None:
    of = one(GIVEN, value="x if level == '国家级' else 0")
    assert refused(of, [{"x": 1}]) == ["E005"]
    assert column(scored(of, [{"x": 1}], units={"u1": {"level": "国家级"}}), "score") == [1]


def test_a_listed_unit_without_facts_is_evaluated_and_an_unlisted_one_is_not() -> None:
    units: dict[str, dict[str, str]] = {"u1": {}, "u2": {}}
    assert column(scored(one(GIVEN), [{"x": 1}], units=units, listed=True), "status") == ["ranked", "not-ranked"]
    assert column(scored(one(GIVEN), [{"x": 1}], units=units), "unit") == ["u1"]


def test_a_unit_of_no_category_is_told_and_not_ranked() -> None:
    of = one(GIVEN, category=[{"id": "A"}])
    evaluation = scored(of, [{"x": 1}, {"x": 2}], units={"u1": {"category": "A"}, "u2": {"category": "C"}})
    assert column(evaluation, "status") == ["ranked", "not-ranked"]
    assert [(note.code, note.unit) for note in evaluation.notes if note.severity == "error"] == [("E101", "u2")]


def test_a_category_may_follow_from_attributes() -> None:
    of = one(GIVEN, category=[{"id": "A", "when": "level == '国家级'"}, {"id": "B", "when": "level != '国家级'"}])
    evaluation = scored(of, [{"x": 1}, {"x": 2}], units={"u1": {"level": "国家级"}, "u2": {"level": "省级"}})
    assert column(evaluation, "category") == ["A", "B"]


@pytest.mark.parametrize("period", ["2023", ""])
def test_an_error_about_the_facts_takes_the_rank_and_leaves_the_score(period: str) -> None:
    of = one(GIVEN)
    error = Finding(MESSAGES["E201"], "error", period, "u1", "x", {"name": "x", "lacking": "x"})
    known = facts(YEARS, of)
    read = Facts(known.table, known.units, findings=[error])
    for evaluation in (evaluate(known, of, notes=[error]), evaluate(read, of)):
        assert column(evaluation, "rank") == [None, 1]
        assert column(evaluation, "score") == [2, 2]
        assert column(evaluation, "rank", "2022") == ([1, 1] if period else [None, 1])
        assert error in evaluation.notes


def test_a_finding_to_be_explained_takes_no_rank() -> None:
    of = one(GIVEN)
    doubt = Finding(MESSAGES["E202"], "explain", "2023", "u1", "x", {"name": "x", "lacking": "x", "rule": ""})
    assert column(evaluate(facts(YEARS, of), of, notes=[doubt]), "rank") == [1, 1]


def test_the_run_says_what_makes_it_reproducible() -> None:
    of = one(GIVEN, method={"status": "trial"})
    known = facts([{"x": 1}, {"x": None}], of)
    run = evaluate(Facts(known.table, known.units, digest="abc"), of).run
    assert run["method"] == {"id": "m", "version": "1", "digest": of.digest, "status": "trial"}
    assert run["facts"] == {"digest": "abc"}
    assert run["engine"] == {"name": "polars", "version": pl.__version__, "yuance": __version__}
    findings = {"error": 1, "explain": 0, "note": 0}
    assert run["counts"] == {"units": 2, "rows": 2, "ranked": 1, "not-ranked": 1, "vetoed": 0, "findings": findings}


def test_scores_have_the_columns_of_the_contract_and_go_by_rank() -> None:
    scores = scored(one(GIVEN), [{"x": None}, {"x": 1}, {"x": 3}]).scores
    fixed = "period unit name category score score_exact rank rank_in_category grade status note"
    assert scores.columns == fixed.split()
    assert scores.get_column("unit").to_list() == ["u3", "u2", "u1"]


def test_the_same_facts_give_the_same_tables_in_whatever_order_they_come() -> None:
    of = one({"by": "zscore"})
    forth, back = scored(of, YEARS), scored(of, YEARS[::-1])
    assert forth.scores.equals(back.scores)
    assert forth.trace.equals(back.trace)


def test_pairwise_comparison_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_COMPARED", 2)
    of = one(GIVEN, method={"by": "copeland"})
    assert column(scored(of, [{"x": 1}, {"x": 2}]), "score") == [-1, 1]
    assert refused(of, [{"x": 1}, {"x": 2}, {"x": 3}]) == ["E006"]
    assert column(scored(one(GIVEN), [{"x": 1}, {"x": 2}, {"x": 3}]), "score") == [1, 2, 3]
