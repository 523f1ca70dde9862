from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import polars as pl

from yuance_demo.city import City, generate
from yuance_demo.registry import INVENTED
from yuance_demo.tables import Files, write_city


def contents(files: Files) -> dict[str, bytes]:
    return {name: Path(path).read_bytes() for name, path in dataclasses.asdict(files).items()}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = (
        contents(write_city(generate(np.random.default_rng(11)), tmp_path / folder)) for folder in ("one", "other")
    )
    assert one == other


def test_the_tidy_table_holds_the_facts(city: City, files: Files) -> None:
    assert pl.read_parquet(files.facts).equals(city.facts)


def test_what_is_planted_is_told_in_one_table_marked_as_invented(files: Files) -> None:
    told = pl.read_csv(files.peculiarities)
    assert told.height == 5
    assert set(told["mark"]) == {INVENTED}
