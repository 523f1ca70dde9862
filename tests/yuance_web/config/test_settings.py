"""Production refuses to start insecurely, and `check --deploy` has nothing to say where it starts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

GOOD = {
    "YUANCE_MODE": "production",
    "SECRET_KEY": "aB3$dE6&gH9*jK2(mN5)pQ8_sT1+vW4=yZ7-bC0!fG3@hJ6#kL9%nP2^",
    "ALLOWED_HOSTS": "yuance.example.org",
}


def manage(home: Path, *arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **GOOD, "YUANCE_HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path), **changes}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-W", "error::DeprecationWarning", "-m", "yuance_web", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_a_deployment_check_is_clean(tmp_path: Path) -> None:
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no issues (0 silenced)" in done.stdout + done.stderr


@pytest.mark.parametrize(
    "changes", [{"SECRET_KEY": "short"}, {"SECRET_KEY": ""}, {"ALLOWED_HOSTS": ""}, {"ALLOWED_HOSTS": "*"}]
)
def test_production_refuses_to_start_insecurely(tmp_path: Path, changes: dict[str, str]) -> None:
    done = manage(tmp_path, "check", **changes)
    assert done.returncode
    assert "SECRET_KEY" in done.stderr


def test_an_unknown_mode_is_told(tmp_path: Path) -> None:
    assert "YUANCE_MODE" in manage(tmp_path, "check", YUANCE_MODE="prod").stderr


def test_production_does_not_serve_a_database_that_was_not_migrated(tmp_path: Path) -> None:
    done = manage(tmp_path, "serve", "--port", "1")
    assert done.returncode == 1
    assert "migrate" in done.stderr
