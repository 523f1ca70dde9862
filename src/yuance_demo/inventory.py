"""What is counted: land, people, firms, projects, tasks, accidents at the end of each quarter of three years.

Stocks move slowly and in one direction; numbers counted within the year start anew each January. All are whole
numbers except rates, the floor area and the results of surveys.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from yuance_demo.economy import Array, Flows, column, through
from yuance_demo.registry import YEARS, Anchor, Park, anchored

_TIME = np.arange(-7, 5).reshape(1, len(YEARS), 4) / 4  # years from the end of 2022
_BY_CATEGORY: Mapping[str, Mapping[str, float]] = {
    "industrial_land": {"A": 0.46, "B": 0.68, "C": 0.22},
    "floor_area_ratio": {"A": 0.95, "B": 0.62, "C": 0.85},
    "powers": {"A": 420, "B": 130, "C": 190},
}
_NO_BOND = ("KM03",)  # 杨林经开区: slow payment of 2020 barred the next years (the letter)


def draw_counts(
    parks: Sequence[Park], found: Sequence[Anchor], flows: Mapping[str, Array], rng: np.random.Generator
) -> Flows:
    """All stocks, counts and rates; absent values are NaN."""
    counts: Flows = {}
    counts |= _land(parks, rng)
    counts |= _people(parks, rng)
    counts |= _firms(parks, found, rng)
    counts |= _projects(parks, found, flows, rng)
    counts |= _administration(parks, rng)
    counts |= _bonds(parks, rng)
    counts |= _safety_and_environment(parks, rng)
    counts |= _honours(parks, found)
    return counts


def _growing(level: Array, growth: Array) -> Array:
    """A stock of the end of 2022 that grows by `growth` (a share a year), at every quarter's end."""
    return np.asarray(level * (1 + growth) ** _TIME)


def _within_year(chances: NDArray[np.int64]) -> Array:
    """Cumulated numbers of events from those of each quarter."""
    return np.asarray(np.cumsum(chances, axis=2, dtype=np.float64))


def _of_category(parks: Sequence[Park], name: str) -> Array:
    return np.array([_BY_CATEGORY[name][park.category] for park in parks])[:, None, None]


def _industry_only(parks: Sequence[Park], values: Array) -> Array:
    values = values.copy()
    values[[not park.has_industry for park in parks]] = np.nan
    return values


def _land(parks: Sequence[Park], rng: np.random.Generator) -> Flows:
    """Land in use within supplied within ready within planned; what is idle is neither in use nor built."""
    one = (len(parks), 1, 1)
    planned = np.broadcast_to(column(parks, "land_planned"), (len(parks), *_TIME.shape[1:]))
    in_use = np.rint(_growing(column(parks, "land_in_use"), rng.uniform(0.01, 0.035, one)))
    supplied = np.rint(in_use + (0.97 * planned - in_use) * rng.uniform(0.12, 0.4, one))
    developed = np.rint(supplied + (0.99 * planned - supplied) * rng.uniform(0.1, 0.4, one))
    idle = np.rint((supplied - in_use) * rng.uniform(0, 0.16, one) * (1 - 0.25 * _TIME))
    industrial = np.rint(in_use * _of_category(parks, "industrial_land") * rng.uniform(0.88, 1.12, one))
    floor = in_use / 15 * _of_category(parks, "floor_area_ratio") * rng.uniform(0.75, 1.25, one)
    assets = industrial * rng.uniform(140, 420, one) * 1.05**_TIME
    return {
        "land_planned": planned.astype(np.float64),
        "land_developed": developed,
        "land_supplied": supplied,
        "land_in_use": in_use,
        "industrial_land": _industry_only(parks, industrial),
        "idle_land": idle,
        "floor_area": np.round(floor, 1),
        "industrial_fixed_assets": _industry_only(parks, np.rint(assets)),
    }


def _people(parks: Sequence[Park], rng: np.random.Generator) -> Flows:
    growth = rng.normal(0.015, 0.02, (len(parks), 1, 1))
    return {
        "employees": np.rint(_growing(column(parks, "employees"), growth)),
        "industrial_employees": np.rint(_growing(column(parks, "industrial_employees"), growth - 0.005)),
    }


def _firms(parks: Sequence[Park], found: Sequence[Anchor], rng: np.random.Generator) -> Flows:
    one = (len(parks), 1, 1)
    high_tech = np.rint(_growing(column(parks, "high_tech"), rng.uniform(0.06, 0.2, one)))
    specialised = np.rint(_growing(column(parks, "specialised"), rng.uniform(0.1, 0.35, one)))
    order = {park.unit: place for place, park in enumerate(parks)}
    for unit in {anchor.unit for anchor in anchored(found, "specialised_smes")}:
        specialised[order[unit]] = _joining([a for a in anchored(found, "specialised_smes") if a.unit == unit])
    quarter = np.array([0.12, 0.5, 0.82, 1.0])
    listed = 0.85 * column(parks, "high_tech") * np.array([0.8, 1.0, 1.25])[:, None] * quarter
    upgraded = rng.poisson(0.6 + 0.02 * np.broadcast_to(column(parks, "high_tech"), (len(parks), len(YEARS), 4)))
    return {
        "rd_platforms": np.rint(_growing(column(parks, "platforms"), rng.uniform(0.02, 0.12, one))),
        "high_tech_enterprises": high_tech,
        "tech_smes": through(parks, found, "tech_smes", listed),
        "specialised_smes": specialised,
        "invention_patents": np.rint(_growing(column(parks, "patents"), rng.uniform(0.08, 0.18, one))),
        "new_above_size_enterprises": _within_year(upgraded),
    }


def _joining(points: Sequence[Anchor]) -> Array:
    """A count of one park through known points: straight between them, on at a tenth a year outside."""
    places = np.array([4 * point.year + point.quarter for point in points])
    values = np.array([point.value for point in points])[np.argsort(places)]
    places = np.sort(places)
    time = np.arange(4 * len(YEARS))
    path = np.interp(time, places, values)
    path[time < places[0]] *= 1.1 ** ((time[time < places[0]] - places[0]) / 4)
    path[time > places[-1]] *= 1.1 ** ((time[time > places[-1]] - places[-1]) / 4)
    return np.asarray(np.rint(path).reshape(len(YEARS), 4))


def _projects(
    parks: Sequence[Park], found: Sequence[Anchor], flows: Mapping[str, Array], rng: np.random.Generator
) -> Flows:
    """Projects signed in proportion to capital that came, some of them begun, few of them large."""
    shape = (len(parks), len(YEARS), 4)
    rate = np.broadcast_to(1.5 + flows["outside_capital"][:, :, 3:4] / 180_000, shape)
    signed = through(parks, found, "signed_projects", _within_year(rng.poisson(rate)))
    begun = np.floor(
        signed * np.clip(rng.normal(0.55, 0.12, (len(parks), 1, 1)), 0.2, 0.9) * np.array([0.6, 0.8, 0.9, 1])
    )
    large = _within_year(rng.poisson(np.broadcast_to(rate / 30, shape)))
    return {
        "signed_projects": signed,
        "started_projects": np.maximum.accumulate(begun, axis=2),
        "major_projects": np.minimum(large, begun),
    }


def _administration(parks: Sequence[Park], rng: np.random.Generator) -> Flows:
    count = len(parks)
    due = np.broadcast_to(np.array([36.0, 72.0, 108.0, 144.0]), (count, len(YEARS), 4))
    late = _within_year(rng.poisson(0.9, (count, len(YEARS), 4)))
    tasks = rng.integers(5, 11, (count, len(YEARS), 4))
    undone = _within_year(rng.binomial(1, 0.35, (count, len(YEARS), 4)))
    powers = np.rint(_of_category(parks, "powers") * rng.uniform(0.7, 1.3, (count, 1, 1)) * 1.12**_TIME)
    used = np.clip(rng.normal(0.84, 0.07, (count, 1, 1)) + 0.03 * _TIME, 0.4, 0.98)
    faster = np.array([1.2, 1.0, 0.86])[:, None]
    days = column(parks, "approval_days") * faster * rng.normal(1, 0.03, (count, len(YEARS), 4))
    liked = column(parks, "satisfaction") + rng.normal(0, 1.2, (count, len(YEARS), 1)) + np.array([-2, 0, 1])[:, None]
    return {
        "reports_due": due.astype(np.float64),
        "reports_on_time": due - late,
        "tasks_due": _within_year(tasks),
        "tasks_done": _within_year(tasks) - undone,
        "approval_days": np.round(days, 1),
        "powers_delegated": powers,
        "powers_exercised": np.floor(powers * used),
        "enterprise_satisfaction": np.broadcast_to(np.round(np.clip(liked, 0, 100), 1), days.shape).copy(),
        "monthly_talks": _within_year(rng.poisson(0.06, days.shape)),
        "quarterly_talks": _within_year(rng.poisson(0.04, days.shape)),
    }


def _bonds(parks: Sequence[Park], rng: np.random.Generator) -> Flows:
    """Special bonds handed down early in the year and paid out over it; about a third of the parks have none."""
    years = np.rint(column(parks, "fixed_investment") * rng.uniform(200, 700, (len(parks), len(YEARS), 1)))
    none = rng.uniform(size=(len(parks), len(YEARS), 1)) < 0.35
    none[[park.unit in _NO_BOND for park in parks]] = True
    allocated = np.rint(np.where(none, np.nan, years) * np.array([0.4, 0.8, 1.0, 1.0]))
    pace = np.clip(rng.normal(0, 0.05, (len(parks), len(YEARS), 1)) + np.array([0.3, 0.5, 0.7, 0.9]), 0.05, 0.99)
    return {"bond_allocated": allocated, "bond_paid": np.floor(allocated * pace)}


def _safety_and_environment(parks: Sequence[Park], rng: np.random.Generator) -> Flows:
    shape = (len(parks), len(YEARS), 4)
    hazards = _within_year(rng.poisson(3.0, shape))
    open_ones = rng.binomial(2, 0.3, shape)
    nothing = np.zeros(shape)
    return {
        "general_accidents": _within_year(rng.poisson(0.12, shape)),
        "larger_accidents": nothing.copy(),
        "major_accidents": nothing.copy(),
        "hazards_found": hazards,
        "hazards_fixed": np.maximum(hazards - open_ones, 0),
        "environment_emergencies": nothing.copy(),
        "inspection_problems_central": _within_year(rng.poisson(0.02, shape)),
        "inspection_problems_provincial": _within_year(rng.poisson(0.05, shape)),
        "typical_cases_central": nothing.copy(),
        "typical_cases_provincial": nothing.copy(),
        "data_falsified": nothing.copy(),
        "serious_breach": nothing.copy(),
    }


def _honours(parks: Sequence[Park], found: Sequence[Anchor]) -> Flows:
    """Honours are only those that are public: none is invented for a real park."""
    order = {park.unit: place for place, park in enumerate(parks)}
    honours = {name: np.zeros((len(parks), len(YEARS), 4)) for name in ("national_honours", "provincial_honours")}
    for name, values in honours.items():
        for anchor in anchored(found, name):
            values[order[anchor.unit], anchor.year, anchor.quarter :] = anchor.value
    return honours
