"""A second evaluation, to hold against the first: plain Python, one unit after another, written from the method
language's text (parts 2 to 6) and from nothing else.

It is slow and says every rule in the words of the contract. Where the contract is silent it holds these decisions:

* where a unit has no row in an earlier period, each of its facts is missing there (so that `previous(2)` is 2);
* of the values that the JRC's rule moves, tied ones are moved together and counted each, as COINr does;
* a sum, mean … over nothing is missing; `sd` of one value is missing;
* a unit of a period is one that has a row there; a listed unit also belongs to the periods asked for;
* statistics that a score's anchors are taken from are those of the treated values, imputed ones included;
* `last_year_…` is the same statistic of the set one year earlier, filled and treated by the same rules; a panel spans
  all years, its `last_year_…` is its own;
* with all values equal, or one alone, a standard score is its `mean`; with one unit alone, a percent rank is the best;
* anchors that turn out on the data to run against the direction give no score, and so does a base of zero; a score
  that has no value although its indicator has one is left out under `drop`, and else an error: the unit is not ranked;
* a gap under `refuse`, and one that no rule can fill, leaves the nodes above it without a score (to join the rest
  would be `drop`), and the unit is not ranked;
* `needs` counts the written weight of the indicators that have a value once gaps are filled (`zero` and `lowest` fill
  nothing): the order of the JRC's steps, by which all fifty-one ASEM countries pass their screening at 0.9;
* a place beyond a rank table earns `least`; the middle of two places earns the mean of theirs; `least` bounds neither
  from below more than the table says;
* what differs by no more than the dust of arithmetic (1e-12 of its size) is equal where a score leaps: a bound of
  `steps`, two anchors, a spread;
* where two points of a broken line coincide, the one written last holds;
* a unit without a category is in no category's comparison set; it has no weights, hence no total;
* `order` breaks ties whatever `ties` says about those that remain; a unit without the value that breaks a tie comes
  last; ties "broken" that remain go by the unit's id;
* a grade by share goes to everyone better than whom fewer than the quota stand, so that ties at the border are in;
* grades by score, as those by share, go to ranked units only; a veto's grade goes to anyone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
from typing import Any

from yuance.facts.period import Period, parse_period
from yuance.method import TOTAL, Method, schema
from yuance.method import expression as tree
from yuance.method.expression import parse

Value = float | str | None
Row = Mapping[str, Value]
Key = tuple[str, Period]  # a unit in a period
Anchors = Callable[[str, float | None], float | None]  # a statistic's name, and q of a percentile

MODES = {"half-up": ROUND_HALF_UP, "half-even": ROUND_HALF_EVEN, "down": ROUND_DOWN, "up": ROUND_UP}
QUOTAS = {"round": ROUND_HALF_UP, "floor": ROUND_FLOOR, "ceil": ROUND_CEILING}
STATISTICS = ("lowest", "highest", "mean", "median", "sd", "count", "percentile")


# --- statistics ------------------------------------------------------------------------------------------------------


def percentile(values: Sequence[float], q: float) -> float | None:
    """Type 7: linear between order statistics."""
    if not values:
        return None
    ordered = sorted(values)
    place = (len(ordered) - 1) * q / 100
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def deviation(values: Sequence[float]) -> float | None:
    if len(values) < 2:
        return None
    centre = math.fsum(values) / len(values)
    return math.sqrt(math.fsum((value - centre) ** 2 for value in values) / (len(values) - 1))


def statistic(name: str, values: Sequence[float], q: float | None = None) -> float | None:
    if name == "count":
        return float(len(values))
    if name == "sd":
        return deviation(values)
    if not values:
        return None
    match name:
        case "percentile":
            return percentile(values, float(q or 0))
        case "median":
            return percentile(values, 50)
        case "lowest":
            return min(values)
        case "highest":
            return max(values)
        case "total":
            return math.fsum(values)
        case _:
            return math.fsum(values) / len(values)


def skewness(values: Sequence[float]) -> float | None:
    """A spreadsheet's SKEW."""
    n, s = len(values), deviation(values)
    if n < 3 or not s:
        return None
    centre = math.fsum(values) / n
    return n / ((n - 1) * (n - 2)) * math.fsum(((value - centre) / s) ** 3 for value in values)


def kurtosis(values: Sequence[float]) -> float | None:
    """A spreadsheet's KURT (excess)."""
    n, s = len(values), deviation(values)
    if n < 4 or not s:
        return None
    centre = math.fsum(values) / n
    fourth = math.fsum(((value - centre) / s) ** 4 for value in values)
    return n * (n + 1) / ((n - 1) * (n - 2) * (n - 3)) * fourth - 3 * (n - 1) ** 2 / ((n - 2) * (n - 3))


def rounded(value: float, digits: int, mode: str = "half-up") -> float:
    """Rounded as written, after the dust of arithmetic is blown off."""
    if abs(value) > 1e15:
        return value
    exact = Decimal(repr(round(value, 9)))
    return float(exact.quantize(Decimal(1).scaleb(-digits), rounding=MODES[mode])) + 0.0


# --- expressions -----------------------------------------------------------------------------------------------------


def number(value: Value) -> float | None:
    """A number that has a value; infinity and what is undefined have none."""
    if value is None or isinstance(value, str) or not math.isfinite(value):
        return None
    return float(value)


@dataclass
class Interpreter:
    """Reads an expression for one unit in one period."""

    facts: Facts
    key: Key
    names: Mapping[str, Value] = field(default_factory=dict)
    anchors: Anchors | None = None
    x: Callable[[Key], float | None] | None = None  # of score formulas

    def at(self, key: Key) -> Interpreter:
        return Interpreter(self.facts, key, self.names, self.anchors, self.x)

    def read(self, node: tree.Node) -> Value:
        match node:
            case tree.Number() | tree.Text():
                return node.value
            case tree.Name():
                return self.name(node.id)
            case tree.Unary():
                return self.unary(node)
            case tree.Binary():
                return arithmetic(node.operator, number(self.read(node.left)), number(self.read(node.right)))
            case tree.Comparison():
                return self.comparison(node)
            case tree.Logic():
                return kleene(node.operator, [self.read(part) for part in node.operands])
            case tree.Conditional():
                condition = self.read(node.condition)
                if condition is None:
                    return None
                return self.read(node.then if condition else node.otherwise)
            case tree.Call():
                return self.call(node)

    def name(self, name: str) -> Value:
        if name in self.names:
            return self.names[name]
        if name == "x" and self.x is not None:
            unit, period = self.key
            return self.x(self.key) if unit in self.facts.evaluated(period) else None
        base = name.removeprefix("last_year_")
        if self.anchors is not None and base in STATISTICS:
            return self.anchors(name, None)
        return self.facts.fact(self.key, name)

    def unary(self, node: tree.Unary) -> Value:
        value = number(self.read(node.operand))
        if value is None:
            return None
        if node.operator == "not":
            return 0.0 if value else 1.0
        return -value if node.operator == "-" else value

    def comparison(self, node: tree.Comparison) -> Value:
        left, links = self.read(node.first), []
        for operator, part in node.links:
            right = self.read(part)
            links.append(compared(operator, left, right))
            left = right
        return kleene("and", links)

    def call(self, node: tree.Call) -> Value:
        name, arguments = node.function, node.arguments
        if name.removeprefix("last_year_") == "percentile":
            assert self.anchors is not None
            (q,) = arguments
            assert isinstance(q, tree.Number)
            return self.anchors(name, q.value)
        if name in ("previous", "lag"):
            years = 1
            if name == "lag":
                assert isinstance(arguments[1], tree.Number)
                years = int(arguments[1].value)
            return self.years_earlier(arguments[0], years)
        if name == "growth":
            now, before = number(self.read(arguments[0])), number(self.years_earlier(arguments[0], 1))
            if now is None or before is None:
                return None
            return arithmetic("/", 100 * (now - before), abs(before))
        if name == "own":
            unit, period = self.key
            now, earlier = number(self.read(arguments[0])), period.earlier_in_year(1)
            if earlier is None:
                return now
            return arithmetic("-", now, number(self.at((unit, earlier)).read(arguments[0])))
        if name in ("target", "completion"):
            (variable,) = arguments
            assert isinstance(variable, tree.Name)
            target = number(self.facts.fact(self.key, f"{variable.id}:target"))
            if name == "target":
                return target
            now = number(self.read(variable))
            return arithmetic("/", None if now is None else 100 * now, target)
        if name in ("total", "mean", "median", "lowest", "highest", "sd"):
            return self.over_units(name, node)
        if name == "share":
            now = number(self.read(arguments[0]))
            return arithmetic("/", None if now is None else 100 * now, self.over_units("total", node))
        return by_row(name, [self.read(argument) for argument in arguments])

    def years_earlier(self, part: tree.Node, years: int) -> Value:
        unit, period = self.key
        return self.at((unit, period.years_earlier(years))).read(part)

    def over_units(self, name: str, node: tree.Call) -> float | None:
        own = self.facts.category(self.key[0])
        members = self.facts.evaluated(self.key[1])
        if node.within == "category":
            members = [unit for unit in members if own is not None and self.facts.category(unit) == own]
        values = [number(self.at((unit, self.key[1])).read(node.arguments[0])) for unit in members]
        return statistic(name, [value for value in values if value is not None])


def arithmetic(operator: str, left: float | None, right: float | None) -> float | None:
    if left is None or right is None:
        return None
    try:
        if operator == "+":
            result: Any = left + right
        elif operator == "-":
            result = left - right
        elif operator == "*":
            result = left * right
        elif operator == "/":
            result = left / right
        else:
            result = left**right
    except (ZeroDivisionError, OverflowError):
        return None
    return None if isinstance(result, complex) else number(result)


def compared(operator: str, left: Value, right: Value) -> Value:
    if left is None or right is None:
        return None
    if operator == "==":
        return float(left == right)
    if operator == "!=":
        return float(left != right)
    assert isinstance(left, float)
    assert isinstance(right, float)
    return float({"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[operator])


def kleene(operator: str, values: Iterable[Value]) -> Value:
    """`and`: no as soon as one is no; else missing as soon as one is missing. `or` the other way round."""
    known = list(values)
    decisive = operator == "or"
    if any(value is not None and bool(value) == decisive for value in known):
        return float(decisive)
    return None if None in known else float(not decisive)


def by_row(name: str, given: Sequence[Value]) -> Value:
    if name == "is_missing":
        return float(given[0] is None)
    if name == "coalesce":
        return next((value for value in given if value is not None), None)
    numbers = [number(value) for value in given]
    if None in numbers:
        return None
    x, *more = [value for value in numbers if value is not None]
    try:
        match name:
            case "abs":
                return abs(x)
            case "sqrt":
                return math.sqrt(x)
            case "exp":
                return number(math.exp(x))
            case "log":
                return math.log(x)
            case "log10":
                return math.log10(x)
            case "round":
                return rounded(x, int(more[0]) if more else 0)
            case "clip":
                return min(max(x, more[0]), more[1])
            case "min":
                return min(x, *more)
            case "max":
                return max(x, *more)
    except (ValueError, OverflowError):
        return None
    raise AssertionError(name)


# --- facts -----------------------------------------------------------------------------------------------------------


@dataclass
class Facts:
    """Rows by unit and period; units with their category and attributes."""

    method: Method
    rows: Mapping[Key, Row]
    units: Mapping[str, Row]
    asked: Sequence[Period]
    listed: bool = False

    def evaluated(self, period: Period) -> list[str]:
        if self.listed and period in self.asked:
            return sorted(self.units)
        return sorted(unit for unit, other in self.rows if other == period)

    def category(self, unit: str) -> str | None:
        given = self.units[unit].get("category")
        rules = [item for item in self.method.categories if item.when is not None]
        for item in rules:
            assert item.when is not None
            if Interpreter(self, (unit, self.asked[0]), self.units[unit]).read(parse(item.when)):
                return item.id
        if not self.method.categories:
            return "all"
        return str(given) if given in self.method.category_ids else None

    def fact(self, key: Key, name: str) -> Value:
        variable = name.removesuffix(":target")
        if variable in self.method.variables:
            return self.rows.get(key, {}).get(name)
        unit, period = key
        own: Mapping[str, Value] = {"unit": unit, "period": str(period), "category": self.category(unit)}
        return own[name] if name in own else self.units[unit].get(name)

    def periods_of_run(self) -> list[Period]:
        """The periods of a panel: all in the run of the kinds that are asked for."""
        kinds = {period.kind for period in self.asked}
        return sorted({period for _, period in self.rows if period.kind in kinds} | set(self.asked))

    def members(self, among: str, key: Key) -> list[Key]:
        """The comparison set that a unit in a period is held against, itself included."""
        unit, period = key
        if among == "panel":
            return [(other, when) for when in self.periods_of_run() for other in self.evaluated(when)]
        everyone = [(other, period) for other in self.evaluated(period)]
        if among == "category":
            own = self.category(unit)
            return [other for other in everyone if own is not None and self.category(other[0]) == own]
        return everyone

    def members_last_year(self, among: str, key: Key) -> list[Key]:
        """The same set one year earlier."""
        unit, period = key
        if among == "panel":
            return self.members(among, key)
        return [
            (other, earlier)
            for earlier in [period.years_earlier(1)]
            for other in self.evaluated(earlier)
            if among == "all" or self.category(other) == self.category(unit) is not None
        ]


# --- one indicator ---------------------------------------------------------------------------------------------------


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


# --- the tree --------------------------------------------------------------------------------------------------------


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


def periods(texts: Iterable[str]) -> list[Period]:
    found = [parse_period(text) for text in texts]
    return sorted(period for period in found if period is not None)
