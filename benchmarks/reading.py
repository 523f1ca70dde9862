"""A workbook of 2,500 units × 60 variables, as an office would send it: read as facts, and by bare readers of cells."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.rounds import Timing, timed
from yuance.facts import VariableDescription, read_facts
from yuance.method.schema import Variable

UNITS, VARIABLES = 2_500, 60


def compared(rounds: int) -> list[Timing]:
    """The workbook read in every way, in turn."""
    variables: list[VariableDescription] = [Variable(id=f"x{number}") for number in range(VARIABLES)]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "facts.xlsx"
        _workbook(file)
        facts = read_facts(file, variables)
        if facts.table.shape != (UNITS, VARIABLES + 2):
            raise SystemExit(f"the workbook was read as a table of {facts.table.shape}")
        return timed(
            {
                "yuance, facts with the cell of every value": lambda: read_facts(file, variables),
                "openpyxl, cells only": lambda: _by_openpyxl(file),
                "calamine, cells only": lambda: _by_calamine(file),
            },
            rounds,
        )


def _workbook(file: Path) -> None:
    values = np.random.default_rng(20230101).gamma(2.0, 100.0, (UNITS, VARIABLES)).round(2)
    columns = {f"x{number}": values[:, number] for number in range(VARIABLES)}
    units = [f"u{number:05d}" for number in range(UNITS)]
    pl.DataFrame({"unit": units, "period": ["2023"] * UNITS, **columns}).write_excel(file)


def _by_openpyxl(file: Path) -> int:
    import openpyxl

    book = openpyxl.load_workbook(file, read_only=True)
    try:
        return sum(len(row) for row in book.worksheets[0].iter_rows(values_only=True))
    finally:
        book.close()


def _by_calamine(file: Path) -> int:
    import python_calamine

    with python_calamine.CalamineWorkbook.from_path(str(file)) as book:
        return sum(len(row) for row in book.get_sheet_by_index(0).to_python())
