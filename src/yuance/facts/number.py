"""Numbers as people write them in cells: read exactly, or refused with the reason.

Accepted: 1234.5, +3, -0.5, 1.2e3, full-width １２３．４, thousands 1,234,567.8 (also with full-width commas or
no-break, thin and ordinary blanks), a sign of percent or permille behind. What could mean two numbers is refused:
1,5 and 1.234,5 and 12,34.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from yuance.facts.measure import read_measure

# What offices write where there is no value; folded.
GAPS = frozenset(
    [
        "-",
        "--",
        "---",
        "—",
        "——",
        "———",
        "–",
        "−",
        "―",
        "─",
        "──",
        "/",
        "//",
        "\\",
        "n/a",
        "n.a.",
        "n.a",
        "na",
        "#n/a",
        "#na",
        "null",
        "none",
        "nil",
        "…",
        "……",
        "..",
        "...",
        "….",
        "*",
        "**",
        "、",
        "。",
        ".",
        "×",
        "／",
        "~",
        "－",
        "｜",
        "|",
        "无",
        "暂无",
        "无数据",
        "暂无数据",
        "缺",
        "缺失",
        "空",
        "空白",
        "未填",
        "未报",
        "未填报",
        "未提供",
        "未统计",
        "不详",
        "不适用",
        "待定",
        "待填",
        "待补",
        "待报",
        "(无)",
        "(空)",
        "无此项",
        "无此指标",
        "不涉及",
        "missing",
        "unknown",
        "tbd",
    ]
)
TRUE_WORDS = frozenset(["是", "有", "yes", "y", "true", "t", "1", "1.0", "√", "✓", "✔", "对", "已", "达标", "☑"])
FALSE_WORDS = frozenset(
    ["否", "无", "no", "n", "false", "f", "0", "0.0", "没有", "×", "✗", "✘", "x", "未", "非", "不是", "☐", "未达标"]
)
SHEET_ERRORS = frozenset(
    [
        "#div/0!",
        "#ref!",
        "#value!",
        "#name?",
        "#num!",
        "#null!",
        "#getting_data",
        "#spill!",
        "#calc!",
        "#field!",
        "#blocked!",
    ]
)

Refusal = Literal["", "words", "ambiguous", "infinite", "not-a-number", "sheet-error", "date", "too-large"]

_MINUS = str.maketrans({"−": "-", "﹣": "-", "‐": "-", "‑": "-", "–": "-", "＋": "+"})
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,4})?", re.ASCII)
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?P<mark>[, ])\d{3}(?:(?P=mark)\d{3})*(?:\.\d+)?", re.ASCII)
_COMMA = re.compile(r"[+-]?[\d.,' ]*\d[\d.,' ]*", re.ASCII)
_DATE = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?: .*)?")
_WITH_MEASURE = re.compile(r"(?P<number>[+-]?[\d.,]*\d(?:e[+-]?\d+)?) ?(?P<measure>[^\d\s.,+\-].*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says: a value (in `measure`, when one is written with it), a gap (neither value nor refusal), or a refusal."""

    value: float | None = None
    refusal: Refusal = ""
    measure: str = ""
    grouped: bool = False  # a single comma as in 1,234, which elsewhere might be a decimal comma


GAP = Reading()


def tidy(text: str) -> str:
    """Full-width and compatibility forms made plain, blanks of every kind reduced, minus signs united."""
    plain = unicodedata.normalize("NFKC", text).translate(_MINUS)
    return " ".join(plain.split()).strip("\ufeff\u200b\u200e\u200f ").replace("\u200b", "")


def is_gap(text: str) -> bool:
    """Whether a text is one of the ways to write that there is no value."""
    plain = tidy(text).casefold().replace(" ", "")
    return not plain or plain in GAPS or set(plain) <= set("-—–―─_.")


def read_number(text: str) -> Reading:
    """The number, gap or refusal that a cell's text says."""
    plain = tidy(text).casefold()
    if is_gap(plain):
        return GAP
    number = _digits(plain)
    if number.value is not None or number.refusal:
        return number
    if plain in SHEET_ERRORS:
        return Reading(refusal="sheet-error")
    if plain.lstrip("+-") in {"inf", "infinity", "∞", "无穷", "无穷大"}:
        return Reading(refusal="infinite")
    if plain.lstrip("+-") in {"nan", "1.#qnan", "1.#ind"}:
        return Reading(refusal="not-a-number")
    if _DATE.fullmatch(plain):
        return Reading(refusal="date")
    return _with_measure(plain)


def _digits(plain: str) -> Reading:
    if _PLAIN.fullmatch(plain):
        return _finite(plain)
    if _GROUPED.fullmatch(plain):
        grouped = plain.count(",") == 1 and "." not in plain
        found = _finite(plain.replace(",", "").replace(" ", ""))
        return Reading(found.value, found.refusal, grouped=grouped)
    if _COMMA.fullmatch(plain) and not _DATE.fullmatch(plain):
        return Reading(refusal="ambiguous")
    return GAP


def _finite(plain: str) -> Reading:
    value = float(plain)
    if value in {float("inf"), float("-inf")}:
        return Reading(refusal="too-large")
    return Reading(value + 0.0)  # one zero, not two


def _with_measure(plain: str) -> Reading:
    match = _WITH_MEASURE.fullmatch(plain)
    if match is None or read_measure(match["measure"]) is None:
        return Reading(refusal="words")
    number = _digits(match["number"])
    if number.value is None:
        return Reading(refusal=number.refusal or "words")
    return Reading(number.value, measure=match["measure"])


def read_yes_no(text: str) -> Reading:
    """1 for yes, 0 for no, a gap, or a refusal; 无 means no where a yes or no is asked."""
    plain = tidy(text).casefold()
    if plain in TRUE_WORDS:
        return Reading(1.0)
    if plain in FALSE_WORDS:
        return Reading(0.0)
    if plain in SHEET_ERRORS:
        return Reading(refusal="sheet-error")
    return GAP if is_gap(plain) else Reading(refusal="words")
