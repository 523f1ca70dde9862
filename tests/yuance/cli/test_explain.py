"""`yuance explain`: one score, down to the reported cells, as text or page."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from yuance.cli.main import group


def explain(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(
        group, ["explain", str(folder / "facts.csv"), "-m", str(folder / "method.toml"), *options]
    )


def test_the_formula_is_told_in_words_with_its_numbers_and_cells(folder: Path) -> None:
    done = explain(folder, "--unit", "P1")
    assert done.exit_code == 0, done.output
    for word in ("税收收入", "3,000", "已供用地", "÷", "30", "facts.csv", "D2"):
        assert word in done.stdout


def test_a_unit_may_be_called_by_its_name(folder: Path) -> None:
    assert explain(folder, "--unit", "乙园区").stdout == explain(folder, "--unit", "P2").stdout


def test_an_unknown_unit_ends_in_status_2(folder: Path) -> None:
    done = explain(folder, "--unit", "P9")
    assert done.exit_code == 2
    assert "P9" in done.stderr


def test_the_page_is_written_where_it_is_wanted(folder: Path) -> None:
    done = explain(folder, "--unit", "P1", "--html", str(folder / "pages" / "p1.html"))
    assert done.exit_code == 0, done.output
    assert "甲园区" in (folder / "pages" / "p1.html").read_text(encoding="utf-8")
