"""The tile map (园区分布示意): one square for a park, roughly where it lies. No boundary is drawn, none is meant."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.urls import reverse

from yuance_web.records.parks.models import ParkVersion

SIDE, GAP = 92, 6
WIDEST = 5  # characters in a line of a tile
ENDINGS = ("产业园区", "工业园区", "合作区", "开发区", "度假区", "保税区", "经济区", "园区")
WITHOUT_PLACE = 7  # tiles in a row, for parks that the table does not place


@dataclass(frozen=True, slots=True)
class Tile:
    """A square of the map, in drawing units."""

    code: str
    name: str
    lines: tuple[str, ...]
    category: str
    url: str
    x: int
    y: int


@dataclass(frozen=True)
class TileMap:
    """Squares and the size of the sheet that they lie on."""

    tiles: tuple[Tile, ...]
    width: int
    height: int
    side: int = SIDE

    @property
    def categories(self) -> list[tuple[str, int]]:
        """(category, how many tiles), in order."""
        return sorted(Counter(tile.category for tile in self.tiles).items())


@lru_cache(maxsize=1)
def places() -> dict[str, tuple[int, int]]:
    """(column, row) of the parks that the table places, from 1."""
    text = (Path(__file__).parent / "tiles.csv").read_text(encoding="utf-8")
    return {row["code"]: (int(row["column"]), int(row["row"])) for row in csv.DictReader(text.splitlines())}


def tile_map(versions: Iterable[ParkVersion]) -> TileMap:
    """The map of some parks; those without a place stand in rows below."""
    placed: list[ParkVersion] = []
    others: list[ParkVersion] = []
    for version in versions:
        (placed if version.park.code in places() else others).append(version)
    spots = [(version, *places()[version.park.code]) for version in placed]
    below = max((row for *_, row in spots), default=0) + 1
    spots += [(version, 1 + i % WITHOUT_PLACE, below + i // WITHOUT_PLACE) for i, version in enumerate(others)]
    left, top = min((spot[1] for spot in spots), default=1), min((spot[2] for spot in spots), default=1)
    tiles = tuple(_tile(version, column - left, row - top) for version, column, row in spots)
    step = SIDE + GAP
    return TileMap(
        tiles,
        width=max((tile.x for tile in tiles), default=0) + step,
        height=max((tile.y for tile in tiles), default=0) + step,
    )


def _tile(version: ParkVersion, column: int, row: int) -> Tile:
    short = version.short_name or version.name
    return Tile(
        code=version.park.code,
        name=version.name,
        lines=_lines(short),
        category=version.category,
        url=reverse("park", args=[version.park.code]),
        x=column * (SIDE + GAP),
        y=row * (SIDE + GAP),
    )


def _lines(name: str) -> tuple[str, ...]:
    """A short name in at most two lines, parted before the kind of park where it has one."""
    if len(name) <= WIDEST:
        return (name,)
    at = next(
        (len(name) - len(end) for end in ENDINGS if name.endswith(end) and len(name) - len(end) <= WIDEST), WIDEST
    )
    return name[:at], name[at : at + WIDEST]
