"""The page of the command: what `--help` says, verb by verb."""

from __future__ import annotations

import click

from yuance.cli import main


def help_page(_: str) -> str:
    """The help of the command and of each of its verbs, in blocks."""
    parts = [_block("yuance", main, None)]
    top = click.Context(main, info_name="yuance")
    for name in main.list_commands(top):
        verb = main.get_command(top, name)
        if verb is not None:
            parts.append(f"## yuance {name}\n\n{_block(name, verb, top)}")
    return "\n\n".join(parts)


def _block(name: str, verb: click.Command, parent: click.Context | None) -> str:
    context = click.Context(verb, info_name=name, parent=parent, terminal_width=100, max_content_width=100)
    return f"```text\n{verb.get_help(context).rstrip()}\n```"
