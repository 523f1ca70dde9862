"""The locks say what is installed, to the hash, and not from where."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools.tree import ROOT, kept_files

LOCKS = [ROOT / "requirements.lock", ROOT / "benchmarks" / "requirements.lock"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.parent.name)
class TestALock:
    def test_names_no_address(self, lock: Path) -> None:
        assert "://" not in lock.read_text(encoding="utf-8")

    def test_names_no_index(self, lock: Path) -> None:
        assert not re.search(
            r"^\s*-", re.sub(r"^\s*--hash=.*$", "", lock.read_text(encoding="utf-8"), flags=re.MULTILINE), re.MULTILINE
        )

    def test_pins_and_hashes_every_package(self, lock: Path) -> None:
        entries = re.sub(r"\\\n", " ", lock.read_text(encoding="utf-8")).splitlines()
        packages = [entry for entry in entries if entry.strip() and not entry.lstrip().startswith("#")]
        assert packages
        loose = [entry.split()[0] for entry in packages if "==" not in entry or "--hash=sha256:" not in entry]
        assert not loose


def test_no_other_lock_is_kept() -> None:
    others = {"uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock", "package-lock.json"}
    assert not [path for path in kept_files() if path.name in others]


def test_the_lock_holds_every_package_that_the_project_asks_for() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = {re.split(r"[<>=~! \[]", name)[0].lower() for name in asked}
    locked = {name.lower() for name in re.findall(r"^([\w.-]+)==", LOCKS[0].read_text(encoding="utf-8"), re.MULTILINE)}
    assert not names - locked
