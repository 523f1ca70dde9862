"""What an expression may say depends on its place: names, functions, text and numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.yuance.method.test_expression import printed, trees
from yuance.method.expression import Node, parse
from yuance.method.formula_rules import Use, Vocabulary, attributes_of, is_text, problems, text_names
from yuance.method.schema import Variable

VARIABLES = {
    item.id: item
    for item in (
        Variable(id="tax", kind="flow"),
        Variable(id="land", kind="stock"),
        Variable(id="grade", kind="grade"),
        Variable(id="remark", kind="text"),
        Variable(id="falsified", kind="yes-no"),
    )
}


def vocabulary() -> Vocabulary:
    return Vocabulary(VARIABLES, frozenset({"area"}))


def codes(text: str, use: Use = "fact") -> list[str]:
    return [code for code, _ in problems(text, use, vocabulary())]


@pytest.mark.parametrize(
    "text",
    [
        "tax / land", "growth(tax)", "own(tax) / own(previous(tax))", "total(tax, within='category')", "lag(tax, 3)",
        "completion(tax)", "target(land)", "area * 2", "1 if level == '国家级' else 0", "1 if '甲' != level else 0",
        "coalesce(tax, 0)", "is_missing(grade)", "is_missing(level) or level == 'x'", "falsified == '是'", "falsified",
        "1 if grade == 'A' else 2 if grade == 'B' else 3", "previous(grade) == 'A'", "coalesce(grade, 'C') == 'C'",
        "1 if category == 'A' else 0", "tax > land and not falsified", "min(tax, land, 3)", "round(tax, 2) + round(tax)",
    ],
)  # fmt: skip
def test_what_may_stand_in_a_value(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("tax +", "M204"),
        ("land_used", "M212"),
        ("level + 1", "M212"),
        ("average(tax)", "M210"),
        ("percentile(5)", "M210"),
        ("abs(tax, 2)", "M211"),
        ("min(tax)", "M211"),
        ("round()", "M211"),
        ("'a' + 1", "M213"),
        ("grade * 2", "M213"),
        ("-remark", "M213"),
        ("grade < 'B'", "M213"),
        ("max(grade, 1)", "M213"),
        ("growth(grade)", "M213"),
        ("grade and tax > 1", "M213"),
        ("not remark", "M213"),
        ("1 if grade else 2", "M213"),
        ("tax == 'x'", "M213"),
        ("grade == 5", "M213"),
        ("tax + 1 == 'x'", "M213"),
        ("category == 5", "M213"),
        ("name + 1", "M213"),
        ("(level == 'x') + level", "M213"),
        ("('a' if tax > 1 else 2) == 'a'", "M213"),
        ("coalesce(grade, 0) == 'A'", "M213"),
        ("target(tax + 1)", "M214"),
        ("completion(area)", "M214"),
        ("lag(tax, 0)", "M215"),
        ("lag(tax, 1.5)", "M215"),
        ("lag(tax, -1)", "M215"),
        ("lag(tax, land)", "M215"),
        ("lag(tax, 1e9)", "M215"),
        ("tax * 1e999", "M218"),
        ("own(own(own(own(own(tax)))))", "M222"),
        ("falsified == '可能'", "M223"),
        ("falsified == grade", "M223"),
    ],
)
def test_what_may_not_stand_in_a_value(text: str, code: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize(
    "text",
    ["lowest", "2 * last_year_mean", "percentile(5)", "last_year_percentile(95.5)", "max(20, count)", "mean - 2 * sd"],
)
def test_what_may_stand_in_an_anchor(text: str) -> None:
    assert codes(text, "anchor") == []
    assert codes(text, "formula") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("tax", "M216"),
        ("x", "M216"),
        ("total(lowest)", "M216"),
        ("growth(mean)", "M216"),
        ("percentile", "M216"),
        ("last_year", "M216"),
        ("percentile(101)", "M217"),
        ("percentile(-1)", "M217"),
        ("percentile(mean)", "M217"),
        ("percentile()", "M217"),
        ("quantile(5)", "M210"),
    ],
)
def test_what_may_not_stand_in_an_anchor(text: str, code: str) -> None:
    assert code in codes(text, "anchor")


def test_a_formula_has_x_weight_anchors_and_facts() -> None:
    assert codes("weight * growth(x) / (highest - lowest) + tax", "formula") == []
    assert codes("y + last_year_x", "formula") == ["M212", "M212"]


def test_a_category_asks_attributes_only() -> None:
    assert codes("level == '国家级' and size > 5 or is_missing(kind)", "category") == []
    assert codes("tax > 5", "category") == ["M323"]
    assert codes("size > mean(size)", "category") == ["M323"]


def test_names_in_use_are_gathered_variables_and_attributes_alike() -> None:
    known = vocabulary()
    assert not list(problems("tax + area + growth(land)", "fact", known))
    assert known.used == {"tax", "area", "land"}


def test_names_that_are_no_variables_are_attributes() -> None:
    assert attributes_of("tax + level", VARIABLES) == {"level"}
    assert attributes_of("tax +", VARIABLES) == set()


def test_text_is_known_by_what_it_is_made_of() -> None:
    for text, wanted in [
        ("'a'", True),
        ("grade", True),
        ("name", True),
        ("tax", False),
        ("level == 'a'", False),
        ("coalesce(grade, 'x')", True),
    ]:
        node = parse(text)
        assert is_text(node, text_names(node, VARIABLES)) is wanted


@given(trees(), st.sampled_from(["fact", "category", "anchor", "formula"]))
def test_every_expression_is_judged(tree: Node, use: Use) -> None:
    found = list(problems(printed(tree), use, vocabulary()))
    assert all(code.startswith("M") for code, _ in found)
