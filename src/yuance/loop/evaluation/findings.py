"""What an evaluation has to say about units: gaps, values that cannot be computed, failed checks, vetoes.

Detection works on columns; only the rows found are looked at one by one, to word the finding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from yuance.errors import Finding, Language, Severity
from yuance.facts.facts import Facts
from yuance.loop.evaluation.formulas import Formulas
from yuance.loop.evaluation.messages import MESSAGES, RULES
from yuance.method import TOTAL, Method
from yuance.method.expression import Node
from yuance.method.words import leaf_words, number_words, text_words

Row = Mapping[str, Any]
LISTED = 1000
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
            *self._joins(unfit),
            *self._needs(),
            *self._adjustments(),
            *self._vetoes(),
            *self.checks(),
        ]
        return cut(found)

    def _where(self, test: pl.Expr) -> Iterator[Row]:
        return self.rows.filter(test).sort("period", "unit").iter_rows(named=True)

    def _find(self, code: str, severity: Severity, row: Row, place: str, origin: str = "", **values: object) -> Finding:
        cell = self.facts.origins.place(row["unit"], row["period"], origin) if origin else None
        return Finding(MESSAGES[code], severity, row["period"], row["unit"], place, values, cell)

    def _indicators(self) -> Iterator[Finding]:
        for name, node in self.formulas.values.items():
            indicator = self.method.indicators[name]
            counts = pl.col(f"{name}.counts")
            rule = self.method.missing(indicator).by
            values = {"name": indicator.name or name, "rule": RULES[rule][0], "rule_en": RULES[rule][1]}
            for row in self._where(counts & pl.col(f"{name}.value").is_null()):
                yield self._gap(row, name, node, rule, values)
            unscored = pl.col(f"{name}.treated").is_not_null() & pl.col(f"{name}.score").is_null()
            for row in self._where(counts & unscored):
                shown = number_words(row[f"{name}.treated"])
                yield self._find("E204", "error", row, name, name=values["name"], value=shown)

    def _gap(self, row: Row, name: str, node: Node, rule: str, values: dict[str, str]) -> Finding:
        operands = self.formulas.operands(node)
        lacking = [column for column in operands if row.get(column) is None]
        severity: Severity = "error" if rule == "refuse" else "note"
        if lacking:
            said = "、".join(leaf_words(column, self.method) for column in lacking)
            code = "E201" if rule == "refuse" else "E202"
            return self._find(code, severity, row, name, source(lacking[0]), lacking=said, **values)
        severity = "error" if rule == "refuse" else "explain"
        shown = self._shown(row, operands)
        formula = text_words(self.method.indicators[name].value, self.method)
        origin = source(operands[0]) if operands else ""
        return self._find("E203", severity, row, name, origin, formula=formula, values=shown, **values)

    def _shown(self, row: Row, operands: Sequence[str]) -> str:
        return "，".join(f"{leaf_words(column, self.method)} = {number_words(row.get(column))}" for column in operands)

    def _joins(self, unfit: Sequence[str]) -> Iterator[Finding]:
        for node in unfit:
            for row in self._where(pl.col(f"{node}.unfit").fill_null(value=False)):
                scores = "、".join(
                    f"{self.method.name(child)} {number_words(row.get(f'{child}.score'))}"
                    for child in self.method.children(node)
                )
                yield self._find("E205", "error", row, node, name=self.method.name(node), scores=scores)

    def _needs(self) -> Iterator[Finding]:
        needs = self.method.header.needs
        if needs is None:
            return
        for row in self._where(pl.col("known") < needs - 1e-9):
            values = {"share": f"{100 * row['known']:.1f}", "needs": f"{100 * needs:g}"}
            yield self._find("E206", "error", row, TOTAL, **values)

    def _adjustments(self) -> Iterator[Finding]:
        for item in self.method.adjustments:
            for row in self._where(pl.col(f"{item.id}.value").is_null()):
                lacking = self._lacking(row, self.formulas.adjustments[item.id])
                yield self._find("E207", "explain", row, item.id, name=item.name or item.id, lacking=lacking)

    def _vetoes(self) -> Iterator[Finding]:
        for veto in self.method.vetoes:
            struck = pl.col(f"{veto.id}.struck")
            for row in self._where(struck.is_null()):
                lacking = self._lacking(row, self.formulas.vetoes[veto.id])
                yield self._find("E208", "explain", row, veto.id, name=veto.name or veto.id, lacking=lacking)
            effect = "、".join(f"{key} = {value}" for key, value in veto.effect.model_dump(exclude_none=True).items())
            for row in self._where(struck):
                yield self._find("E209", "note", row, veto.id, name=veto.name or veto.id, effect=effect)

    def _lacking(self, row: Row, node: Node) -> str:
        lacking = [column for column in self.formulas.operands(node) if row.get(column) is None]
        return "、".join(leaf_words(column, self.method) for column in lacking) or "—"

    def checks(self) -> Iterator[Finding]:
        """Checks that do not hold; a check with a missing operand says nothing."""
        for check in self.method.checks:
            code: str = "E210" if check.severity == "error" else "E211"
            operands = self.formulas.operands(self.formulas.checks[check.id])
            for row in self._where(~pl.col(f"{check.id}.holds")):
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
