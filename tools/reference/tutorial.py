"""The tutorial replayed: its files are written, its commands given, and what they print put under them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.tree import ROOT

TUTORIAL = "docs/tutorials/first-evaluation.md"
_BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def replayed() -> str:
    """The page with the answers that its commands give now: each `text` block is what the command before it printed.

    A block with a file's name is that file; a file may be written again further down.
    """
    with tempfile.TemporaryDirectory() as name:
        folder, said = Path(name), ""

        def again(block: re.Match[str]) -> str:
            nonlocal said
            language, file, text = block.groups()
            if file:
                (folder / file).write_text(text, encoding="utf-8")
            elif language == "sh":
                said = _printed(text, folder)
            elif language == "text":
                return f"```text\n{said.strip(chr(10))}\n```"
            return block[0]

        return _BLOCK.sub(again, (ROOT / TUTORIAL).read_text(encoding="utf-8"))


def _printed(command: str, folder: Path) -> str:
    """What a command prints; the sources are importable as `./run` makes them."""
    _, verb, *arguments = command.split()
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]), "PYTHONUTF8": "1"}
    done = subprocess.run(  # noqa: S603 -- commands of our own page
        [sys.executable, "-m", verb, *arguments],
        cwd=folder,
        env=surroundings,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{command.strip()} gave {done.returncode}:\n{done.stderr}")
    return "\n".join(line.rstrip() for line in done.stdout.splitlines())
