"""`yuance methods`: which methods can be named id@version, and what each is."""

from __future__ import annotations

import click

from yuance.cli.loading import load_method, search_folders, told

STATUS = {"official": "正式", "trial": "试行", "draft": "草案", "reconstruction": "复原稿（非官方文本）"}


@click.command("methods")
@told
def command() -> None:
    """List the methods that can be named id@version. 列出可用的评价办法."""
    from yuance.method import MethodError, available  # noqa: PLC0415

    for reference in sorted(available(search_folders())):
        try:
            header = load_method(reference).header
        except MethodError as error:
            click.echo(f"{reference:<36} ✗ {len(error.faults)} faults: yuance check {reference}")
        else:
            click.echo(f"{reference:<36} {STATUS[header.status]}　{header.title}")
