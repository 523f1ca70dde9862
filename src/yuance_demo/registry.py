"""What is known before anything is drawn: the parks, their invented profiles, and the public figures to be met."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

PUBLIC = "公开"
WORKED_OUT = "公开（推算）"
INVENTED = "演示数据（虚构）"

YEARS = (2021, 2022, 2023)
QUARTERS = (1, 2, 3, 4)

# 全市园区2022年主营业务收入（云南日报 2023-07-13）, in 万元: the city's total of the demonstration meets it.
CITY_REVENUE_2022 = 140_000_000
CITY_REVENUE_SOURCE = "https://m.kunming.cn/news/c/2023-07-13/13731080.shtml"


@dataclass(frozen=True)
class Park:
    """A park: what is public of it, and the profile (虚构) that its numbers are drawn around.

    `profile` maps a column of `data/profiles.csv` to a number; a column that does not apply is absent.
    """

    unit: str
    name: str
    short_name: str
    former_names: str
    level: str
    category: str
    county: str
    source: str
    profile: Mapping[str, float]

    @property
    def has_industry(self) -> bool:
        """Whether anything is manufactured here: without it the manufacturing variables stay empty."""
        return "output" in self.profile


@dataclass(frozen=True)
class Anchor:
    """A public figure that the generated facts must meet: `mark` tells whether it was printed or worked out."""

    unit: str
    period: str
    variable: str
    kind: str
    value: float
    mark: str
    source: str
    note: str

    @property
    def year(self) -> int:
        """Position of its year among `YEARS`."""
        return YEARS.index(int(self.period[:4]))

    @property
    def quarter(self) -> int:
        """Position of its quarter within the year, from 0."""
        return int(self.period[-1]) - 1


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a table that ships with this package."""
    text = resources.files("yuance_demo").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def parks() -> list[Park]:
    """The nineteen parks, in the order of their codes."""
    profiles = {row["unit"]: _numbers(row) for row in read_table("profiles.csv")}
    return [
        Park(
            unit=row["unit"],
            name=row["name"],
            short_name=row["short_name"],
            former_names=row["former_names"],
            level=row["level"],
            category=row["category"],
            county=row["county"],
            source=row["source"],
            profile=profiles[row["unit"]],
        )
        for row in read_table("parks.csv")
    ]


def anchors() -> list[Anchor]:
    """The public figures that lie within the demonstration's years and variables."""
    return [Anchor(**{**row, "value": float(row["value"])}) for row in read_table("anchors.csv")]  # type: ignore[arg-type]


def anchored(found: Sequence[Anchor], variable: str, kind: str = "actual") -> list[Anchor]:
    """The figures of one variable."""
    return [anchor for anchor in found if anchor.variable == variable and anchor.kind == kind]


def _numbers(row: Mapping[str, str]) -> dict[str, float]:
    return {key: float(value) for key, value in row.items() if key not in {"unit", "mark"} and value != ""}
