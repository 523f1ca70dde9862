"""Whether the tables of a method fit together: ids, references, circles, weights, anchors, grades, cases."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from yuance.errors import Fault
from yuance.facts.period import parse_period
from yuance.method import schema
from yuance.method.expression import Call, ExpressionFault, Name, Number, anchor_base, parse
from yuance.method.formula_rules import BUILT_IN, Use, Vocabulary, is_text, problems
from yuance.method.functions import KEYWORDS
from yuance.method.messages import MESSAGES, hint
from yuance.method.method import EVERYONE, TOTAL
from yuance.method.sources import Document

Tables = dict[str, list[schema.Table]]

_EXPECTED_TOTALS = frozenset({"total", "score", "grade", "rank", "rank_in_category", "status"})
_EXPECTED_PARTS = frozenset({"value", "treated", "score", "points", "weight"})
_ID = re.compile(r"[^\W\d]\w*")


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


def check_tables(
    document: Document, tables: Tables, attributes: frozenset[str], folder: Path | None
) -> tuple[list[Fault], frozenset[str]]:
    """Everything that is wrong across the tables, and the variables that some expression uses."""
    checker = _Checker(document, tables, attributes, folder)
    return checker.faults(), frozenset(checker.vocabulary.used)


class _Checker:
    """One pass over the tables of a document; every rule adds its faults, none stops another."""

    def __init__(self, document: Document, tables: Tables, attributes: frozenset[str], folder: Path | None) -> None:
        self.document = document
        self.folder = folder
        self.header = next((item for item in tables["method"] if isinstance(item, schema.Header)), None)
        self.categories = [item for item in tables["category"] if isinstance(item, schema.Category)]
        self.variables = [item for item in tables["variable"] if isinstance(item, schema.Variable)]
        self.dimensions = [item for item in tables["dimension"] if isinstance(item, schema.Dimension)]
        self.indicators = [item for item in tables["indicator"] if isinstance(item, schema.Indicator)]
        self.adjustments = [item for item in tables["adjustment"] if isinstance(item, schema.Adjustment)]
        self.vetoes = [item for item in tables["veto"] if isinstance(item, schema.Veto)]
        self.grades = [item for item in tables["grade"] if isinstance(item, schema.Grade)]
        self.checks = [item for item in tables["check"] if isinstance(item, schema.Check)]
        self.sanctions = [item for item in tables["sanction"] if isinstance(item, schema.Sanction)]
        self.cases = [item for item in tables["case"] if isinstance(item, schema.Case)]
        declared = frozenset(self.header.attributes) if self.header else frozenset()
        self.vocabulary = Vocabulary({item.id: item for item in self.variables}, declared | attributes)
        self.category_ids = [item.id for item in self.categories] or [EVERYONE]
        self.dimension_ids = {item.id for item in self.dimensions}

    def fault(self, code: str, table: str, index: int, *keys: str | int, **values: object) -> Fault:
        return Fault(MESSAGES[code], self.document.place(table, index, *keys), values)

    def faults(self) -> list[Fault]:
        """All that is wrong across the tables, in the order of the rules."""
        rules = (self.header_rules, self.ids, self.tree, self.weights, self.expressions, self.anchors, self.score_tables,
                 self.grade_rules, self.case_rules)  # fmt: skip
        return [fault for rule in rules for fault in rule()]

    def header_rules(self) -> Iterator[Fault]:
        if self.header is None:
            yield self.fault("M106", "method", 0)
        elif self.header.in_force and self.header.in_force.to and self.header.in_force.to < self.header.in_force.from_:
            yield self.fault("M320", "method", 0, "in_force")
        if not self.indicators:
            yield self.fault("M107", "indicator", 0)
        nodes = self.dimension_ids | {item.id for item in self.indicators} | set(self.vocabulary.variables)
        for position, name in enumerate(self.header.ranks.order if self.header else ()):
            plain = name.removeprefix("-")
            if plain not in nodes:
                yield self.fault("M316", "method", 0, "ranks", "order", position, name=plain)
            elif plain in self.vocabulary.variables:
                self.vocabulary.used.add(plain)

    def ids(self) -> Iterator[Fault]:
        """Identifiers are Unicode identifiers, NFC-normalised, unique in the method; categories among themselves."""
        seen: dict[str, str] = {TOTAL: "总分"}
        named: dict[str, Sequence[_Identified]] = {"variable": self.variables, "dimension": self.dimensions, "indicator": self.indicators,
                 "adjustment": self.adjustments, "veto": self.vetoes, "check": self.checks,
                 "sanction": self.sanctions}  # fmt: skip
        for table, items in named.items():
            for index, item in enumerate(items):
                yield from self._id(table, index, item.id, seen)
        seen = {}
        for index, category in enumerate(self.categories):
            yield from self._id("category", index, category.id, seen)

    def _id(self, table: str, index: int, name: str, seen: dict[str, str]) -> Iterator[Fault]:
        if name.startswith("__"):
            return  # stands in for an id that could not be read; that fault is known already
        place = self.document.place(table, index, "id")
        normal = unicodedata.normalize("NFC", name)
        if normal != name:
            yield self.fault("M303", table, index, "id", id=name, normal=normal)
        elif table != "category" and (_ID.fullmatch(name) is None or name in KEYWORDS):
            yield self.fault("M302", table, index, "id", id=name)
        if normal in seen:
            yield self.fault("M301", table, index, "id", id=name, other=seen[normal])
        seen.setdefault(normal, str(place))

    def tree(self) -> Iterator[Fault]:
        known = sorted(self.dimension_ids)
        for index, indicator in enumerate(self.indicators):
            if indicator.dimension is not None and indicator.dimension not in self.dimension_ids:
                values = {"key": "dimension", "name": indicator.dimension, "hint": hint(indicator.dimension, known)}
                yield self.fault("M304", "indicator", index, "dimension", **values)
        parents = {item.id: item.parent for item in self.dimensions}
        told: set[str] = set()
        for index, dimension in enumerate(self.dimensions):
            if dimension.parent is not None and dimension.parent not in self.dimension_ids:
                values = {"key": "parent", "name": dimension.parent, "hint": hint(dimension.parent, known)}
                yield self.fault("M304", "dimension", index, "parent", **values)
            path, node = [dimension.id], dimension.parent
            while node is not None and node not in path:
                path.append(node)
                node = parents.get(node)
            if node is not None and node not in told:
                circle = path[path.index(node) :]
                told.update(circle)
                yield self.fault("M305", "dimension", index, "parent", circle=" → ".join([*circle, node]))

    def weights(self) -> Iterator[Fault]:
        for table, items in (("dimension", self.dimensions), ("indicator", self.indicators)):
            for index, item in enumerate(items):
                assert isinstance(item, schema.Dimension | schema.Indicator)
                yield from self._weight(table, index, item.weight)
        for category in self.category_ids:
            used = [item for item in self.indicators if self._given_weight(item, category) != 0]
            if self.indicators and not used:
                yield self.fault("M309", "indicator", 0, "weight", category=category)

    def _given_weight(self, item: schema.Indicator, category: str) -> float:
        return item.weight.get(category, 0.0) if isinstance(item.weight, dict) else item.weight

    def _weight(self, table: str, index: int, weight: schema.Weight | None) -> Iterator[Fault]:
        if weight is None:
            return
        parts = weight if isinstance(weight, dict) else {"": weight}
        for name, value in parts.items():
            keys = ("weight", name) if name else ("weight",)
            if not math.isfinite(value):
                yield self.fault("M310", table, index, *keys, value=value)
            elif value < 0:
                yield self.fault("M306", table, index, *keys, value=value)
        if isinstance(weight, dict):
            missing = [name for name in self.category_ids if name not in weight]
            unknown = [name for name in weight if name not in self.category_ids]
            known = "、".join(self.category_ids)
            if missing:
                yield self.fault("M307", table, index, "weight", missing="、".join(missing))
            if unknown:
                yield self.fault("M308", table, index, "weight", unknown="、".join(unknown), known=known)

    def expressions(self) -> Iterator[Fault]:
        for index, category in enumerate(self.categories):
            if category.when is not None:
                yield from self._expression("category", index, category.when, "category", "when")
        for index, indicator in enumerate(self.indicators):
            yield from self._expression("indicator", index, indicator.value, "fact", "value", number=True)
            if isinstance(indicator.score, schema.Formula):
                yield from self._expression(
                    "indicator", index, indicator.score.is_, "formula", "score", "is", number=True
                )
            yield from self._anchors(index, indicator)
        for index, adjustment in enumerate(self.adjustments):
            yield from self._expression("adjustment", index, adjustment.points, "fact", "points", number=True)
        for index, veto in enumerate(self.vetoes):
            yield from self._expression("veto", index, veto.when, "fact", "when", number=True)
        for index, check in enumerate(self.checks):
            yield from self._expression("check", index, check.rule, "fact", "rule", number=True)

    def _expression(
        self, table: str, index: int, text: str, use: Use, *keys: str | int, number: bool = False
    ) -> Iterator[Fault]:
        found = list(problems(text, use, self.vocabulary))
        for code, values in found:
            yield self.fault(code, table, index, *keys, **values)
        if number and not found and is_text(parse(text), self.vocabulary.variables):
            yield self.fault("M219", table, index, *keys, key=str(keys[-1]))

    def _anchors(self, index: int, indicator: schema.Indicator) -> Iterator[Fault]:
        for part, rule in (("treat", indicator.treat), ("score", indicator.score)):
            if rule is None:
                continue
            for key in type(rule).model_fields:
                value = getattr(rule, key)
                if key in ("low", "high", "base", "cap", "floor", "first", "step", "least", "mean", "sd"):
                    if isinstance(value, str):
                        yield from self._expression("indicator", index, value, "anchor", part, key)
                elif key == "table" and isinstance(rule, schema.Steps | schema.Points):
                    for position, (bound, _) in enumerate(rule.table):
                        if isinstance(bound, str):
                            yield from self._expression("indicator", index, bound, "anchor", part, key, position)

    def anchors(self) -> Iterator[Fault]:
        """Written anchors that contradict the direction (part 4, linear and exponential)."""
        for index, indicator in enumerate(self.indicators):
            score = indicator.score
            if not isinstance(score, schema.Linear | schema.Exponential):
                continue
            turned = indicator.direction == "lower"
            low = score.low if score.low is not None else ("highest" if turned else "lowest")
            high = score.high if score.high is not None else ("lowest" if turned else "highest")
            below, above = _standing(low), _standing(high)
            if below is None or above is None or below[0] != above[0] or below[1] == above[1]:
                continue
            rising = (above[1] > below[1]) == (score.to[1] >= score.to[0])
            if rising == turned and score.to[0] != score.to[1]:
                values = {"direction": indicator.direction, "low": low, "high": high}
                yield self.fault("M311", "indicator", index, "score", first=score.to[0], last=score.to[1], **values)

    def score_tables(self) -> Iterator[Fault]:
        for index, indicator in enumerate(self.indicators):
            if isinstance(indicator.score, schema.Steps | schema.Points):
                bounds = [bound for bound, _ in indicator.score.table]
                if len(set(bounds)) < len(bounds):
                    yield self.fault("M312", "indicator", index, "score", "table", bounds=bounds)

    def grade_rules(self) -> Iterator[Fault]:
        shares = [grade.top for grade in self.grades]
        bounds = [grade.at_least for grade in self.grades]
        by_share = all(share is not None for share in shares[:-1]) and not any(bound is not None for bound in bounds)
        by_score = all(bound is not None for bound in bounds[:-1]) and not any(share is not None for share in shares)
        if self.grades and not (by_share or by_score):
            yield self.fault("M313", "grade", 0)
        elif self.grades:
            given = [value for value in (shares if by_share else bounds) if value is not None]
            ordered = sorted(set(given), reverse=not by_share)
            if given != ordered:
                yield self.fault("M314", "grade", 0, grades="、".join(f"{value:g}" for value in given))
        names = {grade.name: index for index, grade in reversed(list(enumerate(self.grades)))}
        for index, grade in enumerate(self.grades):
            if names[grade.name] != index:
                yield self.fault("M301", "grade", index, "name", id=grade.name, other="[[grade]]")
        for index, veto in enumerate(self.vetoes):
            limit = veto.effect.grade_at_most
            if limit is not None and limit not in names:
                known = "、".join(names) or "（无）"
                yield self.fault("M315", "veto", index, "effect", "grade_at_most", grade=limit, known=known)

    def case_rules(self) -> Iterator[Fault]:
        for index, case in enumerate(self.cases):
            if not case.expect and not case.results:
                yield self.fault("M318", "case", index)
            for key in ("facts", "results"):
                file = getattr(case, key)
                if file is not None and (self.folder is None or not (self.folder / file).is_file()):
                    yield self.fault("M319", "case", index, key, file=file)
            if case.category is not None and case.category not in self.category_ids:
                known = "、".join(self.category_ids)
                yield self.fault("M322", "case", index, "category", category=case.category, known=known)
            yield from self._case_names(index, case)

    def _case_names(self, index: int, case: schema.Case) -> Iterator[Fault]:
        rows = [
            ("given", case.given),
            *(("history", row) for row in case.history),
            *(("peers", row) for row in case.peers),
        ]
        for key, row in rows:
            for name, value in row.items():
                plain = name.removesuffix(":target")
                attribute = isinstance(value, str) or name in self.vocabulary.attributes or name in BUILT_IN
                if plain not in self.vocabulary.variables and not attribute and name != "history":
                    yield self.fault("M317", "case", index, key, name, name=name)
        if case.period is not None:
            period = parse_period(case.period)
            if period is None or (self.header is not None and period.kind not in self.header.periods):
                yield self.fault("M321", "case", index, "period", period=case.period)
        nodes = self.dimension_ids | {item.id for item in self.indicators}
        extra = {item.id for item in self.adjustments} | {item.id for item in self.vetoes} | {TOTAL}
        for name in case.expect:
            node, _, part = name.rpartition(".")
            known = part in _EXPECTED_PARTS and (node in nodes or node in extra) if node else name in _EXPECTED_TOTALS
            if not known:
                yield self.fault("M317", "case", index, "expect", name, name=name)


def _standing(anchor: float | str) -> tuple[str, float] | None:
    """Where an anchor surely stands: ("number", value), or ("this year"/"last year", place from 0 to 100)."""
    if not isinstance(anchor, str):
        return "number", anchor
    try:
        node = parse(anchor)
    except ExpressionFault:
        return None
    if isinstance(node, Number):
        return "number", node.value
    name = node.id if isinstance(node, Name) else node.function if isinstance(node, Call) else ""
    base, last_year = anchor_base(name)
    places = {"lowest": 0.0, "median": 50.0, "highest": 100.0}
    if isinstance(node, Call) and base == "percentile" and isinstance(node.arguments[0], Number):
        places["percentile"] = node.arguments[0].value
    return ("last year" if last_year else "this year", places[base]) if base in places else None
