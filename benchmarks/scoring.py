"""2,500 units × 40 indicators: min–max, weighted mean, rank. By yuance, by two libraries of the field, by bare NumPy."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from benchmarks.rounds import Timing, timed
from yuance.facts.facts import Facts
from yuance.loop.evaluation import Evaluation, evaluate
from yuance.method import Method, read_method

Numbers = npt.NDArray[np.float64]
UNITS, INDICATORS, FAMILY = 2_500, 40, 4
SAME = 1e-9


@dataclass(frozen=True)
class Problem:
    """Values by unit and indicator, weights that sum to one, and which indicators are better when lower."""

    values: Numbers
    weights: Numbers
    lower: npt.NDArray[np.bool_]


def problem() -> Problem:
    """Skewed values as offices report them; always the same."""
    draws = np.random.default_rng(20230101)
    weights = draws.integers(1, 6, INDICATORS).astype(np.float64)
    lower = np.arange(INDICATORS) % 5 == 4
    return Problem(draws.gamma(2.0, 100.0, (UNITS, INDICATORS)), weights / weights.sum(), lower)


def compared(rounds: int) -> list[Timing]:
    """All ways, timed in turn; before that they must agree on every total."""
    given = problem()
    method, facts = _method(given), _facts(given)
    libraries: dict[str, Callable[[], Numbers]] = {
        "scikit-criteria": _scikit_criteria(given),
        "pymcdm": _pymcdm(given),
        "NumPy, by hand": lambda: _by_hand(given),
    }
    _agree(evaluate(facts, method), {name: run() for name, run in libraries.items()})

    def with_trace() -> Evaluation:
        evaluation = evaluate(facts, method)
        assert evaluation.trace.height
        return evaluation

    return timed(
        {"yuance": lambda: evaluate(facts, method), "yuance, with the trace of every node": with_trace, **libraries},
        rounds,
    )


def _agree(evaluation: Evaluation, totals: dict[str, Numbers]) -> None:
    ours = evaluation.scores.sort("unit").get_column("score_exact").to_numpy()
    for name, total in totals.items():
        if not np.allclose(ours, 100 * total, rtol=0, atol=SAME):
            raise SystemExit(f"{name} comes to other totals: what follows would compare different work")


def _method(given: Problem) -> Method:
    lines = ["[method]", 'id = "speed"', 'version = "1"', 'ranks = { on = "exact" }']
    for number, (weight, lower) in enumerate(zip(given.weights, given.lower, strict=True)):
        if number % FAMILY == 0:
            lines += ["[[dimension]]", f'id = "d{number // FAMILY}"']
        lines += ["[[variable]]", f'id = "x{number}"', "[[indicator]]", f'id = "i{number}"', f'value = "x{number}"']
        lines += [f'dimension = "d{number // FAMILY}"', f"weight = {weight!s}"]
        lines += [f'direction = "{"lower" if lower else "higher"}"']
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "method.toml"
        file.write_text("\n".join(lines), encoding="utf-8")
        return read_method(file)


def _facts(given: Problem) -> Facts:
    units = [f"u{number:05d}" for number in range(UNITS)]
    columns = {f"x{number}": given.values[:, number] for number in range(INDICATORS)}
    table = pl.DataFrame({"unit": units, "period": ["2023"] * UNITS, **columns})
    return Facts(table, pl.DataFrame({"unit": units, "name": units}).with_columns(category=pl.lit(None, pl.String)))


def _scikit_criteria(given: Problem) -> Callable[[], Numbers]:
    import skcriteria
    from skcriteria.agg.simple import WeightedSumModel
    from skcriteria.pipelines import mkpipe
    from skcriteria.preprocessing.invert_objectives import NegateMinimize
    from skcriteria.preprocessing.scalers import MinMaxScaler

    objectives = [min if lower else max for lower in given.lower]
    decision = skcriteria.mkdm(given.values, objectives, weights=given.weights)
    pipe = mkpipe(NegateMinimize(), MinMaxScaler(target="matrix"), WeightedSumModel())

    def run() -> Numbers:
        result: Any = pipe.evaluate(decision)
        assert len(result.rank_) == UNITS
        return np.asarray(result.e_.score, dtype=np.float64)

    return run


def _pymcdm(given: Problem) -> Callable[[], Numbers]:
    from pymcdm.helpers import rrankdata
    from pymcdm.methods import WSM
    from pymcdm.normalizations import minmax_normalization

    model = WSM(minmax_normalization)
    types = np.where(given.lower, -1, 1)

    def run() -> Numbers:
        total = np.asarray(model(given.values, given.weights, types), dtype=np.float64)
        assert len(rrankdata(total)) == UNITS
        return total

    return run


def _by_hand(given: Problem) -> Numbers:
    low, high = given.values.min(axis=0), given.values.max(axis=0)
    share = (given.values - low) / (high - low)
    total: Numbers = np.where(given.lower, 1 - share, share) @ given.weights
    rank = np.empty(UNITS, dtype=np.int64)
    rank[np.argsort(-total)] = np.arange(1, UNITS + 1)
    return total
