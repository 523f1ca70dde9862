"""`yuance check`: read a method, report everything that is wrong or doubtful, run its cases."""

from __future__ import annotations

import sys

import click

from yuance.cli.loading import load_method, tell_faults, told

CASES_FAILED = 1


@click.command("check")
@click.argument("method")
@told
def command(method: str) -> None:
    """Read METHOD, report everything that is wrong, run its cases. 检查评价办法并运行算例.

    Exit status: 0 sound; 1 some case fails; 2 it cannot be used.
    """
    from yuance.loop.evaluation.cases import run_cases  # noqa: PLC0415

    read = load_method(method)
    tell_faults(read.warnings)
    outcomes = run_cases(read)
    for outcome in outcomes:
        click.echo(f"{'✓' if outcome.passed else '✗'} {outcome.name}")
        for difference in outcome.differences:
            click.echo(f"    {difference}")
        if outcome.error:
            click.echo(f"    {outcome.error}")
    failed = sum(not outcome.passed for outcome in outcomes)
    categories = len(read.categories)
    click.echo(
        f"{read.reference}《{read.header.title}》：一级指标 {len(read.children())}，指标 {len(read.indicators)}，类别 {categories}；"
        f"算例 {len(outcomes) - failed}/{len(outcomes)} 通过，提醒 {len(read.warnings)} 条"
        f" | {len(outcomes) - failed} of {len(outcomes)} cases pass, {len(read.warnings)} warnings"
    )
    sys.exit(CASES_FAILED if failed else 0)
