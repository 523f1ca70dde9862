"""Files and functions that have grown long: a list to think about, not a wall.

`python -m tools.sizes` prints every Python file over 400 lines and every function over 40, and how the project stands
against its bar (ninetieth percentile: file 300 lines, function 30).
"""

from __future__ import annotations

import ast
import math
import sys
from dataclasses import dataclass
from pathlib import Path

from tools.tree import ROOT, kept_files

LONG_FILE = 400
LONG_FUNCTION = 40


@dataclass(frozen=True, slots=True, order=True)
class Size:
    """How many lines a file or a function has, and where it stands."""

    lines: int
    place: str


def file_sizes(paths: list[Path]) -> list[Size]:
    """The length of each file."""
    return [Size(len(path.read_text(encoding="utf-8").splitlines()), _name(path)) for path in paths]


def function_sizes(paths: list[Path]) -> list[Size]:
    """The length of each function from its `def` to its last line, docstring left out."""
    sizes = []
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                said = ast.get_docstring(node, clean=False) or ""
                lines = (node.end_lineno or node.lineno) - node.lineno + 1 - len(said.splitlines())
                sizes.append(Size(lines, f"{_name(path)}:{node.lineno} {node.name}"))
    return sizes


def percentile(sizes: list[Size], share: float) -> int:
    """The length that `share` of the sizes do not pass."""
    lengths = sorted(size.lines for size in sizes)
    return lengths[max(0, math.ceil(share * len(lengths)) - 1)] if lengths else 0


def main() -> int:
    """Print the report; the exit status is always 0, because length is for judgement."""
    paths = [path for path in kept_files() if path.suffix == ".py"]
    for title, sizes, limit in (
        ("Files", file_sizes(paths), LONG_FILE),
        ("Functions", function_sizes(paths), LONG_FUNCTION),
    ):
        print(
            f"{title}: {len(sizes)}, lines median {percentile(sizes, 0.5)}, p90 {percentile(sizes, 0.9)}, over {limit}:"
        )
        for size in sorted(sizes, reverse=True):
            if size.lines > limit:
                print(f"  {size.lines:>5}  {size.place}")
    return 0


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


if __name__ == "__main__":
    sys.exit(main())
