"""A room and a file are named by what they are about."""

from __future__ import annotations

import re

from tools.tree import ROOT, kept_files

EMPTY_WORDS = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "managers", "base", "core", "tools2"}
ROOT_ENTRIES = 25


def python_files() -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in kept_files() if path.suffix == ".py"]


def test_no_module_has_a_name_that_says_nothing() -> None:
    named = [name for name in python_files() if EMPTY_WORDS & set(re.split(r"[/_.]", name))]
    assert not named


def test_names_are_small_letters() -> None:
    assert not [name for name in python_files() if name != name.lower()]


def test_few_entries_stand_at_the_root() -> None:
    entries = {path.relative_to(ROOT).parts[0] for path in kept_files()}
    assert len(entries) <= ROOT_ENTRIES, sorted(entries)
