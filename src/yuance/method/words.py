"""Formulas in words: names instead of ids, signs as they are printed, values filled in (税收收入 ÷ 已供用地)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from yuance.method.expression import (
    Binary,
    Call,
    Comparison,
    Conditional,
    ExpressionFault,
    Logic,
    Name,
    Node,
    Number,
    Text,
    Unary,
    parse,
)
from yuance.method.functions import ANCHOR_NAMES, LAST_YEAR
from yuance.method.method import Method

SIGNS = {
    "*": " × ",
    "/": " ÷ ",
    "+": " + ",
    "-": " − ",
    "**": " ^ ",
    "==": " = ",
    "!=": " ≠ ",
    "<": " < ",
    "<=": " ≤ ",
    ">": " > ",
    ">=": " ≥ ",
}
_LEVEL = {"+": 1, "-": 1, "*": 2, "/": 2, "**": 4}
_SHIFT = re.compile(r"(?P<name>[^@#:]+)(?P<target>:target)?(?:@-(?P<years>\d+)y)?(?:@-(?P<parts>\d+)p)?")
FUNCTION_WORDS = {
    "previous": "上年同期", "growth": "同比增速", "own": "本期数", "target": "目标", "completion": "目标完成率",
    "total": "合计", "mean": "平均", "median": "中位数", "lowest": "最小", "highest": "最大", "sd": "标准差", "share": "占合计比重",
    "coalesce": "首个有值", "is_missing": "缺失", "abs": "绝对值", "min": "较小者", "max": "较大者", "clip": "限幅", "round": "取整",
    "lag": "前若干年", "sqrt": "平方根", "exp": "指数", "log": "自然对数", "log10": "常用对数",
}  # fmt: skip


def number_words(value: object) -> str:
    """A number as people read it: thousands parted, at most six significant decimals, a gap as 缺失."""
    if value is None:
        return "缺失"
    if not isinstance(value, int | float):
        return str(value)
    if value != 0 and (abs(value) >= 1e15 or abs(value) < 1e-6):
        return f"{value:.6g}"
    return f"{value:,.6f}".rstrip("0").rstrip(".")


def leaf_words(column: str, method: Method) -> str:
    """A column of the value table in words: 上年同期税收收入, 税收收入目标 …"""
    match = _SHIFT.fullmatch(column)
    if match is None:
        return "全体数" if "#" in column else column
    name = method.name(match["name"]) + ("目标" if match["target"] else "")
    years = int(match["years"] or 0)
    when = "上年同期" if years == 1 else f"{years}年前同期" if years else ""
    return when + ("上一期" if match["parts"] else "") + name


def text_words(text: str, method: Method) -> str:
    """An expression in words; one that cannot be read is given as it stands."""
    try:
        return words(parse(text), method.name)
    except ExpressionFault:
        return text


def anchor_words(anchor: float | str) -> str:
    """An anchor in words: 最小值, 第95百分位数, 上年平均值, 20."""
    if not isinstance(anchor, str):
        return number_words(anchor)
    return words(parse(anchor), _anchor_name)


def _anchor_name(name: str) -> str:
    base = name.removeprefix(LAST_YEAR)
    plain = ANCHOR_NAMES[base][0] if base in ANCHOR_NAMES else name
    return f"上年{plain}" if base != name else plain


def words(node: Node, name: Callable[[str], str], values: Mapping[str, str] | None = None, level: int = 0) -> str:
    """The tree in words. `name` says what an id is called; `values` fills in what stands behind a name."""
    match node:
        case Number():
            return number_words(node.value)
        case Text():
            return f"“{node.value}”"
        case Name():
            filled = f" {values[node.id]}" if values and node.id in values else ""
            return name(node.id) + filled
        case Unary():
            return ("非 " if node.operator == "not" else "−") + words(node.operand, name, values, 3)
        case Binary():
            own = _LEVEL[node.operator]
            right = own + (1 if node.operator in "-/" else 0)
            said = words(node.left, name, values, own) + SIGNS[node.operator] + words(node.right, name, values, right)
            return f"（{said}）" if own < level else said
        case Comparison():
            said = words(node.first, name, values, 1)
            for operator, right_node in node.links:
                said += SIGNS[operator] + words(right_node, name, values, 1)
            return f"（{said}）" if level else said
        case Logic():
            joint = " 且 " if node.operator == "and" else " 或 "
            said = joint.join(words(part, name, values, 1) for part in node.operands)
            return f"（{said}）" if level else said
        case Conditional():
            then, asked, otherwise = (words(part, name, values) for part in (node.then, node.condition, node.otherwise))
            said = f"若 {asked} 则 {then}，否则 {otherwise}"
            return f"（{said}）" if level else said
        case Call():
            return _call(node, name, values)


def _call(node: Call, name: Callable[[str], str], values: Mapping[str, str] | None) -> str:
    arguments = "，".join(words(part, name, values) for part in node.arguments)
    base = node.function.removeprefix(LAST_YEAR)
    if base == "percentile":
        said = f"第{arguments}百分位数"
        return f"上年{said}" if base != node.function else said
    within = "同类" if node.within == "category" else ""
    return f"{within}{FUNCTION_WORDS.get(node.function, node.function)}（{arguments}）"
