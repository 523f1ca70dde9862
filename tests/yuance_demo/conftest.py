from __future__ import annotations

import dataclasses

import polars as pl
import pytest

from yuance.loop.evaluation import Evaluation
from yuance_demo.__main__ import RUNS, score
from yuance_demo.city import City, default_city
from yuance_demo.tables import Files, write_city


@pytest.fixture(scope="session")
def city() -> City:
    return default_city()


@pytest.fixture(scope="session")
def wide(city: City) -> pl.DataFrame:
    """A row per park and period, a column per variable, targets with `:target`; the unit slip is mended."""
    slip = next(one for one in city.peculiarities if one.id == "unit_slip")
    name = pl.when(pl.col("kind") == "target").then(pl.col("variable") + ":target").otherwise(pl.col("variable"))
    here = (
        (pl.col("unit") == slip.unit)
        & pl.col("period").is_in(slip.periods)
        & pl.col("variable").is_in(slip.variables)
        & (pl.col("kind") == "actual")
    )
    mended = pl.when(here).then(pl.col("value") * 10_000).otherwise(pl.col("value"))
    table = city.facts.with_columns(value=mended, variable=name)
    return table.pivot("variable", index=["unit", "period"], values="value")


@pytest.fixture(scope="session")
def files(city: City, tmp_path_factory: pytest.TempPathFactory) -> Files:
    return write_city(city, tmp_path_factory.mktemp("city"))


@pytest.fixture(scope="session")
def kunming(files: Files) -> Evaluation:
    return score(files, *RUNS[0])


@pytest.fixture(scope="session")
def tidy(files: Files) -> Evaluation:
    return score(dataclasses.replace(files, workbook=files.facts), *RUNS[0])
