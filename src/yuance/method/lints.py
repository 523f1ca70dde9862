"""What is merely doubtful about a method: it still runs, its author should look."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from yuance.errors import Fault
from yuance.method import schema
from yuance.method.anchor_rules import Anchor, constant, shown, standing
from yuance.method.expression import Binary, Call, Name, Node, Number, Unary, parse, walk
from yuance.method.messages import MESSAGES
from yuance.method.method import TOTAL, Method
from yuance.method.reach import unreachable
from yuance.method.sources import Document

SCALES = (1.0, 10.0, 100.0, 1000.0)
_NAMED_AT_ONCE = 8


def lint(method: Method, document: Document, used: frozenset[str]) -> list[Fault]:
    """All warnings about a method that has no error."""
    rules = (_weights, _dimensions, _variables, _references, _categories, _grades, _own_parts, _anchors, _scores,
             _conditions, _ties, _twins, _case_categories)  # fmt: skip
    faults = [fault for rule in rules for fault in rule(method, document)]
    faults += _unused(method, document, used)
    if not method.cases:
        faults.append(_warning(document, "M404", "method", 0))
    return faults


def _warning(document: Document, code: str, table: str, index: int, *keys: str | int, **values: object) -> Fault:
    return Fault(MESSAGES[code], document.place(table, index, *keys), values, severity="warning")


def _several(names: Sequence[str]) -> str:
    shown = "、".join(names[:_NAMED_AT_ONCE])
    return shown if len(names) <= _NAMED_AT_ONCE else f"{shown} …（共 {len(names)} 项）"


def _weights(method: Method, document: Document) -> Iterator[Fault]:
    """Top-level weights that are neither equal nor sum to a round scale."""
    top = method.children(TOTAL)
    for category in method.category_ids:
        weights = [method.weight(node, category) for node in top]
        total = sum(weights)
        if len(set(weights)) > 1 and not any(abs(total - scale) < 1e-9 for scale in SCALES):
            yield _warning(document, "M401", "method", 0, category=category, sum=f"{total:g}", scale=100)


def _dimensions(method: Method, document: Document) -> Iterator[Fault]:
    for index, dimension in enumerate(method.dimensions.values()):
        children = method.children(dimension.id)
        if not children:
            yield _warning(document, "M405", "dimension", index, name=dimension.name or dimension.id)
            continue
        for category in method.category_ids if dimension.weight is not None else ():
            parts = [method.weight(child, category) for child in children]
            written, total = method.weight(dimension.id, category), sum(parts)
            relative = len(set(parts)) == 1 or any(abs(total - scale) < 1e-9 for scale in SCALES)
            if abs(written - total) > 1e-9 and not relative:
                values = {"weight": f"{written:g}", "sum": f"{total:g}", "category": category}
                yield _warning(
                    document, "M407", "dimension", index, "weight", name=dimension.name or dimension.id, **values
                )


def _variables(method: Method, document: Document) -> Iterator[Fault]:
    bare = [
        variable.id
        for variable in method.variables.values()
        if not variable.measured_in and variable.kind in ("flow", "stock", "count")
    ]
    if bare:
        index = list(method.variables).index(bare[0])
        yield _warning(document, "M410", "variable", index, name=_several(bare))


def _unused(method: Method, document: Document, used: frozenset[str]) -> Iterator[Fault]:
    for index, name in enumerate(method.variables):
        if name not in used:
            yield _warning(document, "M402", "variable", index, name=name)


def _references(method: Method, document: Document) -> Iterator[Fault]:
    """Indicators, adjustments and vetoes without a legal reference, in one sentence for each kind."""
    tables: tuple[tuple[str, Sequence[schema.Indicator | schema.Adjustment | schema.Veto]], ...] = (
        ("indicator", tuple(method.indicators.values())),
        ("adjustment", method.adjustments),
        ("veto", method.vetoes),
    )
    for table, items in tables:
        bare = [item.name or item.id for item in items if not item.legal]
        if bare:
            index = next(index for index, item in enumerate(items) if not item.legal)
            yield _warning(document, "M403", table, index, name=_several(bare))


def _categories(method: Method, document: Document) -> Iterator[Fault]:
    """Categories that no unit can fall into."""
    rules = [None if category.when is None else parse(category.when) for category in method.categories]
    for index in unreachable(rules):
        yield _warning(document, "M406", "category", index, "when", category=method.categories[index].id)


def _grades(method: Method, document: Document) -> Iterator[Fault]:
    if method.grades and method.grades[-1].top is not None and method.grades[-1].top < 1:
        yield _warning(document, "M409", "grade", len(method.grades) - 1, "top", top=f"{method.grades[-1].top:g}")


def _facts(method: Method) -> Iterator[tuple[str, int, str, Node]]:
    """Every expression over facts, with its table, number and key."""
    for index, indicator in enumerate(method.indicators.values()):
        yield "indicator", index, "value", parse(indicator.value)
    for index, adjustment in enumerate(method.adjustments):
        yield "adjustment", index, "points", parse(adjustment.points)
    for index, veto in enumerate(method.vetoes):
        yield "veto", index, "when", parse(veto.when)
    for index, check in enumerate(method.checks):
        yield "check", index, "rule", parse(check.rule)


def _own_parts(method: Method, document: Document) -> Iterator[Fault]:
    for table, index, key, node in _facts(method):
        calls = [item for item in walk(node) if isinstance(item, Call) and item.function == "own"]
        inside = {part.id for call in calls for part in walk(call) if isinstance(part, Name)}
        for name in sorted(inside & set(method.variables)):
            if method.variables[name].kind != "flow":
                yield _warning(document, "M408", table, index, key, name=name)


def _conditions(method: Method, document: Document) -> Iterator[Fault]:
    """Vetoes and checks that yield a number where yes or no is meant."""
    for table, index, key, node in _facts(method):
        if key in ("when", "rule") and _is_figure(node, method):
            yield _warning(document, "M414", table, index, key, key=key)


def _is_figure(node: Node, method: Method) -> bool:
    match node:
        case Name():
            return node.id in method.variables and method.variables[node.id].kind != "yes-no"
        case Unary():
            return node.operator != "not"
        case Call() if node.function in ("coalesce", "previous", "lag"):
            return _is_figure(node.arguments[0], method)
        case Call():
            return node.function != "is_missing"
        case _:
            return isinstance(node, Number | Binary)


def _anchors(method: Method, document: Document) -> Iterator[Fault]:
    """Anchors that are one and the same, so that nothing lies between them."""
    for index, indicator in enumerate(method.indicators.values()):
        score = indicator.score
        if isinstance(score, schema.Linear | schema.Exponential) and _same(score.low, score.high):
            values = {"value": shown(score.low or 0.0), "score": f"{score.to[1]:g}"}
            yield _warning(document, "M411", "indicator", index, "score", **values)


def _same(low: Anchor | None, high: Anchor | None) -> bool:
    if low is None or high is None:
        return False
    place = standing(low)
    return low == high or (place is not None and place[1] == place[2] and place == standing(high))


def _scores(method: Method, document: Document) -> Iterator[Fault]:
    """Ways of scoring that run against sense."""
    for index, indicator in enumerate(method.indicators.values()):
        for key, why, why_en in _oddities(indicator.score):
            yield _warning(document, "M413", "indicator", index, "score", key, why=why, why_en=why_en)


def _oddities(score: schema.ScoreTable) -> Iterable[tuple[str, str, str]]:
    """(key, why, in English) of what is odd about a way of scoring."""
    match score:
        case schema.Ratio():
            if _at_most(score.base, 0):
                yield "base", "基准值不大于 0", "the base is not above 0"
            if score.cap is not None and _below(score.cap, score.floor):
                yield "cap", "封顶低于保底", "the cap is below the floor"
        case schema.RankScore():
            if score.step is not None and _at_most(score.step, 0):
                yield "step", "名次靠后并不减分（step 不大于 0）", "later places lose nothing (step is not above 0)"
            if score.table is not None and list(score.table) != sorted(score.table, reverse=True):
                yield "table", "名次靠后得分反而高", "a later place earns more"
            if score.table is None and _below(score.first, score.least):
                yield "least", "最低得分高于第一名得分", "the least score is above that of the first"
        case schema.ZScore():
            if _at_most(score.sd, 0):
                yield "sd", "一个标准差的分值不大于 0", "the points of a standard deviation are not above 0"
        case schema.PercentRank():
            if score.to[1] <= score.to[0]:
                yield "to", "得分区间没有由低到高", "the range of scores does not rise"
        case schema.Linear() | schema.Exponential():
            if score.to[0] == score.to[1]:
                yield (
                    "to",
                    "得分区间的两端相同，人人同分",
                    "both ends of the range are equal, so everybody earns the same",
                )
        case _:
            return


def _at_most(anchor: Anchor, limit: float) -> bool:
    value = constant(anchor)
    return value is not None and value <= limit


def _below(one: Anchor, other: Anchor) -> bool:
    first, second = constant(one), constant(other)
    return first is not None and second is not None and first < second


def _ties(method: Method, document: Document) -> Iterator[Fault]:
    ranks = method.header.ranks
    if ranks.order and ranks.ties != "broken":
        yield _warning(document, "M415", "method", 0, "ranks")


def _twins(method: Method, document: Document) -> Iterator[Fault]:
    """Ids that differ only in full-width or other compatibility characters."""
    seen: dict[str, str] = {}
    tables = (("variable", method.variables), ("dimension", method.dimensions), ("indicator", method.indicators))
    for table, items in tables:
        for index, name in enumerate(items):
            plain = unicodedata.normalize("NFKC", name)
            if plain in seen:
                yield _warning(document, "M412", table, index, "id", id=name, other=seen[plain])
            seen.setdefault(plain, name)


def _case_categories(method: Method, document: Document) -> Iterator[Fault]:
    """Cases that leave open which category is meant."""
    if not method.categories or any(category.when is not None for category in method.categories):
        return
    for index, case in enumerate(method.cases):
        if case.category is None and case.facts is None and "category" not in case.given:
            yield _warning(document, "M416", "case", index, count=len(method.categories))
