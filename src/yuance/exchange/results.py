"""Results as files: the four tables of the contract, the same bytes for the same input (method language, part 7)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yuance.errors import Language

if TYPE_CHECKING:
    import polars as pl

    from yuance.loop.evaluation import Evaluation

FILES = ("scores.csv", "trace.csv", "findings.csv", "run.json")


def write_results(evaluation: Evaluation, folder: Path, language: Language = "zh") -> list[Path]:
    """Write scores.csv, trace.csv, findings.csv (UTF-8, numbers in full precision) and run.json; returns their paths."""
    from yuance.loop.evaluation.findings import tabulated  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    tables = {
        "scores.csv": evaluation.scores,
        "trace.csv": evaluation.trace,
        "findings.csv": tabulated(evaluation.notes, language),
    }
    for name, table in tables.items():
        _plain(table).write_csv(folder / name)
    (folder / "run.json").write_text(run_text(evaluation.run), encoding="utf-8")
    return [folder / name for name in FILES]


def run_text(run: dict[str, Any]) -> str:
    """run.json: keys in order, readable, ending in a newline."""
    return json.dumps(run, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def results_text(evaluation: Evaluation, language: Language = "zh") -> str:
    """All four results as one JSON text: {scores, trace, findings, run}; a gap is null."""
    from yuance.loop.evaluation.findings import tabulated  # noqa: PLC0415

    tables = {
        "scores": evaluation.scores.to_dicts(),
        "trace": evaluation.trace.to_dicts(),
        "findings": tabulated(evaluation.notes, language).to_dicts(),
        "run": evaluation.run,
    }
    return json.dumps(tables, ensure_ascii=False, allow_nan=False) + "\n"


def _plain(table: pl.DataFrame) -> pl.DataFrame:
    """Text that a spreadsheet would take for a formula is given a leading apostrophe (formula injection)."""
    import polars as pl  # noqa: PLC0415

    texts = [name for name, dtype in table.schema.items() if dtype == pl.String and name in ("name", "note", "message")]
    risky = r"^[=+\-@\t\r]"
    return table.with_columns(
        pl.when(pl.col(name).str.contains(risky)).then(pl.lit("'") + pl.col(name)).otherwise(pl.col(name)).alias(name)
        for name in texts
    )
