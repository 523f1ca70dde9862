"""The ranking as the demonstration prints it: a table per category, with a column per period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from yuance.loop.evaluation import Evaluation
from yuance.papers.columns import Side, aligned
from yuance_demo.workbook import period_name

LEGEND = "得分后括号内为同类名次；（—）未排名；* 一票否决或评先约束。"


def ranking_lines(evaluation: Evaluation) -> Iterator[str]:
    """A table per category: parks in the order of the last period, a column per period, the last one's grade."""
    periods = sorted(evaluation.scores.get_column("period").unique(), key=_in_time)
    cells = {(row["unit"], row["period"]): row for row in evaluation.scores.iter_rows(named=True)}
    ordered = evaluation.scores.filter(pl.col("period") == periods[-1]).sort(
        "rank_in_category", "unit", nulls_last=True
    )
    table = [["园区", *map(period_name, periods), "等次" if evaluation.method.grades else ""]]
    table += [
        [row["name"], *(_cell(cells.get((row["unit"], period))) for period in periods), row["grade"] or ""]
        for row in ordered.iter_rows(named=True)
    ]
    sides: list[Side] = ["left"] * len(table[0])
    head, *lines = aligned(table, sides)
    for category in evaluation.method.categories:
        mine = [line for line, given in zip(lines, ordered["category"], strict=True) if given == category.id]
        yield f"{category.id} 类　{category.name}（{len(mine)}家）"
        yield f"  {head}"
        yield from (f"  {line}" for line in mine)
        yield ""


def _in_time(period: str) -> tuple[str, str]:
    """A year after its quarters."""
    return period[:4], period[4:] or "Q9"


def _cell(row: Mapping[str, object] | None) -> str:
    if row is None or row["score"] is None:
        return "—"
    rank = "—" if row["rank_in_category"] is None else row["rank_in_category"]
    return f"{row['score']:.2f} ({rank}){'*' if row['status'] == 'vetoed' else ''}"
