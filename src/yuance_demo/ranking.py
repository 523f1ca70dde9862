"""The ranking as the demonstration prints it: by category, a column per period, Chinese set in columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from yuance.loop.evaluation import Evaluation
from yuance_demo.workbook import period_name

LEGEND = "得分后括号内为同类名次；（—）未排名；* 一票否决或评先约束。"
_NAME, _CELL = 32, 14


def ranking_lines(evaluation: Evaluation) -> Iterator[str]:
    """A table per category: parks in the order of the last period, a column per period, the last one's grade."""
    periods = sorted(evaluation.scores.get_column("period").unique(), key=_in_time)
    cells = {(row["unit"], row["period"]): row for row in evaluation.scores.iter_rows(named=True)}
    for category in evaluation.method.categories:
        rows = evaluation.scores.filter((pl.col("category") == category.id) & (pl.col("period") == periods[-1]))
        ordered = rows.sort("rank_in_category", "unit", nulls_last=True)
        yield f"{category.id} 类　{category.name}（{ordered.height}家）"
        yield "  " + _line(["园区", *map(period_name, periods), "等次" if evaluation.method.grades else ""])
        for row in ordered.iter_rows(named=True):
            shown = [_cell(cells.get((row["unit"], period))) for period in periods]
            yield "  " + _line([row["name"], *shown, row["grade"] or ""])
        yield ""


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _in_time(period: str) -> tuple[str, str]:
    """A year after its quarters."""
    return period[:4], period[4:] or "Q9"


def _cell(row: Mapping[str, object] | None) -> str:
    if row is None or row["score"] is None:
        return "—"
    rank = "—" if row["rank_in_category"] is None else row["rank_in_category"]
    return f"{row['score']:.2f} ({rank}){'*' if row['status'] == 'vetoed' else ''}"


def _line(cells: Sequence[str]) -> str:
    name, *others = cells
    return (_padded(name, _NAME) + "".join(_padded(cell, _CELL) for cell in others)).rstrip()


def _padded(text: str, width: int) -> str:
    return text + " " * max(1, width - columns(text))
