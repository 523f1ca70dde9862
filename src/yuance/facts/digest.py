"""The digest of facts: the same content gives the same digest, whatever file or order it came in."""

from __future__ import annotations

import hashlib

import numpy as np
import polars as pl


def digest_of(*tables: pl.DataFrame) -> str:
    """sha256 over tables of floats and text, row by row as they stand, columns in the order of their names.

    Floats count by their bits, a gap as something of its own; columns without any value do not count, so that a table
    that reports nothing of a variable and one that does not mention it are the same facts.
    """
    said = hashlib.sha256()
    for table in tables:
        said.update(f"table {table.height}\n".encode())
        for name in sorted(table.columns):
            series = table[name]
            if series.null_count() < len(series):
                said.update(f"column {len(name.encode())} {name}\n".encode())
                _add(said, series)
    return said.hexdigest()


def _add(said: hashlib._Hash, series: pl.Series) -> None:
    said.update(np.packbits(series.is_null().to_numpy()).tobytes())
    if series.dtype == pl.String:
        text = series.fill_null("")
        said.update(b"text\n")
        said.update(text.str.len_bytes().cast(pl.UInt32).to_numpy().astype("<u4").tobytes())
        said.update("".join(text.to_list()).encode() if len(text) < 100_000 else _joined(text))
    else:
        said.update(b"numbers\n")
        said.update(series.cast(pl.Float64).fill_null(0.0).to_numpy().astype("<f8").tobytes())


def _joined(text: pl.Series) -> bytes:
    joined = text.str.join("").item() if len(text) else ""
    return str(joined).encode()
