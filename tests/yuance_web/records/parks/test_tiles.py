from __future__ import annotations

import datetime as dt

import pytest

from yuance_web.records.parks.selectors import versions_on
from yuance_web.records.parks.services import create_park
from yuance_web.records.parks.tiles import places, tile_map


def test_no_two_parks_stand_on_one_place() -> None:
    assert len(set(places().values())) == len(places())


@pytest.mark.django_db
def test_parks_without_a_place_stand_below_the_others_and_none_is_lost() -> None:
    for code in ("KM17", "X1", "X2"):
        create_park(
            None,
            code,
            begins=dt.date(2021, 1, 1),
            cause="设立",
            name=f"{code}产业园区",
            short_name=f"{code[:2]}产业园区",
        )
    drawn = tile_map(versions_on(dt.date(2022, 1, 1)))
    spots = {tile.code: (tile.x, tile.y) for tile in drawn.tiles}
    assert set(spots) == {"KM17", "X1", "X2"}
    assert spots["X1"][1] == spots["X2"][1] > spots["KM17"][1]
    assert drawn.tiles[0].lines == ("KM", "产业园区")


def test_a_map_of_nothing_is_empty() -> None:
    assert not tile_map([]).tiles
