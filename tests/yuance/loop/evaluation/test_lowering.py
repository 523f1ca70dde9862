"""Lowering leaves row-wise trees, and says which facts of which period and which figures over all units they need."""

from __future__ import annotations

import pytest

from yuance.facts.period import parse_period
from yuance.loop.evaluation.lowering import HERE, Lowering, Shift, anchor_names, looks_back
from yuance.method.expression import Call, Comparison, Node, children, parse
from yuance.method.functions import FUNCTIONS

OWN = "(conditional x (<= period_number 1.0) (- x x@-1p))"
OWN_BEFORE = "(conditional x@-1y (<= period_number 1.0) (- x@-1y x@-1y@-1p))"


def lowered(text: str) -> tuple[Node, Lowering]:
    lowering = Lowering(frozenset({"x", "y", "x:target", "y:target"}))
    return lowering.lower(parse(text)), lowering


def leaves(text: str) -> dict[Shift, set[str]]:
    return lowered(text)[1].leaves


def spelled(node: Node) -> str:
    """The tree in the notation of Lisp, names as columns."""
    head = getattr(node, "operator", "") or getattr(node, "function", "") or type(node).__name__.lower()
    head = " ".join(sign for sign, _ in node.links) if isinstance(node, Comparison) else head
    parts = children(node)
    if not parts:
        return str(getattr(node, "id", None) or getattr(node, "value", ""))
    return f"({' '.join([head, *map(spelled, parts)])})"


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("x / y", "(/ x y)"),
        ("previous(x)", "x@-1y"),
        ("lag(x, 3)", "x@-3y"),
        ("growth(x)", "(/ (* 100.0 (- x x@-1y)) (abs x@-1y))"),
        ("own(x)", OWN),
        ("target(x)", "x:target"),
        ("completion(x)", "(/ (* 100.0 x) x:target)"),
        ("previous(x / y)", "(/ x@-1y y@-1y)"),
        ("previous(previous(x))", "x@-2y"),
        ("previous(lag(x, 2))", "x@-3y"),
        ("previous(target(x))", "x:target@-1y"),
        ("previous(completion(x))", "(/ (* 100.0 x@-1y) x:target@-1y)"),
        ("previous(own(x))", OWN_BEFORE),
        ("growth(own(x))", f"(/ (* 100.0 (- {OWN} {OWN_BEFORE})) (abs {OWN_BEFORE}))"),
        ("previous(1 if x > 0 and not y else -x)", "(conditional 1.0 (and (> x@-1y 0.0) (not y@-1y)) (- x@-1y))"),
        ("total(x)", "over#0"),
        ("share(x)", "(/ (* 100.0 x) over#0)"),
        ("previous(share(x))", "(/ (* 100.0 x@-1y) over#0)"),
        ("mean(x, within='category') - mean(x)", "(- over#0 over#1)"),
        ("total(x) + total(x)", "(+ over#0 over#0)"),
        ("previous(level)", "level"),
    ],
)  # fmt: skip
def test_an_expression_becomes_operations_on_columns(text: str, tree: str) -> None:
    assert spelled(lowered(text)[0]) == tree


@pytest.mark.parametrize("function", sorted(name for name, it in FUNCTIONS.items() if it.kind != "row"))
def test_no_function_of_time_or_of_all_units_is_left(function: str) -> None:
    operands = "x, 2" if function == "lag" else "x"
    node, _ = lowered(f"{function}({operands})")
    pending, calls = [node], []
    while pending:
        part = pending.pop()
        calls += [part.function] if isinstance(part, Call) else []
        pending += children(part)
    assert set(calls) <= {"abs"}


def test_the_facts_of_each_period_are_asked_for_once() -> None:
    assert leaves("growth(x) + previous(x) + own(y)") == {
        HERE: {"x", "y"}, Shift(1): {"x"}, Shift(0, 1): {"y"},
    }  # fmt: skip
    assert leaves("growth(own(x))") == {HERE: {"x"}, Shift(0, 1): {"x"}, Shift(1): {"x"}, Shift(1, 1): {"x"}}


def test_an_attribute_of_the_unit_is_no_fact_of_a_period() -> None:
    assert leaves("previous(x) * level") == {Shift(1): {"x"}}


def test_a_figure_over_all_units_names_function_operand_set_and_period() -> None:
    _, lowering = lowered("share(x) + previous(mean(x / y, within='category'))")
    said = [(it.column, it.function, spelled(it.node), it.within, it.shift) for it in lowering.aggregates.values()]
    assert said == [
        ("over#0", "total", "x", "all", HERE), ("over#1", "mean", "(/ x y)", "category", Shift(1)),
    ]  # fmt: skip


def test_an_inner_figure_comes_before_the_one_that_uses_it() -> None:
    _, lowering = lowered("total(x - mean(x))")
    said = [(it.function, it.column, spelled(it.node)) for it in lowering.aggregates.values()]
    assert said == [("mean", "over#0", "x"), ("total", "over#1", "(- x over#0)")]


def test_names_may_stand_for_other_columns() -> None:
    lowering = Lowering(frozenset({"i.treated"}), {"x": "i.treated", "highest": "h", "percentile(95)": "p"})
    assert spelled(lowering.lower(parse("x / highest + percentile(95) + previous(x)"))) == (
        "(+ (+ (/ i.treated h) p) i.treated@-1y)"
    )


@pytest.mark.parametrize(
    ("period", "shift", "before"),
    [("2023", Shift(1), "2022"), ("2023Q3", Shift(2), "2021Q3"), ("2023Q3", Shift(0, 1), "2023Q2"),
     ("2023Q1", Shift(0, 1), None), ("2023M12", Shift(1, 2), "2022M10"), ("2023H1", Shift(1, 1), None), ("2023", HERE, "2023")],
)  # fmt: skip
def test_a_look_back_stays_within_its_year(period: str, shift: Shift, before: str | None) -> None:
    found = parse_period(period)
    assert found is not None
    assert (None if (earlier := shift.before(found)) is None else str(earlier)) == before


@pytest.mark.parametrize(
    ("text", "shifts"),
    [("x + 1", {HERE}), ("previous(x)", {HERE, Shift(1)}), ("lag(growth(x), 2)", {HERE, Shift(2), Shift(3)}),
     ("own(x)", {HERE, Shift(0, 1)}), ("previous(own(x))", {HERE, Shift(1), Shift(0, 1), Shift(1, 1)}),
     ("abs(x - total(previous(x)))", {HERE, Shift(1)})],
)  # fmt: skip
def test_every_look_back_of_an_expression_is_known(text: str, shifts: set[Shift]) -> None:
    assert looks_back(parse(text)) >= shifts
    assert max(looks_back(parse(text))) == max(shifts)


def test_the_anchors_that_an_expression_names_are_found() -> None:
    named = anchor_names(
        [parse("(x - lowest) / (last_year_highest - percentile(5)) + last_year_percentile(95) * weight")]
    )
    assert named == {"lowest", "last_year_highest", "percentile(5)", "last_year_percentile(95)"}
