"""Facts by unit and period, and who is compared with whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.yuance.loop.evaluation.oracle.reader import Interpreter, Key, Row, Value
from yuance.facts.period import Period
from yuance.method import Method
from yuance.method.expression import parse


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
