"""How children join in their parent, in words and with figures (合成)."""

from __future__ import annotations

from yuance.loop.evaluation.caption import bracketed, equals, percent, shown
from yuance.loop.evaluation.subject import Subject
from yuance.method import TOTAL, schema

_NAMES = {
    "arithmetic": "加权算术平均", "geometric": "加权几何平均", "harmonic": "加权调和平均", "minimum": "取最低分",
    "median": "加权中位数", "copeland": "两两比较（Copeland）：较多权重上占优得 1，处劣得 −1",
}  # fmt: skip


def join_rule(rule: schema.Join) -> str:
    """The way of joining, by name."""
    return _NAMES[rule.by] if rule.by is not None else f"幂平均（指数 {shown(rule.power)}）"


def join_sum(subject: Subject, node: str) -> str:
    """The joining of a node's children with their scores and parts; empty where the node has no score."""
    method, row = subject.evaluation.method, subject.row
    result = row.get("total.joined" if node == TOTAL else f"{node}.score")
    if result is None:
        return ""
    rule = method.header.by if node == TOTAL else method.dimensions[node].by
    parts = [
        (child, row[f"{child}.score"], row[f"{child}.held"])
        for child in method.children(node)
        if row.get(f"{child}.held")
    ]
    return f"{_said(rule, [(method.name(child), score, held) for child, score, held in parts])} {equals(result)} {shown(result)}"


def _said(rule: schema.Join, parts: list[tuple[str, float, float]]) -> str:
    if rule.power is not None:
        inside = " + ".join(
            f"{percent(held)} × {bracketed(score)} ^ {bracketed(rule.power)}" for _, score, held in parts
        )
        return f"({inside}) ^ (1 ÷ {bracketed(rule.power)})"
    match rule.by:
        case "geometric":
            return " × ".join(f"{bracketed(score)} ^ {percent(held)}" for _, score, held in parts)
        case "harmonic":
            return f"1 ÷ ({' + '.join(f'{percent(held)} ÷ {bracketed(score)}' for _, score, held in parts)})"
        case "minimum":
            return f"最低（{'，'.join(f'{name} {shown(score)}' for name, score, _ in parts)}）"
        case "median" | "copeland":
            said = "，".join(f"{name} {shown(score)}（权重 {percent(held)}）" for name, score, held in parts)
            return f"{'中位数' if rule.by == 'median' else '与比较组逐一比较'}（{said}）"
        case _:
            return " + ".join(f"{bracketed(score)} × {percent(held)}" for _, score, held in parts)
