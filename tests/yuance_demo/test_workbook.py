from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from python_calamine import CalamineWorkbook

from yuance_demo.city import City, method_variables, periods
from yuance_demo.registry import INVENTED
from yuance_demo.tables import Files
from yuance_demo.workbook import CAPTION_ROW, FIRST_ROW, GROUP_ROW, HEADER_ROW, TITLE_ROW, heading, period_name

Sheets = Mapping[str, Sequence[Sequence[object]]]


@pytest.fixture(scope="module")
def sheets(files: Files) -> Sheets:
    book = CalamineWorkbook.from_path(str(files.workbook))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def test_each_period_has_its_sheet(sheets: Sheets) -> None:
    assert list(sheets) == [period_name(period) for period in periods()]
    assert "2023年三季度" in sheets


def test_each_sheet_is_marked_as_invented(sheets: Sheets) -> None:
    for rows in sheets.values():
        assert INVENTED in str(rows[TITLE_ROW][0])
        assert INVENTED in str(rows[CAPTION_ROW][0])
        assert INVENTED in str(rows[-1][0])


def test_departments_stand_over_names_with_their_units(sheets: Sheets) -> None:
    rows = sheets["2023年"]
    assert "税务局" in rows[GROUP_ROW]
    assert {"营业收入（万元）", "进出口总额（亿元）", "省外到位产业资金目标（万元）"} <= set(map(str, rows[HEADER_ROW]))


def test_every_variable_has_its_column(sheets: Sheets) -> None:
    header = set(map(str, sheets["2022年二季度"][HEADER_ROW]))
    assert {heading(variable) for variable in method_variables()} <= header


def test_gaps_and_thousands_are_written_as_offices_do(sheets: Sheets) -> None:
    cells = {str(cell) for row in sheets["2023年"] for cell in row}
    assert {"—", "/", "否"} <= cells
    assert any("," in cell and cell.replace(",", "").isdigit() for cell in cells)


def test_a_total_row_follows_the_parks(city: City, sheets: Sheets) -> None:
    rows = sheets["2023年"]
    assert rows[FIRST_ROW + len(city.parks)][0] == "合计"


def test_the_renamed_park_goes_by_its_former_name_in_2022(sheets: Sheets) -> None:
    assert "昆明呈贡信息产业园区" in [str(row[1]).strip() for row in sheets["2022年"]]
    assert "云南省数字经济开发区" in [str(row[1]).strip() for row in sheets["2023年"]]
