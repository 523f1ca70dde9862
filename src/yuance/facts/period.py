"""Periods of reporting: a year, a half, a quarter or a month (报告期).

Written "2023", "2023H1", "2023Q3", "2023M09". Values of the kind *flow* are cumulated from January, so that
"2023Q3" means January to September. `read_period` also takes the forms that offices write: 2023年, 2023年三季度,
2023年1-9月, 2023年上半年.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

PeriodKind = Literal["year", "half", "quarter", "month"]

LETTERS: dict[PeriodKind, str] = {"year": "", "half": "H", "quarter": "Q", "month": "M"}
KINDS: dict[str, PeriodKind] = {letter: kind for kind, letter in LETTERS.items()}
PARTS: dict[PeriodKind, int] = {"year": 1, "half": 2, "quarter": 4, "month": 12}

_CODE = re.compile(r"(\d{4})(?:-?([HQM])(\d{1,2}))?")
_DIGITS = {"一": "1", "二": "2", "三": "3", "四": "4", "上": "1", "下": "2", "前": "1"}
_END = r"(?:末|底|累计|累计数|当期|止)?"
_OFFICE = (
    (re.compile(rf"(\d{{4}})年?度?(?:全年|年报|年末|末|底)?{_END}"), "year"),
    (re.compile(rf"(\d{{4}})年?([上下])半年(?:度)?{_END}"), "half"),
    (re.compile(rf"(\d{{4}})年?[第前]?([一二三四1-4])(?:个)?季度?{_END}"), "quarter"),
    (re.compile(rf"(\d{{4}})[年\-/.]?Q([1-4]){_END}"), "quarter"),
    (re.compile(rf"(\d{{4}})年?第?([1-4])Q{_END}"), "quarter"),
    (re.compile(rf"(\d{{4}})年?(?:0?1|一)月?份?[-—–~至到]0?(\d{{1,2}})月份?{_END}"), "cumulated"),
    (re.compile(rf"(\d{{4}})[年\-./](\d{{1,2}})月?份?{_END}"), "month"),
    (re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])"), "month"),
)
_WITHIN = re.compile(
    r"(?<!\d)(?<!\d[-—–~至到])(\d{4}年?[第前]?[一二三四1-4]个?季度?|\d{4}[年\-]?Q[1-4]|\d{4}[年\-]?H[12]|\d{4}年?[上下]半年"
    r"|\d{4}年0?1月?[-—–~至到]0?\d{1,2}月|\d{4}年\d{1,2}月(?!\d)|\d{4}年(?!\d{1,2}月\d))"
)
_BARE = re.compile(r"(?<![^\W_])(?<![〔\[(\-—–~.至到])\d{4}(?![^\W_]|\s*[〕\])\-—–~.至到]\s*\d?)")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One reporting period: `number` counts the halves, quarters or months of the `year`, from 1."""

    year: int
    kind: PeriodKind = "year"
    number: int = 1

    def __str__(self) -> str:
        if self.kind == "year":
            return f"{self.year:04d}"
        digits = f"{self.number:02d}" if self.kind == "month" else str(self.number)
        return f"{self.year:04d}{LETTERS[self.kind]}{digits}"

    def years_earlier(self, years: int) -> Period:
        """The same period `years` years before."""
        return Period(self.year - years, self.kind, self.number)

    def earlier_in_year(self, parts: int) -> Period | None:
        """The period `parts` before within the same year; None before the first."""
        return Period(self.year, self.kind, self.number - parts) if self.number > parts else None

    @property
    def ordinal(self) -> int:
        """Position on the time line of its own kind."""
        return self.year * PARTS[self.kind] + self.number - 1


def parse_period(text: str) -> Period | None:
    """The period that a code such as "2023Q3" names, or None."""
    match = _CODE.fullmatch(text)
    if match is None:
        return None
    kind = KINDS[match[2] or ""]
    number = int(match[3] or 1)
    return Period(int(match[1]), kind, number) if 1 <= number <= PARTS[kind] else None


def read_period(text: str) -> Period | None:
    """The period that an office's wording names (code, 2023年三季度, 2023年1-9月 …), or None."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper()
    period = parse_period(plain.removesuffix(".0"))
    if period is not None:
        return period
    for pattern, kind in _OFFICE:
        match = pattern.fullmatch(plain)
        if match is not None:
            return _office_period(kind, [_DIGITS.get(group, group) for group in match.groups()])
    return None


def find_period(text: str) -> Period | None:
    """The one period that a title or a sheet's name speaks of, or None; a span of years and a date speak of none."""
    spaced = unicodedata.normalize("NFKC", text).upper()
    plain = re.sub(r"\s+", "", spaced)
    whole = read_period(plain)
    if whole is not None:
        return whole if 1900 <= whole.year <= 2200 else None
    found = {
        period
        for match in (*_WITHIN.findall(plain), *_BARE.findall(spaced))
        if (period := read_period(match)) is not None
    }
    found = {period for period in found if 1900 <= period.year <= 2200}
    return found.pop() if len(found) == 1 else None


def _office_period(kind: str, groups: list[str]) -> Period | None:
    year = int(groups[0])
    if kind == "year":
        return Period(year)
    number = int(groups[1])
    if kind == "cumulated" and number % 3 == 0:
        return Period(year, "quarter", number // 3) if number <= PARTS["month"] else None
    if kind == "half":
        return Period(year, "half", number)
    if kind == "quarter":
        return Period(year, "quarter", number)
    return Period(year, "month", number) if 1 <= number <= PARTS["month"] else None
