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
# How tightly a part of a formula holds together; a part that holds less tightly than its place asks is put in brackets.
_CHOICE, _LOGIC, _COMPARISON, _SUM, _PRODUCT, _SIGN, _POWER = range(7)
_LEVEL = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "**": _POWER}
_SHIFT = re.compile(r"(?P<name>[^@#:]+)(?P<target>:target)?(?:@-(?P<years>\d+)y)?(?:@-(?P<parts>\d+)p)?")
# Said before or behind what they are taken of: 上年同期营业收入, 营业收入合计.
_BEFORE = {"previous": "上年同期"}
_BEHIND = {
    "growth": "同比增速", "own": "本期数", "target": "目标", "completion": "目标完成率", "total": "合计", "mean": "平均值",
    "median": "中位数", "lowest": "最小值", "highest": "最大值", "sd": "标准差", "is_missing": "缺失", "abs": "的绝对值",
}  # fmt: skip
_BRACKETED = {"sqrt": "平方根", "exp": "自然指数", "log": "自然对数", "log10": "常用对数"}
_PHRASES = frozenset({*_BEFORE, *_BEHIND, "lag", "share"}) - {"is_missing", "abs"}
# What each function is called by itself.
FUNCTION_WORDS = {
    **_BEFORE, **_BEHIND, **_BRACKETED, "abs": "绝对值", "is_missing": "缺失", "lag": "若干年前同期", "share": "占合计的比重",
    "coalesce": "缺失时另取", "min": "较小者", "max": "较大者", "clip": "限幅", "round": "四舍五入",
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
    try:
        return words(parse(anchor), _anchor_name)
    except ExpressionFault:
        return anchor


def _anchor_name(name: str) -> str:
    base = name.removeprefix(LAST_YEAR)
    plain = ANCHOR_NAMES[base][0] if base in ANCHOR_NAMES else name
    return f"上年{plain}" if base != name else plain


Named = Callable[[str], str]
Values = Mapping[str, str] | None


def words(node: Node, name: Named, values: Values = None, level: int = 0) -> str:
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
            return _unary(node, name, values, level)
        case Binary():
            own = _LEVEL[node.operator]
            left, right = _operand_levels(node)
            said = words(node.left, name, values, left) + SIGNS[node.operator] + words(node.right, name, values, right)
            return _held(said, own, level)
        case Comparison():
            return _held(_comparison(node, name, values), _COMPARISON, level)
        case Logic():
            joint = " 且 " if node.operator == "and" else " 或 "
            said = joint.join(words(part, name, values, _COMPARISON) for part in node.operands)
            return _held(said, _LOGIC, level)
        case Conditional():
            then, asked, otherwise = (
                words(part, name, values, _LOGIC) for part in (node.then, node.condition, node.otherwise)
            )
            return _held(f"若 {asked} 则 {then}，否则 {otherwise}", _CHOICE, level)
        case Call():
            return _call(node, name, values, level)


def _held(said: str, own: int, level: int) -> str:
    return f"（{said}）" if own < level else said


def _operand_levels(node: Binary) -> tuple[int, int]:
    """What the place of each operand asks for."""
    own = _LEVEL[node.operator]
    if node.operator == "**":
        return own + 1, own
    right = own + 1 if node.operator in "-/" else own
    return own, _POWER if isinstance(node.right, Unary) else right


def _unary(node: Unary, name: Named, values: Values, level: int) -> str:
    if node.operator == "+":
        return words(node.operand, name, values, level)
    if node.operator == "-":
        inner = _POWER if isinstance(node.operand, Unary) else _SIGN
        return _held("−" + words(node.operand, name, values, inner), _SIGN, level)
    if isinstance(node.operand, Call) and node.operand.function == "is_missing" and node.operand.arguments:
        return _held(_of(node.operand.arguments[0], name, values) + "不缺失", _COMPARISON, level)
    return _held("非 " + words(node.operand, name, values, _SUM), _COMPARISON, level)


def _comparison(node: Comparison, name: Named, values: Values) -> str:
    """Links in a row; a word compared with a name is said 为 or 不为, unless figures stand behind the names."""
    said = words(node.first, name, values, _SUM)
    for sign, part in node.links:
        is_word = isinstance(part, Text) and values is None
        joint = {"==": "为", "!=": "不为"}.get(sign, SIGNS[sign]) if is_word else SIGNS[sign]
        said += joint + words(part, name, values, _SUM)
    return said


def _of(node: Node, name: Named, values: Values) -> str:
    """What a function is taken of: a name or phrase as it is, everything else in brackets."""
    said = words(node, name, values)
    phrase = isinstance(node, Name) or (isinstance(node, Call) and node.function in _PHRASES)
    return said if phrase else f"（{said}）"


def _call(node: Call, name: Named, values: Values, level: int) -> str:
    function, within = node.function, "同类" if node.within == "category" else ""
    said = [words(part, name, values) for part in node.arguments]
    base = function.removeprefix(LAST_YEAR)
    if base == "percentile":
        return ("上年" if base != function else "") + f"第{'，'.join(said)}百分位数"
    taken = _of(node.arguments[0], name, values) if node.arguments else ""
    if function in _BEFORE:
        return _BEFORE[function] + taken
    if function in _BEHIND:
        said_behind = within + taken + _BEHIND[function]
        return _held(said_behind, _COMPARISON, level) if function == "is_missing" else said_behind
    if function == "share":
        return taken + ("占同类合计的比重" if within else "占合计的比重")
    if function == "lag":
        return f"{'，'.join(said[1:])}年前同期{taken}"
    return _row_call(function, said)


def _row_call(function: str, said: list[str]) -> str:
    """Functions of several values: 较小者（a，b）."""
    match function, said:
        case "min" | "max", _:
            which = (
                ("较小者" if function == "min" else "较大者")
                if len(said) == 2
                else ("最小者" if function == "min" else "最大者")
            )
            return f"{which}（{'，'.join(said)}）"
        case "clip", [value, low, high]:
            return f"限幅（{value}，最低 {low}，最高 {high}）"
        case "round", [value]:
            return f"四舍五入（{value}，取整）"
        case "round", [value, digits]:
            return f"四舍五入（{value}，{digits} 位小数）"
        case "coalesce", [first, *others]:
            return f"（{first}，缺失时取 {'，再取 '.join(others)}）"
        case _:
            return f"{_BRACKETED.get(function, function)}（{'，'.join(said)}）"
