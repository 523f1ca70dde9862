"""The demonstration city, as the records load it: parks with their past, facts by quarter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from yuance_demo.city import City, default_city
from yuance_demo.faults import SLIP
from yuance_demo.registry import read_table

METHOD = "kunming-parks@2023-trial"
FIRST_DAY = dt.date(2021, 1, 1)
CATEGORY_NOTE = "装载演示数据：名称、级别为公开，评价类别为推断"


@dataclass(frozen=True)
class DemoPark:
    """A park with what it was, from the first day on: (day, cause, fields)."""

    code: str
    versions: Sequence[tuple[dt.date, str, Mapping[str, Any]]]


@dataclass(frozen=True)
class DemoCity:
    """Parks and facts: (park, period) -> (variable, kind) -> value.

    `slips` are the planted slips of unit, (park, period, variable), with the value that a department would find.
    """

    parks: Sequence[DemoPark]
    facts: Mapping[tuple[str, str], Mapping[tuple[str, str], float]]
    quarters: Sequence[str] = field(default=())
    slips: Mapping[tuple[str, str, str], float] = field(default_factory=dict)

    @cached_property
    def kinds(self) -> frozenset[tuple[str, str]]:
        """(variable, kind) of everything that is known: actual values, and targets where there are any."""
        return frozenset(key for facts in self.facts.values() for key in facts)


def demo_city() -> DemoCity:
    """The city that ships, with its parks as they were since 2021."""
    city = default_city()
    facts = _facts(city)
    quarters = sorted({period for _, period in facts})
    parks = [DemoPark(row["unit"], list(_versions(row))) for row in read_table("parks.csv")]
    return DemoCity(parks, facts, quarters, dict(_slips(city, facts)))


def _slips(
    city: City, facts: Mapping[tuple[str, str], Mapping[tuple[str, str], float]]
) -> Iterator[tuple[tuple[str, str, str], float]]:
    for one in city.peculiarities:
        for period in one.periods if one.id == "unit_slip" else ():
            for variable in one.variables:
                yield (one.unit, period, variable), facts[one.unit, period][variable, "actual"] * SLIP


def _facts(city: City) -> dict[tuple[str, str], dict[tuple[str, str], float]]:
    facts: dict[tuple[str, str], dict[tuple[str, str], float]] = {}
    for unit, period, variable, value, kind in city.facts.select(
        "unit", "period", "variable", "value", "kind"
    ).iter_rows():
        if "Q" in period:
            facts.setdefault((unit, period), {})[variable, kind] = value
    return facts


def _versions(row: Mapping[str, str]) -> Iterator[tuple[dt.date, str, Mapping[str, Any]]]:
    """What a park was. Only changes whose day is known are changes; all else holds from the first day on."""
    area = row["reported_area_km2"]
    what: dict[str, Any] = {
        "name": row["name"],
        "short_name": row["short_name"],
        "level": row["level"] if row["level"] in {"国家级", "省级", "市级"} else "",
        "category": row["category"],
        "county": row["county"].replace(";", "；"),
        "area_ha": Decimal(area) * 100 if area else None,
    }
    match row["unit"]:
        case "KM08":
            yield FIRST_DAY, CATEGORY_NOTE, {**what, "name": row["former_names"], "short_name": "呈贡信息园区"}
            yield dt.date(2023, 1, 1), "更名（批准日期未查明，演示取年初）", what
        case "KM06":
            yield FIRST_DAY, CATEGORY_NOTE, {**what, "county": "西双版纳州勐腊县"}
            yield dt.date(2022, 5, 1), "2022年5月昆明市托管磨憨镇（公开）", {**what, "entrusted_to": "昆明市"}
        case _:
            yield FIRST_DAY, CATEGORY_NOTE, what
