"""Formulas in words read as an office would write them, and never say another formula."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from tests.methods.known_answers import SHIPPED
from tests.yuance.method.test_expression import trees
from yuance.method import Method, read_method
from yuance.method.expression import Node, parse, walk
from yuance.method.words import anchor_words, leaf_words, number_words, text_words, words


def said(text: str) -> str:
    return words(parse(text), lambda name: name)


@pytest.fixture(scope="module")
def kunming() -> Method:
    return read_method(SHIPPED / "kunming-parks" / "2023-trial")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("tax_revenue / land_in_use", "税收收入 ÷ 已建成用地"),
        ("growth(revenue)", "营业收入同比增速"),
        ("revenue / 10000", "营业收入 ÷ 10,000"),
        ("0.1 * (completion(outside_capital) - 100)", "0.1 × （省外到位产业资金目标完成率 − 100）"),
        ("100 * (coalesce(manufacturing_revenue, 0) + service_revenue) / revenue", None),
        ("total(revenue) - total(previous(revenue))", "营业收入合计 − 上年同期营业收入合计"),
        ("data_falsified == '是'", "查实统计造假为“是”"),
        ("larger_accidents > 0 or major_accidents > 0", "较大生产安全事故 > 0 或 重大及以上生产安全事故 > 0"),
        ("not (revenue > 0 and is_missing(tax_revenue))", "非 （营业收入 > 0 且 税收收入缺失）"),
        ("not is_missing(tax_revenue)", "税收收入不缺失"),
        ("100 if tax_revenue == 0 else 50", "若 税收收入 = 0 则 100，否则 50"),
        ("abs(growth(revenue) - 5) <= 20", "（营业收入同比增速 − 5）的绝对值 ≤ 20"),
        ("own(tax_revenue) >= -tax_revenue", "税收收入本期数 ≥ −税收收入"),
        ("0.08 <= tax_revenue / revenue <= 0.7", "0.08 ≤ 税收收入 ÷ 营业收入 ≤ 0.7"),
        ("mean(tax_revenue, within='category')", "同类税收收入平均值"),
        ("share(tax_revenue)", "税收收入占合计的比重"),
        ("share(tax_revenue, within='category')", "税收收入占同类合计的比重"),
        ("lag(tax_revenue, 3)", "3年前同期税收收入"),
        ("growth(tax_revenue / land_in_use)", "（税收收入 ÷ 已建成用地）同比增速"),
        ("target(tax_revenue)", "税收收入目标"),
        ("max(0, tax_revenue)", "较大者（0，税收收入）"),
        ("min(1, 2, tax_revenue)", "最小者（1，2，税收收入）"),
        ("clip(tax_revenue, -3, 0)", "限幅（税收收入，最低 −3，最高 0）"),
        ("round(tax_revenue, 1)", "四舍五入（税收收入，1 位小数）"),
        ("round(tax_revenue)", "四舍五入（税收收入，取整）"),
        ("coalesce(tax_revenue, revenue, 0)", "（税收收入，缺失时取 营业收入，再取 0）"),
        ("log(tax_revenue) + sqrt(revenue)", "自然对数（税收收入） + 平方根（营业收入）"),
        ("level != '国家级'", "level不为“国家级”"),
        ("tax +", "tax +"),
    ],
)
def test_a_formula_reads_well(text: str, wanted: str | None, kunming: Method) -> None:
    if wanted is not None:
        assert text_words(text, kunming) == wanted


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a - (b - c)", "a - b - c"),
        ("a / (b * c)", "a / b * c"),
        ("a / (b / c)", "a / b / c"),
        ("(a + b) * c", "a + b * c"),
        ("(-a) ** 2", "-a ** 2"),
        ("(2 ** 3) ** 2", "2 ** 3 ** 2"),
        ("-(a + b)", "-a + b"),
        ("(a < b) == c", "a < b == c"),
        ("not (a == b)", "(not a) == b"),
        ("a and (b or c)", "a and b or c"),
        ("(a if b else c) + 1", "a if b else c + 1"),
        ("a == (b if c else d)", "(a == b) if c else d"),
        ("growth(a) - b", "growth(a - b)"),
        ("2 * (a if b else c)", "2 * a if b else c"),
        ("is_missing(a) == is_missing(b)", "is_missing(is_missing(a) == b)"),
    ],
)
def test_different_formulas_are_said_differently(one: str, other: str) -> None:
    assert parse(one) != parse(other)
    assert said(one) != said(other)


def test_signs_do_not_run_into_each_other() -> None:
    assert said("a - -b") == "a − （−b）"
    assert said("2 ** -1") == "2 ^ （−1）"
    assert said("--a") == "−（−a）"
    assert said("+a") == "a"


@given(trees())
def test_every_formula_can_be_said_with_its_parts(tree: Node) -> None:
    text = words(tree, lambda name: f"<{name}>")
    assert text.count("（") == text.count("）")
    named = {f"<{item.id}>" for item in walk(tree) if hasattr(item, "id")}
    assert (
        named <= set(re.findall(r"<[^<>]*>", text))
        or "coalesce" in repr(tree)
        or "min" in repr(tree)
        or "share" in repr(tree)
    )


def test_values_stand_behind_their_names() -> None:
    values = {"tax": "3,000 万元", "land": "100 亩"}
    names = {"tax": "税收收入", "land": "已供用地"}
    assert words(parse("tax / land"), names.__getitem__, values) == "税收收入 3,000 万元 ÷ 已供用地 100 亩"
    assert words(parse("tax == '是'"), names.__getitem__, {"tax": "否"}) == "税收收入 否 = “是”"


def test_every_formula_of_the_shipped_methods_is_in_chinese_words(kunming: Method) -> None:
    texts = [item.value for item in kunming.indicators.values()] + [item.points for item in kunming.adjustments]
    texts += [item.when for item in kunming.vetoes] + [item.rule for item in kunming.checks]
    assert [text for text in texts if re.search(r"[A-Za-z_]", text_words(text, kunming))] == []


@pytest.mark.parametrize(
    ("anchor", "wanted"),
    [
        (20.0, "20"),
        ("lowest", "最小值"),
        ("percentile(95)", "第95百分位数"),
        ("last_year_percentile(5)", "上年第5百分位数"),
        ("2 * last_year_mean", "2 × 上年平均值"),
        ("max(20, highest)", "较大者（20，最大值）"),
        ("count", "有值的对象数"),
        ("mean +", "mean +"),
    ],
)
def test_an_anchor_reads_well(anchor: float | str, wanted: str) -> None:
    assert anchor_words(anchor) == wanted


@pytest.mark.parametrize(
    ("column", "wanted"),
    [
        ("tax_revenue", "税收收入"),
        ("tax_revenue:target", "税收收入目标"),
        ("tax_revenue@-1y", "上年同期税收收入"),
        ("tax_revenue:target@-3y", "3年前同期税收收入目标"),
        ("tax_revenue@-1p", "上一期税收收入"),
        ("over#1", "全体数"),
        ("level", "level"),
    ],
)
def test_a_column_reads_well(column: str, wanted: str, kunming: Method) -> None:
    assert leaf_words(column, kunming) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (None, "缺失"),
        (3000, "3,000"),
        (0.1 + 0.2, "0.3"),
        (1234567.891, "1,234,567.891"),
        (1e16, "1e+16"),
        (1e-9, "1e-09"),
        (0, "0"),
        ("是", "是"),
    ],
)
def test_a_number_is_written_as_people_read_it(value: object, wanted: str) -> None:
    assert number_words(value) == wanted
