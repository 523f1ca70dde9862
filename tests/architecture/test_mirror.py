"""Tests mirror code: `src/<package>/<path>/<name>.py` is told by `tests/<package>/<path>/test_<name>.py`."""

from __future__ import annotations

import ast
from pathlib import Path

from tools.tree import ROOT, kept_files

PACKAGES = ("yuance", "yuance_demo", "yuance_web")

# Modules without a test file of their own, each with the reason.
EXEMPT = {
    "yuance/__main__.py": "one line: calls the command, which tests/yuance/cli tells",
}

# The platform's first build: told by the tests of its rooms' views and services, not yet by files of their own.
TOLD_BY_THEIR_ROOM = (
    "yuance_web/desk/open/api.py",
    "yuance_web/desk/open/described.py",
    "yuance_web/desk/open/selectors.py",
    "yuance_web/loop/evaluation/access.py",
    "yuance_web/loop/evaluation/apps.py",
    "yuance_web/loop/evaluation/forms.py",
    "yuance_web/loop/evaluation/management/commands/load_results.py",
    "yuance_web/loop/evaluation/management/commands/revive_runs.py",
    "yuance_web/loop/evaluation/models.py",
    "yuance_web/loop/evaluation/performing.py",
    "yuance_web/loop/evaluation/pictures.py",
    "yuance_web/loop/evaluation/presenting.py",
    "yuance_web/loop/evaluation/requirements.py",
    "yuance_web/loop/evaluation/snapshots.py",
    "yuance_web/loop/evaluation/tasks.py",
    "yuance_web/loop/evaluation/templatetags/figures.py",
    "yuance_web/loop/evaluation/views/objections.py",
    "yuance_web/loop/evaluation/views/results.py",
    "yuance_web/loop/evaluation/views/scoring.py",
    "yuance_web/records/facts/apps.py",
    "yuance_web/records/facts/models.py",
    "yuance_web/records/intake/access.py",
    "yuance_web/records/intake/bridge.py",
    "yuance_web/records/intake/models.py",
    "yuance_web/records/intake/selectors.py",
    "yuance_web/records/parks/forms.py",
    "yuance_web/records/parks/models.py",
    "yuance_web/records/parks/selectors.py",
    "yuance_web/records/parks/stages.py",
    "yuance_web/records/releases/forms.py",
    "yuance_web/records/releases/models.py",
    "yuance_web/records/releases/selectors.py",
    "yuance_web/records/releases/tasks.py",
    "yuance_web/records/rounds/apps.py",
    "yuance_web/records/rounds/bridge.py",
    "yuance_web/records/rounds/forms.py",
    "yuance_web/records/rounds/management/commands/send_reminders.py",
    "yuance_web/records/rounds/models.py",
)
EXEMPT |= dict.fromkeys(TOLD_BY_THEIR_ROOM, "told by the tests of its room's views and services")


def modules_with_code() -> list[str]:
    """Every module of the packages that holds more than a docstring, imports and re-exports."""
    found = []
    for path in kept_files():
        inside = path.is_relative_to(ROOT / "src") and path.suffix == ".py"
        if inside and path.relative_to(ROOT / "src").parts[0] in PACKAGES and _has_code(path):
            found.append(path.relative_to(ROOT / "src").as_posix())
    return found


def _has_code(path: Path) -> bool:
    return any(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    )


def _test_file(module: str) -> Path:
    path = ROOT / "tests" / module
    name = path.parent.name if path.name == "__init__.py" else path.stem.strip("_")
    return path.with_name(f"test_{name}.py")


def test_each_module_has_its_test_file() -> None:
    told = {module: _test_file(module) for module in modules_with_code() if module not in EXEMPT}
    assert not [f"{module} wants {_name(path)}" for module, path in told.items() if not path.exists()]


def test_no_exemption_outlives_its_reason() -> None:
    gone = [module for module in EXEMPT if not (ROOT / "src" / module).exists()]
    needless = [module for module in EXEMPT if _test_file(module).exists()]
    assert not gone + needless


def test_no_mirror_test_outlives_its_module() -> None:
    orphans = []
    for package in PACKAGES:
        for path in (ROOT / "tests" / package).rglob("test_*.py"):
            place = ROOT / "src" / path.parent.relative_to(ROOT / "tests")
            name = path.stem.removeprefix("test_")
            modules = (place / f"{name}.py", place / f"__{name}__.py", place / f"_{name}.py")
            if not any(module.exists() for module in modules) and place.name != name and not place.is_dir():
                orphans.append(path.relative_to(ROOT).as_posix())
    assert not orphans


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
