"""Money and matter that flow: revenue, output, tax, investment, energy, waste, as cumulated quarters of three years.

An array is park × year × quarter. A flow starts from the park's profile (its level of 2022 and its growth), is spread
over the quarters so that the fourth is the year, and is then scaled to go through the public figures. What depends on
another flow (tax on revenue, value added on output) is a share of it, so that parts never exceed their wholes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from yuance_demo.registry import CITY_REVENUE_2022, YEARS, Anchor, Park, anchored

Array = NDArray[np.float64]
Flows = dict[str, Array]

_CUMULATED = np.array([0.225, 0.475, 0.735])  # of the year, at the end of the first three quarters
_PRICES = np.array([4.0, 3.0, -2.0])  # change of producer prices by year, percent: between nominal and real growth
_REFUNDS = np.array([1.03, 0.92, 1.0])  # 2022: 留抵退税 lowered tax against revenue
_TEN_THOUSAND = 10_000.0  # 亿元 -> 万元
_UNIT_OF_REST = 1  # 昆明经开区 takes what rounding leaves of the city's total


def draw_flows(parks: Sequence[Park], found: Sequence[Anchor], rng: np.random.Generator) -> tuple[Flows, Flows]:
    """All flows, and the targets of those that have one; absent values are NaN."""
    shares = _quarter_shares(len(parks), rng)
    flows: Flows = {}
    flows["revenue"] = _revenue(parks, found, shares, rng)
    flows["industrial_output"] = through(parks, found, "industrial_output", _level(parks, "output", shares, rng))
    flows |= _parts_of_revenue(parks, found, flows, rng)
    flows |= _value_added(parks, found, flows["industrial_output"], rng)
    flows |= _investment(parks, found, shares, rng)
    flows |= _tax(parks, flows, rng)
    flows |= _matter(parks, flows, rng)
    targets = {"outside_capital": _capital_targets(parks, found, flows["outside_capital"], rng)}
    return flows, targets


def column(parks: Sequence[Park], name: str) -> Array:
    """A column of the profiles as park × 1 × 1; NaN where a park has none."""
    return np.array([park.profile.get(name, np.nan) for park in parks])[:, None, None]


def spread(rng: np.random.Generator, parks: int, width: float) -> Array:
    """Factors around one, park × year × 1, each at most three `width` away."""
    return 1 + width * np.clip(rng.standard_normal((parks, len(YEARS), 1)), -3, 3)


def through(parks: Sequence[Park], found: Sequence[Anchor], variable: str, paths: Array) -> Array:
    """Paths scaled year by year to meet the figures; a year without one takes the factor of the nearest year that has.

    The result is whole numbers and equals each figure exactly.
    """
    scaled = paths.copy()
    order = {park.unit: place for place, park in enumerate(parks)}
    mine = anchored(found, variable)
    for unit in {anchor.unit for anchor in mine}:
        place = order[unit]
        factors = {a.year: a.value / paths[place, a.year, a.quarter] for a in mine if a.unit == unit}
        for year in range(len(YEARS)):
            nearest = min(factors, key=lambda known: (abs(known - year), known))
            scaled[place, year] *= factors[nearest]
    scaled = np.rint(scaled)
    for anchor in mine:
        scaled[order[anchor.unit], anchor.year, anchor.quarter] = anchor.value
    return scaled


def _quarter_shares(parks: int, rng: np.random.Generator) -> Array:
    habit = rng.normal(0, 0.006, (parks, 1, 3))
    chance = rng.normal(0, 0.003, (parks, len(YEARS), 3))
    return np.concatenate([_CUMULATED + habit + chance, np.ones((parks, len(YEARS), 1))], axis=2)


def _level(parks: Sequence[Park], level: str, shares: Array, rng: np.random.Generator) -> Array:
    """Paths in 万元 from a level of 2022 in 亿元 and its growth of 2022 and 2023 in percent."""
    middle = column(parks, level)[:, 0, 0] * _TEN_THOUSAND
    before = middle / (1 + column(parks, f"{level}_growth_2022")[:, 0, 0] / 100)
    after = middle * (1 + column(parks, f"{level}_growth_2023")[:, 0, 0] / 100)
    years = np.stack([before, middle, after], axis=1)[:, :, None]
    return np.asarray(years * shares * spread(rng, len(parks), 0.003))


def _revenue(parks: Sequence[Park], found: Sequence[Anchor], shares: Array, rng: np.random.Generator) -> Array:
    """Revenue through the figures of its parks, and through the city's total of 2022."""
    paths = through(parks, found, "revenue", _level(parks, "revenue", shares, rng))
    known = {anchor.unit for anchor in anchored(found, "revenue")}
    free = np.array([park.unit not in known for park in parks])
    year = paths[:, YEARS.index(2022), 3]
    paths[free] = np.rint(paths[free] * (CITY_REVENUE_2022 - year[~free].sum()) / year[free].sum())
    paths[_UNIT_OF_REST, YEARS.index(2022), 3] += CITY_REVENUE_2022 - paths[:, YEARS.index(2022), 3].sum()
    return paths


def _parts_of_revenue(
    parks: Sequence[Park], found: Sequence[Anchor], flows: Mapping[str, Array], rng: np.random.Generator
) -> Flows:
    revenue, output = flows["revenue"], flows["industrial_output"]
    count = len(parks)
    manufacturing = np.minimum(output * rng.uniform(0.97, 1.05, (count, 1, 1)), 0.92 * revenue)
    others = revenue - np.nan_to_num(manufacturing)
    leading = np.clip(column(parks, "leading_share") / 100 * spread(rng, count, 0.015), 0, 0.93)
    leading_output = output * np.clip(leading * rng.uniform(1.02, 1.1, (count, 1, 1)), 0, 0.93)
    emerging = column(parks, "emerging_share") / 100 * np.array([0.96, 1.0, 1.05])[:, None]
    return {
        "manufacturing_revenue": np.rint(manufacturing),
        "producer_service_revenue": np.rint(others * column(parks, "services_share") * spread(rng, count, 0.02)),
        "leading_industry_revenue": np.rint(revenue * leading),
        "leading_industry_output": through(parks, found, "leading_industry_output", leading_output),
        "emerging_output": np.rint(output * np.clip(emerging * spread(rng, count, 0.02), 0, 0.9)),
        "rd_spending": np.rint(revenue * column(parks, "rd_intensity") / 100 * spread(rng, count, 0.03)),
    }


def _value_added(parks: Sequence[Park], found: Sequence[Anchor], output: Array, rng: np.random.Generator) -> Flows:
    """Value added at prices of the year, and its growth in real terms: the nominal one less the change of prices."""
    better = 1 + rng.normal(0.006, 0.012, (len(parks), len(YEARS), 1))
    better[:, YEARS.index(2022)] = 1
    order = {park.unit: place for place, park in enumerate(parks)}
    for anchor in anchored(found, "industrial_value_added_growth"):
        place, year, quarter = order[anchor.unit], anchor.year, anchor.quarter
        nominal = 1 + (anchor.value + _PRICES[year]) / 100
        better[place, year] = nominal * output[place, year - 1, quarter] / output[place, year, quarter]
    added = np.rint(output * column(parks, "value_added_rate") * better)
    growth = np.full(added.shape, np.nan)
    growth[:, 0] = rng.normal(8, 3, (len(parks), 1)) + rng.normal(0, 0.5, (len(parks), 4))
    growth[:, 1:] = (
        100 * (added[:, 1:] / added[:, :-1] - 1) - _PRICES[1:, None] + rng.normal(0, 0.3, (len(parks), 2, 4))
    )
    growth = np.round(growth, 1)
    growth[np.isnan(output)] = np.nan
    for anchor in anchored(found, "industrial_value_added_growth"):
        growth[order[anchor.unit], anchor.year, anchor.quarter] = anchor.value
    return {"industrial_value_added": added, "industrial_value_added_growth": growth}


def _investment(parks: Sequence[Park], found: Sequence[Anchor], shares: Array, rng: np.random.Generator) -> Flows:
    count = len(parks)
    flows: Flows = {}
    for variable, typical, width in (("fixed_investment", 7, 9), ("outside_capital", 12, 12)):
        growth = np.clip(rng.normal(typical, width, (count, 2)), -22, 45)
        middle = column(parks, variable)[:, 0, 0] * _TEN_THOUSAND
        years = np.stack([middle / (1 + growth[:, 0] / 100), middle, middle * (1 + growth[:, 1] / 100)], axis=1)
        slow = shares ** rng.uniform(1.0, 1.15, (count, 1, 1))  # investment comes later in the year than revenue
        flows[variable] = through(parks, found, variable, years[:, :, None] * slow)
    manufacturing = np.array([{"A": 0.48, "B": 0.62, "C": 0.16}[park.category] for park in parks])[:, None, None]
    part = manufacturing * spread(rng, count, 0.06)
    part[[not park.has_industry for park in parks]] = np.nan
    flows["industrial_investment"] = np.rint(flows["fixed_investment"] * part)
    for variable, scale in (("foreign_capital", 1.0), ("trade", _TEN_THOUSAND)):
        middle = column(parks, variable) * scale
        trend = np.cumprod(np.concatenate([np.ones((count, 1)), rng.normal(1.06, 0.1, (count, 2))], axis=1), axis=1)
        flows[variable] = np.rint(middle * (trend / trend[:, 1:2])[:, :, None] * shares)
    return flows


def _tax(parks: Sequence[Park], flows: Mapping[str, Array], rng: np.random.Generator) -> Flows:
    revenue = flows["revenue"]
    tax = revenue * column(parks, "tax_rate") / 100 * _REFUNDS[:, None] * spread(rng, len(parks), 0.02)
    weight = np.clip(0.12 + 0.8 * flows["manufacturing_revenue"][:, 1:2, 3:4] / revenue[:, 1:2, 3:4], 0.05, 0.93)
    return {"tax_revenue": np.rint(tax), "industrial_tax": np.rint(tax * weight * spread(rng, len(parks), 0.01))}


def _matter(parks: Sequence[Park], flows: Mapping[str, Array], rng: np.random.Generator) -> Flows:
    """Energy, carbon, water and waste: each follows what it is used for."""
    count = len(parks)
    saving = np.array([1.035, 1.0, 0.965])[:, None]
    energy = flows["industrial_value_added"] * column(parks, "energy_intensity") * saving * spread(rng, count, 0.012)
    water = 1.0 + 3.5 * np.nan_to_num(flows["manufacturing_revenue"] / flows["revenue"])
    waste = energy * rng.uniform(0.15, 0.4, (count, 1, 1))
    return {
        "energy_use": np.rint(energy),
        "carbon_emissions": np.rint(2.4 * np.nan_to_num(energy) + 0.012 * flows["revenue"] * spread(rng, count, 0.01)),
        "water_use": np.rint(flows["revenue"] * water * rng.uniform(0.5, 1.5, (count, 1, 1)) * saving),
        "solid_waste_generated": np.rint(waste),
        "solid_waste_used": np.rint(waste * np.clip(rng.uniform(0.4, 0.95, (count, 1, 1)) / saving, 0, 0.97)),
    }


def _capital_targets(parks: Sequence[Park], found: Sequence[Anchor], actual: Array, rng: np.random.Generator) -> Array:
    """Targets to date: the year's target, in quarters of equal size; it asks for some more than the year before."""
    year = np.empty((len(parks), len(YEARS)))
    year[:, 0] = actual[:, 0, 3] * rng.uniform(0.9, 1.08, len(parks))
    year[:, 1:] = actual[:, :-1, 3] * rng.uniform(1.05, 1.2, (len(parks), 2))
    year = np.rint(year / 1000) * 1000
    order = {park.unit: place for place, park in enumerate(parks)}
    for anchor in anchored(found, "outside_capital", "target"):
        year[order[anchor.unit], anchor.year] = anchor.value
    return np.asarray(year[:, :, None] * np.array([0.25, 0.5, 0.75, 1.0]))
