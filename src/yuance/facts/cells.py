"""Cells into values: a column of what people typed becomes numbers, yes-no or words, with every refusal at its cell.

Clean cells pass through the table engine at once; only the others are read one by one, and each spelling only once.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from yuance.facts.measure import conversion
from yuance.facts.number import Reading, is_gap, read_number, read_yes_no, tidy
from yuance.facts.sheet import Column, SheetError, number_words, words
from yuance.facts.variable import WORDS, YES_NO, VariableDescription

REFUSALS = {
    "words": "F051",
    "ambiguous": "F052",
    "infinite": "F053",
    "too-large": "F053",
    "not-a-number": "F053",
    "sheet-error": "F054",
    "date": "F055",
    "truth": "F056",
    "percent": "F057",
    "measure": "F058",
    "yes-no": "F059",
}
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,(?:\d{1,2}|\d{4,})|[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?|[+-]?0,\d+", re.ASCII)
_PLAIN_RATIO = frozenset({"", "1", "比", "比例", "比值", "ratio", "倍"})


@dataclass(frozen=True, slots=True)
class Trouble:
    """A cell that could not be taken: its position among the rows read, the code of the finding, what it says."""

    position: int
    code: str
    words: str


@dataclass(frozen=True)
class Cleaned:
    """The values of a column in the variable's measure; `gaps` counts spellings of "no value", `converted` cells with a measure."""

    values: pl.Series
    troubles: tuple[Trouble, ...] = ()
    gaps: int = 0
    first_gap: int = -1
    gap_words: str = ""
    converted: int = 0
    first_converted: int = -1
    converted_words: str = ""


def clean(column: Column, rows: pl.Series, variable: VariableDescription, factor: Fraction = Fraction(1)) -> Cleaned:
    """The values of a variable in the given rows of a column; `factor` turns the column's measure into the variable's."""
    if variable.kind in WORDS:
        return _clean_words(column, rows)
    if variable.kind == YES_NO:
        return _clean_with(column, rows, variable, Fraction(1), read_yes_no)
    return _clean_with(column, rows, variable, factor, read_number)


def scaled(values: pl.Series, factor: Fraction) -> pl.Series:
    """Values times a factor; a power of ten moves the decimal point and so stays exact (0.07 times 10,000 is 700)."""
    if factor == 1:
        return values
    power = _power_of_ten(factor)
    if power is None:
        return values * factor.numerator / factor.denominator if factor.denominator != 1 else values * float(factor)
    digits = (
        values.cast(pl.String)
        .to_frame("s")
        .select(
            pl.col("s").str.extract(r"^([^e]*)", 1).alias("m"),
            pl.col("s").str.extract(r"e(.*)$", 1).cast(pl.Int32).fill_null(0).alias("e"),
        )
    )
    moved = digits.select(pl.concat_str("m", pl.lit("e"), (pl.col("e") + power).cast(pl.String)))
    return moved.to_series().cast(pl.Float64).alias(values.name)


def _power_of_ten(factor: Fraction) -> int | None:
    larger = factor if factor >= 1 else 1 / factor
    digits = str(larger.numerator)
    if larger.denominator != 1 or digits.strip("0") != "1":
        return None
    return (len(digits) - 1) * (1 if factor >= 1 else -1)


def _clean_with(
    column: Column, rows: pl.Series, variable: VariableDescription, factor: Fraction, read: Callable[[str], Reading]
) -> Cleaned:
    whole = _gather(column, rows)
    values = pl.Series([None], dtype=pl.Float64).new_from_index(0, len(rows))
    troubles: list[Trouble] = []
    if whole.numbers is not None:
        values, troubles = _numbers(whole.numbers, variable)
    bare = scaled(values, factor)
    if whole.percent:
        bare, more = _shown_as_percent(whole, bare, variable)
        troubles += more
    if whole.text is None or whole.text.null_count() == len(whole.text):
        odd_values, odd_troubles = _odd(whole, variable)
        return Cleaned(_put(bare, odd_values), (*troubles, *odd_troubles))
    found = _texts(whole.text, variable, factor, read)
    odd_values, odd_troubles = _odd(whole, variable)
    merged = pl.DataFrame({"a": found.values, "b": bare}).select(pl.coalesce("a", "b")).to_series()
    return Cleaned(
        _put(merged, odd_values),
        (*troubles, *found.troubles, *odd_troubles),
        found.gaps,
        found.first_gap,
        found.gap_words,
        found.converted,
        found.first_converted,
        found.converted_words,
    )


def _gather(column: Column, rows: pl.Series) -> Column:
    """The cells of the rows read, counted by their position among them."""
    length = len(column.numbers if column.numbers is not None else column.text)  # type: ignore[arg-type]
    if len(rows) == length:
        return column
    numbers = column.numbers.gather(rows) if column.numbers is not None else None
    text = column.text.gather(rows) if column.text is not None else None
    if not column.odd and not column.percent:
        return Column(numbers, text)
    position = {row: number for number, row in enumerate(rows.to_list())}
    odd = {position[row]: cell for row, cell in column.odd.items() if row in position}
    return Column(numbers, text, odd, frozenset(position[row] for row in column.percent if row in position))


def _put(values: pl.Series, more: dict[int, float]) -> pl.Series:
    return values.scatter(sorted(more), [more[row] for row in sorted(more)]) if more else values


def _numbers(numbers: pl.Series, variable: VariableDescription) -> tuple[pl.Series, list[Trouble]]:
    """Number cells: finite ones stand; a yes-no takes 1 and 0 only."""
    good = numbers.is_finite()
    code = "F053"
    if variable.kind == YES_NO:
        good, code = numbers.is_in([0.0, 1.0]), "F059"
    if good.all():
        return _one_zero(numbers), []
    wrong = (~good).fill_null(value=False).arg_true()
    troubles = [Trouble(row, code, words(numbers[row])) for row in wrong.to_list()]
    return _one_zero(numbers).set((~good).fill_null(value=False), None), troubles


def _one_zero(numbers: pl.Series) -> pl.Series:
    """The numbers without a negative zero."""
    zero = (numbers == 0.0).fill_null(value=False)
    return numbers.set(zero, 0.0) if zero.any() else numbers


def _shown_as_percent(
    cells: Column, values: pl.Series, variable: VariableDescription
) -> tuple[pl.Series, list[Trouble]]:
    """Cells shown as 12.5% hold 0.125: times 100 for a variable in percent, as it is for a plain ratio, else refused."""
    assert cells.numbers is not None
    rows = sorted(row for row in cells.percent if cells.numbers[row] is not None)
    share = _percent_factor(variable, "%")
    if share is None:
        troubles = [Trouble(row, "F057", f"{cells.numbers[row]:.6%}") for row in rows]
        return values.scatter(rows, [None] * len(rows)), troubles
    held = scaled(cells.numbers.gather(rows), share * 100)
    return values.scatter(rows, held), []


def _percent_factor(variable: VariableDescription, sign: str) -> Fraction | None:
    if variable.measured_in.strip() in _PLAIN_RATIO and variable.kind == "rate":
        return conversion(sign, "1")
    return conversion(sign, variable.measured_in)


def _odd(cells: Column, variable: VariableDescription) -> tuple[dict[int, float], list[Trouble]]:
    values: dict[int, float] = {}
    troubles = []
    for row, cell in sorted(cells.odd.items()):
        if isinstance(cell, bool) and variable.kind == YES_NO:
            values[row] = float(cell)
        elif isinstance(cell, SheetError):
            if cell.text.upper() != "#N/A":
                troubles.append(Trouble(row, "F054", cell.text))
        elif isinstance(cell, bool):
            troubles.append(Trouble(row, "F056", words(cell)))
        elif isinstance(cell, dt.date | dt.datetime | dt.time | dt.timedelta):
            troubles.append(Trouble(row, "F055", words(cell)))
        else:
            troubles.append(Trouble(row, "F051", words(cell)[:40]))
    return values, troubles


def _texts(text: pl.Series, variable: VariableDescription, factor: Fraction, read: Callable[[str], Reading]) -> Cleaned:
    """Text cells: what is plainly a number at once, other spellings once each."""
    quick = text.cast(pl.Float64, strict=False)
    if variable.kind == YES_NO:
        quick = quick.set(quick.is_in([0.0, 1.0]).not_(), None)
    quick = _one_zero(quick.set(quick.is_finite().not_(), None))
    rest = text.filter(quick.is_null() & text.is_not_null()).unique().to_list()
    if not rest:
        return Cleaned(scaled(quick, factor))
    verdicts = {said: _judged(said, variable, factor, read) for said in rest}
    if any(_DECIMAL_COMMA.fullmatch(tidy(said)) for said in rest):
        verdicts = {said: _Verdict(refusal="ambiguous") if found.grouped else found for said, found in verdicts.items()}
    known = text.replace_strict(
        {said: found.value for said, found in verdicts.items()}, default=None, return_dtype=pl.Float64
    )
    values = pl.DataFrame({"a": scaled(quick, factor), "b": known}).select(pl.coalesce("a", "b")).to_series()
    refused = [said for said, found in verdicts.items() if found.refusal]
    troubles = [
        Trouble(row, REFUSALS[verdicts[text[row]].refusal], text[row][:40])
        for row in text.is_in(refused).arg_true().to_list()
    ]
    gaps = text.is_in(
        [said for said, found in verdicts.items() if found.value is None and not found.refusal]
    ).arg_true()
    measured = text.is_in([said for said, found in verdicts.items() if found.measure]).arg_true()
    return Cleaned(
        values,
        tuple(troubles),
        len(gaps),
        gaps[0] if len(gaps) else -1,
        text[gaps[0]] if len(gaps) else "",
        len(measured),
        measured[0] if len(measured) else -1,
        text[measured[0]] if len(measured) else "",
    )


@dataclass(frozen=True, slots=True)
class _Verdict:
    """A spelling judged for a variable: its value in the variable's measure, a refusal, or neither (a gap)."""

    value: float | None = None
    refusal: str = ""
    measure: str = ""
    grouped: bool = False


def _judged(said: str, variable: VariableDescription, factor: Fraction, read: Callable[[str], Reading]) -> _Verdict:
    reading = read(said)
    if reading.refusal:
        return _Verdict(refusal="yes-no" if variable.kind == YES_NO and reading.refusal == "words" else reading.refusal)
    if reading.value is None:
        return _Verdict()
    if not reading.measure:
        value = reading.value if variable.kind == YES_NO else scaled(pl.Series([reading.value]), factor)[0]
        return _Verdict(value, grouped=reading.grouped)
    of_hundred = reading.measure in {"%", "‰"}
    own = (
        _percent_factor(variable, reading.measure) if of_hundred else conversion(reading.measure, variable.measured_in)
    )
    if own is None:
        return _Verdict(refusal="percent" if of_hundred else "measure")
    plain = of_hundred and own == 1
    return _Verdict(scaled(pl.Series([reading.value]), own)[0], measure="" if plain else reading.measure)


def _clean_words(column: Column, rows: pl.Series) -> Cleaned:
    """Text and grades: words as they stand; numbers as people read them; only marks for "no value" are gaps."""
    cells = _gather(column, rows)
    text = cells.text if cells.text is not None else pl.Series([None], dtype=pl.String).new_from_index(0, len(rows))
    if cells.numbers is not None:
        text = pl.DataFrame({"t": text, "n": number_words(cells.numbers)}).select(pl.coalesce("t", "n")).to_series()
    gaps = [said for said in text.drop_nulls().unique().to_list() if is_gap(said) and said.strip() != "无"]
    text = text.set(text.is_in(gaps), None) if gaps else text
    troubles = []
    for row, cell in sorted(cells.odd.items()):
        if isinstance(cell, SheetError):
            troubles.append(Trouble(row, "F054", cell.text))
        else:
            text = text.scatter([row], [words(cell)])
    return Cleaned(text, tuple(troubles))
