"""Known answers beside the methods that must reproduce them: where they lie, and how a table is scored."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from tools.tree import ROOT
from yuance.cli.loading import evaluated
from yuance.loop.evaluation import Evaluation

KNOWN = Path(__file__).with_name("known")
SHIPPED = ROOT / "src" / "yuance_methods"
EXAMPLES = ROOT / "docs" / "examples"


def scored(method: str | Path, table: Path, periods: Sequence[str] = ()) -> Evaluation:
    """What the command gets: the evaluation of a table of facts by a method, named by its path or its reference."""
    return evaluated([table], str(method), periods, None)


def answers(table: Path) -> pl.DataFrame:
    """A table of known answers; a period and a unit are words, all else as it stands."""
    frame = pl.read_csv(table, infer_schema_length=None)
    return frame.with_columns(pl.col(name).cast(pl.String) for name in ("period", "unit") if name in frame.columns)
