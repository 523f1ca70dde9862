"""The tutorial works: its files are written, its commands given one after another, its printed answers compared."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tools.tree import ROOT

PAGE = (ROOT / "docs" / "tutorials" / "first-evaluation.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_tutorial_does_what_it_says(tmp_path: Path) -> None:
    said = ""
    for language, name, text in _BLOCK.findall(PAGE):
        if name:
            (tmp_path / name).write_text(text, encoding="utf-8")
        elif language == "sh":
            if "--out" in text:  # the step before it: the missing figure is filled in
                _close_the_gap(tmp_path / "parks.csv")
            said = _given(text, tmp_path)
        elif language == "text":
            assert said.rstrip() == text.rstrip()
    assert {path.name for path in (tmp_path / "results").iterdir()} >= {
        "scores.csv",
        "trace.csv",
        "findings.csv",
        "run.json",
    }


def _close_the_gap(path: Path) -> None:
    row = re.search(r"`(P4,[^`]+)`", PAGE)
    assert row
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines[:-1], row[1]]) + "\n", encoding="utf-8")


def _given(command: str, folder: Path) -> str:
    """What the command prints; the paths of the checkout are importable, as `./run` makes them."""
    words = command.split()
    assert words[:2] == ["./run", "yuance"]
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "yuance", *words[2:]],
        cwd=folder,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout
