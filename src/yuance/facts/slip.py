"""Slips of the unit of measure: 亿元 typed where 万元 is asked, hectares for mu, a few zeros too many.

A value is suspected when it is off its reference by about a power of ten of two digits or more, or by about the factor
between two measures that offices confuse; "about" is within a factor of two.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from yuance.facts.measure import confused_with
from yuance.facts.variable import VariableDescription

WITHIN = math.log10(2)
LEAST = math.log10(15) - 1e-9  # smaller factors cannot be told from growth
POWERS = range(2, 10)
_SISTER_FIRST = 0.15  # a measure that explains nearly as well as a mere power of ten is the likelier story


@dataclass(frozen=True, slots=True)
class Slip:
    """The likely story: the measure it was typed in, or else the number of zeros; `words` say the factor."""

    exponent: float
    measure: str
    zeros: int
    words: str


def find_slips(frame: pl.DataFrame, variable: VariableDescription) -> pl.DataFrame:
    """The rows of a view (value, last, others) that are suspected, with the `reference` they were compared with."""
    frame = frame.with_columns(reference=pl.coalesce("last", "others"))
    both = (pl.col("value") * pl.col("reference")) > 0
    if variable.kind == "count":
        both = both & (pl.max_horizontal(pl.col("value").abs(), pl.col("reference").abs()) >= 100)
    ratio = (pl.col("value") / pl.col("reference")).abs().log10()
    exponents = sorted({slip.exponent for slip in _stories(variable.measured_in, variable.kind)})
    near = pl.lit(value=False)
    for exponent in exponents:
        near = near | ((ratio - exponent).abs() <= WITHIN)
    return frame.filter(both & near) if exponents else frame.clear()


def likely_slip(ratio: float, variable: VariableDescription) -> Slip | None:
    """The story that fits the ratio of a value to its reference best, or None where none does."""
    found = math.log10(abs(ratio))
    fitting = [
        (abs(found - slip.exponent) - (_SISTER_FIRST if slip.measure else 0.0), slip)
        for slip in _stories(variable.measured_in, variable.kind)
        if abs(found - slip.exponent) <= WITHIN
    ]
    return min(fitting, key=lambda pair: pair[0])[1] if fitting else None


@lru_cache(maxsize=1024)
def _stories(measured_in: str, kind: str) -> tuple[Slip, ...]:
    stories = []
    for measure, factor in confused_with(measured_in):
        exponent = math.log10(factor.numerator) - math.log10(factor.denominator)
        if abs(exponent) >= LEAST:
            stories.append(Slip(exponent, measure, round(abs(exponent)), _factor_words(exponent)))
    if kind == "rate":
        return tuple(stories)
    for power in POWERS:
        for sign in (1, -1):
            if not any(abs(story.exponent - sign * power) < 1e-9 for story in stories):
                stories.append(Slip(sign * power, "", power, _factor_words(sign * power)))
    return tuple(stories)


def _factor_words(exponent: float) -> str:
    return f"{10 ** abs(exponent):,.6g}"
