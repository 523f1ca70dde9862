"""Every expression of a method is lowered once, and says what the run must know for it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.yuance.loop.evaluation.building import method, one
from yuance.loop.evaluation.formulas import Formulas, looked_back_on
from yuance.loop.evaluation.lowering import HERE, Shift
from yuance.method import Method


def whole(**more: Any) -> Method:
    return method(
        variables="x y z",
        indicator=[{"id": "i", "value": "x", "score": {"by": "given"}}],
        **more,
    )


def test_a_variable_and_its_target_are_columns_of_its_kind() -> None:
    of = method(
        variable=[
            {"id": "x"},
            {"id": "f", "kind": "yes-no"},
            {"id": "g", "kind": "grade"},
            {"id": "t", "kind": "text"},
        ],
        indicator=[{"id": "i", "value": "x", "score": {"by": "given"}}],
    )
    kinds = Formulas(of).kinds
    assert {name: kinds[name] for name in "xfgt"} == {"x": "number", "f": "number", "g": "text", "t": "text"}
    assert kinds["x:target"] == "number"


def test_adjustments_vetoes_and_checks_ask_for_their_facts_too() -> None:
    of = whole(
        adjustment=[{"id": "a", "points": "growth(y)"}],
        veto=[{"id": "v", "when": "previous(z) > 0", "effect": {"ranked": False}}],
        check=[{"id": "c", "rule": "lag(x, 2) > 0", "severity": "error"}],
    )
    leaves = Formulas(of).lower_all().leaves
    assert leaves == {HERE: {"x", "y"}, Shift(1): {"y", "z"}, Shift(2): {"x"}}


def test_the_operands_of_a_formula_are_told_once_each_in_reading_order() -> None:
    of = one({"by": "given"}, value="(y + x) / y - previous(x)")
    assert Formulas(of).operands(Formulas(of).values["i"]) == ["y", "x", "x@-1y"]


@pytest.mark.parametrize(
    ("score", "more", "back"),
    [
        ({"by": "linear"}, {}, False),
        ({"by": "linear", "high": "last_year_highest"}, {}, True),
        ({"by": "ratio", "base": "last_year_mean"}, {}, True),
        ({"by": "formula", "is": "100 * x / last_year_percentile(95)"}, {}, True),
        ({"by": "given"}, {"treat": {"by": "winsorise", "high": "last_year_percentile(95)"}}, True),
    ],
)
def test_anchors_of_last_year_make_last_year_evaluated(score: dict[str, Any], more: dict[str, Any], back: bool) -> None:
    assert Formulas(one(score, **more)).looks_back is back


@pytest.mark.parametrize(
    ("more", "panel"),
    [
        ({}, False),
        ({"score": {"by": "linear", "among": "category"}}, False),
        ({"score": {"by": "linear", "among": "panel"}}, True),
        ({"method": {"among": "panel"}}, True),
        ({"missing": {"by": "mean", "among": "panel"}}, True),
    ],
)
def test_a_panel_is_noticed_wherever_it_is_named(more: dict[str, Any], panel: bool) -> None:
    assert Formulas(one(**{"score": {"by": "linear"}, **more})).panel is panel


def test_a_gap_filled_by_the_last_value_needs_earlier_periods() -> None:
    assert not Formulas(one({"by": "given"})).takes_last
    assert Formulas(one({"by": "given"}, missing="last")).takes_last
    assert Formulas(one({"by": "given"}, method={"missing": "last"})).takes_last


def test_a_score_formula_says_how_far_back_it_looks() -> None:
    assert Formulas(one({"by": "formula", "is": "100 * x / lag(x, 2)"})).score_shifts == {Shift(2)}
    assert Formulas(one({"by": "linear"})).score_shifts == frozenset()


@pytest.mark.parametrize(
    ("value", "variables"),
    [
        ("x / y", set()), ("growth(x) + y", {"x"}), ("previous(x + y)", {"x", "y"}), ("lag(z, 3)", {"z"}),
        ("own(x)", set()), ("growth(own(x))", {"x"}), ("completion(x) + total(y)", set()),
    ],
)  # fmt: skip
def test_the_variables_whose_earlier_years_are_asked_for_are_known(value: str, variables: set[str]) -> None:
    assert looked_back_on(one({"by": "given"}, value=value)) == variables


def test_last_years_total_asks_for_no_units_own_last_year_but_the_growth_of_a_share_does() -> None:
    assert looked_back_on(one({"by": "given"}, value="x / previous(total(y))")) == frozenset()
    assert looked_back_on(one({"by": "given"}, value="growth(share(y))")) == {"y"}
    assert looked_back_on(one({"by": "given"}, value="total(previous(y))")) == {"y"}
