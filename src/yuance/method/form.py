"""The form of a document's tables: each is validated by itself, so that one fault hides no other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from yuance.errors import Fault
from yuance.method import schema
from yuance.method.messages import MESSAGES, hint
from yuance.method.sources import Document

PLACEHOLDERS: dict[str, Any] = {
    "method.id": "?",
    "method.version": "?",
    "indicator.value": "0",
    "adjustment.points": "0",
    "veto.when": "1 > 2",
    "veto.effect": {"ranked": True},
    "check.rule": "1 > 0",
    "sanction.when": {"bottom": 1},
    "grade.name": "?",
    "case.name": "?",
}
NESTED: dict[str, type[schema.Table]] = {
    "linear": schema.Linear,
    "exponential": schema.Exponential,
    "ratio": schema.Ratio,
    "steps": schema.Steps,
    "points": schema.Points,
    "rank": schema.RankScore,
    "percent-rank": schema.PercentRank,
    "zscore": schema.ZScore,
    "given": schema.Given,
    "formula": schema.Formula,
    "winsorise": schema.Winsorise,
    "log": schema.Logarithm,
    "effect": schema.Effect,
    "legal": schema.Legal,
    "in_force": schema.InForce,
    "rounding": schema.Rounding,
    "ranks": schema.Ranks,
    "missing": schema.Missing,
    "range": schema.Bounds,
    "limits": schema.Bounds,
}
REASONS: dict[str, tuple[str, str]] = {
    "literal_error": ("不在可取的值之内", "not one of the values it may take"),
    "union_tag_invalid": ("不认识这种方式", "an unknown kind"),
    "union_tag_not_found": ("没有写 by", "`by` is absent"),
    "string_type": ("应为文字", "text is needed"),
    "bool_type": ("应为 true 或 false", "true or false is needed"),
    "int_type": ("应为整数", "a whole number is needed"),
    "int_from_float": ("应为整数", "a whole number is needed"),
    "int_parsing": ("应为整数", "a whole number is needed"),
    "tuple_type": ("应为列表", "a list is needed"),
    "dict_type": ("应为表", "a table is needed"),
    "model_type": ("应为表", "a table is needed"),
    "too_short": ("太短", "too short"),
    "too_long": ("太长", "too long"),
    "string_too_short": ("不能为空", "may not be empty"),
    "greater_than": ("太小", "too small"),
    "greater_than_equal": ("太小", "too small"),
    "less_than_equal": ("太大", "too large"),
}
_OWN_WORDS: dict[str, str] = {
    "number expected": "应为数",
    "two bounds expected": "应写作 [下限, 上限]",
    "the lower bound is above the upper one": "下限大于上限",
    "either the name of a mean or { power = p }": "写合成方式的名称，或 { power = p }，二者取一",
    "either anchors (low, high) or the rule on skewness and kurtosis": "锚点（low、high）与偏度峰度规则二者取一",
    "either `step` or `table`": "step 与 table 二者取一",
    "an effect is missing": "没有写效果",
    "either `bottom` or `top`": "bottom 与 top 二者取一",
    "`times` is more than `of_last`": "times 大于 of_last",
}


def read_tables(document: Document) -> tuple[dict[str, list[schema.Table]], list[Fault]]:
    """Each table of the document as its model (in document order), and every fault of form.

    A table with faults stays as far as it can be read, so that checks across tables still see it.
    """
    faults: list[Fault] = []
    tables: dict[str, list[schema.Table]] = {name: [] for name in schema.TABLES}
    for name, content in document.tables.items():
        if name not in schema.TABLES:
            known = list(schema.TABLES)
            values = {"key": name, "known": "、".join(known), "hint": hint(name, known)}
            faults.append(Fault(MESSAGES["M101"], document.place(name), values))
            continue
        single = name in schema.SINGLE
        if isinstance(content, dict if single else list):
            for index, item in enumerate([content] if single else content):
                model, problems = _read_table(document, name, index, item)
                tables[name].append(model)
                faults += problems
        else:
            form = f"[{name}]" if single else f"[[{name}]]"
            faults.append(Fault(MESSAGES["M105"], document.place(name), {"key": name, "form": form}))
    return tables, faults


def _read_table(document: Document, name: str, index: int, item: Any) -> tuple[schema.Table, list[Fault]]:
    model = schema.TABLES[name]
    raw = item if isinstance(item, Mapping) else {}
    try:
        return model.model_validate(raw), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
    faults = _faults(document, name, index, details)
    spoilt = {detail["loc"][0] for detail in details if detail["loc"]}
    kept = {key: value for key, value in raw.items() if key not in spoilt}
    for path, placeholder in PLACEHOLDERS.items():
        table, key = path.split(".")
        if table == name:
            kept.setdefault(key, placeholder)
    if "id" in model.model_fields:
        kept.setdefault("id", f"__{name}_{index}")
    try:
        return model.model_validate(kept), faults
    except ValidationError:
        return model.model_construct(**kept), faults


def _faults(document: Document, name: str, index: int, details: list[ErrorDetails]) -> list[Fault]:
    """One fault for each key that is wrong; the branches of a union say it only once."""
    faults: dict[tuple[str | int, ...], Fault] = {}
    for detail in details:
        keys = _keys(detail["loc"])
        kind = detail["type"]
        group = keys if kind in ("extra_forbidden", "missing") else keys[:1]
        if group not in faults:
            faults[group] = _fault(document, name, index, keys, detail)
    return list(faults.values())


def _keys(location: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The key path without the names of union branches that the validator puts into it."""
    keys: list[str | int] = []
    for position, part in enumerate(location):
        tag = isinstance(part, str) and position > 0 and location[position - 1] in ("score", "treat")
        branch = isinstance(part, str) and re.search(r"[\[(]|^(?:float|str|tuple|Bounds|function-.*)$", part)
        if not tag and not branch:
            keys.append(part)
    return tuple(keys)


def _fault(document: Document, name: str, index: int, keys: tuple[str | int, ...], detail: ErrorDetails) -> Fault:
    model = _model_at(name, detail["loc"])
    place = document.place(name, index, *keys)
    last = str(keys[-1]) if keys else name
    fields = {field.alias or key: field.description or "" for key, field in model.model_fields.items()}
    if detail["type"] == "extra_forbidden":
        known = list(fields)
        return Fault(MESSAGES["M102"], place, {"key": last, "known": "、".join(known), "hint": hint(last, known)})
    if detail["type"] == "missing":
        return Fault(MESSAGES["M103"], place, {"key": last, "meaning": fields.get(last, last)})
    return Fault(MESSAGES["M104"], place, _refusal(detail, fields.get(last, "")))


def _refusal(detail: ErrorDetails, meaning: str) -> dict[str, object]:
    kind, said = detail["type"], detail["msg"].removeprefix("Value error, ")
    reason, reason_en = REASONS.get(kind, (_OWN_WORDS.get(said, said), said))
    context = detail.get("ctx", {})
    allowed = context.get("expected") or context.get("expected_tags") or meaning or reason
    given = repr(detail["input"])
    if len(given) > 60:
        given = given[:57] + "…"
    bound = next(
        (f"{sign} {context[key]}" for key, sign in (("gt", ">"), ("ge", "≥"), ("le", "≤")) if key in context), ""
    )
    return {"given": given, "reason": reason, "reason_en": reason_en, "allowed": f"{allowed} {bound}".strip()}


def _model_at(name: str, location: tuple[str | int, ...]) -> type[schema.Table]:
    for part in reversed(location[:-1]):
        if part == "when" and name == "sanction":
            return schema.Standing
        if isinstance(part, str) and part in NESTED:
            return NESTED[part]
    return schema.TABLES[name]
