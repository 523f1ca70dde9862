"""Whether worked cases speak of what the method has: variables, nodes, categories, periods, files."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from yuance.errors import Fault
from yuance.facts.period import parse_period
from yuance.method import schema
from yuance.method.formula_rules import BUILT_IN, YES_NO
from yuance.method.hints import hints
from yuance.method.method import TOTAL
from yuance.method.tables import Tables

TOTALS = frozenset({"total", "score", "grade", "rank", "rank_in_category", "status"})
PARTS = frozenset({"value", "treated", "score", "points", "weight"})
GAP = "missing"
_TARGET = ":target"
_SHOWN = 40


def case_faults(tables: Tables) -> Iterator[Fault]:
    """Everything that is wrong with the cases."""
    for index, case in enumerate(tables.cases):
        yield from _Case(tables, index, case).faults()


class _Case:
    """The rules for one case."""

    def __init__(self, tables: Tables, index: int, case: schema.Case) -> None:
        self.tables, self.index, self.case = tables, index, case

    def fault(self, code: str, *keys: str | int, **values: object) -> Fault:
        return self.tables.fault(code, "case", self.index, *keys, **values)

    def faults(self) -> Iterator[Fault]:
        case = self.case
        if bool(case.facts) != bool(case.results) or not (case.expect or case.results):
            spoilt = self.tables.as_written("case", self.index, "expect")  # said already where it could not be read
            if not spoilt or case.expect or case.facts or case.results:
                yield self.fault("M318")
        for key in ("facts", "results"):
            file = getattr(case, key)
            if file is not None and not self._is_file(file):
                yield self.fault("M319", key, file=_given(file))
        if case.category is not None:
            yield from self._category(case.category, "category")
        if case.period is not None:
            yield from self._period(case.period, "period")
        yield from self._row(case.given, "given")
        for position, row in enumerate(case.history):
            yield from self._earlier(row, "history", position)
        for position, row in enumerate(case.peers):
            yield from self._peer(row, "peers", position)
        yield from self._expected()

    def _is_file(self, file: str) -> bool:
        try:
            return self.tables.folder is not None and (Path(self.tables.folder) / file).is_file()
        except (OSError, ValueError):  # a name that no file can have
            return False

    def _category(self, name: object, *keys: str | int) -> Iterator[Fault]:
        known = self.tables.category_ids
        if name not in known:
            near = hints(str(name), known)
            yield self.fault("M322", *keys, category=_given(name), known="、".join(known), **near)

    def _period(self, text: object, *keys: str | int, kinds: bool = True) -> Iterator[Fault]:
        period = parse_period(text) if isinstance(text, str) else None
        header = self.tables.header
        if period is None or (kinds and header is not None and period.kind not in header.periods):
            yield self.fault("M321", *keys, period=_given(text))

    def _peer(self, row: Mapping[str, Any], *keys: str | int) -> Iterator[Fault]:
        yield from self._row({name: value for name, value in row.items() if name != "history"}, *keys)
        history = row.get("history", [])
        if not isinstance(history, list) or not all(isinstance(item, dict) for item in history):
            yield self._refused(
                "history", history, *keys, "history", reason=("应为列表 [{ … }]", "a list [{ … }] is needed")
            )
            return
        for position, item in enumerate(history):
            yield from self._earlier(item, *keys, "history", position)

    def _earlier(self, row: Mapping[str, Any], *keys: str | int) -> Iterator[Fault]:
        if "period" not in row:
            yield self.fault("M327", *keys)
        yield from self._row(row, *keys)

    def _row(self, row: Mapping[str, Any], *keys: str | int) -> Iterator[Fault]:
        variables, attributes = self.tables.vocabulary.variables, self.tables.vocabulary.attributes
        for name, value in row.items():
            plain = name.removesuffix(_TARGET)
            if plain in variables:
                reason = _misfit(value, variables[plain].kind)
            elif name == "period":
                yield from self._period(value, *keys, name, kinds=False)
                continue
            elif name == "category" and self.tables.categories:
                yield from self._category(value, *keys, name)
                continue
            elif isinstance(value, str) or name in attributes or name in BUILT_IN:
                reason = _misfit(value, "text")
            else:
                yield self.fault("M317", *keys, name, name=name, **hints(plain, [*variables, *attributes]))
                continue
            if reason is not None:
                yield self._refused(name, value, *keys, name, reason=reason)

    def _refused(self, name: str, value: object, *keys: str | int, reason: tuple[str, str]) -> Fault:
        return self.fault("M326", *keys, name=name, given=_given(value), reason=reason[0], reason_en=reason[1])

    def _expected(self) -> Iterator[Fault]:
        tables = self.tables
        nodes = {
            *tables.node_ids,
            *(item.id for item in tables.adjustments),
            *(item.id for item in tables.vetoes),
            TOTAL,
        }
        for name in self.case.expect:
            node, _, part = name.rpartition(".")
            if not (part in PARTS and node in nodes if node else name in TOTALS):
                near = hints(node, nodes) if node and node not in nodes else hints(part, PARTS if node else TOTALS)
                yield self.fault("M317", "expect", name, name=name, **near)


def _misfit(value: object, kind: str) -> tuple[str, str] | None:
    """Why a value cannot be one of a variable of this kind; None where it can."""
    if isinstance(value, list | dict | dt.date | dt.time):
        return "应为数或文字", "a number or text is needed"
    if isinstance(value, bool):
        return None if kind == "yes-no" else ("应为数或文字", "a number or text is needed")
    if isinstance(value, int | float):
        huge = isinstance(value, int) and abs(value) > schema.LARGEST
        return None if not huge and math.isfinite(value) else ("不是普通的数", "not an ordinary number")
    if kind in ("text", "grade") or value == GAP:
        return None
    if kind == "yes-no":
        return None if str(value).lower() in YES_NO else ("应为“是”或“否”", "yes or no is needed")
    return "应为数，不加引号", "a number without quotes is needed"


def _given(value: object) -> str:
    said = str(value)
    return said if len(said) <= _SHOWN else said[: _SHOWN - 1] + "…"
