"""Nothing that is kept tells on which machine it was made, or which registry its packages came from."""

from __future__ import annotations

import re

from tools.tree import ROOT, kept_texts

# Written in pieces so that this file does not find itself.
FOLDERS = "|".join(["ro" + "ot", "ho" + "me", "Us" + "ers", "wo" + "rk", "mn" + "t", "opt/py" + "pi"])
MACHINE_PATH = re.compile(rf"(?<![\w.:/*-])/(?:{FOLDERS})/\w|\b[A-Z]:\\Us" + r"ers\\")
REGISTRY = re.compile("|".join(["python" + "hosted", r"py" + r"pi\.org/simple", r"registry\.npm", "index" + "-url"]))


def test_no_file_names_a_folder_of_a_machine() -> None:
    assert not _lines(MACHINE_PATH)


def test_no_file_names_a_registry() -> None:
    assert not _lines(REGISTRY)


def _lines(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT).as_posix()}: {match[0]}"
        for path, text in kept_texts()
        if (match := pattern.search(text))
    ]
