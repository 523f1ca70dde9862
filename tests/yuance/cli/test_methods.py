"""`yuance methods`: what can be named, and what each is."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from yuance.cli.main import group


def test_shipped_methods_are_listed_with_their_status() -> None:
    done = CliRunner().invoke(group, ["methods"])
    assert done.exit_code == 0
    line = next(line for line in done.stdout.splitlines() if line.startswith("kunming-parks@2023-trial"))
    assert "非官方文本" in line


def test_methods_of_ones_own_folder_are_found_by_the_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUANCE_METHODS", str(folder))
    done = CliRunner().invoke(group, ["methods"])
    assert "three@1" in done.stdout
    checked = CliRunner().invoke(group, ["check", "three@1"])
    assert checked.exit_code == 0


def test_a_broken_method_in_the_folder_is_marked_and_hides_no_other(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "broken.toml").write_text('[method]\nid = "broken"\nversion = "1"\n', encoding="utf-8")
    monkeypatch.setenv("YUANCE_METHODS", str(folder))
    lines = CliRunner().invoke(group, ["methods"]).stdout.splitlines()
    assert any(line.startswith("broken@1") and "✗" in line for line in lines)
    assert any(line.startswith("three@1") and "✗" not in line for line in lines)
