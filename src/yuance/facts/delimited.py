"""CSV and its relatives: encodings and separators found out, every cell kept as the text that it is."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import Path

import polars as pl

from yuance.errors import Place
from yuance.facts.fault import FactsError, fault
from yuance.facts.sheet import Column, Sheet

SEPARATORS = ",\t;|"
LARGE = 2_000_000  # characters from which the table engine's own reader is tried first
_BLANK_LINE = re.compile(r"\n\r?\n")
MOST_COLUMNS = 20_000
MOST_CELLS = 100_000_000
csv.field_size_limit(10_000_000)


def read_delimited(path: Path) -> Sheet:
    """The one sheet of a CSV file.

    Raises:
        FactsError: it is empty, in no known encoding, or no table.
    """
    text = decode(path.read_bytes(), path.name)
    separator = find_separator(text[:65536])
    quick = _quickly(text, separator) if len(text) > LARGE else None
    columns, height = quick or _carefully(text, separator, path.name)
    return Sheet(path.name, "", columns, height, delimited=True)


def decode(raw: bytes, file: str) -> str:
    """Text of a file in UTF-8 (with or without mark), UTF-16 or GB18030.

    Raises:
        FactsError: it is empty, or in none of these.
    """
    if not raw.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise FactsError([fault("F011", Place(file), file=file)])
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        candidates = ["utf-16"]
    elif b"\0" in raw[:4096]:
        candidates = ["utf-16-le" if raw[1:4096:2].count(0) >= raw[0:4096:2].count(0) else "utf-16-be"]
    else:
        candidates = ["utf-8-sig", "gb18030"]
    for encoding in candidates:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise FactsError([fault("F012", Place(file), file=file)])


def find_separator(head: str) -> str:
    """The separator that cuts the most lines into the same number of cells."""
    best, best_score = ",", (0.0, 0)
    for separator in SEPARATORS:
        try:
            widths = Counter(
                len(row) for row in csv.reader(io.StringIO(head, newline=""), delimiter=separator) if any(row)
            )
        except csv.Error:
            continue
        wide = {width: times for width, times in widths.items() if width > 1}
        if not wide:
            continue
        width, times = max(wide.items(), key=lambda item: (item[1], item[0]))
        score = (times / sum(widths.values()), width)
        if score > best_score:
            best, best_score = separator, score
    return best


def _carefully(text: str, separator: str, file: str) -> tuple[list[Column], int]:
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise FactsError([fault("F013", Place(file), file=file, reason=error)]) from None
    width = max((len(row) for row in rows), default=0)
    if width > MOST_COLUMNS or width * len(rows) > MOST_CELLS:
        raise FactsError([fault("F020", Place(file), file=file, sheet="", rows=len(rows), columns=width)])
    padded = [row if len(row) == width else row + [""] * (width - len(row)) for row in rows]
    columns = [Column(text=_blank_to_null(pl.Series(cells, dtype=pl.String))) for cells in zip(*padded, strict=True)]
    return columns, len(rows)


def _quickly(text: str, separator: str) -> tuple[list[Column], int] | None:
    """The same through the table engine, for large files without blank or uneven lines; None where it will not do."""
    first = next(csv.reader(io.StringIO(text[:65536], newline=""), delimiter=separator), [])
    if len(first) < 2 or _BLANK_LINE.search(text) is not None:
        return None
    try:
        frame = pl.read_csv(
            io.BytesIO(text.encode()),
            has_header=False,
            separator=separator,
            infer_schema=False,
            schema={f"c{number}": pl.String for number in range(len(first))},
        )
    except pl.exceptions.PolarsError:
        return None
    return [Column(text=_blank_to_null(series)) for series in frame], frame.height


def _blank_to_null(series: pl.Series) -> pl.Series:
    """Cells without anything but blanks are blank; the others keep their text, without blanks around."""
    stripped = series.str.strip_chars()
    return stripped.set(stripped == "", None)
