"""The tree: joins, totals, vetoes, ranks, grades."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tests.yuance.loop.evaluation.oracle.figures import QUOTAS, rounded
from tests.yuance.loop.evaluation.oracle.leaf import Leaf
from tests.yuance.loop.evaluation.oracle.reader import Interpreter, Key, number
from tests.yuance.loop.evaluation.oracle.world import Facts
from yuance.facts.period import Period
from yuance.method import TOTAL, schema
from yuance.method.expression import parse


def weighted_median(children: Sequence[tuple[float, float]]) -> float:
    """Where half of the weight lies on either side; between two scores, the middle of them."""
    ordered = sorted(children)
    half, passed = math.fsum(weight for _, weight in ordered) / 2, 0.0
    for place, (score, weight) in enumerate(ordered):
        passed += weight
        if math.isclose(passed, half, rel_tol=1e-9):
            return (score + ordered[place + 1][0]) / 2
        if passed > half:
            return score
    raise AssertionError(children)


class NoMean(Exception):
    """Scores that the mean can't take."""


def joined(rule: schema.Join, children: Sequence[tuple[float, float]]) -> float:
    """Of (score, weight)."""
    whole = math.fsum(weight for _, weight in children)
    parts = [(score, weight / whole) for score, weight in children]
    power = {"arithmetic": 1.0, "geometric": 0.0, "harmonic": -1.0}.get(rule.by or "", rule.power)
    if rule.by == "minimum":
        return min(score for score, _ in parts)
    if rule.by == "median":
        return weighted_median(parts)
    assert power is not None
    if power == 1:
        return math.fsum(score * weight for score, weight in parts)
    lowest = min(score for score, _ in parts)
    if lowest < 0 or (power <= 0 and lowest <= 0):
        raise NoMean
    if power == 0:
        return math.exp(math.fsum(weight * math.log(score) for score, weight in parts))
    return float(math.fsum(weight * score**power for score, weight in parts) ** (1 / power))


@dataclass
class Standing:
    """What came of one unit in one period."""

    scores: dict[str, float | None] = field(default_factory=dict)
    values: dict[str, float | None] = field(default_factory=dict)
    treated: dict[str, float | None] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    adjustments: dict[str, float] = field(default_factory=dict)
    struck: list[schema.Veto] = field(default_factory=list)
    refused: bool = False
    missing: set[str] = field(default_factory=set)  # nodes that a gap which may not be left out keeps from a score
    exact: float | None = None
    published: float | None = None
    rank: int | None = None
    rank_in_category: int | None = None
    grade: str | None = None

    @property
    def status(self) -> str:
        if self.struck:
            return "vetoed"
        return "not-ranked" if self.refused else "ranked"


class Oracle:
    """The whole evaluation."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.method = facts, facts.method
        self.leaves = {item.id: Leaf(facts, item) for item in self.method.indicators.values()}
        self.standings: dict[Key, Standing] = {}

    def run(self) -> dict[Key, Standing]:
        panel = self.method.header.among == "panel"
        run = self.facts.periods_of_run() if panel else list(self.facts.asked)
        keys = [(unit, period) for period in run for unit in self.facts.evaluated(period)]
        self.standings = {key: Standing() for key in keys}
        for key in keys:
            self.leaf_scores(key)
        for node in [*self.method.bottom_up(), TOTAL]:
            for key in keys:
                self.join(node, key)
        for key in keys:
            self.finish(key)
        for period in self.facts.asked:
            self.rank(period)
        return {key: standing for key, standing in self.standings.items() if key[1] in self.facts.asked}

    def leaf_scores(self, key: Key) -> None:
        standing, category = self.standings[key], self.facts.category(key[0])
        known = whole = 0.0
        for name, leaf in self.leaves.items():
            standing.values[name], standing.treated[name] = leaf.value(key), leaf.treated(key)
            standing.scores[name] = leaf.score(key)
            if category is None or self.planned(name, category) == 0:
                continue
            if standing.scores[name] is None and leaf.gap.by != "drop":
                standing.refused = True
            weight = self.method.weight(name, category)
            whole += weight
            if leaf.filled(key) is not None:
                known += weight
        needs = self.method.header.needs
        if category is None or (needs is not None and whole > 0 and known / whole < needs - 1e-9):
            standing.refused = True

    def planned(self, node: str, category: str) -> float:
        """The part of the total that a node has where nothing is missing; a dimension without indicators has none."""
        parent = self.method.parent(node)
        siblings = {
            child: self.method.weight(child, category)
            for child in self.method.children(parent)
            if self.leaves_below(child)
        }
        whole = math.fsum(siblings.values())
        if not whole or not siblings.get(node):
            return 0.0
        return siblings[node] / whole * (1.0 if parent == TOTAL else self.planned(parent, category))

    def leaves_below(self, node: str) -> bool:
        """Whether some indicator that weighs something in some category stands below, or is it."""
        if not any(self.method.weight(node, category) for category in self.method.category_ids):
            return False
        return node in self.leaves or any(self.leaves_below(child) for child in self.method.children(node))

    def children(self, node: str, key: Key) -> dict[str, tuple[float, float]]:
        """Score and weight of what counts below a node."""
        category = self.facts.category(key[0])
        if category is None:
            return {}
        found = {}
        for child in self.method.children(node):
            score, weight = self.standings[key].scores.get(child), self.method.weight(child, category)
            if score is not None and weight > 0:
                found[child] = (score, weight)
        return found

    def join(self, node: str, key: Key) -> None:
        standing = self.standings[key]
        rule = self.method.header.by if node == TOTAL else self.method.dimensions[node].by
        children = self.children(node, key)
        standing.scores[node] = None
        if self.may_not_be_joined(node, key):
            standing.missing.add(node)
            return
        if not children:
            return
        if rule.by == "copeland":
            standing.scores[node] = self.copeland(node, key, children)
            return
        try:
            standing.scores[node] = joined(rule, list(children.values()))
        except NoMean:
            standing.missing.add(node)
            category = self.facts.category(key[0])
            standing.refused |= category is not None and (node == TOTAL or self.planned(node, category) > 0)

    def may_not_be_joined(self, node: str, key: Key) -> bool:
        """Whether a child that weighs something is missing and may not be left out."""
        category, standing = self.facts.category(key[0]), self.standings[key]
        for child in self.method.children(node):
            if category is None or self.method.weight(child, category) == 0:
                continue
            if child in standing.missing:
                return True
            if child in self.leaves and standing.scores[child] is None and self.leaves[child].gap.by != "drop":
                return True
        return False

    def copeland(self, node: str, key: Key, own: Mapping[str, tuple[float, float]]) -> float:
        won = 0.0
        for other in self.facts.members(self.method.header.among, key):
            scores = self.standings[other].scores  # whatever its weights: the unit that is judged brings them
            theirs = {child: score for child in own if (score := scores.get(child)) is not None}
            both = [child for child in own if child in theirs]
            whole = math.fsum(own[child][1] for child in both)
            if other == key or not whole:
                continue
            for_me = math.fsum(
                own[child][1] * (1.0 if own[child][0] > theirs[child] + 1e-9 else 0.5)
                for child in both
                if own[child][0] > theirs[child] - 1e-9
            )
            part = for_me / whole
            won += (part > 0.5 + 1e-9) - (part < 0.5 - 1e-9)
        return won

    def finish(self, key: Key) -> None:
        standing = self.standings[key]
        total = standing.scores[TOTAL]
        for item in self.method.adjustments:
            points = number(Interpreter(self.facts, key).read(parse(item.points)))
            if points is not None:
                low, high = (item.limits.low, item.limits.high) if item.limits else (None, None)
                points = points if low is None else max(points, low)
                points = points if high is None else min(points, high)
            standing.adjustments[item.id] = points or 0.0
        if total is None:
            standing.refused = True
        else:
            total += math.fsum(standing.adjustments.values())
        for veto in self.method.vetoes:
            if Interpreter(self.facts, key).read(parse(veto.when)):
                standing.struck.append(veto)
                total = total if veto.effect.score is None or total is None else veto.effect.score
                standing.refused |= veto.effect.ranked is False
        rounding = self.method.header.rounding
        standing.exact = total
        standing.published = None if total is None else rounded(total, rounding.digits, rounding.mode)
        self.weigh(key, TOTAL, 1.0)

    def weigh(self, key: Key, node: str, whole: float) -> None:
        """Effective shares of the total, of what counts."""
        children = self.children(node, key)
        sum_ = math.fsum(weight for _, weight in children.values())
        for child, (_, weight) in children.items():
            self.standings[key].weights[child] = whole * weight / sum_
            self.weigh(key, child, whole * weight / sum_)

    # --- ranks and grades ---

    def rank(self, period: Period) -> None:
        everyone = [(key, standing) for key, standing in self.standings.items() if key[1] == period]
        ranked = [(key, standing) for key, standing in everyone if not standing.refused]
        for key, standing in ranked:
            peers = [other for other in ranked if self.facts.category(other[0][0]) == self.facts.category(key[0])]
            standing.rank = self.place(key, ranked)
            standing.rank_in_category = self.place(key, peers)
            if self.method.grades:
                compared = peers if self.method.grading.within == "category" else ranked
                standing.grade = self.grade(key, compared)
        for _, standing in everyone:
            self.vetoed_grade(standing)

    def sort_key(self, key: Key) -> tuple[Any, ...]:
        """Greater is better."""
        standing = self.standings[key]
        rules = self.method.header.ranks
        main = standing.published if rules.on == "published" else round(standing.exact or 0.0, 9)
        result: list[Any] = [float(main or 0.0)]
        for name in rules.order:
            plain = name.removeprefix("-")
            found = standing.scores.get(plain) if plain in standing.scores else number(self.facts.fact(key, plain))
            value = -math.inf if found is None else round(found, 9)
            result.append(-value if name != plain and found is not None else value)
        if rules.ties == "broken":
            result.append([*(-ord(letter) for letter in key[0]), 1])
        return tuple(result)

    def place(self, key: Key, among: Sequence[tuple[Key, Standing]]) -> int:
        own = self.sort_key(key)
        better = [self.sort_key(other) for other, _ in among if self.sort_key(other) > own]
        return 1 + (len({str(other) for other in better}) if self.method.header.ranks.ties == "dense" else len(better))

    def grade(self, key: Key, among: Sequence[tuple[Key, Standing]]) -> str | None:
        grades = self.method.grades
        if any(grade.at_least is not None for grade in grades):
            score = self.standings[key].published or 0.0
            return next((grade.name for grade in grades if grade.at_least is None or score >= grade.at_least), None)
        ahead = sum(self.sort_key(other) > self.sort_key(key) for other, _ in among)
        for grade in grades:
            quota = Decimal(repr(grade.top)) * len(among) if grade.top is not None else Decimal(len(among))
            if ahead < quota.quantize(Decimal(1), rounding=QUOTAS[self.method.grading.quota]):
                return grade.name
        return None

    def vetoed_grade(self, standing: Standing) -> None:
        names = [grade.name for grade in self.method.grades]
        for veto in standing.struck:
            limit = veto.effect.grade_at_most
            if limit is not None and standing.grade in names and names.index(standing.grade) < names.index(limit):
                standing.grade = limit
        for veto in standing.struck:
            if veto.effect.grade is not None:
                standing.grade = veto.effect.grade
