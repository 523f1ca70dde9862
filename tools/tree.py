"""The files of the project: what git keeps, seen from any folder."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

TEXT = {".py", ".toml", ".md", ".html", ".css", ".csv", ".json", ".lock", ".txt", ".cfg", ".yml", ".yaml", ""}


def kept_files() -> list[Path]:
    """Every file that git tracks or would track; without git (an unpacked archive) every file outside hidden folders."""
    try:
        said = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607 -- git of the machine
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return sorted(path for path in ROOT.rglob("*") if path.is_file() and not _hidden(path))
    names = said.stdout.decode().split("\0")
    return sorted(ROOT / name for name in names if name and (ROOT / name).is_file())


def kept_texts() -> list[tuple[Path, str]]:
    """Every kept file that is text, with what it says."""
    return [(path, path.read_text(encoding="utf-8")) for path in kept_files() if path.suffix in TEXT]


def modules(package: str) -> list[Path]:
    """The Python files of a package under `src` or at the root."""
    folder = ROOT / "src" / package if (ROOT / "src" / package).exists() else ROOT / package
    return sorted(folder.rglob("*.py"))


def _hidden(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return any(
        (part.startswith(".") and part not in {".ci", ".importlinter"}) or part == "__pycache__" for part in parts
    )
