"""Methods and facts from a few words, for the tests of the evaluation."""

from __future__ import annotations

import copy
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from yuance.facts.facts import Facts
from yuance.loop.evaluation import Evaluation, evaluate
from yuance.loop.evaluation.value import fact_columns
from yuance.method import Method, read_method

Table = dict[str, Any]
Rows = Sequence[Mapping[str, Any]]


def method(**tables: Any) -> Method:
    """A method from its tables; what is not said is the least that makes it whole."""
    content: Table = copy.deepcopy(tables)
    content["method"] = {"id": "m", "version": "1", **content.get("method", {})}
    named = content.pop("variables", "").split()
    content["variable"] = [*content.get("variable", []), *({"id": name} for name in named)]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "method.toml"
        file.write_text(toml(content), encoding="utf-8")
        return read_method(file)


def toml(tables: Table) -> str:
    """The tables as a document."""
    lines: list[str] = []
    for name, content in tables.items():
        for item in content if isinstance(content, list) else [content]:
            lines.append(f"[[{name}]]" if isinstance(content, list) else f"[{name}]")
            lines += [f"{json.dumps(key)} = {_value(value)}" for key, value in item.items()]
    return "\n".join(lines)


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {_value(part)}" for key, part in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(part) for part in value) + "]"
    if isinstance(value, bool | int | float):
        return str(value).lower()
    return json.dumps(value, ensure_ascii=False)


def one(score: Table | None = None, *, value: str = "x", **keys: Any) -> Method:
    """A method of one indicator `i` of the variables x, y, z."""
    header = keys.pop("method", {})
    others = {name: keys.pop(name) for name in ("category", "grade", "grading", "veto", "adjustment", "check", "sanction")
              if name in keys}  # fmt: skip
    indicator = {"id": "i", "value": value, **({} if score is None else {"score": score}), **keys}
    return method(method=header, variables="x y z", indicator=[indicator], **others)


def facts(
    rows: Rows, of: Method, *, units: Mapping[str, Mapping[str, Any]] | None = None, listed: bool = False
) -> Facts:
    """Facts from rows; a row names its unit and period, or gets u1, u2 … and the year 2023."""
    kinds = fact_columns(of.variables.values())
    whole = [{"unit": f"u{number}", "period": "2023", **row} for number, row in enumerate(rows, start=1)]
    present = [name for name in kinds if any(name in row for row in whole)]
    types = {name: pl.Float64 if kinds[name] == "number" else pl.String for name in present}
    table = pl.DataFrame(
        {name: [row.get(name) for row in whole] for name in ("unit", "period", *present)},
        schema={"unit": pl.String, "period": pl.String, **types},
        strict=False,
    ).sort("unit", "period")
    names = list(dict.fromkeys([*(str(row["unit"]) for row in whole), *(units or {})]))
    attributes = list(dict.fromkeys(key for given in (units or {}).values() for key in given if key != "category"))
    known = [{"unit": name, "name": name, "category": None, **(units or {}).get(name, {})} for name in names]
    columns: Table = {key: [row.get(key) for row in known] for key in ("unit", "name", "category", *attributes)}
    frame = pl.DataFrame(columns).with_columns(pl.col("category").cast(pl.String))
    return Facts(table, frame, listed=listed)


def scored(of: Method, rows: Rows, **keys: Any) -> Evaluation:
    """The evaluation of rows; `periods` as for `evaluate`, everything else as for `facts`."""
    periods = keys.pop("periods", None)
    return evaluate(facts(rows, of, **keys), of, periods=periods)


def column(evaluation: Evaluation, name: str, period: str = "2023") -> list[Any]:
    """A column of the scores, by unit in the order u1, u2 …"""
    here = evaluation.scores.filter(pl.col("period") == period)
    return here.sort(pl.col("unit").str.len_bytes(), "unit").get_column(name).to_list()


def traced(evaluation: Evaluation, node: str = "i", part: str = "score", period: str = "2023") -> list[Any]:
    """A column of the trace of one node, by unit."""
    here = evaluation.trace.filter((pl.col("node") == node) & (pl.col("period") == period))
    return here.sort(pl.col("unit").str.len_bytes(), "unit").get_column(part).to_list()
