"""The page of the command: what `--help` says, verb by verb."""

from __future__ import annotations

import click

from yuance.cli.main import group


def help_page(_: str) -> str:
    """The help of the command and of each of its verbs, in blocks."""
    parts = [_block("yuance", group, None)]
    top = click.Context(group, info_name="yuance")
    for name in group.list_commands(top):
        verb = group.get_command(top, name)
        if verb is not None:
            parts.append(f"## yuance {name}\n\n{_block(name, verb, top)}")
    return "\n\n".join(parts)


def _block(name: str, verb: click.Command, parent: click.Context | None) -> str:
    names = group.context_settings["help_option_names"]
    context = click.Context(
        verb, info_name=name, parent=parent, terminal_width=100, max_content_width=100, help_option_names=names
    )
    return f"```text\n{verb.get_help(context).rstrip()}\n```"
