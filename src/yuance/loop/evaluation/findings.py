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
from yuance.loop.evaluation.lowering import PART
from yuance.loop.evaluation.messages import MESSAGES, RULES
from yuance.method import TOTAL, Method
from yuance.method.expression import Node
from yuance.method.schema import ZScore
from yuance.method.words import FUNCTION_WORDS, leaf_words, number_words, text_words

Row = Mapping[str, Any]
LISTED = 1000
MANY = 5
FINDINGS = {"period": pl.String, "unit": pl.String, "place": pl.String, "severity": pl.String, "message": pl.String}


@dataclass(frozen=True)
class Findings:
    """Words the findings of one evaluation. `rows` are the evaluated units and periods with all their columns."""

    method: Method
    formulas: Formulas
    facts: Facts
    rows: pl.DataFrame

    def all(self, unfit: Sequence[str]) -> list[Finding]:
        """What the result has to say, in the order of the method (`checks` speak before it: they decide who is ranked)."""
        found = [
            *self._indicators(),
            *self._without_spread(),
            *self._joins(unfit),
            *self._needs(),
            *self._adjustments(),
            *self._vetoes(),
        ]
        return cut(found)

    def _where(self, test: pl.Expr) -> Iterator[Row]:
        """The rows for which the test holds, one by one, in the order of period and unit; the usual answer is none."""
        met = self.rows.select(test.fill_null(value=False).alias("met")).get_column("met")
        if not met.any():
            return iter(())
        return self.rows.filter(met).sort("period", "unit").iter_rows(named=True)

    def _find(self, code: str, severity: Severity, row: Row, place: str, origin: str = "", **values: object) -> Finding:
        cell = self.facts.origins.place(row["unit"], row["period"], origin) if origin else None
        return Finding(MESSAGES[code], severity, row["period"], row["unit"], place, values, cell)

    def _indicators(self) -> Iterator[Finding]:
        for name, node in self.formulas.values.items():
            indicator = self.method.indicators[name]
            counts = pl.col(f"{name}.counts")
            rule = self.method.missing(indicator).by
            values = {"name": indicator.name or name, "rule": RULES[rule][0], "rule_en": RULES[rule][1]}
            gaps = list(self._where(counts & pl.col(f"{name}.value").is_null()))
            yield from self._together([self._gap(row, name, node, rule, values) for row in gaps], name, values)
            unscored = pl.col(f"{name}.treated").is_not_null() & pl.col(f"{name}.score").is_null()
            severity: Severity = "explain" if rule == "drop" else "error"
            for row in self._where(counts & unscored):
                shown = number_words(row[f"{name}.treated"])
                yield self._find("E204", severity, row, name, name=values["name"], value=shown)

    def _without_spread(self) -> Iterator[Finding]:
        """Standard scores of a set in which nobody differs: said once for a period (or for each category in it)."""
        for indicator in self.method.indicators.values():
            spread = f"{indicator.id}.treated~{self.method.among(indicator)}~sd"
            if isinstance(indicator.score, ZScore):
                flat = self.rows.filter(pl.col(f"{indicator.id}.counts") & (pl.col(spread) == 0)).get_column("period")
                for period in sorted(set(flat.to_list())):
                    name = indicator.name or indicator.id
                    yield Finding(MESSAGES["E213"], "note", period, "", indicator.id, {"name": name})

    def _together(self, gaps: list[Finding], name: str, values: dict[str, str]) -> Iterator[Finding]:
        """Gaps that every unit of a period has alike are one note, not one for each unit."""
        counted = self.rows.filter(pl.col(f"{name}.counts")).get_column("period").value_counts()
        units = dict(counted.iter_rows())
        alike = Counter(gap.period for gap in gaps if gap.severity == "note")
        whole = {period for period, count in alike.items() if count == units[period] and count >= MANY}
        yield from (gap for gap in gaps if gap.period not in whole)
        for period in sorted(whole):
            lacking = next(str(gap.values["lacking"]) for gap in gaps if gap.period == period)
            told = {**values, "lacking": lacking, "count": units[period]}
            yield Finding(MESSAGES["E215"], "note", period, "", name, told)

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
            counts = pl.lit(value=True) if node == TOTAL else pl.col(f"{node}.counts")
            for row in self._where(counts & pl.col(f"{node}.unfit").fill_null(value=False)):
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
        return self._names([column for column in self.formulas.operands(node) if row.get(column) is None])

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
