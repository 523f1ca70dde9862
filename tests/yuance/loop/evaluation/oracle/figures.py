"""Statistics and rounding, as a textbook has them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal

MODES = {"half-up": ROUND_HALF_UP, "half-even": ROUND_HALF_EVEN, "down": ROUND_DOWN, "up": ROUND_UP}
QUOTAS = {"round": ROUND_HALF_UP, "floor": ROUND_FLOOR, "ceil": ROUND_CEILING}
STATISTICS = ("lowest", "highest", "mean", "median", "sd", "count", "percentile")


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
