"""One indicator: value, filled, treated, score of every unit in every period."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from tests.yuance.loop.evaluation.oracle.figures import deviation, kurtosis, skewness, statistic
from tests.yuance.loop.evaluation.oracle.reader import Anchors, Interpreter, Key, arithmetic, number
from tests.yuance.loop.evaluation.oracle.world import Facts
from yuance.method import schema
from yuance.method.expression import parse


class Leaf:
    """One indicator: value, filled, treated, score of every unit in every period."""

    def __init__(self, facts: Facts, indicator: schema.Indicator) -> None:
        self.facts, self.method, self.indicator = facts, facts.method, indicator
        self.among = self.method.among(indicator)
        self.gap = self.method.missing(indicator)
        self.values: dict[Key, float | None] = {}
        self.scores: dict[Key, float | None] = {}
        self._treated: dict[Key, float | None] = {}
        self._moved: dict[tuple[Key, ...], dict[Key, float]] = {}
        self._filled: dict[Key, float | None] = {}

    def value(self, key: Key) -> float | None:
        """As reported."""
        if key not in self.values:
            self.values[key] = number(Interpreter(self.facts, key).read(parse(self.indicator.value)))
        return self.values[key]

    def filled(self, key: Key) -> float | None:
        if key not in self._filled:
            value = self.value(key)
            self._filled[key] = self.replacement(key) if value is None else value
        return self._filled[key]

    def replacement(self, key: Key) -> float | None:
        if self.gap.by in ("mean", "median"):
            members = self.facts.members(self.gap.among or self.among, key)
            return statistic(self.gap.by, [value for other in members if (value := self.value(other)) is not None])
        if self.gap.by == "last":
            unit, period = key
            earlier = sorted(
                (other for other in self.facts.rows if other[0] == unit and other[1].kind == period.kind
                 and other[1] < period), key=lambda other: other[1], reverse=True,
            )  # fmt: skip
            return next((value for other in earlier if (value := self.value(other)) is not None), None)
        return None

    def numbers(self, members: Iterable[Key], of: Callable[[Key], float | None]) -> list[float]:
        return [value for key in members if (value := of(key)) is not None]

    def anchors(self, key: Key, of: Callable[[Key], float | None]) -> Anchors:
        def anchor(name: str, q: float | None) -> float | None:
            base = name.removeprefix("last_year_")
            members = self.facts.members(self.among, key)
            if base != name:
                members = self.facts.members_last_year(self.among, key)
            return statistic(base, self.numbers(members, of), q)

        return anchor

    def read_anchor(self, written: float | str | None, key: Key, of: Callable[[Key], float | None]) -> float | None:
        if written is None or isinstance(written, int | float):
            return written
        return number(Interpreter(self.facts, key, {}, self.anchors(key, of)).read(parse(written)))

    def treated(self, key: Key) -> float | None:
        if key not in self._treated:
            self._treated[key] = self.treatment(key)
        return self._treated[key]

    def treatment(self, key: Key) -> float | None:
        rule, x = self.indicator.treat, self.filled(key)
        if rule is None or x is None:
            return x
        members = self.facts.members(self.among, key)
        values = self.numbers(members, self.filled)
        if isinstance(rule, schema.Logarithm):
            lowest = min(values)
            return math.log(x) if lowest > 0 else math.log(x - lowest + 1)
        if rule.low is not None or rule.high is not None:
            low, high = (self.read_anchor(anchor, key, self.filled) for anchor in (rule.low, rule.high))
            if low is not None:
                x = max(x, low)
            return x if high is None else min(x, high)
        known = tuple(sorted(other for other in members if self.filled(other) is not None))
        if known not in self._moved:
            self._moved[known] = jrc(rule, {other: self.filled(other) or 0.0 for other in known})
        return self._moved[known][key]

    def score(self, key: Key) -> float | None:
        if key not in self.scores:
            x = self.treated(key)
            self.scores[key] = self.gap_score(key) if x is None else self.scored(key, x)
        return self.scores[key]

    def gap_score(self, key: Key) -> float | None:
        if self.gap.by == "zero":
            return 0.0
        if self.gap.by == "lowest":
            members = [other for other in self.facts.members(self.among, key) if self.treated(other) is not None]
            return min(self.numbers(members, self.score), default=None)
        return None

    def scored(self, key: Key, x: float) -> float | None:
        rule, lower = self.indicator.score, self.indicator.direction == "lower"
        set_ = self.numbers(self.facts.members(self.among, key), self.treated)

        def anchor(written: float | str | None) -> float | None:
            return self.read_anchor(written, key, self.treated)

        match rule:
            case schema.Given():
                return x
            case schema.Linear() | schema.Exponential():
                low = anchor(rule.low if rule.low is not None else "highest" if lower else "lowest")
                high = anchor(rule.high if rule.high is not None else "lowest" if lower else "highest")
                written = rule.low is not None or rule.high is not None
                return between(rule, x, low, high, lower=lower if written else None)
            case schema.Ratio():
                base, cap, floor = anchor(rule.base), anchor(rule.cap), anchor(rule.floor)
                result = (
                    arithmetic("/", 100 * base, x) if lower and base is not None else arithmetic("/", 100 * x, base)
                )
                if result is None or floor is None:
                    return None
                return max(floor, result if cap is None else min(cap, result))
            case schema.Steps():
                bounds = [(bound, score) for written, score in rule.table if (bound := anchor(written)) is not None]
                return step(bounds, x, lower=lower, closed=rule.edge == "closed")
            case schema.Points():
                bounds = [(bound, score) for written, score in rule.table if (bound := anchor(written)) is not None]
                return broken_line(bounds, x)
            case schema.RankScore():
                return placed(rule, x, set_, anchor, lower=lower)
            case schema.PercentRank():
                return percent_rank(rule, x, set_, lower=lower)
            case schema.ZScore():
                mean, sd = anchor(rule.mean), anchor(rule.sd)
                spread = deviation(set_)
                if mean is None or sd is None:
                    return None
                away = x - math.fsum(set_) / len(set_)
                if spread is None or spread <= 1e-12 * max(abs(value) for value in set_):
                    return mean
                return mean + sd * (-away if lower else away) / spread
            case schema.Formula():
                category = self.facts.category(key[0])
                weight = None if category is None else self.method.weight(self.indicator.id, category)
                anchors = self.anchors(key, self.treated)
                reader = Interpreter(self.facts, key, {"weight": weight}, anchors, self.treated)
                return number(reader.read(parse(rule.is_)))


def jrc(rule: schema.Winsorise, values: Mapping[Key, float]) -> dict[Key, float]:
    def passes(numbers: Iterable[float]) -> bool:
        all_ = list(numbers)
        skew, kurt = skewness(all_), kurtosis(all_)
        if skew is None or kurt is None:
            return True
        return not (abs(skew) > (rule.skewness or 0) + 1e-9 and kurt > (rule.kurtosis or 0) + 1e-9)

    moved, count = dict(values), {"high": 0, "low": 0}
    while not passes(moved.values()) and sum(count.values()) < (rule.at_most or 0):
        all_ = list(moved.values())
        if (skewness(all_) or 0) >= 0:
            side, extreme, next_ = "high", max(all_), max(value for value in all_ if value < max(all_))
        else:
            side, extreme, next_ = "low", min(all_), min(value for value in all_ if value > min(all_))
        count[side] = all_.count(extreme)
        moved = {key: next_ if value == extreme else value for key, value in moved.items()}
    if passes(moved.values()) or rule.otherwise is None:
        return moved
    low, high = min(values.values()), max(values.values())
    return {key: math.log(value - low + 0.01 * (high - low)) for key, value in values.items()}


def between(
    rule: schema.Linear | schema.Exponential, x: float, low: float | None, high: float | None, *, lower: bool | None
) -> float | None:
    """`lower`: the direction, where anchors are written that could contradict it."""
    first, last = rule.to
    if low is None or high is None:
        return None
    if abs(high - low) <= 1e-12 * max(abs(high), abs(low)):
        return last
    if lower is not None and first != last and ((high > low) == (last > first)) == lower:
        return None
    way = (x - low) / (high - low)
    if isinstance(rule, schema.Exponential):
        curve = arithmetic("**", last / first, way)
        return None if curve is None else number(first * curve)
    score = first + (last - first) * way
    return min(max(score, min(first, last)), max(first, last)) if rule.clip else score


def step(bounds: Sequence[tuple[float, float]], x: float, *, lower: bool, closed: bool) -> float:
    sign = -1 if lower else 1
    reached = [
        (sign * bound, score)
        for bound, score in bounds
        if (closed if math.isclose(x, bound, rel_tol=1e-12) else sign * (x - bound) > 0)
    ]
    best = max((bound for bound, _ in reached), default=None)
    return next((score for bound, score in reversed(reached) if bound == best), 0.0)


def broken_line(points: Sequence[tuple[float, float]], x: float) -> float | None:
    ordered = sorted(points, key=lambda point: point[0])  # stable: as written where they coincide
    below = [point for point in ordered if point[0] <= x]
    above = [point for point in ordered if point[0] > x]
    nearest = [point for point in above if point[0] == above[0][0]][-1:]
    if not below or not nearest:
        return next((score for _, score in below[-1:] or nearest), None)
    (left, one), (right, other) = below[-1], nearest[0]
    return one + (other - one) * (x - left) / (right - left)


def placed(
    rule: schema.RankScore, x: float, values: Sequence[float], anchor: Callable[[Any], float | None], *, lower: bool
) -> float | None:
    better = sum(value < x if lower else value > x for value in values)
    equal = sum(value == x for value in values)
    best, worst = better + 1, better + equal
    place = {"better": best, "worse": worst, "middle": (best + worst) / 2}[rule.ties]
    least = anchor(rule.least)
    if least is None:
        return None
    if rule.table is not None:
        table = rule.table
        both = [table[int(at) - 1] if at <= len(table) else least for at in (math.floor(place), math.ceil(place))]
        return sum(both) / 2
    first, less = anchor(rule.first), anchor(rule.step)
    return None if first is None or less is None else max(least, first - less * (place - 1))


def percent_rank(rule: schema.PercentRank, x: float, values: Sequence[float], *, lower: bool) -> float:
    worse = sum(value > x if lower else value < x for value in values)
    equal = sum(value == x for value in values) - 1
    counted = {"middle": equal / 2, "better": equal, "worse": 0}[rule.ties]
    part = (worse + counted) / (len(values) - 1) if len(values) > 1 else 1.0
    return rule.to[0] + (rule.to[1] - rule.to[0]) * part
