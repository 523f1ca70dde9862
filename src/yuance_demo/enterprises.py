"""Enterprises (虚构) whose revenue, tax, land, people and research spending sum to their park's, year by year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from yuance_demo.economy import Array
from yuance_demo.registry import INVENTED, YEARS, Park

SUMMED = ("revenue", "tax_revenue", "land_in_use", "employees", "rd_spending")
SUMMED_IN_INDUSTRY = ("industrial_value_added", "energy_use")
_YEARS_SHOWN = (2022, 2023)


def draw_enterprises(parks: Sequence[Park], actual: Mapping[str, Array], rng: np.random.Generator) -> pl.DataFrame:
    """A row per enterprise and year: codes, an invented name, and the summed variables as whole numbers.

    Enterprises of services have no industrial value added and no industrial energy use (null, not zero).
    """
    frames = []
    for place, park in enumerate(parks):
        count = int(np.clip(round(4 + 2.2 * park.profile["revenue"] ** 0.35), 8, 40))
        size = rng.lognormal(0, 1.0, count)
        makers = _makers(park, count)
        for year in _YEARS_SHOWN:
            values = {name: actual[name][place, YEARS.index(year), 3] for name in (*SUMMED, *SUMMED_IN_INDUSTRY)}
            frames.append(_year(park, year=year, values=values, size=size, makers=makers, rng=rng))
    return pl.concat(frames)


def split(total: float, shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """A whole number in whole parts near their shares that sum to it exactly (largest remainder)."""
    exact = total * shares / shares.sum()
    parts = np.floor(exact)
    rest = round(total - parts.sum())
    parts[np.argsort(-(exact - parts), kind="stable")[:rest]] += 1
    return np.asarray(parts)


def _makers(park: Park, count: int) -> NDArray[np.bool_]:
    share = {"A": 0.6, "B": 0.75, "C": 0.3}[park.category] if park.has_industry else 0.0
    return np.asarray(np.arange(count) < round(count * share))


def _year(
    park: Park,
    *,
    year: int,
    values: Mapping[str, float],
    size: NDArray[np.float64],
    makers: NDArray[np.bool_],
    rng: np.random.Generator,
) -> pl.DataFrame:
    count = len(size)
    numbers = [f"{place + 1:02d}" for place in range(count)]
    columns: dict[str, object] = {
        "unit": [f"{park.unit}-E{number}" for number in numbers],
        "name": [f"{park.short_name}虚构企业{number}号" for number in numbers],
        "park": [park.unit] * count,
        "trade": ["制造业" if maker else "服务业" for maker in makers],
        "period": [str(year)] * count,
    }
    for name in SUMMED:
        columns[name] = split(values[name], size * rng.uniform(0.6, 1.6, count))
    for name in SUMMED_IN_INDUSTRY:
        parts = np.full(count, np.nan)
        if makers.any():
            parts[makers] = split(values[name], (size * rng.uniform(0.6, 1.6, count))[makers])
        columns[name] = parts
    return pl.DataFrame(columns).with_columns(pl.col(SUMMED_IN_INDUSTRY).fill_nan(None), mark=pl.lit(INVENTED))
