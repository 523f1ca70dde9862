"""The JSON Schema of a method document, for editors, from the models that read it."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic.json_schema import models_json_schema

from yuance.method.schema import SINGLE, TABLES

Schema = dict[str, Any]

_BOUNDS_OF = {"gt": "exclusiveMinimum", "ge": "minimum", "lt": "exclusiveMaximum", "le": "maximum"}
# A bare value stands for these tables: `missing = "zero"`, `by = "geometric"`, `range = [0, 1]`.
_SHORT_FORMS: dict[str, Schema] = {
    "Missing": {"$ref": "#/$defs/Missing/properties/by"},
    "Join": {"$ref": "#/$defs/Join/properties/by"},
    "Bounds": {"type": "array", "prefixItems": [{"type": "number"}, {"type": "number"}], "minItems": 2, "maxItems": 2},
}


@cache
def method_schema() -> Schema:
    """What editors check a method file against; a folder's files are checked one by one, so no table is required."""
    models = sorted(set(TABLES.values()), key=lambda model: model.__name__)
    _, described = models_json_schema([(model, "validation") for model in models], by_alias=True)
    definitions = _plain(described["$defs"])
    for name in _SHORT_FORMS:
        _admit_short_form(definitions, name)
    _admit_one_or_many(definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "园策评价办法 / a Yuance evaluation method",
        "type": "object",
        "additionalProperties": False,
        "properties": {table: _property(table, model.__name__) for table, model in TABLES.items()},
        "$defs": definitions,
    }


def _property(table: str, name: str) -> Schema:
    one = {"$ref": f"#/$defs/{name}"}
    return one if table in SINGLE else {"type": "array", "items": one}


def _plain(part: Any, *, named: bool = True) -> Any:
    """Without what only Python needs: null alternatives, titles made from keys, absent defaults.

    `named` says that the keys of `part` are names of the language, not keywords of JSON Schema.
    """
    if isinstance(part, list):
        return [_plain(item, named=False) for item in part]
    if not isinstance(part, dict):
        return part
    if named:
        return {key: _plain(value, named=False) for key, value in part.items()}
    kept: Schema = {}
    for key, value in part.items():
        if key == "title" or (key == "default" and value in (None, "", [])):
            continue
        if key == "default" and isinstance(value, dict):
            value = next((inner for inner in value.values() if inner is not None), value) if "by" in value else value
        kept[_BOUNDS_OF.get(str(key), str(key))] = _plain(value, named=key == "properties")
    return _without_null(kept)


def _without_null(part: Schema) -> Schema:
    choices = [choice for choice in part.get("anyOf", []) if choice != {"type": "null"}]
    if len(choices) == 1:
        return {**choices[0], **{key: value for key, value in part.items() if key != "anyOf"}}
    return {**part, "anyOf": choices} if choices else part


def _admit_short_form(definitions: Schema, name: str) -> None:
    """Put the bare value beside every reference to the table `name`."""
    reference = {"$ref": f"#/$defs/{name}"}

    def visit(part: Any) -> None:
        if isinstance(part, list):
            for item in part:
                visit(item)
        elif isinstance(part, dict):
            for value in part.values():
                visit(value)
            if part.get("$ref") == reference["$ref"]:
                del part["$ref"]
                part["anyOf"] = [_SHORT_FORMS[name], reference]

    visit({key: value for key, value in definitions.items() if key != name})


def _admit_one_or_many(definitions: Schema) -> None:
    """Let `legal` be one table as well as a list of them."""
    for model in definitions.values():
        legal = model.get("properties", {}).get("legal")
        if legal and legal.get("type") == "array":
            many = {"type": "array", "items": legal.pop("items")}
            del legal["type"]
            legal["anyOf"] = [many["items"], many]
