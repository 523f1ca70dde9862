"""The facts as an office would send them: one Excel sheet per period, with all the habits of such sheets.

A title over the table, a caption, a header of two rows (department over 名称（计量单位）), names instead of codes,
numbers here and there typed as text with thousands separators, gaps written in three ways, one money column in 亿元,
a total row, a note below. Every sheet says 演示数据（虚构）.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from yuance.facts.period import Period, parse_period
from yuance.method.schema import Variable
from yuance_demo.city import City, periods
from yuance_demo.faults import name_in
from yuance_demo.registry import INVENTED

TITLE = "昆明市开发区和产业园区评价基础数据汇总表"
TARGETED = "outside_capital"
TYPED_AS_TEXT = ("employees", "land_in_use", "water_use")  # 1,234 as text
IN_LARGER_UNIT = {"trade": ("亿元", 10_000)}
GAPS = {
    "统计局": "—",
    "生态环境局": "",
    "自然资源和规划局": "/",
}  # how a department writes a gap; others leave it blank
TITLE_ROW, CAPTION_ROW, GROUP_ROW, HEADER_ROW, FIRST_ROW = range(5)
_LEADING = ("序号", "园区名称", "园区类别")
_WRITTEN = dt.datetime(2023, 6, 16, tzinfo=dt.UTC).replace(tzinfo=None)  # no clock: same bytes each time
_QUARTER_NAMES = {1: "一季度", 2: "二季度", 3: "三季度", 4: "四季度"}

Values = Mapping[tuple[str, str, str], float]


def write_workbook(city: City, path: Path) -> None:
    """Write the workbook with a sheet for every period of the demonstration."""
    values = {
        (row["period"], row["unit"], _key(row["variable"], row["kind"] == "target")): row["value"]
        for row in city.facts.iter_rows(named=True)
    }
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"title": TITLE, "comments": INVENTED, "created": _WRITTEN})
        formats = _formats(book)
        for period in periods():
            _PeriodSheet(book.add_worksheet(period_name(period)), city, period, values, formats).write()


def period_name(period: str) -> str:
    """A period as an office writes it: 2023年, 2023年三季度."""
    known = parse_period(period) or Period(0)
    return f"{known.year}年" + (_QUARTER_NAMES[known.number] if known.kind == "quarter" else "")


def heading(variable: Variable, target: bool = False) -> str:
    """名称（计量单位） of a column; a column in a larger unit says so."""
    unit = IN_LARGER_UNIT.get(variable.id, (variable.measured_in, 1))[0]
    bracket = "" if variable.kind == "yes-no" else f"（{unit}）"
    return f"{variable.name}{'目标' if target else ''}{bracket}"


def _key(variable: str, target: bool) -> str:
    return f"{variable}:target" if target else variable


def _columns(variables: Sequence[Variable]) -> list[tuple[Variable, bool]]:
    """The columns, departments together in the order of their first variable; a target stands beside its variable."""
    owners = list(dict.fromkeys(variable.owner for variable in variables))
    ordered = sorted(variables, key=lambda variable: owners.index(variable.owner))
    return [
        (variable, target) for variable in ordered for target in ([False, True] if variable.id == TARGETED else [False])
    ]


def _formats(book: Any) -> dict[str, Any]:
    border = {"border": 1, "font_name": "宋体", "font_size": 10}
    return {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center", "font_name": "黑体"}),
        "caption": book.add_format({"italic": True, "align": "left"}),
        "header": book.add_format({**border, "bold": True, "align": "center", "valign": "vcenter", "text_wrap": True}),
        "number": book.add_format({**border, "num_format": "#,##0"}),
        "decimal": book.add_format({**border, "num_format": "#,##0.0###"}),
        "text": book.add_format({**border, "align": "right"}),
        "name": book.add_format(border),
        "total": book.add_format({**border, "bold": True, "num_format": "#,##0"}),
    }


class _PeriodSheet:
    """The sheet of one period, while it is written."""

    def __init__(self, sheet: Any, city: City, period: str, values: Values, formats: Mapping[str, Any]) -> None:
        self.sheet = sheet
        self.city = city
        self.period = period
        self.columns = _columns(city.variables)
        self.values = values
        self.formats = formats
        self.last = len(_LEADING) + len(self.columns) - 1

    def write(self) -> None:
        """Title, caption, header, a row per park, the total row, a note."""
        title = f"{period_name(self.period)}{TITLE}（{INVENTED}）"
        caption = f"计量单位：见表头　　流量指标为本年累计数　　{INVENTED}"
        self.sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, self.last, title, self.formats["title"])
        self.sheet.merge_range(CAPTION_ROW, 0, CAPTION_ROW, self.last, caption, self.formats["caption"])
        self._header()
        for number in range(len(self.city.parks)):
            self._park(number)
        self._total(FIRST_ROW + len(self.city.parks))
        note = f"注：{INVENTED}。园区名称与标注“公开”的数字有出处，其余数字由程序生成，与任何园区的实际情况无关。"
        self.sheet.write_string(FIRST_ROW + len(self.city.parks) + 2, 0, note)
        self.sheet.freeze_panes(FIRST_ROW, 2)
        self.sheet.set_column(1, 1, 26)
        self.sheet.set_column(2, self.last, 13)

    def _header(self) -> None:
        style = self.formats["header"]
        for place, text in enumerate(_LEADING):
            self.sheet.merge_range(GROUP_ROW, place, HEADER_ROW, place, text, style)
        owners = [variable.owner or "" for variable, _ in self.columns]
        for owner in dict.fromkeys(owners):
            first = len(_LEADING) + owners.index(owner)
            last = first + owners.count(owner) - 1
            if last > first:
                self.sheet.merge_range(GROUP_ROW, first, GROUP_ROW, last, owner, style)
            else:
                self.sheet.write_string(GROUP_ROW, first, owner, style)
        for place, (variable, target) in enumerate(self.columns):
            self.sheet.write_string(HEADER_ROW, len(_LEADING) + place, heading(variable, target), style)

    def _park(self, number: int) -> None:
        park, row = self.city.parks[number], FIRST_ROW + number
        padding = " " if number % 5 == 3 else ""  # blanks around some names
        self.sheet.write_number(row, 0, number + 1, self.formats["name"])
        name = name_in(park, self.period, self.city.peculiarities)
        self.sheet.write_string(row, 1, f"{padding}{name}{padding}", self.formats["name"])
        self.sheet.write_string(row, 2, park.category, self.formats["name"])
        for place, (variable, target) in enumerate(self.columns):
            value = self.values.get((self.period, park.unit, _key(variable.id, target)))
            self._cell((row, len(_LEADING) + place), variable, value)

    def _cell(self, at: tuple[int, int], variable: Variable, value: float | None) -> None:
        text = self.formats["text"]
        if value is None:
            self.sheet.write_string(*at, GAPS.get(variable.owner or "", ""), text)
        elif variable.kind == "yes-no":
            self.sheet.write_string(*at, "是" if value else "否", text)
        elif variable.id in IN_LARGER_UNIT:
            self.sheet.write_number(*at, value / IN_LARGER_UNIT[variable.id][1], self.formats["decimal"])
        elif variable.id in TYPED_AS_TEXT:
            self.sheet.write_string(*at, f"{value:,.0f}", text)
        else:
            self.sheet.write_number(*at, value, self.formats["number" if value.is_integer() else "decimal"])

    def _total(self, row: int) -> None:
        """The total row that every such table has, and that must not be taken for a park."""
        self.sheet.merge_range(row, 0, row, 1, "合计", self.formats["total"])
        for place, (variable, target) in enumerate(self.columns):
            if variable.kind in {"flow", "stock", "count"}:
                key = _key(variable.id, target)
                total = sum(self.values.get((self.period, park.unit, key), 0.0) for park in self.city.parks)
                scale = IN_LARGER_UNIT.get(variable.id, ("", 1))[1]
                self.sheet.write_number(row, len(_LEADING) + place, total / scale, self.formats["total"])
