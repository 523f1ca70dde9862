"""The demonstration city whole: its parks, their facts of three years, where each number comes from, its enterprises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from yuance.method import Method, read_method
from yuance.method.schema import Variable
from yuance_demo.economy import Array, Flows, draw_flows
from yuance_demo.enterprises import draw_enterprises
from yuance_demo.faults import Peculiarity, industrial_variables, peculiarities, plant
from yuance_demo.inventory import draw_counts
from yuance_demo.registry import (
    CITY_REVENUE_2022,
    CITY_REVENUE_SOURCE,
    INVENTED,
    QUARTERS,
    WORKED_OUT,
    YEARS,
    Anchor,
    Park,
    anchors,
    parks,
)

METHODS = ("kunming-parks@2023-trial", "paihaotou-quarter@2023")
SEED = 20230616


@dataclass(frozen=True)
class City:
    """What was generated. `facts`: unit, period, variable, value, kind (actual, target), in order, gaps left out.

    `provenance`: unit, period, variable, kind, mark (公开, 公开（推算）, 演示数据（虚构）), source, note; a row per fact.
    `units` is the list of parks with category and attributes. `variables` are those of both methods, in their order.
    """

    parks: Sequence[Park]
    variables: Sequence[Variable]
    facts: pl.DataFrame
    provenance: pl.DataFrame
    units: pl.DataFrame
    enterprises: pl.DataFrame
    peculiarities: Sequence[Peculiarity]


def generate(rng: np.random.Generator) -> City:
    """The city from one source of chance: the same generator state gives the same city, to the last digit."""
    known_parks, found = parks(), anchors()
    variables = method_variables()
    flows, targets = draw_flows(known_parks, found, rng)
    actual = flows | draw_counts(known_parks, found, flows, rng)
    enterprises = draw_enterprises(known_parks, actual, rng)
    special = peculiarities(_by_owner(variables), industrial_variables(actual, known_parks))
    plant(known_parks, actual, special)
    facts = _facts(known_parks, {variable.id: actual[variable.id] for variable in variables}, targets)
    return City(
        parks=known_parks,
        variables=variables,
        facts=facts,
        provenance=_provenance(facts, found, special),
        units=_units(known_parks),
        enterprises=enterprises,
        peculiarities=special,
    )


def default_city() -> City:
    """The city that ships: drawn with the seed of this release."""
    return generate(np.random.default_rng(SEED))


def method_variables() -> list[Variable]:
    """The variables of both methods, each once, in the order of the methods."""
    methods: list[Method] = [read_method(reference) for reference in METHODS]
    return list({variable.id: variable for method in methods for variable in method.variables.values()}.values())


def periods() -> list[str]:
    """Every period of the demonstration: the quarters of a year, then the year."""
    return [period for year in YEARS for period in [*(f"{year}Q{quarter}" for quarter in QUARTERS), str(year)]]


def _by_owner(variables: Sequence[Variable]) -> dict[str, list[str]]:
    owned: dict[str, list[str]] = {}
    for variable in variables:
        owned.setdefault(variable.owner or "", []).append(variable.id)
    return owned


def _facts(known_parks: Sequence[Park], actual: Mapping[str, Array], targets: Flows) -> pl.DataFrame:
    """The arrays as a long table; a year holds the values of its fourth quarter."""
    rows: list[tuple[str, str, str, float, str]] = []
    for kind, arrays in (("actual", actual), ("target", targets)):
        for variable, values in arrays.items():
            for place, park in enumerate(known_parks):
                for number, year in enumerate(YEARS):
                    for quarter in (*QUARTERS, None):
                        value = float(values[place, number, 3 if quarter is None else quarter - 1])
                        if not np.isnan(value):
                            period = str(year) if quarter is None else f"{year}Q{quarter}"
                            rows.append((park.unit, period, variable, value, kind))
    names = ["unit", "period", "variable", "value", "kind"]
    return pl.DataFrame(rows, schema=names, orient="row").sort("unit", "period", maintain_order=True)


def _provenance(facts: pl.DataFrame, found: Sequence[Anchor], special: Sequence[Peculiarity]) -> pl.DataFrame:
    keys = ["unit", "period", "variable", "kind"]
    known = pl.DataFrame(
        [
            (anchor.unit, period, anchor.variable, anchor.kind, anchor.mark, anchor.source, anchor.note)
            for anchor in found
            for period in (
                [anchor.period, anchor.period[:4]] if anchor.quarter == QUARTERS[-1] - 1 else [anchor.period]
            )
        ],
        schema=[*keys, "mark", "source", "note"],
        orient="row",
    )
    planted = {
        (one.unit, period, variable): one.what
        for one in special
        if one.id in {"unit_slip", "veto"}
        for period in one.periods
        for variable in one.variables
    }
    notes = pl.DataFrame(
        [(unit, period, variable, "actual", what) for (unit, period, variable), what in planted.items()],
        schema=[*keys, "planted"],
        orient="row",
    )
    city = pl.DataFrame(
        [("全部园区", "2022", "revenue", "actual", WORKED_OUT, CITY_REVENUE_SOURCE, _CITY_NOTE)],
        schema=[*keys, "mark", "source", "note"],
        orient="row",
    )
    rows = (
        facts.select(keys)
        .join(known, on=keys, how="left", maintain_order="left")
        .join(notes, on=keys, how="left", maintain_order="left")
        .with_columns(
            mark=pl.col("mark").fill_null(INVENTED),
            source=pl.col("source").fill_null("yuance_demo 生成"),
            note=pl.coalesce("planted", "note", pl.lit("")),
        )
        .drop("planted")
    )
    return pl.concat([city, rows])


_CITY_NOTE = (
    f"各园区之和校准到公开的全市园区主营业务收入{CITY_REVENUE_2022 // 10_000}亿元；各园区分数除另注公开者外均为虚构"
)


def _units(known_parks: Sequence[Park]) -> pl.DataFrame:
    fields = ("unit", "name", "category", "short_name", "former_names", "level", "county")
    return pl.DataFrame([{name: getattr(park, name) for name in fields} for park in known_parks])
