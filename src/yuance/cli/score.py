"""`yuance score`: facts and a method in, the four result files or a readable ranking out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from yuance.cli.loading import (
    evaluated,
    facts_argument,
    language_option,
    method_option,
    period_option,
    told,
    units_option,
)
from yuance.errors import Language

ERRORS_FOUND = 1


@click.command("score")
@facts_argument
@method_option
@period_option
@units_option
@click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for scores.csv, trace.csv, findings.csv, run.json. 结果文件夹",
)
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON. 以 JSON 输出")
@click.option(
    "--engine",
    default="polars",
    show_default=True,
    type=click.Choice(["polars"]),
    help="Where it is computed. 计算引擎",
)
@language_option
@told
def command(
    *,
    facts: tuple[Path, ...], method: str, periods: tuple[str, ...], units: Path | None,
    out: Path | None, engine: str, language: Language, as_json: bool,
) -> None:  # fmt: skip
    """Score FACTS (CSV, Excel, Parquet, or a folder) with a method. 按评价办法计分、排名、评等.

    Without --out and --json a readable ranking is printed.
    """
    from yuance.exchange.results import results_text, write_results  # noqa: PLC0415

    del engine  # there is one so far
    evaluation = evaluated(facts, method, periods, units)
    if out is not None:
        for path in write_results(evaluation, out, language):
            click.echo(f"→ {path}", err=True)
    if as_json:
        click.echo(results_text(evaluation, language), nl=False)
    elif out is None:
        from yuance.papers.text import ranking_text  # noqa: PLC0415

        click.echo(ranking_text(evaluation))
    _tell_findings(evaluation.run["counts"]["findings"], listed=out is not None or as_json)
    sys.exit(ERRORS_FOUND if evaluation.has_errors else 0)


def _tell_findings(counts: dict[str, int], *, listed: bool) -> None:
    if any(counts.values()):
        where = "" if listed else "；加 --out DIR 写出明细 (add --out DIR to write them)"
        click.echo(
            f"审核发现：错误 {counts['error']}，须说明 {counts['explain']}，提示 {counts['note']}"
            f" | findings: {counts['error']} errors, {counts['explain']} to explain, {counts['note']} notes{where}",
            err=True,
        )
