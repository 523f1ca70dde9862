"""Measures (计量单位): which of them are sisters, and by how much one is more than another.

A measure is a scale times base measures with exponents; 万元/亩 is 10,000 currency over 2000/3 square metres. Two
measures convert when their bases agree. Nothing converts that depends on a convention: electricity to standard coal,
one currency to another, or tonnes of one thing to tonnes of another thing are refused.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

MULTIPLIERS = {
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "10k": 10**4,
    "10000": 10**4,
    "100million": 10**8,
}

# base -> (spelling -> how many of the base); spellings are folded: no blanks, lower case, compatibility forms
_BASES: dict[str, dict[str, Fraction | int]] = {
    "yuan": dict.fromkeys(("元", "人民币元", "元人民币", "rmb", "cny", "yuan"), 1),
    "dollar": dict.fromkeys(("美元", "usd", "us$", "$", "dollar", "dollars"), 1),
    "euro": dict.fromkeys(("欧元", "eur", "euro", "euros"), 1),
    "area": {
        **dict.fromkeys(("平方米", "平米", "m2", "sqm"), 1),
        **dict.fromkeys(("亩", "市亩", "mu"), Fraction(2000, 3)),
        **dict.fromkeys(("公顷", "ha", "hectare", "hectares"), 10**4),
        **dict.fromkeys(("平方公里", "平方千米", "km2", "sqkm"), 10**6),
    },
    "mass": {
        **dict.fromkeys(("克", "g"), Fraction(1, 10**6)),
        **dict.fromkeys(("千克", "公斤", "kg"), Fraction(1, 1000)),
        **dict.fromkeys(("斤", "市斤"), Fraction(1, 2000)),
        **dict.fromkeys(("吨", "t", "ton", "tons", "tonne", "tonnes"), 1),
        **dict.fromkeys(("毫克", "mg"), Fraction(1, 10**9)),
        **dict.fromkeys(("微克", "μg", "ug"), Fraction(1, 10**12)),
        "kt": 1000,
    },
    "coal": {
        **dict.fromkeys(("吨标准煤", "吨标煤", "tce"), 1),
        **dict.fromkeys(("千克标准煤", "公斤标准煤", "千克标煤", "kgce"), Fraction(1, 1000)),
    },
    "carbon": {
        **dict.fromkeys(("吨二氧化碳", "吨二氧化碳当量", "吨co2", "tco2", "tco2e"), 1),
        **dict.fromkeys(("千克二氧化碳", "kgco2"), Fraction(1, 1000)),
    },
    "energy": {
        **dict.fromkeys(("千瓦时", "度", "千瓦小时", "kwh"), 1),
        **dict.fromkeys(("兆瓦时", "mwh"), 1000),
        **dict.fromkeys(("吉瓦时", "gwh"), 10**6),
        **dict.fromkeys(("焦耳", "焦", "j"), Fraction(1, 3600000)),
        **dict.fromkeys(("吉焦", "gj"), Fraction(10**9, 3600000)),
    },
    "power": {
        **dict.fromkeys(("瓦", "w"), Fraction(1, 1000)),
        **dict.fromkeys(("千瓦", "kw"), 1),
        **dict.fromkeys(("兆瓦", "mw"), 1000),
    },
    "volume": {
        **dict.fromkeys(("立方米", "方", "m3"), 1),
        **dict.fromkeys(("升", "l"), Fraction(1, 1000)),
    },
    "length": {
        **dict.fromkeys(("米", "m"), 1),
        **dict.fromkeys(("公里", "千米", "km"), 1000),
        **dict.fromkeys(("厘米", "cm"), Fraction(1, 100)),
        **dict.fromkeys(("毫米", "mm"), Fraction(1, 1000)),
    },
    "people": dict.fromkeys(("人", "名", "位", "人员", "person", "persons", "people"), 1),
    "visits": dict.fromkeys(("人次",), 1),
    "count": dict.fromkeys(
        (*"户家个件项处座宗笔批条份所台套辆艘张起只支", "count", "number", "items", "piece", "pieces", "enterprises"), 1
    ),
    "times": dict.fromkeys(("次", "times"), 1),
    "vessel": dict.fromkeys(("标箱", "teu"), 1),
    "score": dict.fromkeys(("分", "point", "points", "score"), 1),
    "year": dict.fromkeys(("年", "岁", "year", "years"), 1),
    "month": dict.fromkeys(("月", "个月", "month", "months"), 1),
    "hour": {
        **dict.fromkeys(("小时", "时", "hour", "hours", "h"), 1),
        **dict.fromkeys(("天", "日", "day", "days", "d"), 24),
        **dict.fromkeys(("分钟", "minute", "minutes", "min"), Fraction(1, 60)),
    },
    "workday": dict.fromkeys(("工作日", "个工作日"), 1),
    # dimensionless: a percentage and a plain ratio are sisters
    "": {
        **dict.fromkeys(
            ("%", "百分比", "percent", "pct", "百分点", "个百分点", "percentagepoint", "percentagepoints"),
            Fraction(1, 100),
        ),
        **dict.fromkeys(("‰", "千分比", "permille"), Fraction(1, 1000)),
        **dict.fromkeys(("万分比", "‱"), Fraction(1, 10**4)),
        **dict.fromkeys(("倍", "比", "比例", "比值", "ratio", "1"), 1),
    },
}
_SPELLINGS = {word: (base, Fraction(scale)) for base, words in _BASES.items() for word, scale in words.items()}

# In these measures offices mistake one for the other; the order is from small to large.
_CONFUSED: dict[str, tuple[str, ...]] = {
    "yuan": ("元", "千元", "万元", "百万元", "亿元"),
    "dollar": ("美元", "千美元", "万美元", "百万美元", "亿美元"),
    "area": ("平方米", "亩", "公顷", "万平方米", "平方公里"),
    "mass": ("千克", "吨", "万吨"),
    "coal": ("千克标准煤", "吨标准煤", "万吨标准煤"),
    "carbon": ("吨二氧化碳", "万吨二氧化碳"),
    "energy": ("千瓦时", "万千瓦时", "亿千瓦时"),
    "volume": ("升", "立方米", "万立方米"),
    "length": ("米", "公里"),
    "people": ("人", "万人"),
    "visits": ("人次", "万人次"),
    "": ("比例", "%"),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """`scale` times the product of the bases, each with its exponent; bases sorted, none with exponent 0."""

    scale: Fraction
    bases: tuple[tuple[str, int], ...]


def fold(text: str) -> str:
    """One spelling of many: compatibility forms united, no blanks, lower case."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


@lru_cache(maxsize=4096)
def read_measure(text: str) -> Measure | None:
    """The measure that a text such as 亿元, km² or 吨标准煤/万元 names, or None."""
    plain = fold(text).replace("每", "/").replace("^", "")
    if not plain or len(plain) > 60:
        return None
    scale, exponents = Fraction(1), dict[str, int]()
    for position, part in enumerate(plain.split("/")):
        for factor_text in re.split(r"[·*×]", part):
            found = _simple(factor_text)
            if found is None:
                return None
            base, size = found
            sign = 1 if position == 0 else -1
            scale *= size**sign
            exponents[base] = exponents.get(base, 0) + sign
    return Measure(scale, tuple(sorted((base, n) for base, n in exponents.items() if base and n)))


def _simple(text: str) -> tuple[str, Fraction] | None:
    if text in _SPELLINGS:
        return _SPELLINGS[text]
    for length in range(len(text) - 1, 0, -1):
        multiplier, rest = MULTIPLIERS.get(text[:length]), text[length:]
        if multiplier is not None and rest in _SPELLINGS:
            base, scale = _SPELLINGS[rest]
            return base, scale * multiplier
    return None


def conversion(written: str, wanted: str) -> Fraction | None:
    """How many `wanted` one `written` is (亿元 to 万元: 10,000); None when that cannot be said."""
    if fold(written) == fold(wanted):
        return Fraction(1)
    one, other = read_measure(written), read_measure(wanted)
    if one is None or other is None or one.bases != other.bases:
        return None
    return one.scale / other.scale


def confused_with(measured_in: str) -> list[tuple[str, Fraction]]:
    """Measures that a value may have been typed in by mistake, and what the typed number is then of the right one.

    For 万元: (亿元, 1/10000), (元, 10000) …; for 亩: (公顷, 1/15). A compound measure is confused in its numerator.
    """
    numerator, slash, denominator = measured_in.partition("/")
    own, part = read_measure(measured_in), read_measure(numerator)
    if own is None or part is None:
        return []
    base = part.bases[0][0] if len(part.bases) == 1 and part.bases[0][1] == 1 else ("" if not part.bases else "?")
    found = []
    for sister in _CONFUSED.get(base, ()):
        other = read_measure(sister)
        if other is not None and other.scale != part.scale:
            found.append((f"{sister}{slash}{denominator}", part.scale / other.scale))
    return found
