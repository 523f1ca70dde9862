"""The interface's own description (OpenAPI), laid out for a page of the platform's address."""

from __future__ import annotations

from typing import Any


def operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Every operation with its parameters and the fields of its answer."""
    found = []
    for path, methods in schema["paths"].items():
        for verb, operation in methods.items():
            answer = operation["responses"][200]["content"]["application/json"]["schema"]
            name = _named(answer)
            found.append(
                {
                    "verb": verb.upper(),
                    "path": path,
                    "summary": operation.get("summary", ""),
                    "parameters": [_parameter(one) for one in operation.get("parameters", [])],
                    "many": answer.get("type") == "array",
                    "fields": _fields(schema, name),
                }
            )
    return found


def _parameter(one: dict[str, Any]) -> dict[str, str]:
    return {"name": one["name"], "kind": one["schema"].get("type", ""), "place": one["in"]}


def _named(answer: dict[str, Any]) -> str:
    reference = str(answer.get("$ref") or answer.get("items", {}).get("$ref", ""))
    return reference.rpartition("/")[2]


def _fields(schema: dict[str, Any], name: str) -> list[dict[str, str]]:
    properties = schema["components"]["schemas"].get(name, {}).get("properties", {})
    return [
        {"name": key, "kind": _kind(value), "words": value.get("description", "")} for key, value in properties.items()
    ]


def _kind(value: dict[str, Any]) -> str:
    if "anyOf" in value:
        return " | ".join(_kind(one) for one in value["anyOf"])
    if value.get("type") == "array":
        return f"[{_kind(value['items'])}]"
    return _named(value) or str(value.get("type", ""))
