"""Documents are tested too: links lead somewhere, commands exist, generated pages are fresh."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys

import click
import pytest

from tools.links import anchors, broken_links, documents
from tools.tree import ROOT
from yuance.cli.main import group

READMES = ["README.md", "README.zh-CN.md"]


def test_every_link_leads_somewhere() -> None:
    assert not broken_links(documents())


def test_headings_are_reached_by_the_name_that_code_hosts_give_them() -> None:
    assert anchors("# One `two`, three\n## 一 二\n## One two three\n") == {"one-two-three", "一-二", "one-two-three-1"}


@pytest.mark.parametrize("page", READMES)
def test_the_verbs_that_a_readme_names_exist(page: str) -> None:
    listed = subprocess.run([sys.executable, "run"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    verbs = set(re.findall(r"\./run (\w+)", listed))
    named = set(re.findall(r"\./run (\w+)", (ROOT / page).read_text(encoding="utf-8")))
    assert {"demo", "test", "yuance"} <= named
    assert not named - verbs


def yuance_commands() -> list[str]:
    """Every command of `yuance` that a document gives, once."""
    blocks = re.compile(r"^ *```sh\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
    lines = [line.strip() for page in documents() for block in blocks.findall(page.read_text(encoding="utf-8"))
             for line in block.splitlines()]  # fmt: skip
    return sorted({line for line in lines if line.startswith("./run yuance ")})


@pytest.mark.parametrize("line", yuance_commands())
def test_a_command_in_a_document_has_verbs_and_options_that_exist(line: str) -> None:
    verb, *arguments = shlex.split(line)[2:]
    context = click.Context(group, info_name="yuance", help_option_names=group.context_settings["help_option_names"])
    command = group.get_command(context, verb)
    assert command is not None
    command.make_parser(click.Context(command, parent=context)).parse_args(arguments)


def test_both_readmes_have_the_same_commands_and_parts() -> None:
    english, chinese = ((ROOT / page).read_text(encoding="utf-8") for page in READMES)
    fence = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
    assert fence.findall(english) == fence.findall(chinese)
    assert len(re.findall(r"^## ", english, re.MULTILINE)) == len(re.findall(r"^## ", chinese, re.MULTILINE))


def test_the_architecture_page_quotes_the_layers_that_are_checked() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    contracts = (ROOT / ".importlinter").read_text(encoding="utf-8")
    for block in re.findall(r"^layers =\n((?:    .+\n)+)", contracts, re.MULTILINE):
        assert block in page
