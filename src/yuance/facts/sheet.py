"""A sheet as it stands in its file: columns of cells, before anything is understood of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from yuance.errors import Place


@dataclass(frozen=True, slots=True)
class SheetError:
    """A cell whose formula failed: #DIV/0!, #REF! …"""

    text: str


@dataclass(frozen=True)
class Column:
    """One column: `numbers` where cells hold numbers, `text` where they hold text (None: no such cell), `odd` the rest.

    Both series are as long as the sheet is high, null where the cell is of another sort or blank. `odd` maps a row to
    a bool, a date or a `SheetError`. `percent` holds the rows whose number is shown as a percentage.
    """

    numbers: pl.Series | None = None
    text: pl.Series | None = None
    odd: Mapping[int, object] = field(default_factory=dict)
    percent: frozenset[int] = frozenset()

    @property
    def pure(self) -> bool:
        """Whether it holds numbers only."""
        return self.text is None and not self.odd

    def at(self, row: int) -> object:
        """The cell of a row: float, str, bool, date, `SheetError`, or None where it is blank."""
        if row in self.odd:
            return self.odd[row]
        if self.numbers is not None and self.numbers[row] is not None:
            return self.numbers[row]
        return self.text[row] if self.text is not None else None

    def words_at(self, row: int) -> str:
        """The cell as a person reads it; "" where it is blank."""
        return words(self.at(row))

    def as_words(self) -> pl.Series:
        """The whole column as text, numbers written without a needless .0; null where blank."""
        length = len(self.numbers if self.numbers is not None else self.text)  # type: ignore[arg-type]
        said = self.text if self.text is not None else pl.Series([None], dtype=pl.String).new_from_index(0, length)
        if self.numbers is not None:
            said = said.to_frame("t").select(pl.coalesce("t", number_words(self.numbers))).to_series()
        if self.odd:
            rows = sorted(self.odd)
            said = said.scatter(rows, [words(self.odd[row]) for row in rows])
        return said


def number_words(numbers: pl.Series) -> pl.Series:
    """Numbers as text: whole ones without a decimal point."""
    whole = (numbers == numbers.floor()) & (numbers.abs() < 2**53)
    frame = pl.DataFrame({"n": numbers, "w": whole})
    return frame.select(
        pl.when(pl.col("w"))
        .then(pl.col("n").cast(pl.Int64, strict=False).cast(pl.String))
        .otherwise(pl.col("n").cast(pl.String))
    ).to_series()


def words(cell: object) -> str:
    """A cell as text."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, SheetError):
        return cell.text
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    return str(cell).strip()


def letters(column: int) -> str:
    """The letters of a column, counted from 0: A, B, …, Z, AA."""
    said = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        said = chr(65 + rest) + said
    return said


@dataclass(frozen=True)
class Sheet:
    """A table of cells with the name of its file.

    `headings` is given where the form itself names its columns (Parquet, frames); otherwise they stand in the cells.
    `merged` holds the merged ranges as (top, left, bottom, right) from 0, None where the form cannot tell. `delimited`:
    cells of a row may have slipped, because a separator stood in a value.
    """

    file: str
    name: str
    columns: Sequence[Column]
    height: int
    headings: Sequence[str] | None = None
    merged: Sequence[tuple[int, int, int, int]] | None = None
    delimited: bool = False
    visible: bool = True

    def letter(self, column: int) -> str:
        """The letters of a column; "" where the form has none."""
        return "" if self.headings is not None else letters(column)

    def place(self, row: int, column: int | None = None) -> Place:
        """The place of a cell, or of a row."""
        if self.headings is not None:
            key = "" if column is None else self.headings[column]
            return Place(file=self.file, sheet=self.name, line=row + 1, key=key)
        if column is None:
            return Place(file=self.file, sheet=self.name, line=row + 1)
        return Place(file=self.file, sheet=self.name, cell=f"{letters(column)}{row + 1}")
