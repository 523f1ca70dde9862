"""How figures, periods, sets and references are put into words for a reader: 3,000 万元, 2023年三季度, 同类园区."""

from __future__ import annotations

import math
from collections.abc import Iterable

from yuance.facts.period import Period, parse_period
from yuance.method.method import Method
from yuance.method.schema import Legal

MINUS = "−"
GAP = "缺失"
STATUS = {"official": "正式文本", "trial": "试行文本", "draft": "草案", "reconstruction": "复原稿，非官方文本"}
UNIT_NOUNS = {
    "park": "园区", "zone": "园区", "enterprise": "企业", "company": "企业", "city": "城市", "county": "县（市）区",
    "province": "省（市、区）", "country": "国家（地区）",
}  # fmt: skip
_QUARTERS = "一二三四"


def shown(value: float | str | None) -> str:
    """A figure as it is read: thousands parted, four decimals (six significant digits below one), a true minus."""
    if value is None:
        return GAP
    if isinstance(value, str):
        return value
    if not math.isfinite(value):
        return str(value)
    size = abs(value)
    if size >= 1e15 or 0 < size < 1e-9:
        text = f"{size:.6g}"
    else:
        decimals = 4 if size >= 1 or size == 0 else 5 - math.floor(math.log10(size))
        text = f"{size:,.{decimals}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    return MINUS + text if value < 0 and text.strip("0.,") else text


def measured(value: float | str | None, unit: str) -> str:
    """A figure with its unit of measure: 3,000 万元, 12.5%."""
    if value is None or isinstance(value, str) or unit in {"", "无量纲"}:
        return shown(value)
    return f"{shown(value)}{unit}" if unit in {"%", "‰", "％"} else f"{shown(value)} {unit}"


def equals(value: float) -> str:
    """The sign before a shown figure: = where it is shown whole, ≈ where digits were left out."""
    text = shown(value).replace(",", "").replace(MINUS, "-")
    return "=" if math.isclose(float(text), value, rel_tol=1e-9, abs_tol=1e-12) else "≈"


def bracketed(value: float | None) -> str:
    """A figure as an operand: a negative one in brackets."""
    return f"({shown(value)})" if value is not None and value < 0 else shown(value)


def percent(share: float | None) -> str:
    """A share of one as a percentage."""
    return GAP if share is None else f"{shown(round(100 * share, 6))}%"


def period_words(text: str) -> str:
    """A period as offices write it: 2023年三季度."""
    period = parse_period(text)
    return text if period is None else _period(period)


def _period(period: Period) -> str:
    year = f"{period.year}年"
    match period.kind:
        case "half":
            return year + ("上半年" if period.number == 1 else "下半年")
        case "quarter":
            return f"{year}{_QUARTERS[period.number - 1]}季度"
        case "month":
            return f"{year}{period.number}月"
        case _:
            return year


def unit_noun(method: Method) -> str:
    """What is evaluated, as a noun: 园区, 企业 …"""
    return UNIT_NOUNS.get(method.header.unit, "对象")


def category_words(method: Method, category: str | None) -> str:
    """A category with its name: A 类（国家级开发区）; empty in a method without categories."""
    if not method.categories or category is None:
        return ""
    name = next((item.name for item in method.categories if item.id == category), "")
    letter = f"{category} 类" if category.isascii() else category
    return f"{letter}（{name}）" if name and name != category else letter


def legal_words(references: Iterable[Legal]) -> tuple[str, ...]:
    """Document, article, date and remark of each reference, in one line each."""
    said = []
    for item in references:
        document = item.document if "《" in item.document else f"《{item.document}》"
        parts = [document + (item.article or ""), str(item.date) if item.date else "", item.note or ""]
        said.append("，".join(part for part in parts if part))
    return tuple(said)
