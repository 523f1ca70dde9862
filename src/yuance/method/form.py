"""The form of a document's tables: each is validated by itself, so that one fault hides no other."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from yuance.errors import Fault
from yuance.method import schema
from yuance.method.hints import hints
from yuance.method.messages import MESSAGES
from yuance.method.reasons import OWN_REASONS, REASONS, UNKNOWN, Reason
from yuance.method.sources import Document

Keys = tuple[str | int, ...]

PLACEHOLDERS: dict[str, dict[str, Any]] = {
    "method": {"id": "?", "version": "?"},
    "indicator": {"value": "0"},
    "adjustment": {"points": "0"},
    "veto": {"when": "1 > 2", "effect": {"ranked": False}},
    "check": {"rule": "1 > 0"},
    "sanction": {"when": {"bottom": 1}},
    "grade": {"name": "?"},
    "case": {"name": "?"},
}
_ROUNDS = 6
_SHOWN = 60


def read_tables(document: Document) -> tuple[dict[str, list[schema.Table]], list[Fault]]:
    """Each table of the document as its model (in document order), and every fault of form.

    A table with faults stays as far as it can be read, so that checks across tables still see it.
    """
    faults: list[Fault] = []
    tables: dict[str, list[schema.Table]] = {name: [] for name in schema.TABLES}
    for name, content in document.tables.items():
        if name not in schema.TABLES:
            known = list(schema.TABLES)
            values = {"key": name, "known": "、".join(known), "known_en": ", ".join(known), **hints(name, known)}
            faults.append(Fault(MESSAGES["M101"], document.table_place(name), values))
            continue
        single = name in schema.SINGLE
        if not isinstance(content, dict if single else list):
            form = f"[{name}]" if single else f"[[{name}]]"
            faults.append(Fault(MESSAGES["M105"], document.table_place(name), {"key": name, "form": form}))
        for index, item in enumerate(_items(content, single=single)):
            model, problems = _Reader(document, name, index).read(item)
            tables[name].append(model)
            faults += problems
    return tables, faults


def _items(content: Any, *, single: bool) -> list[Any]:
    """The tables that are written, also where the brackets are the wrong ones."""
    if isinstance(content, dict):
        return [content]
    if not isinstance(content, list):
        return []
    return content[:1] if single else content


class _Reader:
    """Reads one table. What is wrong is taken out and the rest read again, until nothing is wrong."""

    def __init__(self, document: Document, name: str, index: int) -> None:
        self.document, self.name, self.index = document, name, index
        self.model = schema.TABLES[name]
        self.faults: dict[Keys, Fault] = {}
        self.spoilt: set[Keys] = set()
        self.unknown: set[Keys] = set()

    def read(self, item: Any) -> tuple[schema.Table, list[Fault]]:
        """The model, as far as it can be read, and the faults."""
        if not isinstance(item, Mapping):
            self._tell((), "M104", given=_given(item), **_said(REASONS["model_type"]), **hints("", []))
            return self._stand_in({}), list(self.faults.values())
        content = copy.deepcopy(dict(item))
        for _ in range(_ROUNDS):
            try:
                return self.model.model_validate(content), list(self.faults.values())
            except ValidationError as error:
                details = error.errors(include_url=False, include_context=True)
            self._add(content, details)
            self._take_out(content, details)
        return self._stand_in(content), list(self.faults.values())

    def _stand_in(self, content: Mapping[str, Any]) -> schema.Table:
        """A table of which nothing but the id is known."""
        bare = {key: content[key] for key in ("id", "name") if isinstance(content.get(key), str) and content[key]}
        known = {key: value for key, value in bare.items() if key in self.model.model_fields}
        return self.model.model_validate({**self._placeholders(), **known})

    def _placeholders(self) -> dict[str, Any]:
        named = {"id": f"#{self.name}{self.index}"} if "id" in self.model.model_fields else {}
        return {**named, **PLACEHOLDERS.get(self.name, {})}

    def _add(self, content: Any, details: Sequence[ErrorDetails]) -> None:
        """One fault for each key that is wrong; the branches of a union say it only once, and nothing follows twice."""
        paths = [_written(content, detail) for detail in details]
        for path, detail in zip(paths, details, strict=True):
            covered = any(len(other) > len(path) and other[: len(path)] == path for other in paths)
            follows = any(_related(path, other) for other in self.spoilt)
            follows |= any(other[: len(path)] == path for other in self.unknown)
            if path not in self.faults and not covered and not follows:
                self._say(path, detail)
        for path, detail in zip(paths, details, strict=True):
            (self.unknown if detail["type"] == "extra_forbidden" else self.spoilt).add(path)

    def _take_out(self, content: dict[str, Any], details: Sequence[ErrorDetails]) -> None:
        for detail in details:
            path = _written(content, detail)
            if detail["type"] == "missing":
                path = path[:-1]
                if not path:
                    content.setdefault(str(detail["loc"][0]), self._placeholders().get(str(detail["loc"][0]), "?"))
                    continue
            _delete(content, path)

    def _say(self, path: Keys, detail: ErrorDetails) -> None:
        fields = _fields(self.name, detail["loc"])
        last = str(path[-1]) if path else self.name
        if detail["type"] == "extra_forbidden":
            known = list(fields)
            values = {"key": last, "known": "、".join(known), "known_en": ", ".join(known), **hints(last, known)}
            self._tell(path, "M102", **values)
        elif detail["type"] == "missing":
            meaning, meaning_en = _halves(fields.get(last, last))
            self._tell(path, "M103", key=last, meaning=meaning, meaning_en=meaning_en)
        else:
            if detail["type"] in ("union_tag_invalid", "union_tag_not_found"):
                tags = [tag for model in _models_of(self.name, detail["loc"]) if (tag := _tag(model))]
                self.faults[path] = self._fault((*path, "by"), "M104", **_refusal(detail, "", tags))
                return
            self._tell(path, "M104", **_refusal(detail, fields.get(last, "")))

    def _tell(self, path: Keys, code: str, **values: object) -> None:
        self.faults[path] = self._fault(path, code, **values)

    def _fault(self, path: Keys, code: str, **values: object) -> Fault:
        return Fault(MESSAGES[code], self.document.place(self.name, self.index, *path), values)


def _related(one: Keys, other: Keys) -> bool:
    length = min(len(one), len(other))
    return one[:length] == other[:length]


def _written(content: Any, detail: ErrorDetails) -> Keys:
    """The path of an error in the document, without the branches of unions that the validator puts into it."""
    path: Keys = ()
    item = content
    location = detail["loc"]
    for part in location:
        if isinstance(item, list) and part in ("low", "high") and len(item) == 2:
            part = 0 if part == "low" else 1  # bounds that were written as a list
        if part in item if isinstance(item, dict) else _numbers(item, part):
            path += (part,)
            item = item[part]
    return (*path, location[-1]) if detail["type"] == "missing" else path


def _numbers(item: Any, part: str | int) -> bool:
    """Whether `part` is the number of an element of a list."""
    return isinstance(item, list) and isinstance(part, int) and part < len(item)


def _delete(content: dict[str, Any], path: Keys) -> None:
    """Take a key out; what stands in a list goes with the whole list, as its places have meanings."""
    while path and isinstance(path[-1], int):
        path = path[:-1]
    item: Any = content
    for part in path[:-1]:
        if not (part in item if isinstance(item, dict) else _numbers(item, part)):
            return  # gone already, with what it stood in
        item = item[part]
    if path:
        item.pop(path[-1], None)


def _fields(name: str, location: Keys) -> dict[str, str]:
    """The keys of the table that an error is in, with their descriptions."""
    model, *_ = _models_of(name, location[:-1])
    return {field.alias or key: field.description or "" for key, field in model.model_fields.items()}


def _models_of(name: str, location: Keys) -> list[type[schema.Table]]:
    """The kinds of table that may stand at a place: one, or those of a union."""
    models: list[type[schema.Table]] = [schema.TABLES[name]]
    for part in location:
        chosen = [model for model in models if _tag(model) == part]
        if chosen:
            models = chosen
            continue
        for model in models:
            field = next((field for key, field in model.model_fields.items() if (field.alias or key) == part), None)
            if field is not None:
                models = list(_models_in(field.annotation)) or models
                break
    return models


def _tag(model: type[schema.Table]) -> str | None:
    by = model.model_fields.get("by")
    tags = get_args(by.annotation) if by is not None else ()
    return tags[0] if len(tags) == 1 else None


def _models_in(annotation: Any) -> Iterator[type[schema.Table]]:
    if isinstance(annotation, type) and issubclass(annotation, schema.Table):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def _refusal(detail: ErrorDetails, meaning: str, tags: Sequence[str] = ()) -> dict[str, object]:
    """The values of M104: what stands there, why it does not fit, what to write, and the name that is surely meant."""
    kind = detail["type"]
    reason = OWN_REASONS.get(detail["msg"].removeprefix("Value error, ")) or REASONS.get(kind, UNKNOWN)
    context = detail.get("ctx", {})
    expected = str(context.get("expected") or context.get("expected_tags") or "")
    choices = [part.strip("' ") for part in expected.replace(" or ", ", ").split(",")] if expected else [*tags]
    bounds = [f"{sign} {context[key]:g}" for key, sign in (("gt", ">"), ("ge", "≥"), ("le", "≤")) if key in context]
    if choices:
        reason = reason._replace(remedy=f"可取：{'、'.join(choices)}", remedy_en=f"it may be: {', '.join(choices)}")
    elif bounds:
        chinese, english = _halves(meaning)
        reason = reason._replace(remedy=f"{chinese}应 {bounds[0]}", remedy_en=f"{english}: {bounds[0]}")
    value = detail["input"].get("by", "") if kind == "union_tag_invalid" else detail["input"]
    return {"given": _given(value), **_said(reason), **hints(value if isinstance(value, str) else "", choices)}


def _said(reason: Reason) -> dict[str, str]:
    return {
        "reason": reason.cause,
        "reason_en": reason.cause_en,
        "allowed": reason.remedy,
        "allowed_en": reason.remedy_en,
    }


def _halves(description: str) -> tuple[str, str]:
    chinese, _, english = description.partition(" / ")
    return chinese, english or chinese


def _given(value: object) -> str:
    """A value as it is written in a method."""
    shown = ("true" if value else "false") if isinstance(value, bool) else str(value)
    if isinstance(value, str):
        shown = f'"{value}"'
    return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
