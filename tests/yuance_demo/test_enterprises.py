from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from yuance_demo.city import City
from yuance_demo.enterprises import SUMMED, SUMMED_IN_INDUSTRY, split
from yuance_demo.registry import INVENTED


@pytest.mark.parametrize("variable", [*SUMMED, *SUMMED_IN_INDUSTRY])
def test_enterprises_sum_to_their_park(city: City, wide: pl.DataFrame, variable: str) -> None:
    sums = city.enterprises.group_by(unit="park", period="period").agg(total=pl.col(variable).sum())
    both = sums.join(wide.select("unit", "period", variable), on=["unit", "period"])
    assert both.height == 19 * 2
    assert both.filter(pl.col("total") != pl.col(variable).fill_null(0)).is_empty()


def test_every_enterprise_is_marked_and_named_as_invented(city: City) -> None:
    assert set(city.enterprises["mark"]) == {INVENTED}
    assert city.enterprises["name"].str.contains("虚构企业").all()


def test_services_have_no_industrial_value_added(city: City) -> None:
    services = city.enterprises.filter(pl.col("trade") == "服务业")
    assert services["industrial_value_added"].null_count() == services.height


def test_a_number_is_split_without_remainder() -> None:
    parts = split(10, np.array([1.0, 1.0, 1.0]))
    assert parts.sum() == 10
    assert sorted(parts) == [3, 3, 4]
