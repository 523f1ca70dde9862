"""Where marks stand in small pictures (SVG): bars, a line over time, a profile. Templates draw them by attributes only."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from yuance_web.loop.evaluation.standings import Line, Point

SHAPES = ("circle", "square", "diamond", "triangle", "cross")
DASHES = ("", "6 3", "2 2", "8 3 2 3", "1 3")
COLOURS = ("#1f4e5f", "#8c2f2b", "#5b6b2f", "#6a4c7d", "#9a5b13", "#2d6a4f", "#2b5d9c", "#a23e6c", "#6b4f3a", "#44606e")


def scale_of(values: Sequence[float | None]) -> tuple[float, float]:
    """The range that scores are drawn in: 0 to 1, 0 to 100, or what holds them."""
    known = [value for value in values if value is not None]
    if not known:
        return 0.0, 100.0
    high = max(known)
    top = 1.0 if high <= 1 else 100.0 if 20 < high <= 100 else high * 1.05
    return min(0.0, *known), top


def bar(value: float | None, scale: tuple[float, float], width: float) -> float:
    """The length of a bar."""
    low, high = scale
    return 0.0 if value is None or high <= low else round(max(0.0, (value - low) / (high - low)) * width, 1)


def _even(low: float, high: float) -> tuple[float, float]:
    """The range widened to ends that four equal steps divide evenly."""
    if low < 0 or high <= 1 or high == 100:
        return low, high
    return 0.0, 40.0 * math.ceil(high / 40)


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a line, with its label; `broken` where the line is cut before it."""

    x: float
    y: float
    label: str
    period: str
    broken: str


@dataclass(frozen=True, slots=True)
class TrendPicture:
    """Scores over time. `paths` are the unbroken stretches; `grid` are (y, label), `ticks` (x, period)."""

    width: int
    height: int
    paths: list[str]
    dots: list[Dot]
    grid: list[tuple[float, str]]
    ticks: list[tuple[float, str]]

    @property
    def broken(self) -> bool:
        """Whether the line is cut anywhere for a change of category or method."""
        return any(dot.broken for dot in self.dots)


def trend_picture(points: Sequence[Point], width: int = 1000, height: int = 240) -> TrendPicture | None:
    """A line over the periods; None where there is nothing to draw."""
    known = [point for point in points if point.score is not None]
    if not known:
        return None
    values = [point.score for point in known if point.score is not None]
    low, high = min(values), max(values)
    margin = max(1.0, (high - low) * 0.15)
    low, high = low - margin, high + margin
    left, right, top, foot = 70.0, 40.0, 20.0, 34.0
    step = (width - left - right) / max(1, len(points) - 1)

    def y_of(score: float) -> float:
        return round(top + (high - score) / (high - low) * (height - top - foot), 1)

    dots: list[Dot] = []
    stretches: list[list[Dot]] = []
    gap = True
    for at, point in enumerate(points):
        if point.score is None:
            gap = True
            continue
        dot = Dot(round(left + step * at, 1), y_of(point.score), f"{point.score:.2f}", point.period, point.breaks)
        dots.append(dot)
        if gap or point.breaks:
            stretches.append([])
        stretches[-1].append(dot)
        gap = False
    paths = ["M" + " L".join(f"{dot.x} {dot.y}" for dot in stretch) for stretch in stretches if len(stretch) > 1]
    grid = [(y_of(low + (high - low) * part / 4), f"{low + (high - low) * part / 4:.1f}") for part in range(5)]
    ticks = [(round(left + step * at, 1), point.period) for at, point in enumerate(points)]
    return TrendPicture(width, height, paths, dots, grid, ticks)


@dataclass(frozen=True, slots=True)
class Profile:
    """One park in a profile: its marks from left to right, and how it is told from the others without colour."""

    name: str
    path: str
    marks: list[tuple[float, float, str]]
    colour: str
    dash: str
    shape: str


@dataclass(frozen=True, slots=True)
class ProfilePicture:
    """Dimensions side by side, a line for each park. `axes` are (x, name), `grid` (y, label)."""

    width: int
    height: int
    axes: list[tuple[float, str]]
    grid: list[tuple[float, str]]
    profiles: list[Profile]


def profile_picture(lines: Sequence[Line], names: Sequence[str], width: int = 900, height: int = 300) -> ProfilePicture:
    """The profiles of some parks."""
    low, high = _even(*scale_of([part for line in lines for part in line.parts]))
    left, right, top, foot = 40.0, 40.0, 14.0, 46.0
    step = (width - left - right) / max(1, len(names) - 1)
    xs = [round(left + step * at, 1) for at in range(len(names))]

    def y_of(value: float) -> float:
        return round(top + (high - value) / ((high - low) or 1) * (height - top - foot), 1)

    profiles = []
    for number, line in enumerate(lines):
        marks = [
            (x, y_of(part), f"{line.name} {name} {part:.2f}")
            for x, name, part in zip(xs, names, line.parts, strict=True)
            if part is not None
        ]
        path = "M" + " L".join(f"{x} {y}" for x, y, _ in marks) if len(marks) > 1 else ""
        profiles.append(
            Profile(
                line.name,
                path,
                marks,
                COLOURS[number % len(COLOURS)],
                DASHES[number % len(DASHES)],
                SHAPES[number % len(SHAPES)],
            )
        )
    grid = [(y_of(low + (high - low) * part / 4), f"{low + (high - low) * part / 4:g}") for part in range(5)]
    return ProfilePicture(width, height, list(zip(xs, names, strict=True)), grid, profiles)
