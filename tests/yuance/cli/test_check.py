"""`yuance check`: faults, warnings and cases."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from yuance.cli.main import group


def check(reference: str) -> Result:
    return CliRunner().invoke(group, ["check", reference])


def test_a_sound_method_passes_and_its_cases_are_listed(folder: Path) -> None:
    done = check(str(folder / "method.toml"))
    assert done.exit_code == 0
    assert "✓ 最高者得满分" in done.stdout
    assert "算例 1/1 通过" in done.stdout


def test_warnings_are_said_and_the_method_still_passes(folder: Path) -> None:
    done = check(str(folder / "method.toml"))
    assert "M403" in done.stderr
    assert "no legal reference" in done.stderr


def test_a_case_that_fails_shows_what_was_expected_and_what_came(folder: Path) -> None:
    method = folder / "method.toml"
    method.write_text(
        method.read_text(encoding="utf-8").replace('"tax_per_mu.score" = 100', '"tax_per_mu.score" = 99'),
        encoding="utf-8",
    )
    done = check(str(method))
    assert done.exit_code == 1
    assert "✗ 最高者得满分" in done.stdout
    assert "应为 99" in done.stdout
    assert "得到 100" in done.stdout


def test_a_method_that_cannot_be_found_names_those_that_can() -> None:
    done = check("kunming-parks@1900")
    assert done.exit_code == 2
    assert "kunming-parks@2023-trial" in done.stderr
