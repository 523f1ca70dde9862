"""The generated pages are fresh, and the JSON Schema takes every method that ships and refuses what is wrong."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tools.reference.pages import PAGES
from tools.reference.schema import method_schema
from tools.tree import ROOT, kept_files

SHOWN = (ROOT / "src" / "yuance_methods", ROOT / "docs" / "examples", ROOT / "tests" / "methods")

VALIDATOR = jsonschema.Draft202012Validator(method_schema())


def method_files() -> list[Path]:
    return [path for path in kept_files() if path.suffix == ".toml" and any(path.is_relative_to(at) for at in SHOWN)]


@pytest.mark.parametrize("page", PAGES)
def test_a_generated_page_is_as_the_code_says(page: str) -> None:
    path = ROOT / page
    assert path.exists(), f"{page} is not there: ./run docs writes it"
    assert path.read_text(encoding="utf-8") == PAGES[page](), f"{page} is stale: ./run docs writes it anew"


@pytest.mark.parametrize("path", method_files(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_schema_takes_a_method_that_is_kept(path: Path) -> None:
    document = _without_dates(tomllib.loads(path.read_text(encoding="utf-8")))
    VALIDATOR.validate(document)


@pytest.mark.parametrize(
    "wrong",
    [
        {"indicators": []},
        {"indicator": [{"id": "a", "value": "x", "wieght": 1}]},
        {"indicator": [{"id": "a", "value": "x", "score": {"by": "linaer"}}]},
        {"indicator": [{"id": "a", "value": "x", "missing": "skip"}]},
        {"grade": [{"name": "A", "top": 1.5}]},
    ],
    ids=["unknown table", "unknown key", "unknown way of scoring", "unknown rule for gaps", "share above one"],
)
def test_the_schema_refuses_what_is_wrong(wrong: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(wrong)


def test_the_kept_schema_is_a_schema() -> None:
    kept = json.loads((ROOT / "docs" / "reference" / "method.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(kept)


def _without_dates(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_dates(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_dates(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value
