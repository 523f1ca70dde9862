"""The stages of an evaluation, in order: value, missing, treatment, score, join, adjustment, veto, rank, grade.

Each takes the table of units and periods and gives it back with more columns; nothing loops over units. Column names:
`<indicator>.value`, `.treated`, `.score`, `<node>.weight`, `.held`, `.share`, `<dimension>.score`, `<adjustment>.points`,
`<veto>.struck`, `<check>.holds`, `total.joined`, `total.exact`, `total.published`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce

import narwhals as nw
import polars as pl

from yuance.facts.period import PARTS, Period
from yuance.loop.evaluation.anchors import Anchored, score_anchors
from yuance.loop.evaluation.categorise import attribute_kinds
from yuance.loop.evaluation.distribution import Statistic, describe
from yuance.loop.evaluation.engine import Polars
from yuance.loop.evaluation.formula import clipped, condition, number, raw_number
from yuance.loop.evaluation.formulas import Formulas
from yuance.loop.evaluation.join import Tree
from yuance.loop.evaluation.lowering import HERE, Lowering, Shift
from yuance.loop.evaluation.rank import graded, published, ranked, snapped
from yuance.loop.evaluation.score import contradicts, may_overflow, score
from yuance.loop.evaluation.treatment import by_moments, moment_bounds, treated, treatment_statistics
from yuance.loop.evaluation.value import KEYS, KIND, Frame, Source, aggregated, attach
from yuance.loop.evaluation.working import Working, finite_columns
from yuance.method import Method, schema
from yuance.method.expression import Name, parse


@dataclass
class Stages:
    """One run of a method over facts. `anchors` gathers the small tables of figures that scores refer to."""

    method: Method
    formulas: Formulas
    engine: Polars
    anchors: list[Frame] = field(default_factory=list)
    unfit: tuple[str, ...] = ()

    @property
    def indicators(self) -> Iterable[schema.Indicator]:
        """The indicators, in the order of the method."""
        return self.method.indicators.values()

    def values(self, source: Source, periods: Sequence[Period], listed_for: Sequence[Period]) -> Frame:
        """The value of every indicator, adjustment, veto and check for every unit and period."""
        kinds = {**attribute_kinds(source.units), **self.formulas.kinds}
        rows = attach(source, source.rows(periods, listed_for), periods, self.formulas.lower_all())
        figures = {f"{item}.value": node for item, node in (self.formulas.values | self.formulas.adjustments).items()}
        columns = [raw_number(node, kinds).alias(name) for name, node in figures.items()]
        columns += [condition(node, kinds).alias(f"{item}.struck") for item, node in self.formulas.vetoes.items()]
        columns += [condition(node, kinds).alias(f"{item}.holds") for item, node in self.formulas.checks.items()]
        tree = Tree(self.method, self.engine, frozenset())
        reckoned = [name for name, node in figures.items() if not isinstance(node, Name)]
        rows = finite_columns(rows.with_columns(*columns), reckoned)
        return self.engine.keep(rows.join(tree.weights(), on="category", how="left"))

    def filled(self, rows: Frame, periods: Sequence[Period]) -> Frame:
        """Gaps imputed where the method says so, before treatment (part 5)."""
        rules = {item.id: self.method.missing(item) for item in self.indicators}
        sets = {item.id: rules[item.id].among or self.method.among(item) for item in self.indicators}
        taken = {name: rule.by for name, rule in rules.items() if rule.by in ("mean", "median")}
        statistics = [Statistic(sets[name], f"{name}.value", by) for name, by in taken.items()]
        rows, _ = describe(self.engine, rows, statistics, periods)
        filled: list[nw.Expr] = []
        for name, rule in rules.items():
            value = nw.col(f"{name}.value")
            if rule.by in ("mean", "median"):
                value = nw.coalesce(value, nw.col(Statistic(sets[name], f"{name}.value", rule.by).name))
            elif rule.by == "last":
                value = value.fill_null(strategy="forward").over("unit", KIND, order_by="__ordinal")
            filled.append(value.alias(f"{name}.filled"))
        if any(rule.by == "last" for rule in rules.values()):
            rows = rows.join(self._ordinals(periods), on="period")
        rows = rows.with_columns(*filled)
        return rows.drop("__ordinal", strict=False)

    def _ordinals(self, periods: Sequence[Period]) -> Frame:
        most = max(PARTS.values())
        ordinals = [period.year * most + period.number for period in sorted(set(periods))]
        return self.engine.table({"period": [str(period) for period in sorted(set(periods))], "__ordinal": ordinals})

    def treated(self, rows: Frame, periods: Sequence[Period]) -> Frame:
        """Outliers treated within the comparison set (part 3)."""
        sources = {item.id: Anchored(f"{item.id}.filled", self.method.among(item)) for item in self.indicators}
        statistics = [one for item in self.indicators for one in treatment_statistics(item.treat, sources[item.id])]
        rows, evidence = describe(self.engine, rows, statistics, periods)
        self.anchors += evidence.values()
        moments = {
            sources[item.id].column: (item.treat, sources[item.id].among)
            for item in self.indicators
            if isinstance(item.treat, schema.Winsorise) and by_moments(item.treat)
        }
        if moments:
            rows, bounds = moment_bounds(self.engine, rows, moments)
            self.anchors += [self.engine.frame(table) for table in bounds.values()]
        columns = [treated(item.treat, sources[item.id]).alias(f"{item.id}.treated") for item in self.indicators]
        touched = [f"{item.id}.treated" for item in self.indicators if item.treat is not None]
        rows = rows.with_columns(*columns)
        return finite_columns(rows, touched) if touched else rows

    def scored(self, source: Source, rows: Frame, periods: Sequence[Period]) -> Frame:
        """Scores of the treated values in their comparison set (part 4), and what a gap scores (part 5)."""
        sources = {item.id: Anchored(f"{item.id}.treated", self.method.among(item)) for item in self.indicators}
        statistics = [one for item in self.indicators for one in sources[item.id].statistics(score_anchors(item))]
        rows, evidence = describe(self.engine, rows, statistics, periods)
        self.anchors += evidence.values()
        columns: list[nw.Expr] = []
        working = Working()
        for item in self.indicators:
            if isinstance(item.score, schema.Formula):
                rows = self._by_formula(source, rows, item, sources[item.id], periods)
                continue
            against = contradicts(item, sources[item.id])
            points = score(item, sources[item.id], working)
            columns.append((points if against is None else nw.when(~against).then(points)).alias(f"{item.id}.score"))
        rows = working.cleared(working.done(rows).with_columns(*columns)) if columns else rows
        rows = finite_columns(rows, (f"{item.id}.score" for item in self.indicators if may_overflow(item.score)))
        return self._gap_scores(rows, periods)

    def _gap_scores(self, rows: Frame, periods: Sequence[Period]) -> Frame:
        rules = {item.id: self.method.missing(item).by for item in self.indicators}
        lowest = {
            item.id: Statistic(self.method.among(item), f"{item.id}.score", "lowest")
            for item in self.indicators
            if rules[item.id] == "lowest"
        }
        rows, _ = describe(self.engine, rows, lowest.values(), periods)
        gap = {name: nw.col(f"{name}.value").is_null() for name in rules}
        columns = [
            nw.when(gap[name] & nw.col(f"{name}.score").is_null()).then(nw.lit(0.0) if by == "zero" else nw.col(lowest[name].name))
            .otherwise(nw.col(f"{name}.score")).alias(f"{name}.score")
            for name, by in rules.items() if by in ("zero", "lowest")
        ]  # fmt: skip
        return rows.with_columns(*columns) if columns else rows

    def _by_formula(
        self, source: Source, rows: Frame, item: schema.Indicator, anchored: Anchored, periods: Sequence[Period]
    ) -> Frame:
        """A score by formula: x and facts may be looked at in other periods and over all units."""
        assert isinstance(item.score, schema.Formula)
        x, kinds = anchored.column, {**attribute_kinds(source.units), **self.formulas.kinds}
        figures = self.formulas.anchors([item.score.is_])
        names = {name: Statistic(anchored.among, x, name).name for name in figures}
        names |= {"x": x, "weight": f"{item.id}.weight"}
        lowering = Lowering(frozenset({x, *self.formulas.kinds}), names, label=f"{item.id}.over", together=True)
        node = lowering.lower(parse(item.score.is_))
        for shift, leaves in sorted(lowering.leaves.items()):
            facts = sorted(leaves - {x})
            if shift != HERE and facts:
                rows = rows.join(source.shifted(facts, shift, periods), on=list(KEYS), how="left")
            if shift != HERE and x in leaves:
                before = rows.select(*KEYS, nw.col(x).alias(x + shift.suffix))
                rows = rows.join(self._later(before, shift, periods), on=list(KEYS), how="left")
        for aggregate in lowering.aggregates.values():
            keys = ["period", "category"] if aggregate.within == "category" else ["period"]
            table = aggregated(rows, [aggregate], kinds)
            if aggregate.shift != HERE:
                table = self._later(table, aggregate.shift, periods)
            rows = rows.join(self.engine.keep(table), on=keys, how="left")
        points = nw.when(~nw.col(x).is_null()).then(number(node, kinds))
        return rows.with_columns(points.alias(f"{item.id}.score"))

    def _later(self, table: Frame, shift: Shift, periods: Sequence[Period]) -> Frame:
        """A table of earlier periods under the labels of the periods that look back to them."""
        pairs = {str(before): str(period) for period in periods if (before := shift.before(period)) is not None}
        labels = self.engine.table(
            {"period": list(pairs), "__later": list(pairs.values())}, {"period": pl.String, "__later": pl.String}
        )
        return table.join(labels, on="period").drop("period").rename({"__later": "period"})

    def joined(self, rows: Frame, errors: Frame) -> Frame:
        """Scores joined up the tree, totals with adjustments and vetoes, and who may be ranked (part 6)."""
        rows = self.engine.keep(rows)
        tree = Tree(self.method, self.engine, self._gaps(rows))
        joint = tree.join(rows)
        self.unfit = joint.unfit
        rows = tree.shares(joint.rows).join(errors, on=list(KEYS), how="left")
        rows = rows.with_columns(
            *self._adjusted(),
            nw.col("__error").fill_null(value=False).alias("error"),
            self._share_known().alias("known"),
        )
        return self._totals(rows)

    def _gaps(self, rows: Frame) -> frozenset[str]:
        """Indicators of which some score is missing."""
        counts = [nw.col(f"{item.id}.score").null_count().alias(item.id) for item in self.indicators]
        found = self.engine.collect(rows.select(*counts)).row(0, named=True)
        return frozenset(name for name, count in found.items() if count)

    def _adjusted(self) -> list[nw.Expr]:
        columns: list[nw.Expr] = []
        for item in self.method.adjustments:
            low, high = (item.limits.low, item.limits.high) if item.limits else (None, None)
            columns.append(clipped(nw.col(f"{item.id}.value"), low, high).alias(f"{item.id}.points"))
        return columns

    def _share_known(self) -> nw.Expr:
        """The share of the indicators' written weight that has a value, reported or imputed (part 5, `needs`).

        As the JRC does in its chain of steps: gaps are filled first, then units with too few values are screened out.
        Filling is what gives a value (mean, median, last); `zero` and `lowest` only score a gap.
        """
        known: nw.Expr = nw.lit(0.0)
        whole: nw.Expr = nw.lit(0.0)
        for item in self.indicators:
            weight = nw.when(nw.col(f"{item.id}.counts")).then(nw.col(f"{item.id}.weight")).otherwise(nw.lit(0.0))
            known = known + nw.when(~nw.col(f"{item.id}.filled").is_null()).then(weight).otherwise(nw.lit(0.0))
            whole = whole + weight
        return nw.when(whole > 0).then(known / whole)

    def _totals(self, rows: Frame) -> Frame:
        """The total: joined score plus adjustments, then vetoes."""
        total: nw.Expr = nw.col("total.joined")
        for item in self.method.adjustments:
            total = total + nw.col(f"{item.id}.points").fill_null(0.0)
        struck = {veto.id: nw.col(f"{veto.id}.struck").fill_null(value=False) for veto in self.method.vetoes}
        for veto in self.method.vetoes:
            if veto.effect.score is not None:
                total = nw.when(struck[veto.id] & ~total.is_null()).then(nw.lit(veto.effect.score)).otherwise(total)
        barred = [struck[veto.id] for veto in self.method.vetoes if veto.effect.ranked is False]
        needs = self.method.header.needs
        allowed = ~nw.col("error") & ~nw.col("category").is_null()
        if needs is not None:
            allowed = allowed & (nw.col("known") >= needs - 1e-9)
        rows = rows.with_columns(
            snapped(total).alias("total.exact"),
            _or(struck.values()).alias("vetoed"),
            (allowed & ~_or(barred)).fill_null(value=False).alias("allowed"),
        )
        return rows.with_columns(published(nw.col("total.exact"), self.method.header.rounding).alias("total.published"))

    def ranked(self, rows: Frame) -> Frame:
        """Ranks over all and within the category, and grades with the vetoes' limits."""
        rules = self.method.header.ranks
        score_column = nw.col("total.published") if rules.on == "published" else nw.col("total.exact").round(9)
        rows = rows.with_columns(nw.when(nw.col("allowed")).then(score_column).alias("key"))
        order = [self._order_column(name) for name in rules.order]
        rows = ranked(rows, rules, order, key="key", column="rank", within=["period"])
        rows = ranked(rows, rules, order, key="key", column="rank_in_category", within=["period", "category"])
        place = "rank_in_category.place" if self.method.grading.within == "category" else "rank.place"
        rows = graded(
            rows, self.method.grades, self.method.grading, score="total.published", place=place, column="grade.number"
        )
        return self._grades(rows)

    def _order_column(self, name: str) -> str:
        sign, plain = ("-", name[1:]) if name.startswith("-") else ("", name)
        return sign + (plain if plain in self.method.variables else f"{plain}.score")

    def _grades(self, rows: Frame) -> Frame:
        names = [grade.name for grade in self.method.grades]
        index: nw.Expr = nw.col("grade.number")
        for veto in self.method.vetoes:
            if veto.effect.grade_at_most is not None:
                limit = names.index(veto.effect.grade_at_most)
                struck = nw.col(f"{veto.id}.struck").fill_null(value=False)
                index = nw.when(struck & (index < limit)).then(nw.lit(limit)).otherwise(index)
        grade: nw.Expr = nw.lit(None, nw.String())
        for position, name in enumerate(names):
            grade = nw.when(index == position).then(nw.lit(name)).otherwise(grade)
        for veto in self.method.vetoes:
            if veto.effect.grade is not None:
                struck = nw.col(f"{veto.id}.struck").fill_null(value=False)
                grade = nw.when(struck).then(nw.lit(veto.effect.grade)).otherwise(grade)
        return rows.with_columns(grade.alias("grade"))


def _or(flags: Iterable[nw.Expr]) -> nw.Expr:
    return reduce(lambda a, b: a | b, flags, nw.lit(value=False))


def error_rows(engine: Polars, pairs: Iterable[tuple[str, str]]) -> Frame:
    """Units and periods with an error, for `Stages.joined`."""
    distinct = sorted(set(pairs))
    table: dict[str, Sequence[object]] = {
        "unit": [unit for unit, _ in distinct],
        "period": [period for _, period in distinct],
        "__error": [True] * len(distinct),
    }
    return engine.table(table, {"unit": pl.String, "period": pl.String, "__error": pl.Boolean})
