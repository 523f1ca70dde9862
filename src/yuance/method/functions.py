"""The functions that an expression of a method may call, and what they mean (method language, part 2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FunctionKind = Literal["row", "time", "set"]


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the language: `row` works value by value, `time` looks at other periods, `set` at all units."""

    name: str
    kind: FunctionKind
    signature: str
    least: int
    most: int | None
    meaning: str
    meaning_en: str


def _rows(*rows: tuple[str, FunctionKind, str, int, int | None, str, str]) -> dict[str, Function]:
    return {row[0]: Function(*row) for row in rows}


FUNCTIONS: dict[str, Function] = _rows(
    ("abs", "row", "abs(x)", 1, 1, "绝对值", "absolute value"),
    ("sqrt", "row", "sqrt(x)", 1, 1, "平方根；负数无值", "square root; none for negative numbers"),
    ("exp", "row", "exp(x)", 1, 1, "自然指数", "natural exponential"),
    ("log", "row", "log(x)", 1, 1, "自然对数；零和负数无值", "natural logarithm; none for zero and below"),
    ("log10", "row", "log10(x)", 1, 1, "常用对数；零和负数无值", "decimal logarithm; none for zero and below"),
    (
        "round",
        "row",
        "round(x, n)",
        1,
        2,
        "四舍五入到 n 位小数（默认 0）",
        "to n decimals (default 0), halves away from zero",
    ),
    ("clip", "row", "clip(x, low, high)", 3, 3, "限制在 low 与 high 之间", "held between low and high"),
    ("min", "row", "min(a, b, …)", 2, None, "最小者；任一缺失则缺失", "the least; missing if any is missing"),
    ("max", "row", "max(a, b, …)", 2, None, "最大者；任一缺失则缺失", "the greatest; missing if any is missing"),
    ("is_missing", "row", "is_missing(x)", 1, 1, "x 是否缺失", "whether x is missing"),
    ("coalesce", "row", "coalesce(a, b, …)", 2, None, "第一个不缺失的值", "the first that is not missing"),
    ("previous", "time", "previous(x)", 1, 1, "上年同期的 x", "x in the same period one year earlier"),
    ("lag", "time", "lag(x, k)", 2, 2, "k 年前同期的 x（k 为正整数）", "x in the same period k years earlier"),
    ("growth", "time", "growth(x)", 1, 1, "同比增速（%）", "100 · (x − previous(x)) / abs(previous(x)), percent"),
    ("own", "time", "own(x)", 1, 1, "累计数的本期数", "the period's own part of a figure cumulated in the year"),
    ("target", "time", "target(x)", 1, 1, "x 的目标数", "the target fact of x"),
    ("completion", "time", "completion(x)", 1, 1, "目标完成率（%）", "100 · x / target(x), percent"),
    ("total", "set", "total(x)", 1, 1, "全部被评对象之和", "sum over the evaluated units"),
    ("mean", "set", "mean(x)", 1, 1, "平均值", "arithmetic mean over the evaluated units"),
    ("median", "set", "median(x)", 1, 1, "中位数", "median over the evaluated units"),
    ("lowest", "set", "lowest(x)", 1, 1, "最小值", "lowest over the evaluated units"),
    ("highest", "set", "highest(x)", 1, 1, "最大值", "highest over the evaluated units"),
    ("sd", "set", "sd(x)", 1, 1, "样本标准差（n−1）", "sample standard deviation (n − 1)"),
    ("share", "set", "share(x)", 1, 1, "占合计的比重（%）", "100 · x / total(x), percent"),
)

ANCHOR_NAMES: dict[str, tuple[str, str]] = {
    "lowest": ("最小值", "lowest value of the comparison set"),
    "highest": ("最大值", "highest value of the comparison set"),
    "mean": ("平均值", "mean of the comparison set"),
    "median": ("中位数", "median of the comparison set"),
    "sd": ("样本标准差", "sample standard deviation of the comparison set"),
    "count": ("有值的对象数", "number of units with a value"),
    "percentile": ("百分位数 percentile(q)，q 为 0–100", "percentile(q), q from 0 to 100, type 7"),
}
LAST_YEAR = "last_year_"

KEYWORDS = frozenset({"and", "or", "not", "if", "else"})
