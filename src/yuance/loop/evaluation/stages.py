"""The stages of an evaluation, in order: value, missing, treatment, score, join, adjustment, veto, rank, grade.

Each takes the table of units and periods and gives it back with more columns; nothing loops over units. Column names:
`<indicator>.value`, `.filled`, `.treated`, `.score`, `<node>.weight`, `.counts`, `.held`, `.share`, `<dimension>.score`,
`<adjustment>.points`, `<veto>.struck`, `<check>.holds`, `total.joined`, `total.exact`, `total.published`. Each batch of
columns is written down once for a method (`Run.add`) and serves every evaluation after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

import narwhals as nw
import polars as pl

from yuance.facts.period import PARTS, Period
from yuance.loop.evaluation.anchors import Anchored, Wanted, settle
from yuance.loop.evaluation.distribution import Statistic, attach, describe
from yuance.loop.evaluation.engine import Frame
from yuance.loop.evaluation.formula import Kind, clipped, condition, finite, number, raw_number
from yuance.loop.evaluation.join import Tree, weights
from yuance.loop.evaluation.lowering import HERE, Lowering, Shift
from yuance.loop.evaluation.rank import graded, published, ranked, snapped
from yuance.loop.evaluation.run import Run
from yuance.loop.evaluation.score import score, wanted
from yuance.loop.evaluation.treatment import by_moments, moment_bounds, treated
from yuance.loop.evaluation.treatment import wanted as wanted_by_treatment
from yuance.loop.evaluation.value import KEYS, KIND, SILENT, aggregated, attached, attribute_kinds
from yuance.method import Method, schema
from yuance.method.expression import Name, Node, parse


@dataclass
class Stages:
    """One run of a method over facts. `anchors` gathers the small tables of figures that scores refer to."""

    run: Run
    anchors: list[pl.DataFrame] = field(default_factory=list)
    unfit: tuple[str, ...] = ()
    listed: bool = False

    @property
    def method(self) -> Method:
        """The method that is run."""
        return self.run.method

    @property
    def indicators(self) -> Iterable[schema.Indicator]:
        """The indicators, in the order of the method."""
        return self.method.indicators.values()

    def values(self, listed_for: Sequence[Period]) -> Frame:
        """The value of every indicator, adjustment, veto and check for every unit and period."""
        run, formulas = self.run, self.run.formulas
        self.listed = bool(listed_for)
        attributes = attribute_kinds(run.source.units)
        kinds = run.source.all_kinds
        rows = attached(run.source, run.source.rows(run.periods, listed_for), run.periods, formulas.lower_all())
        nodes = {**formulas.values, **formulas.adjustments}
        known = tuple(attributes.items())

        def values() -> list[nw.Expr]:
            columns = [raw_number(node, kinds).alias(f"{item}.value") for item, node in nodes.items()]
            columns += [condition(node, kinds).alias(f"{item}.struck") for item, node in formulas.vetoes.items()]
            return columns + [condition(node, kinds).alias(f"{item}.holds") for item, node in formulas.checks.items()]

        rows = run.add(rows, ("values", known), values)
        reckoned = [item for item, node in nodes.items() if not isinstance(node, Name) or node.id in attributes]
        rows = run.add(
            rows,
            ("finite", *reckoned),
            lambda: [finite(nw.col(f"{item}.value")).alias(f"{item}.value") for item in reckoned],
        )
        planned = formulas.once("weights", lambda: weights(self.method))
        if self.method.categories:
            return run.engine.attach(rows, planned, ["category"])
        return run.add(rows, "weights of all", lambda: _constants(planned.drop("category")))

    def filled(self, rows: Frame) -> Frame:
        """Gaps imputed where the method says so, before treatment (part 5)."""
        rules = {item.id: self.method.missing(item) for item in self.indicators}
        sets = {item.id: rules[item.id].among or self.method.among(item) for item in self.indicators}
        taken = {
            name: Statistic(sets[name], f"{name}.value", rule.by)
            for name, rule in rules.items()
            if rule.by in ("mean", "median")
        }
        if taken:
            rows = self.run.engine.keep(rows)
            rows = attach(self.run, rows, describe(self.run, rows, taken.values()))
        if self.run.formulas.takes_last:
            rows = rows.join(self._ordinals(), on="period")

        def filled() -> list[nw.Expr]:
            columns: list[nw.Expr] = []
            for name, rule in rules.items():
                value = nw.col(f"{name}.value")
                if name in taken:
                    value = nw.coalesce(value, nw.col(taken[name].name))
                elif rule.by == "last":
                    value = nw.coalesce(value, self._last(value))
                columns.append(value.alias(f"{name}.filled"))
            return columns

        return self.run.add(rows, ("filled", self.listed), filled).drop("__ordinal", strict=False)

    def _last(self, value: nw.Expr) -> nw.Expr:
        """The latest value up to now, of periods in which the unit reported: which of the others are asked for is chance."""
        told = nw.when(~nw.col(SILENT)).then(value) if self.listed else value
        return told.fill_null(strategy="forward").over("unit", KIND, order_by="__ordinal")

    def _ordinals(self) -> Frame:
        most = max(PARTS.values())
        ordinals = [period.year * most + period.number for period in self.run.periods]
        return self.run.engine.table({"period": [str(period) for period in self.run.periods], "__ordinal": ordinals})

    def treated(self, rows: Frame) -> Frame:
        """Outliers treated within the comparison set (part 3)."""
        run = self.run
        sources = {item.id: Anchored(f"{item.id}.filled", self.method.among(item)) for item in self.indicators}
        needs = {item.id: wanted_by_treatment(item.treat, sources[item.id]) for item in self.indicators}
        rows = self._settled(rows, "treatment", [need for need in needs.values() if need is not None])
        moments = {
            sources[item.id].column: (item.treat, sources[item.id].among)
            for item in self.indicators
            if isinstance(item.treat, schema.Winsorise) and by_moments(item.treat)
        }
        if moments:
            rows, bounds = moment_bounds(run, rows, moments)
            self.anchors += bounds.values()
        rows = run.add(
            rows,
            "treated",
            lambda: [
                treated(item.treat, sources[item.id], needs[item.id]).alias(f"{item.id}.treated")
                for item in self.indicators
            ],
        )
        logged = [item.id for item in self.indicators if item.treat is not None]
        return run.add(
            rows,
            "treated, finite",
            lambda: [finite(nw.col(f"{name}.treated")).alias(f"{name}.treated") for name in logged],
        )

    def _settled(self, rows: Frame, stage: str, needs: Sequence[Wanted]) -> Frame:
        """`rows` with the figures of the comparison sets that rules refer to, and with what the rules make of them."""
        statistics = self.run.formulas.once(
            ("statistics", stage), lambda: sorted({one for need in needs for one in need.statistics()})
        )
        if not statistics:
            return rows
        rows = self.run.engine.keep(rows)
        tables = settle(self.run, describe(self.run, rows, statistics), needs)
        self.anchors += tables.values()
        return attach(self.run, rows, tables)

    def scored(self, rows: Frame) -> Frame:
        """Scores of the treated values in their comparison set (part 4), and what a gap scores (part 5)."""
        run = self.run
        sources = {item.id: Anchored(f"{item.id}.treated", self.method.among(item)) for item in self.indicators}
        needs = run.formulas.once(
            "needs", lambda: {item.id: wanted(item, sources[item.id]) for item in self.indicators}
        )
        rows = self._settled(rows, "score", list(needs.values()))
        by_rule = [item for item in self.indicators if not isinstance(item.score, schema.Formula)]
        shape = tuple(tuple(run.keys(among)) for among in ("all", "category", "panel"))
        scores = run.formulas.once(
            ("scores", shape), lambda: {item.id: score(item, needs[item.id], run) for item in by_rule}
        )
        rows = run.add(
            rows, ("scores", "free", shape), lambda: [one.expr.alias(f"{name}.score") for name, one in scores.items()]
        )

        def held() -> list[nw.Expr]:
            found: list[nw.Expr] = []
            for item in by_rule:
                column, one = nw.col(f"{item.id}.score"), scores[item.id]
                if not one.bounded:
                    bounded = clipped(column, one.low, one.high)
                    found.append(nw.when(column.is_finite()).then(bounded).alias(f"{item.id}.score"))
            return found

        rows = run.add(rows, ("scores", "held"), held)
        for item in self.indicators:
            if isinstance(item.score, schema.Formula):
                rows = self._by_formula(rows, item, sources[item.id])
        return self._gap_scores(rows)

    def _gap_scores(self, rows: Frame) -> Frame:
        rules = {item.id: self.method.missing(item).by for item in self.indicators}
        lowest = {
            item.id: Statistic(self.method.among(item), f"{item.id}.score", "lowest")
            for item in self.indicators
            if rules[item.id] == "lowest"
        }
        if lowest:
            rows = self.run.engine.keep(rows)
            rows = attach(self.run, rows, describe(self.run, rows, lowest.values()))

        def gaps() -> list[nw.Expr]:
            columns: list[nw.Expr] = []
            for name, by in rules.items():
                if by in ("zero", "lowest"):
                    given, own = nw.lit(0.0) if by == "zero" else nw.col(lowest[name].name), nw.col(f"{name}.score")
                    gap = nw.col(f"{name}.value").is_null() & own.is_null()
                    columns.append(nw.when(gap).then(given).otherwise(own).alias(f"{name}.score"))
            return columns

        return self.run.add(rows, "gaps", gaps)

    def _by_formula(self, rows: Frame, item: schema.Indicator, anchored: Anchored) -> Frame:
        """A score by formula: x and facts may be looked at in other periods and over all units."""
        assert isinstance(item.score, schema.Formula)
        run, periods = self.run, self.run.periods
        x, kinds = anchored.column, run.source.all_kinds
        figures = run.formulas.anchors([item.score.is_])
        names = {name: Statistic(anchored.among, x, name).name for name in figures}
        names |= {"x": x, "weight": f"{item.id}.weight"}
        lowering = Lowering(frozenset({x, *run.formulas.kinds}), names, label=f"{item.id}.over", together=True)
        node = lowering.lower(parse(item.score.is_))
        for shift, leaves in sorted(lowering.leaves.items()):
            facts = sorted(leaves - {x})
            if shift != HERE and facts:
                rows = rows.join(run.source.shifted(facts, shift, periods), on=list(KEYS), how="left")
            if shift != HERE and x in leaves:
                before = rows.select(*KEYS, nw.col(x).alias(x + shift.suffix))
                rows = rows.join(self._later(before, shift), on=list(KEYS), how="left")
        for aggregate in lowering.aggregates.values():
            keys = ["period", "category"] if aggregate.within == "category" else ["period"]
            table = aggregated(rows, [aggregate], kinds)
            if aggregate.shift != HERE:
                table = self._later(table, aggregate.shift)
            rows = rows.join(run.engine.keep(table), on=keys, how="left")
        return run.add(
            rows, ("formula", item.id, tuple(kinds.items())), lambda: self._formula_score(item, x, node, kinds)
        )

    def _formula_score(self, item: schema.Indicator, x: str, node: Node, kinds: Mapping[str, Kind]) -> list[nw.Expr]:
        return [nw.when(~nw.col(x).is_null()).then(number(node, kinds)).alias(f"{item.id}.score")]

    def _later(self, table: Frame, shift: Shift) -> Frame:
        """A table of earlier periods under the labels of the periods that look back to them."""
        periods = self.run.periods
        pairs = {str(before): str(period) for period in periods if (before := shift.before(period)) is not None}
        labels = self.run.engine.table(
            {"period": list(pairs), "__later": list(pairs.values())}, {"period": pl.String, "__later": pl.String}
        )
        return table.join(labels, on="period").drop("period").rename({"__later": "period"})

    def joined(self, rows: Frame, errors: pl.DataFrame) -> Frame:
        """Scores joined up the tree, totals with adjustments and vetoes, and who may be ranked (part 6)."""
        run = self.run
        gaps = self._gaps(rows)
        tree = run.formulas.once(("tree", gaps), lambda: Tree(self.method, gaps))
        rows = tree.join(rows, run.engine)
        self.unfit = tuple(tree.unfit)
        if errors.height:
            rows = run.engine.attach(rows, errors, list(KEYS))
            rows = run.add(rows, "errors", lambda: [nw.col("__error").fill_null(value=False).alias("error")])
        else:
            rows = run.add(rows, "no errors", lambda: [nw.lit(value=False).alias("error")])
        rows = run.add(rows, "points", self._points)
        rows = run.add(rows, "totals", self._totals)
        column = nw.col("total.exact")
        return run.add(
            rows, "published", lambda: [published(column, self.method.header.rounding).alias("total.published")]
        )

    def _gaps(self, rows: Frame) -> frozenset[str]:
        """Indicators of which some score is missing."""
        names = [item.id for item in self.indicators]
        batch = self.run.formulas.batch(
            "gap counts", lambda: [nw.col(f"{name}.score").null_count().alias(name) for name in names]
        )
        counts = self.run.engine.figures(rows, [], batch).row(0)
        return frozenset(name for name, count in zip(names, counts, strict=True) if count)

    def _points(self) -> list[nw.Expr]:
        """Points of the adjustments within their limits; who has an error; the part of the weight that has values."""
        columns: list[nw.Expr] = []
        for item in self.method.adjustments:
            low, high = (item.limits.low, item.limits.high) if item.limits else (None, None)
            columns.append(clipped(nw.col(f"{item.id}.value"), low, high).alias(f"{item.id}.points"))
        failed = [~nw.col(f"{check.id}.holds") for check in self.method.checks if check.severity == "error"]
        if failed:
            columns.append((nw.col("error") | _or(flag.fill_null(value=False) for flag in failed)).alias("error"))
        if self.method.header.needs is not None:
            columns.append(self._share_known().alias("known"))
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

    def _totals(self) -> list[nw.Expr]:
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
        if barred:
            allowed = allowed & ~_or(barred)
        return [
            snapped(total).alias("total.exact"),
            _or(struck.values()).alias("vetoed"),
            allowed.fill_null(value=False).alias("allowed"),
        ]

    def ranked(self, rows: Frame) -> Frame:
        """Ranks over all and within the category, and grades with the vetoes' limits."""
        run, rules = self.run, self.method.header.ranks
        score_column = nw.col("total.published") if rules.on == "published" else nw.col("total.exact").round(9)
        rows = run.add(rows, "key", lambda: [nw.when(nw.col("allowed")).then(score_column).alias("key")])
        nodes = {name.removeprefix("-") for name in rules.order} - set(self.method.variables)
        rows = run.add(
            rows,
            "breakers",
            lambda: [nw.col(f"{node}.score").round(9).alias(f"{node}.breaker") for node in sorted(nodes)],
        )
        order = [f"{name}.breaker" if name.removeprefix("-") in nodes else name for name in rules.order]
        rows = ranked(run, rows, rules, order, column="rank", among="all")
        if self.method.categories:
            rows = ranked(run, rows, rules, order, column="rank_in_category", among="category")
        else:
            same = ("rank", "rank.place")
            rows = run.add(
                rows, "alone", lambda: [nw.col(name).alias(name.replace("rank", "rank_in_category")) for name in same]
            )
        grading = self.method.grading
        rows = graded(run, rows, self.method.grades, grading, score="total.published", column="grade.number")
        return run.add(rows, "grades", self._grades)

    def _grades(self) -> list[nw.Expr]:
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
        return [grade.alias("grade")]


def _constants(table: pl.DataFrame) -> list[nw.Expr]:
    """The columns of a table of one row, as constants."""
    types = {name: nw.Boolean() if dtype == pl.Boolean else nw.Float64() for name, dtype in table.schema.items()}
    return [nw.lit(value, types[name]).alias(name) for name, value in table.row(0, named=True).items()]


def _or(flags: Iterable[nw.Expr]) -> nw.Expr:
    return reduce(lambda a, b: a | b, flags, nw.lit(value=False))


def error_rows(pairs: Iterable[tuple[str, str]]) -> pl.DataFrame:
    """Units and periods with an error, for `Stages.joined`."""
    distinct = sorted(set(pairs))
    columns = {
        "unit": [unit for unit, _ in distinct],
        "period": [period for _, period in distinct],
        "__error": [True] * len(distinct),
    }
    return pl.DataFrame(columns, schema={"unit": pl.String, "period": pl.String, "__error": pl.Boolean})
