"""Rankings and explanations as text for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from yuance.errors import SEVERITY_NAMES, Finding, Language
from yuance.loop.evaluation import Evaluation
from yuance.loop.evaluation.account import AdjustmentTold, Branch, Explanation, Formula, Leaf, VetoTold
from yuance.loop.evaluation.caption import percent, period_words, shown
from yuance.method import TOTAL
from yuance.papers.columns import Side, aligned, padded, width, wrapped
from yuance.papers.points import PointsRow, PointsTable, points_table
from yuance.papers.ranking import Group, Line, Movement, Ranking, rankings
from yuance.papers.words import BALANCED, EMPTY, HEADS, NOTICES, NOUNS, STATUSES

WIDE = 100
_LABEL = 10


def ranking_text(evaluation: Evaluation, *, marks: Sequence[str] = (), language: Language = "zh") -> str:
    """The ranking of every evaluated period by category, with movements, and notes under each table."""
    lines: list[str] = []
    for ranking in rankings(evaluation):
        lines += [*_head(ranking, marks, language), *_ranking(ranking, language), ""]
    general = [item for item in evaluation.notes if not item.period]
    lines += (
        [_counted("数据读取" if language == "zh" else "Reading of the facts", general, language)] if general else []
    )
    return "\n".join(lines).rstrip() + "\n"


def _head(ranking: Ranking, marks: Sequence[str], language: Language) -> Iterator[str]:
    heads = HEADS[language]
    when = ranking.period_words if language == "zh" else ranking.period
    counts = heads["counts"].format(ranked=ranking.ranked, all=len(ranking.lines))
    yield f"{when}  {ranking.method.title}"
    notice = next(
        (NOTICES[language][key] for key in NOTICES[language] if NOTICES["zh"][key] == ranking.method.status), ""
    )
    warnings = [*marks, *([notice] if notice else [])]
    if warnings:
        yield (
            "  ".join(f"【{mark}】" for mark in warnings)
            if language == "zh"
            else "  ".join(f"[{mark}]" for mark in warnings)
        )
    yield f"{ranking.method.reference} · {counts}"


def _ranking(ranking: Ranking, language: Language) -> Iterator[str]:
    heads = HEADS[language]
    several = len(ranking.groups) > 1
    noun = NOUNS[language].get(ranking.noun, ranking.noun if language == "zh" else "Unit")
    titles: list[tuple[str, Side]] = [(heads["place" if several else "rank"], "right")]
    titles += [(heads["moved"], "left")] if ranking.before else []
    titles += [(noun, "left"), (heads["score"], "right")]
    titles += [(heads["grade"], "left")] if ranking.graded else []
    titles += [(heads["overall"], "right")] if several else []
    sides = [side for _, side in titles]
    rows = [[title for title, _ in titles]]
    rows += [_cells(line, ranking, language, several=several) for line in ranking.lines]
    lines = aligned(rows, sides)
    rule = "─" * max(width(line) for line in lines)
    yield from ("", lines[0], rule)
    start = 1
    for group in ranking.groups:
        if several:
            yield from _group_line(group, language)
        yield from lines[start : start + len(group.lines)]
        start += len(group.lines)
    yield rule
    yield from _notes(ranking, language)


def _group_line(group: Group, language: Language) -> Iterator[str]:
    words = (group.words if language == "zh" else group.category) or HEADS[language]["all"]
    yield f"▌{words}"


def _cells(line: Line, ranking: Ranking, language: Language, *, several: bool) -> list[str]:
    cells = [EMPTY if line.place is None else str(line.place)]
    cells += [moved(line.movement, language)] if ranking.before else []
    mark = " *" if line.status != "ranked" or line.note else ""
    cells += [line.name + mark, published(line.score, ranking.digits)]
    cells += [line.grade or EMPTY] if ranking.graded else []
    cells += [EMPTY if line.rank is None else str(line.rank)] if several else []
    return cells


def named(name: str, unit: str) -> str:
    """A unit's name with its code, where it has one."""
    return name if name == unit else f"{name}（{unit}）"


def published(score: float | None, digits: int) -> str:
    """A published score with all its decimals."""
    return EMPTY if score is None else f"{score:.{digits}f}".replace("-", "−")


def moved(movement: Movement, language: Language = "zh") -> str:
    """A movement as a sign: ↑2, ↓1, 平, 新."""
    signs = {"up": f"↑{movement.places}", "down": f"↓{movement.places}", "": EMPTY}
    return signs.get(movement.move) or HEADS[language][movement.move]


def _notes(ranking: Ranking, language: Language) -> Iterator[str]:
    if ranking.before:
        before = period_words(ranking.before) if language == "zh" else ranking.before
        yield HEADS[language]["movement"].format(before=before)
    for line in ranking.lines:
        if line.status != "ranked" or line.note:
            note = line.note or STATUSES[language][line.status]
            yield from wrapped(f"* {named(line.name, line.unit)}：{note}", WIDE, "  ")
    if ranking.findings:
        yield _counted("审核发现" if language == "zh" else "Findings", ranking.findings, language)


def _counted(lead: str, findings: Sequence[Finding], language: Language) -> str:
    """How many findings of each severity."""
    names = SEVERITY_NAMES[language]
    counts = Counter(item.severity for item in findings)
    said = [f"{names[level]} {counts[level]}" for level in names if counts[level]]
    return f"{lead}：{'，'.join(said)}" if language == "zh" else f"{lead}: {', '.join(said)}"


def explanation_text(explanation: Explanation, *, marks: Sequence[str] = ()) -> str:
    """How one score came about, in full: parts, formulas with figures, cells, adjustments, vetoes, rank and grade."""
    whole = explanation.focus == TOTAL
    lines = [*_title(explanation, marks), ""]
    lines += [*_points(explanation), ""] if whole or explanation.nodes else []
    if explanation.nodes:
        lines += ["逐项说明", ""]
        for node in explanation.nodes:
            lines += _leaf(node) if isinstance(node, Leaf) else _branch(node)
    lines += _extras(explanation)
    if whole:
        lines += ["名次与等次", *_placing(explanation), ""]
    lines += _findings(explanation)
    if whole:
        lines += _method(explanation)
    return "\n".join(lines).rstrip() + "\n"


def _title(explanation: Explanation, marks: Sequence[str]) -> Iterator[str]:
    card, total, place = explanation.method, explanation.total, explanation.placing
    yield f"{named(explanation.name, explanation.unit)}  {explanation.period_words}"
    yield f"{card.title}  {card.reference}  {card.status}"
    for mark in (*marks, *([card.notice] if card.notice else [])):
        yield f"【{mark}】"
    yield ""
    said = [f"总分 {published(total.published, total.digits)}" if total.published is not None else "未得出总分"]
    if place.rank is not None:
        said.append(f"第 {place.rank} 名（共 {place.ranked} 个）")
        if explanation.category:
            said.append(f"{explanation.category} 第 {place.rank_in_category} 名（共 {place.ranked_in_category} 个）")
    else:
        said.append("不参加排名")
    said += [f"等次 {place.grade}"] if place.grade else []
    yield "  ".join(said)
    if place.note:
        yield place.note


def _points(explanation: Explanation) -> Iterator[str]:
    table = points_table(explanation)
    yield "得分构成"
    rows = [["", "", "权重", "占总分", "得分", "贡献分"], *(_row(row) for row in table.rows)]
    rows += [["", row.name, "", "", "", row.points] for row in table.adjustments]
    sums = _sums(explanation, table)
    lines = aligned([*rows, *sums], ["left", "left", "right", "right", "right", "right"])
    rule = "─" * max(width(line) for line in lines)
    yield from (lines[0], rule, *lines[1 : len(rows)], rule, *lines[len(rows) :])
    total = explanation.total
    if explanation.focus == TOTAL:
        if not total.adds_up and total.join_sum:
            yield from _label("合成", f"{total.join}：{total.join_sum}")
        if total.replaced:
            yield from _label("否决", total.replaced)
        if total.published is not None:
            yield from _label(
                "公布", f"{shown(total.exact)} {total.rounding}，得 {published(total.published, total.digits)}"
            )
        else:
            yield from _label("", f"未得出总分，各项不合计。{explanation.placing.note}")
    if any(row.points for row in table.rows):
        yield BALANCED


def _row(row: PointsRow) -> list[str]:
    name = "  " * (row.level - 1) + row.name
    if not row.used:
        return [row.number, name, "0", EMPTY, EMPTY, "本类不计"]
    score = shown(row.score) if row.score is not None else EMPTY
    return [
        row.number,
        name,
        shown(row.weight) if row.weight is not None else EMPTY,
        percent(row.share),
        score,
        row.points or EMPTY,
    ]


def _sums(explanation: Explanation, table: PointsTable) -> list[list[str]]:
    if explanation.focus == TOTAL and explanation.total.exact is None:
        return [["", "合计", "", "", "", "未得出"]]
    if explanation.focus != TOTAL:
        return [["", "合计", "", "", "", table.sum]] if explanation.nodes else []
    if not table.adjustments:
        return [["", "合计（总分）" if explanation.total.adds_up else "总分", "", "", "", table.sum]]
    return [["", "指标得分", "", "", "", table.joined], ["", "合计（总分，含加减分）", "", "", "", table.sum]]


def _label(label: str, text: str, indent: int = 0) -> list[str]:
    """A line with its label; later lines stand under the text."""
    head = " " * indent + padded(label, _LABEL)
    return wrapped(head + text, WIDE, " " * width(head)) if text else []


def _branch(branch: Branch) -> list[str]:
    if not branch.used:
        return [f"{branch.number} {branch.name}：本类不计", ""]
    part = branch.part
    score = shown(part.score) if part.score is not None else EMPTY
    lines = [f"{branch.number} {branch.name}  得分 {score}  占总分 {percent(part.share)}"]
    lines += _label("合成", f"{branch.join}：{branch.join_sum}" if branch.join_sum else branch.join, 2)
    for reference in branch.legal:
        lines += _label("依据", reference, 2)
    return [*lines, ""]


def _leaf(leaf: Leaf) -> list[str]:
    if not leaf.used:
        return [f"{leaf.number} {leaf.name}：本类权重为 0，不计", ""]
    direction = "越高越好" if leaf.higher else "越低越好"
    score = shown(leaf.part.score) if leaf.part.score is not None else EMPTY
    lines = [f"{leaf.number} {leaf.name}（{direction}）  得分 {score}  占总分 {percent(leaf.part.share)}"]
    lines += _formula(leaf.formula)
    if leaf.gap is not None:
        lines += _label("缺失", f"{leaf.gap.lacking}；{leaf.gap.rule}", 2)
    known = "" if leaf.with_value is None else f"，其中有值 {leaf.with_value} 个"
    anchors = "".join(f"；{figure.name} {shown(figure.value)}" for figure in leaf.anchors)
    lines += _label("比较组", f"{leaf.comparison}{known}{anchors}", 2)
    lines += _label("异常值", leaf.treatment, 2)
    lines += _label("计分", leaf.scoring.rule, 2)
    lines += _label("", leaf.scoring.sum, 2)
    weight = f"权重 {shown(leaf.part.weight)}（同级合计 {shown(leaf.part.siblings)}）"
    lines += _label("贡献", f"{weight}；{leaf.points_sum}" if leaf.points_sum else weight, 2)
    lines += _label("口径", leaf.definition, 2)
    for reference in leaf.legal:
        lines += _label("依据", reference, 2)
    lines += _label("说明", leaf.remark, 2)
    return [*lines, ""]


def _formula(formula: Formula) -> Iterator[str]:
    yield from _label("取值", formula.filled, 2)
    for number, one in enumerate(formula.reported):
        source = f" ← {one.place}" if one.place else ""
        owner = f"（{one.owner}核实）" if one.owner else ""
        yield from _label("" if number else "填报", f"{one.name} {one.shown}{source}{owner}", 2)


def _extras(explanation: Explanation) -> Iterator[str]:
    if explanation.adjustments:
        yield "加分与扣分"
        for adjustment in explanation.adjustments:
            yield from _adjustment(adjustment)
        yield ""
    if explanation.vetoes:
        yield "一票否决与评先约束"
        for veto in explanation.vetoes:
            yield from _veto(veto)
        yield ""


def _adjustment(item: AdjustmentTold) -> Iterator[str]:
    limits = f"（{item.limits}）" if item.limits else ""
    yield f"  {item.name}{limits}：{shown(item.points)} 分"
    if item.points or item.free is None:
        yield from _formula(item.formula)
        for reference in item.legal:
            yield from _label("依据", reference, 2)


def _veto(item: VetoTold) -> Iterator[str]:
    state = {True: "触发", False: "未触发", None: "无法判断"}[item.struck]
    yield f"  {item.name}：{state}" + (f"，{item.effect}" if item.struck else "")
    if item.struck is not False:
        yield from _formula(item.formula)
        for reference in item.legal:
            yield from _label("依据", reference, 2)


def _placing(explanation: Explanation) -> Iterator[str]:
    place = explanation.placing
    yield from _label("规则", place.rule, 2)
    if place.tied:
        yield from _label("并列", "、".join(place.tied), 2)
    for step in place.graded:
        yield from _label("等次", step.removeprefix("等次："), 2)


def _findings(explanation: Explanation) -> Iterator[str]:
    if not explanation.findings:
        return
    yield "需要说明的情况"
    for finding in explanation.findings:
        yield from _label(SEVERITY_NAMES["zh"][finding.severity], finding.text(), 2)
    yield ""


def _method(explanation: Explanation) -> Iterator[str]:
    card = explanation.method
    yield "评价办法"
    yield from _label("名称", f"{card.title}（{card.reference}，{card.status}）", 2)
    yield from _label("制定", card.issuer, 2)
    for reference in card.legal:
        yield from _label("依据", reference, 2)
    if card.not_scored:
        yield from _label("不评", "；".join(card.not_scored), 2)
