"""A subject knows what its formulas read: name, figure, period and cell."""

from __future__ import annotations

import pytest

from tests.yuance.loop.evaluation.building import facts, method, one
from tests.yuance.loop.evaluation.explained import small_city
from yuance.loop.evaluation import evaluate
from yuance.loop.evaluation.subject import Spread, Subject


@pytest.fixture(scope="module")
def subject() -> Subject:
    return Subject(small_city(), "u1", "2023")


def test_a_fact_has_name_figure_and_cell(subject: Subject) -> None:
    fact = subject.fact("tax")
    assert (fact.name, fact.shown, str(fact.place)) == ("税收收入", "3,000 万元", "填报.csv E6")


def test_a_figure_over_all_units_has_a_name_and_no_cell() -> None:
    whole = one({"by": "given"}, value="100 * x / total(x)")
    subject = Subject(evaluate(facts([{"x": 1}, {"x": 3}], whole), whole), "u1", "2023")
    operands = subject.operands(subject.evaluation.formulas.values["i"])
    assert [(fact.name, fact.value, fact.place) for fact in operands] == [("x", 1.0, None), ("x合计", 4.0, None)]


def test_the_own_part_of_a_period_shows_only_the_branch_taken() -> None:
    whole = method(
        method={"periods": ["quarter"]}, variables="x", indicator=[{"id": "i", "value": "own(x)", "score": {"by": "given"}}]
    )  # fmt: skip
    rows = [{"unit": "u1", "period": f"2023Q{number}", "x": 10 * number} for number in (1, 2)]
    evaluation = evaluate(facts(rows, whole), whole)
    node = evaluation.formulas.values["i"]
    assert Subject(evaluation, "u1", "2023Q1").filled(node) == "x 10"
    assert Subject(evaluation, "u1", "2023Q2").filled(node) == "x 20 − 上一期x 10"


def test_yes_and_no_are_said_in_words() -> None:
    whole = method(
        variable=[{"id": "x"}, {"id": "f", "name": "造假", "kind": "yes-no"}],
        indicator=[{"id": "i", "value": "x", "score": {"by": "given"}}],
        veto=[{"id": "v", "when": "f == '是'", "effect": {"ranked": False}}],
    )
    subject = Subject(evaluate(facts([{"x": 1, "f": 1}], whole), whole), "u1", "2023")
    assert subject.fact("f").shown == "是"


def test_the_spread_is_that_of_the_category(subject: Subject) -> None:
    assert subject.spreads["tax_per_mu"] == Spread(60.0, 80.0, 90.0)


def test_the_members_of_a_category_are_its_units(subject: Subject) -> None:
    members = subject.members("category")
    assert members is not None
    assert members["unit"].to_list() == ["u1", "u2", "u3"]
    assert subject.set_words("category") == "2023年同类（A）园区 3 个"


def test_a_panel_counts_unit_periods(subject: Subject) -> None:
    assert subject.set_words("panel") == "本次测算的各期全部园区 8 个（期次合计）"


def test_a_panel_that_reaches_beyond_what_was_evaluated_is_not_counted() -> None:
    whole = one({"by": "linear", "among": "panel"})
    rows = [{"unit": "u1", "period": year, "x": 1} for year in ("2022", "2023")]
    subject = Subject(evaluate(facts(rows, whole), whole, periods=["2023"]), "u1", "2023")
    assert subject.members("panel") is None
