"""The verbs, each loaded when it is called: `yuance --help` imports nothing heavy."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from yuance import __version__

VERBS = {
    "score": "Score facts with a method: ranks, grades, trace, findings. 按评价办法计分、排名、评等",
    "check": "Read a method, report everything that is wrong, run its cases. 检查评价办法并运行算例",
    "explain": "How one score came about, down to the reported cells. 说明一个得分的由来",
    "methods": "List the methods that can be named id@version. 列出可用的评价办法",
}


class Verbs(click.Group):
    """A group whose verbs live in modules of their own names."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All verbs, in the order of use."""
        del ctx
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb, imported now."""
        del ctx
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(f"yuance.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list for `--help`, from the texts here: no verb is imported for it."""
        del ctx
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
@click.version_option(package_name=None, version=__version__, prog_name="yuance")
def group() -> None:
    """园策 Yuance: evaluation methods as data, scored, explained, proved.

    Exit status: 0 done; 1 done, with error findings; 2 nothing could be done.
    """


def main(arguments: list[str] | None = None) -> Any:
    """Run the command; texts are UTF-8 whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    return group.main(args=arguments, prog_name="yuance")
