"""`./run bench`: every comparison in one run, as tables of ratios, with the machine they were taken on."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import os
import platform
import sys
from pathlib import Path

from benchmarks import reading, scoring, starting
from benchmarks.rounds import table

ROUNDS = 15
PACKAGES = ("polars", "numpy", "scikit-criteria", "pymcdm", "python-calamine", "openpyxl")


def main() -> None:
    """Print date, machine and the tables."""
    print(f"{dt.datetime.now(tz=dt.UTC).date()} · {_machine()} · medians of {ROUNDS} rounds taken in turn")
    print(" · ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES))
    print("Ratios are to the last line of each table; noise is half the distance between the quartiles.")
    title = f"{scoring.UNITS:,} units × {scoring.INDICATORS} indicators: min–max, weighted mean, rank"
    print("\n" + table(title, scoring.compared(ROUNDS)), flush=True)
    title = f"An Excel workbook of {reading.UNITS:,} units × {reading.VARIABLES} variables"
    print("\n" + table(title, reading.compared(ROUNDS)), flush=True)
    print("\n" + table("Start", starting.compared(ROUNDS)))


def _machine() -> str:
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count()
    return f"{_processor()}, {cores} cores, {platform.system()}, Python {platform.python_version()}"


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


if __name__ == "__main__":
    main()
