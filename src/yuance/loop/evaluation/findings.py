"""What an evaluation has to say about units: gaps, values that cannot be computed, failed checks, vetoes.

Detection works on columns; only the rows found are looked at one by one, to word the finding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from yuance.errors import Finding, Language, Severity
from yuance.facts.facts import Facts
from yuance.loop.evaluation.formulas import Formulas
from yuance.loop.evaluation.lowering import PART
from yuance.loop.evaluation.messages import MESSAGES, RULES
from yuance.method import TOTAL, Method
from yuance.method.expression import Node
from yuance.method.schema import ZScore
from yuance.method.words import FUNCTION_WORDS, leaf_words, number_words, text_words

Row = Mapping[str, Any]
LISTED = 1000
MANY = 5
FLOOD = 1_000_000
FLOODED = {
    "unscored": "E204", "unfit": "E205", "needs": "E206", "adjustment": "E207", "doubt": "E208", "veto": "E209", "check": "E210",
}  # fmt: skip
Test = tuple[str, str]  # what is looked for, and of which indicator, node, adjustment, veto or check
FINDINGS = {"period": pl.String, "unit": pl.String, "place": pl.String, "severity": pl.String, "message": pl.String}


@dataclass(frozen=True)
class Findings:
    """Words the findings of one evaluation. `rows` are the evaluated units and periods with all their columns."""

    method: Method
    formulas: Formulas
    facts: Facts
    rows: pl.DataFrame

    def all(self, unfit: Sequence[str]) -> list[Finding]:
        """Every finding, in the order of the method; a flood of one kind is cut and counted."""
        found = [
            *self._indicators(),
            *self._without_spread(),
            *self._joins(unfit),
            *self._needs(),
            *self._adjustments(),
            *self._vetoes(),
            *self._checks(),
        ]
        return [*cut(found), *self._floods()]

    @cached_property
    def _tests_by_name(self) -> dict[Test, pl.Expr]:
        unfit = (name for name in self.rows.columns if name.endswith(".unfit"))
        return self.formulas.once(("tests", *unfit), lambda: dict(self._tests()))

    @cached_property
    def _counts(self) -> dict[Test, int]:
        """How many rows each test finds: one look at the table, so that what is in order costs nothing more."""
        gapless = self._without_gaps()
        tests = [name for name in self._tests_by_name if name not in gapless]
        sums = [self._tests_by_name[name].sum().alias(str(number)) for number, name in enumerate(tests)]
        counts = self.rows.select(sums).row(0) if sums else ()
        return dict.fromkeys(gapless, 0) | {name: int(count or 0) for name, count in zip(tests, counts, strict=True)}

    def _without_gaps(self) -> set[Test]:
        """Tests for gaps that need no look at single rows: the columns have none."""
        names = list(self.method.indicators)
        of = {"gap": [f"{name}.value" for name in names], "unscored": [f"{name}.score" for name in names]}
        counts = self.rows.select(pl.col([*of["gap"], *of["unscored"]]).null_count()).row(0, named=True)
        return {(kind, name) for kind, columns in of.items() for name, column in zip(names, columns, strict=True)
                if not counts[column]}  # fmt: skip

    def _tests(self) -> Iterator[tuple[Test, pl.Expr]]:
        for name in self.method.indicators:
            counts = pl.col(f"{name}.counts")
            yield ("gap", name), counts & pl.col(f"{name}.value").is_null()
            unscored = pl.col(f"{name}.treated").is_not_null() & pl.col(f"{name}.score").is_null()
            yield ("unscored", name), counts & unscored
            spread = f"{name}.treated~{self.method.among(self.method.indicators[name])}~sd"
            if isinstance(self.method.indicators[name].score, ZScore):
                yield ("flat", name), counts & (pl.col(spread) == 0)
        for node in (*self.method.dimensions, TOTAL):
            if f"{node}.unfit" in self.rows.columns:
                counts = pl.lit(value=True) if node == TOTAL else pl.col(f"{node}.counts")
                yield ("unfit", node), counts & pl.col(f"{node}.unfit")
        if self.method.header.needs is not None:
            yield ("needs", TOTAL), pl.col("known") < self.method.header.needs - 1e-9
        for item in self.method.adjustments:
            yield ("adjustment", item.id), pl.col(f"{item.id}.value").is_null()
        for veto in self.method.vetoes:
            yield ("doubt", veto.id), pl.col(f"{veto.id}.struck").is_null()
            yield ("veto", veto.id), pl.col(f"{veto.id}.struck")
        for check in self.method.checks:
            yield ("check", check.id), ~pl.col(f"{check.id}.holds")

    def _found(self, kind: str, name: str) -> pl.DataFrame:
        """The rows that a test finds; of a flood the first only."""
        return self.rows.filter(self._tests_by_name[kind, name]).head(FLOOD)

    def _where(self, kind: str, name: str) -> Iterator[Row]:
        if self._counts[kind, name]:
            yield from self._found(kind, name).head(LISTED).iter_rows(named=True)

    def _floods(self) -> Iterator[Finding]:
        """How many more there are of a kind of which only the first were worded."""
        for (kind, name), count in self._counts.items():
            if count > LISTED and kind in FLOODED:
                values = {"count": count - LISTED, "code": FLOODED[kind]}
                yield Finding(MESSAGES["E299"], "note", place=name, values=values)

    def _find(self, code: str, severity: Severity, row: Row, place: str, origin: str = "", **values: object) -> Finding:
        cell = self.facts.origins.place(row["unit"], row["period"], origin) if origin else None
        return Finding(MESSAGES[code], severity, row["period"], row["unit"], place, values, cell)

    def _indicators(self) -> Iterator[Finding]:
        for name, node in self.formulas.values.items():
            indicator = self.method.indicators[name]
            rule = self.method.missing(indicator).by
            values = {"name": indicator.name or name, "rule": RULES[rule][0], "rule_en": RULES[rule][1]}
            yield from self._gaps(name, node, rule, values)
            severity: Severity = "explain" if rule == "drop" else "error"
            for row in self._where("unscored", name):
                shown = number_words(row[f"{name}.treated"])
                yield self._find("E204", severity, row, name, name=values["name"], value=shown)

    def _without_spread(self) -> Iterator[Finding]:
        """Standard scores of a set in which nobody differs: said once for a period (or for each category in it)."""
        for indicator in self.method.indicators.values():
            if isinstance(indicator.score, ZScore):
                flat = self._found("flat", indicator.id).get_column("period")
                for period in sorted(set(flat.to_list())):
                    name = indicator.name or indicator.id
                    yield Finding(MESSAGES["E213"], "note", period, "", indicator.id, {"name": name})

    def _gaps(self, name: str, node: Node, rule: str, values: dict[str, str]) -> Iterator[Finding]:
        """Gaps; those that every unit of a period has alike are one note, not one for each unit."""
        if not self._counts["gap", name]:
            return
        counted = self.rows.filter(pl.col(f"{name}.counts")).get_column("period").value_counts()
        units = dict(counted.iter_rows())
        for (period,), gaps in self._found("gap", name).group_by("period", maintain_order=True):
            listed = [self._gap(row, name, node, rule, values) for row in gaps.head(LISTED).iter_rows(named=True)]
            if gaps.height == units[period] >= MANY and all(gap.severity == "note" for gap in listed):
                told = {**values, "lacking": listed[0].values["lacking"], "count": units[period]}
                yield Finding(MESSAGES["E215"], "note", str(period), "", name, told)
                continue
            yield from listed
            if gaps.height > LISTED:
                more = {"count": gaps.height - LISTED, "code": listed[0].code}
                yield Finding(MESSAGES["E299"], "note", str(period), "", name, more)

    def _gap(self, row: Row, name: str, node: Node, rule: str, values: dict[str, str]) -> Finding:
        operands = self.formulas.operands(node)
        lacking = [column for column in operands if row.get(column) is None]
        unfilled = row[f"{name}.score"] is None and rule != "drop"
        severity: Severity = "error" if unfilled else "note"
        if lacking:
            said = self._names(lacking)
            code = "E201" if rule == "refuse" else "E214" if unfilled else "E202"
            return self._find(code, severity, row, name, source(lacking[0]), lacking=said, **values)
        shown = self._shown(row, operands)
        formula = text_words(self.method.indicators[name].value, self.method)
        origin = next((source(column) for column in operands if source(column)), "")
        severity = "error" if unfilled else "explain"
        return self._find("E203", severity, row, name, origin, formula=formula, values=shown, **values)

    def _names(self, columns: Sequence[str]) -> str:
        """Columns in words; a figure over all units is told by what it is a figure of."""
        return "、".join(self._column_words(column) for column in columns if column != PART) or "—"

    def _column_words(self, column: str) -> str:
        for aggregate in self.formulas.lowering.aggregates.values():
            if aggregate.column == column:
                inner = self._names(self.formulas.operands(aggregate.node))
                return f"全体{inner}的{FUNCTION_WORDS[aggregate.function]}"
        return leaf_words(column, self.method)

    def _shown(self, row: Row, operands: Sequence[str]) -> str:
        return "，".join(
            f"{self._column_words(column)} = {number_words(row.get(column))}" for column in operands if column != PART
        )

    def _joins(self, unfit: Sequence[str]) -> Iterator[Finding]:
        for node in unfit:
            for row in self._where("unfit", node):
                scores = "、".join(
                    f"{self.method.name(child)} {number_words(row.get(f'{child}.score'))}"
                    for child in self.method.children(node)
                )
                yield self._find("E205", "error", row, node, name=self.method.name(node), scores=scores)

    def _needs(self) -> Iterator[Finding]:
        needs = self.method.header.needs
        if needs is None:
            return
        for row in self._where("needs", TOTAL):
            values = {"share": f"{100 * row['known']:.1f}", "needs": f"{100 * needs:g}"}
            yield self._find("E206", "error", row, TOTAL, **values)

    def _adjustments(self) -> Iterator[Finding]:
        for item in self.method.adjustments:
            for row in self._where("adjustment", item.id):
                lacking = self._lacking(row, self.formulas.adjustments[item.id])
                yield self._find("E207", "explain", row, item.id, name=item.name or item.id, lacking=lacking)

    def _vetoes(self) -> Iterator[Finding]:
        for veto in self.method.vetoes:
            for row in self._where("doubt", veto.id):
                lacking = self._lacking(row, self.formulas.vetoes[veto.id])
                yield self._find("E208", "explain", row, veto.id, name=veto.name or veto.id, lacking=lacking)
            effect = "、".join(f"{key} = {value}" for key, value in veto.effect.model_dump(exclude_none=True).items())
            for row in self._where("veto", veto.id):
                yield self._find("E209", "note", row, veto.id, name=veto.name or veto.id, effect=effect)

    def _lacking(self, row: Row, node: Node) -> str:
        return self._names([column for column in self.formulas.operands(node) if row.get(column) is None])

    def _checks(self) -> Iterator[Finding]:
        """Checks that do not hold; a check with a missing operand says nothing."""
        for check in self.method.checks:
            code: str = "E210" if check.severity == "error" else "E211"
            operands = self.formulas.operands(self.formulas.checks[check.id])
            for row in self._where("check", check.id):
                rule = text_words(check.rule, self.method)
                shown = self._shown(row, operands)
                origin = source(operands[0]) if operands else ""
                yield self._find(
                    code,
                    check.severity,
                    row,
                    check.id,
                    origin,
                    message=check.message or check.id,
                    rule=rule,
                    values=shown,
                )


def source(column: str) -> str:
    """The variable (or `variable:target`) behind a column of shifted facts, where it is of the same period; else nothing."""
    return "" if "@" in column or "#" in column else column


def cut(findings: Sequence[Finding]) -> list[Finding]:
    """At most `LISTED` findings of a kind and place, then one that counts the rest."""
    seen: Counter[tuple[str, str]] = Counter()
    kept: list[Finding] = []
    for finding in findings:
        key = (finding.code, finding.place)
        seen[key] += 1
        if seen[key] <= LISTED:
            kept.append(finding)
    for (code, place), count in seen.items():
        if count > LISTED:
            kept.append(Finding(MESSAGES["E299"], "note", place=place, values={"count": count - LISTED, "code": code}))
    return kept


def tabulated(findings: Sequence[Finding], language: Language = "zh") -> pl.DataFrame:
    """The findings as the contract's table, in the order of period, unit, place, message."""
    key: Callable[[Finding], tuple[str, ...]] = lambda item: (item.period, item.unit, item.place, item.text(language))  # noqa: E731
    rows = [
        (item.period, item.unit, item.place, item.severity, item.text(language)) for item in sorted(findings, key=key)
    ]
    return pl.DataFrame(rows, schema=FINDINGS, orient="row")
