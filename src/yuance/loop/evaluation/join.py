"""Joining scores up the tree (method language, part 6; OECD/JRC Handbook, step 6).

Weights of siblings are rescaled to sum to one over the children that are present. A child that may not be missing
makes its parent missing: the unit is then *refused*, not scored low.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, reduce
from typing import Any

import narwhals as nw
import polars as pl

from yuance.loop.evaluation.engine import Columns, Frame, Polars
from yuance.loop.evaluation.run import SETS
from yuance.loop.evaluation.value import KEYS
from yuance.method import TOTAL, Method
from yuance.method.schema import Join

SAME = 1e-9


@dataclass(frozen=True)
class Pairwise:
    """A node whose children join by comparing every unit with every other."""

    node: str
    children: tuple[str, ...]
    some: nw.Expr
    column: str


@dataclass(frozen=True)
class Tree:
    """Joins the children of every dimension, and the dimensions in the total, for one method.

    `gaps` are the indicators whose score may be missing in the rows; without gaps the formulas are shorter, and the
    parts of the children are those that the weights plan. Made once for a method and its gaps.
    """

    method: Method
    gaps: frozenset[str]
    loose: set[str] = field(default_factory=set)
    unfit: list[str] = field(default_factory=list)

    @cached_property
    def steps(self) -> list[Columns | Pairwise]:
        """What is computed, bottom up: columns `<dimension>.score`, `<node>.held` (its part of its parent), `.share` (of
        the total), `<node>.refused` where a node can be, and `total.joined`; level by level.
        """
        self.loose.update(self.gaps)
        levels: dict[int, list[str]] = {}
        for node in (*self.method.bottom_up(), TOTAL):
            levels.setdefault(self._height(node), []).append(node)
        found: list[Columns | Pairwise] = []
        changed: set[str] = set()
        for level in sorted(levels):
            found += self._level(levels[level], changed)
        return [*found, *self._shares(changed)]

    def _height(self, node: str) -> int:
        below = [self._height(child) for child in self.method.children(node) if child in self.method.dimensions]
        return 1 + max(below, default=0)

    def _children(self, node: str) -> list[str]:
        """The children that weigh something in some category, and have indicators below them that do."""
        return [child for child in self.method.children(node) if _counts(self.method, child)]

    def _level(self, nodes: list[str], changed: set[str]) -> Iterator[Columns | Pairwise]:
        """Nodes of one height: the parts of their children, then who is refused, then the scores."""
        parts: list[nw.Expr] = []
        flags: list[nw.Expr] = []
        scores: list[nw.Expr] = []
        pairs: list[Pairwise] = []
        for node in nodes:
            children = self._children(node)
            loose = [child for child in children if child in self.loose]
            if loose:
                parts += self._held(children)
                parts.append(self._refused(loose).alias(f"{node}.refused"))
                changed.add(node)
            refusals, found = self._score(node, children, refused=bool(loose))
            flags += refusals
            if isinstance(found, Pairwise):
                pairs.append(found)
            else:
                scores.append(found)
        yield from (Columns(tuple(batch)) for batch in (parts, flags, scores) if batch)
        yield from pairs

    def _score(self, node: str, children: list[str], *, refused: bool) -> tuple[list[nw.Expr], nw.Expr | Pairwise]:
        """What to know before, and the score of a node from its children."""
        rule = self.method.header.by if node == TOTAL else self.method.dimensions[node].by
        column = "total.joined" if node == TOTAL else f"{node}.score"
        if not children:
            self.loose.add(node)
            nobody = [] if refused else [nw.lit(value=False).alias(f"{node}.refused")]
            return nobody, nw.lit(None, nw.Float64()).alias(column)
        weightless = any(
            not any(self.method.weight(child, category) for child in children) for category in self.method.category_ids
        )
        if weightless or refused or rule.by not in ("arithmetic", "minimum", "median"):
            self.loose.add(node)
        before: list[nw.Expr] = []
        if not refused and node in self.loose:
            before.append(nw.lit(value=False).alias(f"{node}.refused"))
        if rule.by == "copeland":
            some = reduce(lambda a, b: a | b, (_present(child) for child in children))
            return before, Pairwise(node, tuple(children), some, column)
        if rule.by == "arithmetic" and not refused:
            planned = (nw.col(f"{child}.held") * nw.col(f"{child}.score") for child in children)
            return before, reduce(lambda a, b: a + b, planned).alias(column)
        value, unfit = _mean(rule, children)
        if unfit is not None:
            self.unfit.append(node)
            whole = unfit | nw.col(f"{node}.refused") if refused else unfit
            before = [unfit.alias(f"{node}.unfit"), whole.alias(f"{node}.refused")]
        if unfit is not None or refused:
            value = nw.when(~nw.col(f"{node}.refused")).then(value)
        return before, value.alias(column)

    def _held(self, children: Iterable[str]) -> list[nw.Expr]:
        """The part of each child in its parent: its weight among those that are present."""
        held: dict[str, nw.Expr] = {}
        for child in children:
            weight = nw.col(f"{child}.weight")
            present = nw.when(~nw.col(f"{child}.score").is_null()).then(weight).otherwise(nw.lit(0.0))
            held[child] = present if child in self.loose else weight
        whole = reduce(lambda a, b: a + b, held.values())
        return [nw.when(whole > 0).then(part / whole).alias(f"{child}.held") for child, part in held.items()]

    def _refused(self, loose: Iterable[str]) -> nw.Expr:
        """Whether a child is missing that may not be left out."""
        flags: list[nw.Expr] = []
        for child in loose:
            counts = nw.col(f"{child}.weight") > 0
            if child in self.method.dimensions:
                flags.append(counts & nw.col(f"{child}.refused"))
            elif self.method.missing(self.method.indicators[child]).by != "drop":
                flags.append(counts & nw.col(f"{child}.score").is_null())
        return reduce(lambda a, b: a | b, flags, nw.lit(value=False))

    def _shares(self, changed: set[str]) -> Iterator[Columns]:
        """Effective parts of the total, top down, of what stands below a node whose children's parts are not as planned."""
        level = [TOTAL]
        moved = set(changed)
        while level:
            batch: list[nw.Expr] = []
            for parent in level:
                if parent not in moved:
                    continue
                above = nw.lit(1.0) if parent == TOTAL else nw.col(f"{parent}.share")
                children = self._children(parent)
                moved.update(children)
                batch += [(nw.col(f"{child}.held") * above).alias(f"{child}.share") for child in children]
            if batch:
                yield Columns(tuple(batch))
            level = [child for parent in level for child in self._children(parent) if child in self.method.dimensions]

    def join(self, rows: Frame, engine: Polars) -> Frame:
        """`rows` with everything that the steps compute."""
        for step in self.steps:
            rows = engine.add(rows, step) if isinstance(step, Columns) else self._compared(rows, engine, step)
        return rows

    def _compared(self, rows: Frame, engine: Polars, step: Pairwise) -> Frame:
        """Every unit against every other of the comparison set: +1, 0 or −1 by the weight of the children it leads in."""
        rows = engine.keep(rows)
        among = list(SETS[self.method.header.among])
        own = [f"{child}.score" for child in step.children]
        weights = [f"{child}.weight" for child in step.children]
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
        sums = (
            pairs.select(*KEYS, _verdict(step.children).alias("__verdict"))
            .group_by(*KEYS)
            .agg(nw.col("__verdict").sum().alias("__sum"))
        )
        rows = rows.join(engine.keep(sums), on=list(KEYS), how="left")
        known = step.some & ~nw.col(f"{step.node}.refused")
        value = nw.when(known).then(nw.col("__sum").fill_null(0.0))
        return rows.with_columns(value.alias(step.column)).drop("__sum")


def weights(method: Method) -> pl.DataFrame:
    """A row per category with, for every node, what is planned where nothing is missing.

    `<node>.weight` as written, `.held` its part of its parent, `.share` its part of the total, and whether it counts: a
    node under a dimension of weight 0 does not, whatever its own weight.
    """
    columns: dict[str, list[Any]] = {"category": list(method.category_ids)}
    for _, node in method.tree():
        parent, counts = method.parent(node), _counts(method, node)
        siblings = [child for child in method.children(parent) if _counts(method, child)]
        beside = [sum(method.weight(child, category) for child in siblings) for category in method.category_ids]
        above = [1.0] * len(beside) if parent == TOTAL else columns[f"{parent}.share"]
        own = [method.weight(node, category) for category in method.category_ids]
        held = [part / whole if counts and whole else None for part, whole in zip(own, beside, strict=True)]
        shares = [(part or 0.0) * share for part, share in zip(held, above, strict=True)]
        columns |= {f"{node}.weight": own, f"{node}.held": held, f"{node}.share": shares}
        columns[f"{node}.counts"] = [share > 0 for share in shares]
    types = {name: pl.Boolean if name.endswith(".counts") else pl.Float64 for name in columns}
    return pl.DataFrame(columns, schema={**types, "category": pl.String})


def _counts(method: Method, node: str) -> bool:
    """Whether a node weighs something in some category, and has indicators below it that do."""
    return any(method.weight(node, category) for category in method.category_ids) and (
        node in method.indicators or any(_counts(method, child) for child in method.children(node))
    )


def _verdict(children: Iterable[str]) -> nw.Expr:
    """Of one pair: who leads in the children that hold more than half of the weight of those that both have."""
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
    slack = both * SAME
    lost = nw.when(won < both / 2 - slack).then(nw.lit(-1.0)).otherwise(nw.lit(0.0))
    return nw.when(won > both / 2 + slack).then(nw.lit(1.0)).otherwise(lost)


def _mean(rule: Join, children: list[str]) -> tuple[nw.Expr, nw.Expr | None]:
    """The mean of the children by their parts, and where they have scores that the mean cannot take."""
    if rule.by in ("minimum", "median"):
        return (_minimum(children) if rule.by == "minimum" else _median(children)), None
    power = {"arithmetic": 1.0, "harmonic": -1.0, "geometric": 0.0}.get(rule.by or "", rule.power)
    assert power is not None
    if power == 1.0:
        return _weighted(children, lambda score: score), None
    outside = _any(children, (lambda score: score < 0) if power > 0 else (lambda score: score <= 0))
    if power == 0.0:
        return _weighted(children, lambda score: score.log()).exp(), outside
    return _weighted(children, lambda score: score**power) ** (1 / power), outside


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
