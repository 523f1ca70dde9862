"""The explanation of one unit's score: total, dimensions, indicators, formulas with figures, reported cells (得分说明).

Contents only; `yuance.papers` sets them as text and as pages. Every figure is one that the computation left behind in
`Evaluation.rows`, `trace`, `scores` and `notes`: nothing is scored a second time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from yuance.loop.evaluation.account import (
    AdjustmentTold,
    Branch,
    Explanation,
    Formula,
    Gap,
    Leaf,
    MethodCard,
    Part,
    Total,
    VetoTold,
)
from yuance.loop.evaluation.anchors import Anchored
from yuance.loop.evaluation.caption import (
    STATUS,
    category_words,
    equals,
    legal_words,
    measured,
    percent,
    period_words,
    shown,
    unit_noun,
)
from yuance.loop.evaluation.evaluation import Evaluation
from yuance.loop.evaluation.inquiry import asked
from yuance.loop.evaluation.join_words import join_rule, join_sum
from yuance.loop.evaluation.messages import RULES
from yuance.loop.evaluation.placing import MODES, placing
from yuance.loop.evaluation.score_words import AnchorFigure, score_words, with_value
from yuance.loop.evaluation.subject import Subject
from yuance.loop.evaluation.treatment import AT_MOST, KURTOSIS, SKEWNESS, by_moments
from yuance.method import TOTAL, Method, schema
from yuance.method.expression import Name, Node
from yuance.method.words import anchor_words, text_words


def explain(evaluation: Evaluation, unit: str, *, period: str | None = None, node: str | None = None) -> Explanation:
    """How the score of a unit came about in a period (default: the latest), whole or for one node and what is below it.

    `unit` is its code, name, short or former name; `node` the id or name of a dimension, indicator, adjustment or veto.

    Raises:
        EvaluationError: the unit, the period or the node is unknown; all that is wrong is said together.
    """
    subject, focus = asked(evaluation, unit, period, node)
    method, row = evaluation.method, subject.row
    nodes = tuple(_nodes(subject, focus))
    concerned = {focus, *(node.id for node in nodes)}
    findings = tuple(
        item for item in evaluation.notes
        if item.unit == subject.unit and item.period in {"", subject.period} and (focus == TOTAL or item.place in concerned)
    )  # fmt: skip
    return Explanation(
        method_card(method), subject.unit, row["name"] or subject.unit, unit_noun(method), subject.period, period_words(subject.period),
        category_words(method, row["category"]), _status(subject), focus, _total(subject), nodes,
        tuple(_adjustment(subject, item) for item in method.adjustments if focus in (TOTAL, item.id)),
        tuple(_veto(subject, item) for item in method.vetoes if focus in (TOTAL, item.id)),
        placing(subject), findings,
    )  # fmt: skip


def method_card(method: Method) -> MethodCard:
    """The method in a few lines."""
    header = method.header
    notice = {
        "reconstruction": "本评价办法为复原稿，依据公开材料重建，非官方文本，不得作为官方依据引用。",
        "draft": "本评价办法为草案，尚未施行。",
    }.get(header.status, "")
    return MethodCard(
        header.title or header.id, method.reference, STATUS[header.status], notice, header.issuer or "",
        (header.note or "").strip(), legal_words(header.legal), header.not_scored, method.digest,
    )  # fmt: skip


def _status(subject: Subject) -> str:
    here = (pl.col("unit") == subject.unit) & (pl.col("period") == subject.period)
    return str(subject.evaluation.scores.filter(here)["status"][0])


def _total(subject: Subject) -> Total:
    method, row = subject.evaluation.method, subject.row
    rounding = method.header.rounding
    struck = [item for item in method.vetoes if row[f"{item.id}.struck"] and item.effect.score is not None]
    replaced = "；".join(f"“{item.name or item.id}”触发，总分改为 {shown(item.effect.score)}" for item in struck)
    adjusted = sum(row[f"{item.id}.points"] or 0.0 for item in method.adjustments)
    rule = method.header.by
    return Total(
        row["total.joined"], adjusted, row["total.exact"], row["total.published"],
        f"{MODES[rounding.mode]}保留 {rounding.digits} 位小数", rounding.digits, join_rule(rule), join_sum(subject, TOTAL),
        adds_up=rule.by == "arithmetic" or rule.power == 1, replaced=replaced,
    )  # fmt: skip


def _nodes(subject: Subject, focus: str) -> Iterator[Branch | Leaf]:
    """The focus and all below it, in reading order, numbered as in the whole tree."""
    method = subject.evaluation.method
    numbers: list[int] = []
    inside, depth = focus == TOTAL, 0
    for level, node in method.tree():
        numbers = [*numbers[: level - 1], (numbers[level - 1] if len(numbers) >= level else 0) + 1]
        if not inside and node == focus:
            inside, depth = True, level
        elif inside and focus != TOTAL and level <= depth:
            inside, depth = False, 10**6
        if inside:
            number = ".".join(map(str, numbers))
            if node in method.dimensions:
                yield _branch(subject, method.dimensions[node], number, level)
            else:
                yield _leaf(subject, method.indicators[node], number, level)


def _part(subject: Subject, node: str) -> Part:
    method, trace, category = subject.evaluation.method, subject.trace[node], subject.row["category"]
    if category is None:
        return Part(None, 0.0, 0.0, 0.0, trace["score"], None)
    beside = sum(method.weight(child, category) for child in method.children(method.parent(node)))
    return Part(
        method.weight(node, category), beside, trace["weight"], method.share(node, category), trace["score"],
        trace["points"], subject.spreads.get(node),
    )  # fmt: skip


def _branch(subject: Subject, item: schema.Dimension, number: str, level: int) -> Branch:
    method, part = subject.evaluation.method, _part(subject, item.id)
    return Branch(
        item.id, item.name or item.id, number, level, method.parent(item.id), part, bool(part.weight),
        join_rule(item.by), join_sum(subject, item.id), (item.note or "").strip(), legal_words(item.legal),
    )  # fmt: skip


def _leaf(subject: Subject, item: schema.Indicator, number: str, level: int) -> Leaf:
    method, trace, part = subject.evaluation.method, subject.trace[item.id], _part(subject, item.id)
    among = method.among(item)
    members = subject.members(among)
    scoring = score_words(subject, item)
    treatment, bounds = _treatment(subject, item)
    anchors = dict.fromkeys((*bounds, *scoring.anchors))
    return Leaf(
        item.id, item.name or item.id, number, level, method.parent(item.id), part, bool(part.weight),
        item.measured_in, item.direction == "higher", trace["value"], trace["treated"],
        measured(trace["value"], item.measured_in), _value_formula(subject, item), _gap(subject, item),
        subject.set_words(among), with_value(members, f"{item.id}.treated"), tuple(anchors), treatment, scoring,
        _points_sum(part), trace["note"], item.owner or "", item.definition or "", (item.note or "").strip(), legal_words(item.legal),
    )  # fmt: skip


def _value_formula(subject: Subject, item: schema.Indicator) -> Formula:
    lowered = subject.evaluation.formulas.values[item.id]
    value = subject.row[f"{item.id}.value"]
    result = f"{equals(value)} {measured(value, item.measured_in)}" if value is not None else f"= {shown(None)}"
    return _formula(subject, item.value, lowered, result)


def _formula(subject: Subject, text: str, lowered: Node, result: str) -> Formula:
    filled = subject.filled(lowered)
    if not isinstance(lowered, Name):
        filled = f"{filled} {result}"
    return Formula(text_words(text, subject.evaluation.method), filled, subject.operands(lowered))


def _gap(subject: Subject, item: schema.Indicator) -> Gap | None:
    """What is missing and what the method puts in its place; nothing where the indicator does not count."""
    row = subject.row
    if row[f"{item.id}.value"] is not None or not row[f"{item.id}.weight"]:
        return None
    rule = subject.evaluation.method.missing(item).by
    operands = subject.operands(subject.evaluation.formulas.values[item.id])
    lacking = "、".join(one.name for one in operands if one.value is None)
    said = f"{lacking}没有数据" if lacking else "除数为零或运算无意义，无法计算"
    imputed = row[f"{item.id}.filled"]
    if rule in ("mean", "median", "last") and imputed is not None:
        return Gap(said, f"{RULES[rule][0]}：{measured(imputed, item.measured_in)}", imputed)
    if rule == "lowest" and row[f"{item.id}.score"] is not None:
        return Gap(said, f"{RULES[rule][0]}：{shown(row[f'{item.id}.score'])} 分", None)
    return Gap(said, RULES[rule][0], None)


def _treatment(subject: Subject, item: schema.Indicator) -> tuple[str, tuple[AnchorFigure, ...]]:
    """The treatment of outliers in words, and the figures of its anchors."""
    if item.treat is None:
        return "", ()
    row = subject.row
    before, after = row[f"{item.id}.filled"], row[f"{item.id}.treated"]
    if before is None:
        return "", ()
    moved = f"从 {shown(before)} 到 {shown(after)}" if before != after else f"{shown(before)} 在界限之内，未变"
    if isinstance(item.treat, schema.Logarithm):
        return f"取自然对数：从 {shown(before)} 到 {shown(after)}", ()
    column = f"{item.id}.filled"
    if by_moments(item.treat):
        return _by_moments(row, item.treat, column, moved), ()
    anchored = Anchored(column, subject.evaluation.method.among(item))
    bounds = [
        (side, anchor) for side, anchor in (("下限", item.treat.low), ("上限", item.treat.high)) if anchor is not None
    ]
    figures = {anchor: AnchorFigure(anchor_words(anchor), subject.anchor(anchored, anchor)) for _, anchor in bounds}
    limits = "，".join(
        f"{side} {figures[anchor].name} {shown(figures[anchor].value)}"
        if isinstance(anchor, str)
        else f"{side} {shown(anchor)}"
        for side, anchor in bounds
    )
    named = tuple(figure for anchor, figure in figures.items() if isinstance(anchor, str))
    return f"缩尾（{limits}）：{moved}", named


def _by_moments(row: Mapping[str, Any], treat: schema.Winsorise, column: str, moved: str) -> str:
    skewness = SKEWNESS if treat.skewness is None else treat.skewness
    kurtosis = KURTOSIS if treat.kurtosis is None else treat.kurtosis
    most = AT_MOST if treat.at_most is None else treat.at_most
    rule = f"偏度绝对值 > {shown(skewness)} 且超额峰度 > {shown(kurtosis)} 时缩尾，至多 {most} 个"
    if row.get(f"{column}~log"):
        return f"{rule}；仍未通过，改取对数：{moved}"
    count = row.get(f"{column}~moved") or 0
    bounds = (("下限", row.get(f"{column}~low")), ("上限", row.get(f"{column}~high")))
    limits = "，".join(f"{side} {shown(bound)}" for side, bound in bounds if bound is not None)
    return f"{rule}；组内移动 {count} 个（{limits}）：{moved}" if count else f"{rule}；组内无须处理"


def _points_sum(part: Part) -> str:
    """Score × effective share = points, and why the share is not the planned one."""
    if part.points is None or part.score is None or not part.share:
        return ""
    said = f"{shown(part.score)} × {percent(part.share)} {equals(part.points)} {shown(part.points)}"
    if abs(part.share - part.planned) > 1e-9:
        said += f"（原占 {percent(part.planned)}，因有缺项，同级权重按比例折算）"
    return said


def _adjustment(subject: Subject, item: schema.Adjustment) -> AdjustmentTold:
    row = subject.row
    free, points = row[f"{item.id}.value"], row[f"{item.id}.points"]
    lowered = subject.evaluation.formulas.adjustments[item.id]
    result = f"= {shown(None)}，未予加减分" if free is None else f"{equals(free)} {shown(free)} 分"
    if free is not None and abs(free - points) > 1e-12:
        result += f"，按限额计 {shown(points)} 分"
    formula = _formula(subject, item.points, lowered, result)
    limits = ""
    if item.limits is not None:
        low, high = item.limits.low, item.limits.high
        limits = "，".join(
            word
            for word in (
                f"最低 {shown(low)} 分" if low is not None else "",
                f"最高 {shown(high)} 分" if high is not None else "",
            )
            if word
        )
    return AdjustmentTold(
        item.id,
        item.name or item.id,
        formula,
        free,
        points or 0.0,
        limits,
        (item.note or "").strip(),
        legal_words(item.legal),
    )


def _veto(subject: Subject, item: schema.Veto) -> VetoTold:
    struck = subject.row[f"{item.id}.struck"]
    result = {True: "：成立，触发", False: "：不成立，未触发", None: "：缺数据，无法判断，暂按未触发处理"}[struck]
    lowered = subject.evaluation.formulas.vetoes[item.id]
    formula = Formula(
        text_words(item.when, subject.evaluation.method), subject.filled(lowered) + result, subject.operands(lowered)
    )
    return VetoTold(
        item.id,
        item.name or item.id,
        struck,
        formula,
        effect_words(item.effect),
        (item.note or "").strip(),
        legal_words(item.legal),
    )


def effect_words(effect: schema.Effect) -> str:
    """What a veto does, in words."""
    said = []
    if effect.score is not None:
        said.append(f"总分改为 {shown(effect.score)}")
    if effect.ranked is False:
        said.append("不参加排名")
    if effect.grade_at_most is not None:
        said.append(f"等次不高于“{effect.grade_at_most}”")
    if effect.grade is not None:
        said.append(f"等次改为“{effect.grade}”")
    return "，".join(said)
