"""The command as a whole: its help, and what it costs to ask for it."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

from yuance.cli.main import VERBS, group

SOURCE = str(Path(__file__).resolve().parents[3] / "src")


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, "PYTHONPATH": SOURCE, "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *arguments], env=settings, capture_output=True, text=True, check=False, encoding="utf-8"
    )


def test_help_lists_every_verb() -> None:
    done = python("-m", "yuance", "--help")
    assert done.returncode == 0
    assert all(verb in done.stdout for verb in VERBS)


def test_help_imports_nothing_heavy() -> None:
    heavy = "polars, narwhals, numpy, pydantic, altair, jinja2, python_calamine, vl_convert"
    code = f"import sys; sys.argv = ['yuance', '--help']\nfrom yuance.cli import main\ntry: main()\nexcept SystemExit: pass\nprint('loaded:', [name for name in '{heavy}'.split(', ') if name in sys.modules])"
    assert python("-c", code).stdout.endswith("loaded: []\n")


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_a_command_of_its_own_module(verb: str) -> None:
    command = import_module(f"yuance.cli.{verb}").command
    assert isinstance(command, click.Command)
    assert group.get_command(click.Context(group), verb) is command


def test_an_unknown_verb_ends_in_status_2() -> None:
    assert python("-m", "yuance", "rank").returncode == 2
