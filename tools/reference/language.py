"""Tables of the method language: keys of each part, functions, anchors."""

from __future__ import annotations

from typing import Any

from tools.reference.schema import Schema, method_schema
from yuance.method.functions import ANCHOR_NAMES, FUNCTIONS

SCHEMA = method_schema()
_SHARED = ("legal", "note")


def keys(model: str) -> str:
    """The keys of a table: name, what may stand there, default, meaning in both languages.

    `legal` and `note` stand in every table and are described once, under `Described`.
    """
    if model == "Described":
        described = SCHEMA["$defs"]["Variable"]
        shown = {key: described["properties"][key] for key in _SHARED}
    else:
        described = SCHEMA["$defs"][model]
        shown = {key: value for key, value in described["properties"].items() if key not in _SHARED}
    required = described.get("required", [])
    if "by" in required:  # a way of doing: its name first; the comparison set is told once for all of them
        shown = {"by": shown["by"], **{key: value for key, value in shown.items() if key not in {"by", "among"}}}
    lines = ["| key | value | default | 含义 · meaning |", "|---|---|---|---|"]
    for key, value in shown.items():
        default = "**required**" if key in required else _default(value)
        lines.append(f"| `{key}` | {_value(value)} | {default} | {_meaning(value)} |")
    return "\n".join(lines)


def functions(kind: str) -> str:
    """The functions of one kind: row, time or set."""
    lines = ["| function | 含义 | meaning |", "|---|---|---|"]
    lines += [f"| `{f.signature}` | {f.meaning} | {f.meaning_en} |" for f in FUNCTIONS.values() if f.kind == kind]
    return "\n".join(lines)


def anchors(_: str) -> str:
    """The names that anchors are built from."""
    lines = ["| name | 含义 | meaning |", "|---|---|---|"]
    lines += [f"| `{name}` | {chinese} | {english} |" for name, (chinese, english) in ANCHOR_NAMES.items()]
    return "\n".join(lines)


def _meaning(value: Schema) -> str:
    if "const" in value:
        return "方式 · the way itself"
    chinese, _, english = value.get("description", "").replace("|", "\\|").partition(" / ")
    return f"{chinese} · {english}" if english else chinese


def _default(value: Schema) -> str:
    if "default" not in value:
        return "–"
    default = value["default"]
    if isinstance(default, dict):
        inside = ", ".join(f"{key} = {_toml(part)}" for key, part in default.items())
        return f"`{{ {inside} }}`"
    return f"`{_toml(default)}`"


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _value(value: Schema) -> str:
    if "const" in value:
        return f'`"{value["const"]}"`'
    if "enum" in value:
        return " ".join(f'`"{item}"`' for item in value["enum"])
    if [choice.get("type") for choice in value.get("anyOf", [])] == ["number", "string"]:
        return "number or expression"
    if "anyOf" in value:
        return " or ".join(dict.fromkeys(_value(choice) for choice in value["anyOf"]))
    if "oneOf" in value:
        return "a table, see below"
    if "$ref" in value:
        return _reference(value["$ref"])
    kind = value.get("type")
    if kind == "array":
        return _list(value)
    if kind == "object":
        inner = value.get("additionalProperties")
        return f"{{ id = {_value(inner).replace('expression', 'text')} }}" if isinstance(inner, dict) else "table"
    if kind == "string" and value.get("format") == "date":
        return "date"
    words = {"string": "text", "number": "number", "integer": "whole number", "boolean": "`true` `false`"}
    return words.get(str(kind), "any") + _limits(value)


def _list(value: Schema) -> str:
    if "prefixItems" in value:
        return "[" + ", ".join(_value(item) for item in value["prefixItems"]) + "]"
    return f"list of {_value(value.get('items', {}))}"


def _limits(value: Schema) -> str:
    signs = {"exclusiveMinimum": ">", "minimum": "≥", "exclusiveMaximum": "<", "maximum": "≤"}
    said = [f"{sign} {value[key]:g}" for key, sign in signs.items() if key in value]
    return f" {', '.join(said)}" if said else ""


def _reference(reference: str) -> str:
    *_, name = path = reference.removeprefix("#/$defs/").split("/")
    if len(path) > 1:
        return _value(SCHEMA["$defs"][path[0]]["properties"][name])
    inside = SCHEMA["$defs"][name]["properties"]
    return "{ " + ", ".join(inside) + " }"
