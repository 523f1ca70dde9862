"""Several things timed in turn, round after round, so that a busy moment of the machine falls on all of them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """Seconds of one thing in every round."""

    name: str
    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle round."""
        return statistics.median(self.seconds)

    @property
    def noise(self) -> float:
        """Half the distance between the quartiles of the rounds, as a share of the median."""
        first, _, third = statistics.quantiles(self.seconds, n=4)
        return (third - first) / 2 / self.median


def timed(things: Mapping[str, Callable[[], object]], rounds: int) -> list[Timing]:
    """Each thing once unmeasured (imports, caches), then all of them in turn, `rounds` times."""
    for thing in things.values():
        thing()
    seconds: dict[str, list[float]] = {name: [] for name in things}
    for _ in range(rounds):
        for name, thing in things.items():
            start = time.perf_counter()
            thing()
            seconds[name].append(time.perf_counter() - start)
    return [Timing(name, tuple(taken)) for name, taken in seconds.items()]


def table(title: str, timings: list[Timing]) -> str:
    """The timings as a table in Markdown; the last one is the measure of the ratios."""
    unit = timings[-1].median
    lines = [f"### {title}", "", "| | median | ratio | noise |", "|---|---:|---:|---:|"]
    lines += [
        f"| {item.name} | {item.median * 1000:,.2f} ms | {item.median / unit:,.1f} | ± {item.noise:.0%} |"
        for item in timings
    ]
    return "\n".join(lines)
