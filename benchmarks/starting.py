"""What the command costs before it does anything: a process of its own each time."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.rounds import Timing, timed


def compared(rounds: int) -> list[Timing]:
    """The command's help, what it would cost to load its table engine, and Python alone."""
    return timed(
        {
            "python -m yuance --help": lambda: _python("-m", "yuance", "--help"),
            "python -c 'import polars'": lambda: _python("-c", "import polars"),
            "python -c pass": lambda: _python("-c", "pass"),
        },
        rounds,
    )


def _python(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
