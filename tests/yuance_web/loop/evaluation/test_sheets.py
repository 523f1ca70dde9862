from __future__ import annotations

import io

import openpyxl
import pytest

from yuance_web.loop.evaluation import sheets


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    content = sheets.workbook("题目", ["名称", "值"], [[text, -1.5]])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type != "f" for cell in cells)
    assert cells[-1].value == -1.5
    assert sheets.table_csv(["名称"], [[text]]).splitlines()[1].lstrip('"').startswith("'")
