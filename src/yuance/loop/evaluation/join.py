"""Joining scores up the tree (method language, part 6; OECD/JRC Handbook, step 6).

Weights of siblings are rescaled to sum to one over the children that are present. A child that may not be missing
makes its parent missing: the unit is then *refused*, not scored low.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

import narwhals as nw

from yuance.loop.evaluation.distribution import SETS
from yuance.loop.evaluation.engine import Polars
from yuance.loop.evaluation.value import KEYS, Frame
from yuance.method import TOTAL, Method
from yuance.method.schema import Join

SAME = 1e-9


@dataclass(frozen=True)
class Joint:
    """The tree joined: the table, and which dimensions met scores that their mean cannot take (column `<node>.unfit`)."""

    rows: Frame
    unfit: tuple[str, ...]


@dataclass
class Tree:
    """Joins the children of every dimension, and the dimensions in the total, for one method.

    `gaps` are the indicators whose score may be missing in these rows; without gaps the formulas are shorter.
    """

    method: Method
    engine: Polars
    gaps: frozenset[str]
    loose: set[str] = field(default_factory=set)
    unfit: list[str] = field(default_factory=list)

    def weights(self) -> Frame:
        """A row per category: `<node>.weight` as written, its part of its parent (`.held`), whether it counts (`.counts`).

        A node under a dimension of weight 0 does not count, whatever its own weight.
        """
        nodes = [node for _, node in self.method.tree()]
        columns: dict[str, list[Any]] = {"category": list(self.method.category_ids)}
        columns.update(
            {
                f"{node}.weight": [self.method.weight(node, category) for category in self.method.category_ids]
                for node in nodes
            }
        )
        columns.update(
            {
                f"{node}.counts": [self.method.share(node, category) > 0 for category in self.method.category_ids]
                for node in nodes
            }
        )
        columns.update(
            {f"{node}.held": [self._part(node, category) for category in self.method.category_ids] for node in nodes}
        )
        return self.engine.table(columns)

    def _part(self, node: str, category: str) -> float | None:
        """A node's part of its parent where no sibling is missing; None where no sibling weighs anything."""
        siblings = [child for child in self.method.children(self.method.parent(node)) if self._counts(child)]
        whole = sum(self.method.weight(child, category) for child in siblings)
        return self.method.weight(node, category) / whole if whole and node in siblings else None

    def join(self, rows: Frame) -> Joint:
        """Columns `<dimension>.score`, `<node>.held` (part of its parent) and `total.joined`, bottom up."""
        self.loose = set(self.gaps)
        for node in (*self.method.bottom_up(), TOTAL):
            children = [child for child in self.method.children(node) if self._counts(child)]
            rows = self._join_node(rows, node, children)
        return Joint(rows, tuple(self.unfit))

    def shares(self, rows: Frame) -> Frame:
        """Column `<node>.share` for every node: its effective part of the total, top down."""
        told = {TOTAL}
        for parent in (TOTAL, *reversed(list(self.method.bottom_up()))):
            children = [child for child in self.method.children(parent) if self._counts(child)]
            if not children or parent not in told:
                continue
            told.update(children)
            above = nw.lit(1.0) if parent == TOTAL else nw.col(f"{parent}.share")
            rows = rows.with_columns(*((nw.col(f"{child}.held") * above).alias(f"{child}.share") for child in children))
        return rows

    def _counts(self, node: str) -> bool:
        """Whether a node weighs anything in some category, and has indicators below it that do."""
        return any(self.method.weight(node, category) for category in self.method.category_ids) and (
            node in self.method.indicators or any(self._counts(child) for child in self.method.children(node))
        )

    def _join_node(self, rows: Frame, node: str, children: list[str]) -> Frame:
        rule = self.method.header.by if node == TOTAL else self.method.dimensions[node].by
        column = "total.joined" if node == TOTAL else f"{node}.score"
        if not children:
            return rows.with_columns(
                nw.lit(None, nw.Float64()).alias(column), nw.lit(value=False).alias(f"{node}.refused")
            )
        if rule.by == "arithmetic" and not self.loose.intersection(children):
            self.loose |= {node} if self._may_be_missing(children, rule) else set()
            return rows.with_columns(_arithmetic(children).alias(column), nw.lit(value=False).alias(f"{node}.refused"))
        rows = self._parts(rows, node, children)
        if rule.by == "copeland":
            joined = rows = self._copeland(rows, node, children, column)
        else:
            value, unfit = _mean(rule, children)
            flag = f"{node}.unfit"
            rows = rows.with_columns(unfit.alias(flag)) if unfit is not None else rows
            refusal = nw.col(f"{node}.refused") | nw.col(flag) if unfit is not None else nw.col(f"{node}.refused")
            joined = rows.with_columns(refusal.alias(f"{node}.refused"))
            joined = joined.with_columns(nw.when(~nw.col(f"{node}.refused")).then(value).alias(column))
            self.unfit += [node] if unfit is not None else []
        if self._may_be_missing(children, rule):
            self.loose.add(node)
        return joined

    def _parts(self, rows: Frame, node: str, children: list[str]) -> Frame:
        """Weights rescaled to sum to one over the children that are present (`.held`), and who is refused."""
        whole = f"{node}.whole"
        rows = rows.with_columns(
            *(self._held(child).alias(f"{child}.held") for child in children),
            self._refused(children).alias(f"{node}.refused"),
        )
        rows = rows.with_columns(
            reduce(lambda a, b: a + b, (nw.col(f"{child}.held") for child in children)).alias(whole)
        )
        parts = (
            nw.when(nw.col(whole) > 0).then(nw.col(f"{child}.held") / nw.col(whole)).alias(f"{child}.held")
            for child in children
        )
        return rows.with_columns(*parts).drop(whole)

    def _held(self, child: str) -> nw.Expr:
        """The child's weight where it is present, else nothing."""
        weight = nw.col(f"{child}.weight")
        if child not in self.loose:
            return weight
        return nw.when(~nw.col(f"{child}.score").is_null()).then(weight).otherwise(nw.lit(0.0))

    def _refused(self, children: Iterable[str]) -> nw.Expr:
        """Whether a child is missing that may not be left out."""
        flags: list[nw.Expr] = []
        for child in children:
            if child not in self.loose:
                continue
            counts = nw.col(f"{child}.weight") > 0
            if child in self.method.dimensions:
                flags.append(counts & nw.col(f"{child}.refused"))
            elif self.method.missing(self.method.indicators[child]).by != "drop":
                flags.append(counts & nw.col(f"{child}.score").is_null())
        return reduce(lambda a, b: a | b, flags, nw.lit(value=False))

    def _may_be_missing(self, children: list[str], rule: Join) -> bool:
        weightless = any(
            not any(self.method.weight(child, category) for child in children) for category in self.method.category_ids
        )
        return (
            weightless or rule.by not in ("arithmetic", "minimum", "median") or bool(self.loose.intersection(children))
        )

    def _copeland(self, rows: Frame, node: str, children: list[str], column: str) -> Frame:
        """Every unit against every other of the comparison set: +1, 0 or −1 by the weight of the children it leads in."""
        among = list(SETS[self.method.header.among])
        own = [f"{child}.score" for child in children]
        weights = [f"{child}.weight" for child in children]
        keys = list(dict.fromkeys([*KEYS, *among]))
        left = rows.select(*keys, *own, *weights)
        right = rows.select(
            *among,
            *(nw.col(key).alias(f"{key}.other") for key in KEYS),
            *(nw.col(name).alias(f"{name}.other") for name in own),
        )
        pairs = left.join(right, on=among).filter(
            (nw.col("unit") != nw.col("unit.other")) | (nw.col("period") != nw.col("period.other"))
        )
        won, both = nw.lit(0.0), nw.lit(0.0)
        for child in children:
            difference = nw.col(f"{child}.score") - nw.col(f"{child}.score.other")
            present = ~difference.is_null()
            weight = nw.when(present).then(nw.col(f"{child}.weight")).otherwise(nw.lit(0.0))
            lead = (
                nw.when(difference > SAME)
                .then(nw.lit(1.0))
                .otherwise(nw.when(difference < -SAME).then(nw.lit(0.0)).otherwise(nw.lit(0.5)))
            )
            won, both = won + weight * lead, both + weight
        half = both / 2
        verdict = (
            nw.when(won > half + SAME)
            .then(nw.lit(1.0))
            .otherwise(nw.when(won < half - SAME).then(nw.lit(-1.0)).otherwise(nw.lit(0.0)))
        )
        sums = (
            pairs.select(*KEYS, verdict.alias("__verdict"))
            .group_by(*KEYS)
            .agg(nw.col("__verdict").sum().alias("__sum"))
        )
        rows = rows.join(self.engine.keep(sums), on=list(KEYS), how="left")
        some = reduce(
            lambda a, b: a | b,
            ((nw.col(f"{child}.held") > 0) & ~nw.col(f"{child}.score").is_null() for child in children),
        )
        value = nw.when(some & ~nw.col(f"{node}.refused")).then(nw.col("__sum").fill_null(0.0))
        return rows.with_columns(value.alias(column)).drop("__sum")


def _mean(rule: Join, children: list[str]) -> tuple[nw.Expr, nw.Expr | None]:
    """The mean of the children by their parts, and where they have scores that the mean cannot take."""
    if rule.by in ("minimum", "median"):
        return (_minimum(children) if rule.by == "minimum" else _median(children)), None
    power = {"arithmetic": 1.0, "harmonic": -1.0, "geometric": 0.0}.get(rule.by or "", rule.power)
    assert power is not None
    if power == 1.0:
        return _arithmetic([], children), None
    outside = _any(children, (lambda score: score < 0) if power > 0 else (lambda score: score <= 0))
    if power == 0.0:
        return _weighted(children, lambda score: score.log()).exp(), outside
    return _weighted(children, lambda score: score**power) ** (1 / power), outside


def _arithmetic(whole: list[str], loose: Iterable[str] = ()) -> nw.Expr:
    """Σ held · score; what is missing among `loose` holds nothing, and where nobody holds anything there is no mean."""
    parts = [nw.col(f"{child}.held") * nw.col(f"{child}.score") for child in whole]
    parts += [nw.col(f"{child}.held") * nw.col(f"{child}.score").fill_null(0.0) for child in loose]
    return reduce(lambda a, b: a + b, parts)


def _present(child: str) -> nw.Expr:
    return (nw.col(f"{child}.held") > 0) & ~nw.col(f"{child}.score").is_null()


def _weighted(children: list[str], transform: Callable[[nw.Expr], nw.Expr]) -> nw.Expr:
    """Σ held · transform(score); missing where no child is held."""
    parts = [
        nw.when(_present(child))
        .then(nw.col(f"{child}.held") * transform(nw.col(f"{child}.score")))
        .otherwise(nw.lit(0.0))
        for child in children
    ]
    some = reduce(lambda a, b: a | b, (_present(child) for child in children))
    return nw.when(some).then(reduce(lambda a, b: a + b, parts))


def _any(children: list[str], test: Callable[[nw.Expr], nw.Expr]) -> nw.Expr:
    flags = (
        nw.when(_present(child)).then(test(nw.col(f"{child}.score"))).otherwise(nw.lit(value=False))
        for child in children
    )
    return reduce(lambda a, b: a | b, flags)


def _scores(children: list[str]) -> list[nw.Expr]:
    return [nw.when(_present(child)).then(nw.col(f"{child}.score")) for child in children]


def _minimum(children: list[str]) -> nw.Expr:
    scores = _scores(children)
    return scores[0] if len(scores) == 1 else nw.min_horizontal(*scores)


def _median(children: list[str]) -> nw.Expr:
    """The weighted median: the middle of the lowest score with half of the weight up to it and the highest with half from it."""
    lower: list[nw.Expr] = []
    upper: list[nw.Expr] = []
    scores = _scores(children)
    for score in scores:
        below, up_to = nw.lit(0.0), nw.lit(0.0)
        for child, other in zip(children, scores, strict=True):
            held = nw.col(f"{child}.held").fill_null(0.0)
            below = below + nw.when(other < score).then(held).otherwise(nw.lit(0.0))
            up_to = up_to + nw.when(other <= score).then(held).otherwise(nw.lit(0.0))
        lower.append(nw.when(up_to >= 0.5 - SAME).then(score))
        upper.append(nw.when(below <= 0.5 + SAME).then(score))
    if len(scores) == 1:
        return scores[0]
    return (nw.min_horizontal(*lower) + nw.max_horizontal(*upper)) / 2
