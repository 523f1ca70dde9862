"""Growth that is out of line: with what the other parks report, and with what the park itself reported before.

Robust on purpose: medians and median deviations of the logarithm of growth, since parks differ by a thousand times in
size and a single slip would spoil any mean.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import median

LIMIT = 3.5  # modified z-score, after Iglewicz and Hoaglin
FEWEST_PEERS = 5
FEWEST_YEARS = 4
LEAST_SPREAD = 0.05  # growth never agrees to the percent: smaller spreads would mark everything


def log_growth(value: float | None, before: float | None) -> float | None:
    """The logarithm of value over before; None where either is absent or not positive."""
    if value is None or before is None or value <= 0 or before <= 0:
        return None
    return math.log(value / before)


def distance(one: float, others: Sequence[float], least: int) -> float:
    """How far a growth is from the others, in modified z-scores; 0 where there are too few to tell."""
    if len(others) < least:
        return 0.0
    middle = median(others)
    spread = max(median([abs(other - middle) for other in others]), LEAST_SPREAD)
    return 0.6745 * abs(one - middle) / spread


def peer_marks(growth: Mapping[str, float]) -> dict[str, str]:
    """The parks whose growth is out of line with the others', and the reason in words."""
    marks = {}
    for park, own in growth.items():
        others = [value for other, value in growth.items() if other != park]
        if distance(own, others, FEWEST_PEERS) > LIMIT:
            marks[park] = f"同比 {percent(own)}，其他园区中位数 {percent(median(others))}，明显偏离"
    return marks


def history_mark(own: float, earlier: Sequence[float]) -> str:
    """Why a growth is out of line with the park's own earlier growth; empty where it is not."""
    if distance(own, earlier, FEWEST_YEARS) <= LIMIT:
        return ""
    return f"同比 {percent(own)}，本园区历次中位数 {percent(median(earlier))}，明显偏离"


def percent(growth: float) -> str:
    """A logarithm of growth as people say it."""
    return f"{100 * (math.exp(growth) - 1):+.1f}%"
