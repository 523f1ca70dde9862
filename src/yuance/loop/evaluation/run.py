"""One run of a method over facts: the engine, the periods, and what tells one comparison set from another in them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

import narwhals as nw

from yuance.facts.period import Period
from yuance.loop.evaluation.engine import Frame, Polars
from yuance.loop.evaluation.formulas import Formulas
from yuance.loop.evaluation.value import KIND, Source
from yuance.method import Method

SETS: dict[str, tuple[str, ...]] = {"all": ("period",), "category": ("period", "category"), "panel": (KIND,)}


@dataclass(frozen=True)
class Run:
    """What every stage of one evaluation knows. `periods` are all that are computed, in order of time."""

    engine: Polars
    formulas: Formulas
    source: Source
    periods: Sequence[Period]

    @property
    def method(self) -> Method:
        """The method that is run."""
        return self.formulas.method

    def keys(self, among: str) -> list[str]:
        """The columns that part the rows into comparison sets; one that has the same value everywhere parts nothing."""
        single = set[str]()
        if len(self.periods) == 1:
            single.add("period")
        if len({period.kind for period in self.periods}) == 1:
            single.add(KIND)
        if not self.method.categories:
            single.add("category")
        return [key for key in SETS[among] if key not in single]

    def add(self, rows: Frame, key: Hashable, build: Callable[[], Iterable[nw.Expr]]) -> Frame:
        """`rows` with the columns that `build` writes down; they are written down once for a key."""
        return self.engine.add(rows, self.formulas.batch(key, build))
