"""The demonstration city as files: the office's workbook, the same facts tidy, units, provenance, enterprises."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from yuance_demo.city import City
from yuance_demo.registry import INVENTED
from yuance_demo.workbook import write_workbook


@dataclass(frozen=True)
class Files:
    """Where the files of the city stand."""

    workbook: Path
    facts: Path
    units: Path
    provenance: Path
    enterprises: Path
    peculiarities: Path


def write_city(city: City, folder: Path) -> Files:
    """Write everything into `folder` (made if absent); the same city gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    files = Files(
        workbook=folder / "园区评价基础数据_演示.xlsx",
        facts=folder / "facts.parquet",
        units=folder / "units.csv",
        provenance=folder / "provenance.csv",
        enterprises=folder / "enterprises.csv",
        peculiarities=folder / "peculiarities.csv",
    )
    write_workbook(city, files.workbook)
    city.facts.write_parquet(files.facts)
    city.units.write_csv(files.units)
    city.provenance.write_csv(files.provenance)
    city.enterprises.write_csv(files.enterprises)
    _peculiarities(city).write_csv(files.peculiarities)
    return files


def _peculiarities(city: City) -> pl.DataFrame:
    """The five planted peculiarities, a row each."""
    return pl.DataFrame(
        [
            {
                "id": one.id,
                "unit": one.unit,
                "periods": "、".join(one.periods) or "各期",
                "variables": "、".join(one.variables),
                "what": one.what,
                "noticed_by": one.noticed_by,
                "mark": INVENTED,
            }
            for one in city.peculiarities
        ]
    )
