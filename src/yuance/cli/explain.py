"""`yuance explain`: how one score came about, down to the reported cells."""

from __future__ import annotations

from pathlib import Path

import click

from yuance.cli.loading import evaluated, facts_argument, method_option, period_option, told, units_option


@click.command("explain")
@facts_argument
@method_option
@click.option("--unit", required=True, help="The unit's code or name. 对象代码或名称")
@click.option("--node", help="An indicator, dimension, adjustment or veto; default: everything. 节点")
@period_option
@units_option
@click.option(
    "--html", type=click.Path(path_type=Path, dir_okay=False), help="Write the explanation as a page. 写成网页"
)
@told
def command(
    *,
    facts: tuple[Path, ...], method: str, unit: str, node: str | None, periods: tuple[str, ...], units: Path | None, html: Path | None,
) -> None:  # fmt: skip
    """Explain the score of a unit in FACTS. 说明一个得分的由来.

    With several periods in the facts the latest is explained, unless --period names another.
    """
    from yuance.loop.evaluation.explanation import explain  # noqa: PLC0415
    from yuance.papers.text import explanation_text  # noqa: PLC0415

    evaluation = evaluated(facts, method, periods, units)
    explanation = explain(evaluation, unit, period=periods[-1] if periods else None, node=node)
    if html is None:
        click.echo(explanation_text(explanation))
        return
    from yuance.papers.html import explanation_page  # noqa: PLC0415

    html.parent.mkdir(parents=True, exist_ok=True)
    html.write_text(explanation_page(explanation), encoding="utf-8")
    click.echo(f"→ {html}", err=True)
