"""Whether facts can be true (审核): bounds, jumps, slips of the unit of measure, cumulated values that fall.

Nothing here changes a value. Each doubt is a finding that must be explained, with the cell, the value and what it was
compared with. Whole columns are compared at once; only the few cells in doubt are told one by one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

import polars as pl

from yuance.errors import Finding, Severity
from yuance.facts.facts import Facts
from yuance.facts.notebook import MOST, Notebook
from yuance.facts.period import PARTS, Period, parse_period
from yuance.facts.slip import Slip, find_slips, likely_slip
from yuance.facts.variable import WORDS, YES_NO, HasVariables, VariableDescription, listed, title

KEY = ["unit", "period"]


def judge(
    facts: Facts,
    variables: Iterable[VariableDescription] | HasVariables,
    periods: Sequence[str | Period],
    *,
    needs_previous: Collection[str] = (),
) -> list[Finding]:
    """What must be explained or is worth a note about the values of the given periods.

    Args:
        facts: All facts, also those of other periods, with which values are compared.
        variables: The variables, or their method.
        periods: The periods whose values are judged.
        needs_previous: Ids of variables whose growth the method asks for.
    """
    numeric = [one for one in listed(variables) if one.id in facts.table.columns and one.kind not in {*WORDS, YES_NO}]
    bench = _Bench(facts, [str(period) for period in periods], [one.id for one in numeric])
    notebook = Notebook()
    for variable in numeric:
        view = bench.view(variable)
        _bounds(view, bench, notebook)
        slipped = _slips(view, bench, notebook)
        _jumps(view, bench, slipped, notebook)
        if variable.kind == "flow":
            _falls(view, bench, slipped, notebook)
        if variable.id in needs_previous:
            _absent_last_year(view, bench, notebook)
    return list(notebook.findings())


@dataclass(frozen=True)
class _View:
    """A variable's values in the judged periods beside what they are compared with.

    `frame`: unit, period, value, last (last year), others (median of the unit's other periods of the same length, as a
    flow of a whole year), earlier (cumulated before in the same year), earlier_period.
    """

    variable: VariableDescription
    frame: pl.DataFrame

    def where(self, mask: pl.Expr) -> pl.DataFrame:
        """The rows in doubt."""
        return self.frame.filter(mask)


@dataclass
class _Bench:
    """The facts laid out for comparison."""

    facts: Facts
    periods: list[str]
    ids: list[str]
    asked: pl.DataFrame = field(init=False)
    last: pl.DataFrame = field(init=False)
    earlier: list[tuple[pl.DataFrame, pl.Series]] = field(init=False)
    others: pl.DataFrame | None = field(init=False)

    def __post_init__(self) -> None:
        table = self.facts.table
        self.asked = table.filter(pl.col("period").is_in(self.periods)).select(*KEY, *self.ids)
        self.last = self._beside({one: str(found.years_earlier(1)) for one, found in self._known().items()})
        self.earlier = self._earlier()
        self.others = self._others()

    def _known(self) -> dict[str, Period]:
        names = self.asked["period"].unique().to_list()
        return {name: found for name in names if (found := parse_period(name)) is not None}

    def _beside(self, compared: dict[str, str]) -> pl.DataFrame:
        """The facts of the compared periods, row by row beside those asked for."""
        keys = self.asked.select(
            "unit", pl.col("period").replace_strict(compared, default=None, return_dtype=pl.String)
        )
        return keys.join(self.facts.table.select(*KEY, *self.ids), on=KEY, how="left", maintain_order="left")

    def _earlier(self) -> list[tuple[pl.DataFrame, pl.Series]]:
        """The earlier periods of the same year, the nearest first."""
        found = []
        for parts in range(1, 12):
            compared = {one: str(before) for one, at in self._known().items() if (before := at.earlier_in_year(parts))}
            if not compared:
                break
            beside = self._beside(compared)
            found.append((beside, beside["period"]))
        return found

    def _others(self) -> pl.DataFrame | None:
        """Medians over a unit's other periods, where it has any; flows as of a whole year."""
        table = self.facts.table
        if not self.ids or table.height == table["unit"].n_unique():
            return None
        shares = {name: _share_of_year(name) for name in table["period"].unique().to_list()}
        share = pl.col("period").replace_strict(shares, return_dtype=pl.Float64)
        whole = table.select(*KEY, *[(pl.col(name) / share).alias(name) for name in self.ids])
        plain = table.select(*KEY, *[pl.col(name).alias(f"{name}:plain") for name in self.ids])
        pairs = self.asked.select("unit", pl.col("period").alias("own")).join(
            whole.join(plain, on=KEY), on="unit", how="inner"
        )
        pairs = pairs.filter(pl.col("period") != pl.col("own"))
        names = [*self.ids, *(f"{name}:plain" for name in self.ids)]
        medians = pairs.group_by("unit", "own").agg([pl.col(name).median() for name in names])
        return self.asked.select(KEY).join(
            medians, left_on=KEY, right_on=["unit", "own"], how="left", maintain_order="left"
        )

    def view(self, variable: VariableDescription) -> _View:
        """One variable's values beside what they are compared with."""
        name = variable.id
        earlier = [before[name] for before, _ in self.earlier]
        empty = pl.Series([None], dtype=pl.Float64).new_from_index(0, self.asked.height)
        frame = self.asked.select(*KEY, pl.col(name).alias("value")).with_columns(
            last=self.last[name],
            others=self._others_of(variable, empty),
        )
        if variable.kind == "flow" and earlier:
            columns = [before.alias(f"e{number}") for number, before in enumerate(earlier)]
            names = [at.alias(f"p{number}") for number, (_, at) in enumerate(self.earlier)]
            frame = frame.with_columns(columns + names)
            which = pl.coalesce([pl.when(pl.col(f"e{n}").is_not_null()).then(f"p{n}") for n in range(len(earlier))])
            frame = frame.with_columns(
                earlier=pl.coalesce([f"e{n}" for n in range(len(earlier))]), earlier_period=which
            )
        else:
            frame = frame.with_columns(earlier=empty, earlier_period=pl.lit(None, dtype=pl.String))
        return _View(variable, frame.select(*KEY, "value", "last", "others", "earlier", "earlier_period"))

    def _others_of(self, variable: VariableDescription, empty: pl.Series) -> pl.Series:
        if self.others is None:
            return empty
        if variable.kind != "flow":
            return self.others[f"{variable.id}:plain"]
        shares = {name: _share_of_year(name) for name in self.periods}
        share = pl.col("period").replace_strict(shares, return_dtype=pl.Float64)
        return self.others.select(pl.col(variable.id) * share).to_series()

    def history(self, unit: str, variable: VariableDescription, without: Collection[str]) -> list[float]:
        """The unit's values of all other periods, flows as of a whole year."""
        table = self.facts.table
        first = table["unit"].search_sorted(unit, side="left")
        last = table["unit"].search_sorted(unit, side="right")
        found = []
        for period, value in table[first:last].select("period", variable.id).iter_rows():
            if value is not None and period not in without:
                found.append(value / _share_of_year(period) if variable.kind == "flow" else value)
        return found


def _share_of_year(period: str) -> float:
    """How much of its year has passed at the end of a period."""
    found = parse_period(period)
    return found.number / PARTS[found.kind] if found is not None else 1.0


def _say(value: float) -> str:
    return f"{value:,.10g}"


def _tell(code: str, row: dict[str, object], view: _View, bench: _Bench, notebook: Notebook, **values: object) -> None:
    """A finding at the cell of the value in doubt; beyond the flood only counted."""
    severity: Severity = "note" if code == "F085" else "explain"
    if notebook.full(code, severity):
        notebook.count(code, severity, 1)
        return
    unit, period = str(row["unit"]), str(row["period"])
    notebook.add(
        code,
        severity,
        unit=unit,
        period=period,
        place=view.variable.id,
        origin=bench.facts.origins.place(unit, period, view.variable.id),
        variable=title(view.variable),
        value=_say(row["value"]),  # type: ignore[arg-type]
        **values,
    )


def _bounds(view: _View, bench: _Bench, notebook: Notebook) -> None:
    if view.variable.range is None:
        return
    low, high = view.variable.range
    outside = pl.lit(value=False)
    if low is not None:
        outside = outside | (pl.col("value") < low)
    if high is not None:
        outside = outside | (pl.col("value") > high)
    said = f"[{'-∞' if low is None else _say(low)}, {'∞' if high is None else _say(high)}]"
    for row in view.where(outside).iter_rows(named=True):
        _tell("F080", row, view, bench, notebook, range=said)


def _slips(view: _View, bench: _Bench, notebook: Notebook) -> set[tuple[str, str]]:
    """Values about a power of ten, or a factor between sister measures, off what the unit reported before."""
    told = set()
    doubtful = find_slips(view.frame, view.variable)
    for row in doubtful.iter_rows(named=True):
        told.add((row["unit"], row["period"]))
        if len(told) > MOST:
            continue
        slip = likely_slip(row["value"] / row["reference"], view.variable)
        if slip is not None:
            _tell_slip(row, slip, view, bench, notebook)
    for code in ("F082",) if doubtful.height > MOST else ():
        notebook.count(code, "explain", doubtful.height - MOST)
    return told


def _tell_slip(row: dict[str, object], slip: Slip, view: _View, bench: _Bench, notebook: Notebook) -> None:
    period = parse_period(str(row["period"]))
    by_last = row["last"] is not None
    said = {"reference": _say(row["reference"]), "factor": slip.words}  # type: ignore[arg-type]
    if by_last and period is not None:
        before = str(period.years_earlier(1))
        history = bench.history(str(row["unit"]), view.variable, {str(period), before})
        share = _share_of_year(str(period)) if view.variable.kind == "flow" else 1.0
        if history and _closer(row["value"] / share, row["last"] / share, history):  # type: ignore[operator]
            _tell("F086", row, view, bench, notebook, **said)
            return
    which, which_en = ("上年同期", "last year's") if by_last else ("其他各期水平", "the level of its other periods,")
    if slip.measure:
        more = {"likely": slip.measure, "wanted": view.variable.measured_in}
        _tell("F082", row, view, bench, notebook, which=which, which_en=which_en, **said, **more)
    else:
        _tell("F083", row, view, bench, notebook, which=which, which_en=which_en, zeros=slip.zeros, **said)


def _closer(value: float, last: float, history: list[float]) -> bool:
    """Whether this year's value agrees with the unit's other periods and last year's does not."""
    middle = sorted(history)[len(history) // 2]
    if middle == 0 or value == 0 or last == 0:
        return False
    near, far = value / middle, last / middle
    return 1 / 3 <= near <= 3 and not 1 / 3 <= far <= 3


def _jumps(view: _View, bench: _Bench, slipped: set[tuple[str, str]], notebook: Notebook) -> None:
    limit = view.variable.jump
    if limit is None or limit <= 0:
        return
    ratio = pl.col("value") / pl.col("last")
    beyond = (pl.col("last") != 0) & ((ratio > limit) | (ratio < 1 / limit))
    for row in view.where(beyond).iter_rows(named=True):
        if (row["unit"], row["period"]) not in slipped:
            times = f"{row['value'] / row['last']:,.4g}"
            _tell("F081", row, view, bench, notebook, reference=_say(row["last"]), ratio=times, jump=_say(limit))


def _falls(view: _View, bench: _Bench, slipped: set[tuple[str, str]], notebook: Notebook) -> None:
    """A cumulated flow that is less than before in the same year; not asked of what may be negative (profits)."""
    low = view.variable.range[0] if view.variable.range is not None else 0.0
    if low is None or low < 0:
        return
    falls = (pl.col("value") < pl.col("earlier")) & (pl.col("earlier") > 0)
    for row in view.where(falls).iter_rows(named=True):
        if (row["unit"], row["period"]) not in slipped:
            earlier = {"reference": _say(row["earlier"]), "earlier": row["earlier_period"]}
            _tell("F084", row, view, bench, notebook, **earlier)


def _absent_last_year(view: _View, bench: _Bench, notebook: Notebook) -> None:
    absent = pl.col("value").is_not_null() & pl.col("last").is_null()
    for row in view.where(absent).iter_rows(named=True):
        period = parse_period(row["period"])
        if period is not None:
            _tell("F085", row, view, bench, notebook, earlier=str(period.years_earlier(1)))
