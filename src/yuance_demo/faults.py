"""What is wrong on purpose: the five peculiarities of the demonstration, planted in one place and told in one place.

All of it is invented for show. They are there so that a reader sees what the engine says about each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from yuance_demo.economy import Array, Flows
from yuance_demo.registry import YEARS, Park

SLIP = 10_000  # 亿元 typed into a column of 万元


@dataclass(frozen=True)
class Peculiarity:
    """One of the five: where it is, what was done, and by what it should be noticed."""

    id: str
    unit: str
    periods: Sequence[str]
    variables: Sequence[str]
    what: str
    noticed_by: str


def peculiarities(variables_of_owner: Mapping[str, Sequence[str]], empty: Sequence[str]) -> list[Peculiarity]:
    """The five, given which variables a department owns and which are empty without industry."""
    return [
        Peculiarity(
            "unit_slip",
            "KM12",
            ["2023Q3"],
            ["tax_revenue"],
            "税收收入以亿元填入万元列（小了一万倍）",
            "较上年同期相差约10的4次方倍；税收累计数回落；工业税收大于税收收入",
        ),
        Peculiarity(
            "missing_department",
            "KM15",
            ["2023Q2"],
            list(variables_of_owner["生态环境局"]),
            "生态环境局负责的数据项整行未填",
            "相关指标缺数；按拒评处理，当季不排名",
        ),
        Peculiarity(
            "veto",
            "KM10",
            ["2023Q3", "2023Q4", "2023"],
            ["larger_accidents"],
            "三季度起记有1起较大生产安全事故（纯属虚构）",
            "扣1分，等次不高于合格",
        ),
        Peculiarity(
            "no_industry",
            "KM05",
            [],
            list(empty),
            "旅游度假区没有工业，制造业数据项各期均为空",
            "功能类权重为0的指标不计、不拒；照常排名",
        ),
        Peculiarity(
            "renamed",
            "KM08",
            ["2021Q1", "2021Q2", "2021Q3", "2021Q4", "2021", "2022Q1", "2022Q2", "2022Q3", "2022Q4", "2022"],
            [],
            "2021—2022年各表用旧名“昆明呈贡信息产业园区”",
            "按曾用名认作同一园区，增速可算",
        ),
    ]


def plant(parks: Sequence[Park], actual: Flows, found: Sequence[Peculiarity]) -> None:
    """Put the unit slip, the missing department and the veto into the values (park × year × quarter), in place."""
    order = {park.unit: place for place, park in enumerate(parks)}
    by_id = {one.id: one for one in found}
    slip, gap, veto = by_id["unit_slip"], by_id["missing_department"], by_id["veto"]
    for place in _places(order, slip):
        actual["tax_revenue"][place] = np.round(actual["tax_revenue"][place] / SLIP, 2)
    for place in _places(order, gap):
        for variable in gap.variables:
            actual[variable][place] = np.nan
    for place in _places(order, veto):
        actual["larger_accidents"][place] = 1


def name_in(park: Park, period: str, found: Sequence[Peculiarity]) -> str:
    """What a park is called in the tables of a period: before its renaming by its former name."""
    renamed = next(one for one in found if one.id == "renamed")
    return park.former_names.split("；")[0] if park.unit == renamed.unit and period in renamed.periods else park.name


def industrial_variables(actual: Mapping[str, Array], parks: Sequence[Park]) -> list[str]:
    """The variables that a park without industry leaves empty in every period."""
    without = [place for place, park in enumerate(parks) if not park.has_industry]
    with_industry = [place for place, park in enumerate(parks) if park.has_industry]
    return [
        name
        for name, values in actual.items()
        if np.isnan(values[without]).all() and not np.isnan(values[with_industry]).all()
    ]


def _places(order: Mapping[str, int], one: Peculiarity) -> list[tuple[int, int, int]]:
    quarters = [period for period in one.periods if "Q" in period]
    return [(order[one.unit], YEARS.index(int(period[:4])), int(period[-1]) - 1) for period in quarters]
