"""The method book (评价办法): the article left; weights by category and the formula in words right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from yuance_web.records.releases import bridge
from yuance_web.records.releases.models import Release


@dataclass(frozen=True, slots=True)
class Article:
    """A legal reference."""

    document: str
    article: str
    note: str


@dataclass(frozen=True)
class Leaf:
    """An indicator as the book shows it; `weights` in the order of the categories."""

    id: str
    name: str
    measured_in: str
    owner: str
    weights: Sequence[str]
    formula: str
    score: str
    rules: Sequence[str]
    definition: str
    articles: Sequence[Article]
    lower: bool


@dataclass(frozen=True)
class Section:
    """A dimension with the leaves below it."""

    id: str
    name: str
    level: int
    weights: Sequence[str]
    note: str
    articles: Sequence[Article]
    leaves: Sequence[Leaf]


@dataclass(frozen=True)
class Rule:
    """An adjustment, veto, grade, check or sanction, in words."""

    id: str
    name: str
    words: str
    owner: str
    articles: Sequence[Article]


@dataclass(frozen=True)
class Book:
    """Everything that the page of a method shows."""

    release: Release
    method: bridge.Method
    categories: Sequence[tuple[str, str]]
    sections: Sequence[Section]
    articles: Sequence[Article]
    adjustments: Sequence[Rule]
    vetoes: Sequence[Rule]
    grades: Sequence[Rule]
    sanctions: Sequence[Rule]
    checks: Sequence[Rule]
    variables: Sequence[tuple[str, Sequence[object]]]
    cases: Sequence[bridge.CaseResult]
    cases_failed: int


def book_of(release: Release) -> Book:
    """The book of a release."""
    method = bridge.read(release)
    cases = [bridge.CaseResult(**{**case, "differences": tuple(case["differences"])}) for case in release.cases or ()]
    return Book(
        release=release,
        method=method,
        categories=[(category.id, category.name) for category in method.categories] or [(bridge.EVERYONE, "全部")],
        sections=list(_sections(method)),
        articles=_articles(method.header),
        adjustments=[
            Rule(one.id, one.name, _adjustment(one, method), one.owner or "", _articles(one))
            for one in method.adjustments
        ],
        vetoes=[Rule(one.id, one.name, _veto(one, method), one.owner or "", _articles(one)) for one in method.vetoes],
        grades=[Rule("", one.name, _grade(one, method), "", _articles(one)) for one in method.grades],
        sanctions=[
            Rule(one.id, one.name, f"{_standing(one.when)}：{one.action}", "", _articles(one))
            for one in method.sanctions
        ],
        checks=[
            Rule(
                one.id,
                one.message,
                bridge.formula_words(one.rule, method),
                {"error": "强制", "explain": "须说明"}[one.severity],
                (),
            )
            for one in method.checks
        ],
        variables=_variables(method),
        cases=cases,
        cases_failed=sum(not case.passed for case in cases),
    )


def _sections(method: bridge.Method) -> Iterator[Section]:
    alone = [node for node in method.children() if node in method.indicators]
    if alone:
        yield Section("", "直属总分的指标", 1, [], "", (), [_leaf(method, node) for node in alone])
    for level, node in method.tree():
        if node in method.dimensions:
            dimension = method.dimensions[node]
            leaves = [_leaf(method, child) for child in method.children(node) if child in method.indicators]
            yield Section(
                node,
                dimension.name or node,
                level,
                _weights(method, node),
                dimension.note or "",
                _articles(dimension),
                leaves,
            )


def _leaf(method: bridge.Method, node: str) -> Leaf:
    indicator = method.indicators[node]
    rules = [bridge.treat_words(indicator), bridge.missing_words(indicator, method)]
    return Leaf(
        id=node,
        name=indicator.name or node,
        measured_in=indicator.measured_in,
        owner=indicator.owner or "",
        weights=_weights(method, node),
        formula=bridge.formula_words(indicator.value, method),
        score=bridge.score_words(indicator, method),
        rules=[rule for rule in rules if rule],
        definition=indicator.definition or indicator.note or "",
        articles=_articles(indicator),
        lower=indicator.direction == "lower",
    )


def _weights(method: bridge.Method, node: str) -> list[str]:
    return [bridge.number(method.weight(node, category)) for category in method.category_ids]


def _articles(item: bridge.schema.Described) -> list[Article]:
    return [Article(one.document, one.article or "", one.note or "") for one in item.legal]


def _adjustment(one: bridge.schema.Adjustment, method: bridge.Method) -> str:
    said = bridge.formula_words(one.points, method)
    if one.limits is None:
        return said
    parts = [f"至少 {bridge.number(one.limits.low)} 分" if one.limits.low is not None else "",
             f"至多 {bridge.number(one.limits.high)} 分" if one.limits.high is not None else ""]  # fmt: skip
    return "，".join([said, *filter(None, parts)])


def _veto(one: bridge.schema.Veto, method: bridge.Method) -> str:
    effect = one.effect
    effects = [
        f"等次不高于“{effect.grade_at_most}”" if effect.grade_at_most else "",
        f"等次改为“{effect.grade}”" if effect.grade else "",
        "不参加排名" if effect.ranked is False else "",
        f"总分改为 {bridge.number(effect.score)} 分" if effect.score is not None else "",
    ]
    return f"凡 {bridge.formula_words(one.when, method)}：" + "，".join(filter(None, effects))


def _grade(one: bridge.schema.Grade, method: bridge.Method) -> str:
    within = "同类" if method.grading.within == "category" else "全部"
    if one.top is not None:
        return f"{within}前 {bridge.number(100 * one.top)}%"
    return f"公布分不低于 {bridge.number(one.at_least)}" if one.at_least is not None else "其余"


def _standing(when: bridge.schema.Standing) -> str:
    place = f"前 {when.top} 名" if when.top else f"后 {when.bottom} 名"
    within = "同类" if when.within == "category" else "全部"
    return f"最近 {when.of_last} 期中 {when.times} 次{within}{place}"


def _variables(method: bridge.Method) -> list[tuple[str, list[object]]]:
    """(department, its variables), in the order of the document."""
    owned: dict[str, list[object]] = {}
    for variable in method.variables.values():
        low, high = variable.range or (None, None)
        between = (
            " 至 ".join(part or "不限" for part in (bridge.number(low), bridge.number(high))) if variable.range else ""
        )
        owned.setdefault(variable.owner or "未定部门", []).append({
            "id": variable.id, "name": variable.name or variable.id, "measured_in": variable.measured_in,
            "kind": KIND_NAMES[variable.kind], "definition": variable.definition or "", "range": between,
        })  # fmt: skip
    return list(owned.items())


KIND_NAMES = {
    "flow": "年内累计", "stock": "期末数", "rate": "比率", "count": "个数", "yes-no": "是否", "grade": "等级", "text": "文字",
}  # fmt: skip
