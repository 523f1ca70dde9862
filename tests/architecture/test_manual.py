"""What the documents work out by hand, the engine works out too."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import polars as pl
import pytest

from tools.tree import ROOT
from yuance.facts import facts_from_frame
from yuance.loop.evaluation import evaluate
from yuance.loop.evaluation.cases import run_cases
from yuance.method import read_method

MANUAL = (ROOT / "tools" / "reference" / "templates" / "method-language.md").read_text(encoding="utf-8")
_TOML = re.compile(r"^```toml( worked)?\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
_WORKED = re.compile(
    r"^```toml worked\n(.*?)^```\n\n\| x \| (.*?) \|\n\|[-|]*\|\n\| score \| (.*?) \|$", re.MULTILINE | re.DOTALL
)
_JOINS = re.compile(r"^\| `(\"\w+\"|\{ power = 2 \})` \| ([\d.]+) \|$", re.MULTILINE)

HEAD = """
[method]
id = "worked"
version = "1"
{head}
[[variable]]
id = "a"
[[variable]]
id = "b"
"""


def worked_tables() -> list[tuple[str, list[float], list[float]]]:
    """Every worked table of part 5: the keys, the values, the scores."""
    return [
        (keys, *([float(cell) for cell in row.split(" | ")] for row in (values, scores)))
        for keys, values, scores in _WORKED.findall(MANUAL)
    ]


def _scores(folder: Path, text: str, columns: dict[str, list[float]]) -> pl.DataFrame:
    path = folder / "worked.toml"
    path.write_text(text, encoding="utf-8")
    method = read_method(path)
    units = [f"u{number:02}" for number in range(len(next(iter(columns.values()))))]
    table = pl.DataFrame({"unit": units, "period": ["2023"] * len(units), **columns})
    return evaluate(facts_from_frame(table, method), method).trace


@pytest.mark.parametrize(("keys", "values", "scores"), worked_tables())
def test_the_scores_of_a_worked_table_come_out(
    keys: str, values: list[float], scores: list[float], tmp_path: Path
) -> None:
    text = HEAD.format(head="") + f'[[indicator]]\nid = "x"\nvalue = "a + 0 * b"\n{keys}'
    trace = _scores(tmp_path, text, {"a": values, "b": [0.0] * len(values)})
    got = trace.filter(pl.col("node") == "x").sort("unit")["score"].to_list()
    assert got == pytest.approx(scores, abs=5e-5)


def test_every_way_of_scoring_has_a_worked_table() -> None:
    from yuance.method import schema

    told = {tomllib.loads(keys)["score"]["by"] for keys, _, _ in worked_tables()}
    kinds = {kind.model_fields["by"].annotation.__args__[0] for kind in schema.ScoreTable.__subclasses__()}  # type: ignore[union-attr]
    assert told == kinds


@pytest.mark.parametrize(("way", "total"), _JOINS.findall(MANUAL))
def test_the_joins_of_the_worked_table_come_out(way: str, total: str, tmp_path: Path) -> None:
    indicators = "".join(
        f'[[indicator]]\nid = "{node}"\nvalue = "{variable}"\nscore = {{ by = "given" }}\nweight = {weight}\n'
        for node, variable, weight in (("x", "a", 3), ("y", "b", 1))
    )
    trace = _scores(tmp_path, HEAD.format(head=f"by = {way}\n") + indicators, {"a": [40.0], "b": [90.0]})
    got = trace.filter(pl.col("node") == "total")["score"].item()
    assert got == pytest.approx(float(total), abs=5e-5)


def test_the_first_method_of_the_manual_runs(tmp_path: Path) -> None:
    whole = next(text for worked, text in _TOML.findall(MANUAL) if not worked)
    _runs(tmp_path, whole)


def test_the_method_of_the_how_to_runs(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "how-to" / "write-a-method.md").read_text(encoding="utf-8")
    _runs(tmp_path, "".join(text for _, text in _TOML.findall(page)))


def _runs(folder: Path, text: str) -> None:
    path = folder / "method.toml"
    path.write_text(text, encoding="utf-8")
    outcomes = run_cases(read_method(path))
    assert outcomes
    assert not [outcome for outcome in outcomes if not outcome.passed]
