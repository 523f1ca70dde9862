"""Results as files: what stands in them, and what a spreadsheet must not run."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from yuance.exchange.results import write_results
from yuance.facts.facts import Facts
from yuance.loop.evaluation import Evaluation, evaluate
from yuance.method import read_method

METHOD = """
[method]
id = "plain"
version = "1"
[[variable]]
id = "x"
measured_in = "1"
[[indicator]]
id = "level"
value = "x"
score = { by = "given" }
"""


def evaluation(folder: Path, names: list[str]) -> Evaluation:
    (folder / "plain.toml").write_text(METHOD, encoding="utf-8")
    units = [f"U{number}" for number in range(len(names))]
    table = pl.DataFrame(
        {"unit": units, "period": ["2023"] * len(names), "x": [1 / 3 + number for number in range(len(names))]}
    )
    people = pl.DataFrame(
        {"unit": units, "name": names, "category": [None] * len(names)},
        schema={"unit": pl.String, "name": pl.String, "category": pl.String},
    )
    return evaluate(Facts(table, people), read_method(folder / "plain.toml"))


def test_exact_scores_keep_ten_decimals_and_published_ones_are_rounded(tmp_path: Path) -> None:
    write_results(evaluation(tmp_path, ["甲"]), tmp_path / "out")
    line = (tmp_path / "out" / "scores.csv").read_text(encoding="utf-8").splitlines()[1]
    assert line.startswith("2023,U0,甲,all,0.33,0.3333333333,1,1,")


def test_a_name_that_a_spreadsheet_would_run_is_made_text(tmp_path: Path) -> None:
    write_results(evaluation(tmp_path, ["=1+1", "@cmd", "甲"]), tmp_path / "out")
    names = {
        line.split(",")[2] for line in (tmp_path / "out" / "scores.csv").read_text(encoding="utf-8").splitlines()[1:]
    }
    assert names == {"'=1+1", "'@cmd", "甲"}


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for place in ("a", "b"):
        write_results(evaluation(tmp_path, ["甲", "乙"]), tmp_path / place)
    for file in sorted((tmp_path / "a").iterdir()):
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()
