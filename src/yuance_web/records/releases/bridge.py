"""Methods of the engine, as the records know them: files in, a `Method` or its faults out."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from django.conf import settings

from yuance.errors import Fault
from yuance.facts.period import parse_period
from yuance.loop.evaluation.anchors import linear_anchors
from yuance.loop.evaluation.cases import run_cases
from yuance.method import EVERYONE, Method, MethodError, available, read_method, schema
from yuance.method.reading import locate
from yuance.method.words import anchor_words, number_words, text_words
from yuance_web.records.releases.models import Release

__all__ = ["EVERYONE", "Method", "schema"]  # and everything that is defined here

KINDS_OF_FILE = frozenset({".toml", ".csv"})
PARTS = {"year": "", "half": "年{}半年", "quarter": "年第{}季度", "month": "年{}月"}


@dataclass(frozen=True, slots=True)
class FaultLine:
    """One thing that is wrong with, or doubtful in, a method: where, what, and what to do."""

    code: str
    severity: str
    file: str
    line: int | None
    key: str
    cause: str
    remedy: str


@dataclass(frozen=True)
class Reading:
    """What reading gave: a method, or faults; doubts come with either."""

    method: Method | None
    faults: tuple[FaultLine, ...]
    warnings: tuple[FaultLine, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How a worked example came out."""

    name: str
    passed: bool
    differences: tuple[str, ...] = ()


def read(release: Release) -> Method:
    """The method of a release; read once a process."""
    return _read(files_digest(release.files), _Files(release.files))


def read_files(files: Mapping[str, str]) -> Reading:
    """The method that files hold, or everything that is wrong with them."""
    try:
        method = _read(files_digest(files), _Files(files))
    except MethodError as error:
        return Reading(None, tuple(map(_line, error.faults)))
    return Reading(method, (), tuple(map(_line, method.warnings)))


def files_of(reference: str | Path) -> dict[str, str]:
    """The texts of a method that ships, or stands in a folder: each .toml, and the tables its cases name.

    Raises `MethodError` where there is no such method.
    """
    paths, folder = locate(reference)
    tables = sorted(path for path in folder.rglob("*.csv") if len(paths) > 1 or path.parent != folder)
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8-sig") for path in [*paths, *tables]}


def formula_words(text: str, method: Method) -> str:
    """An expression in words: 税收收入 ÷ 已供用地."""
    return text_words(text, method)


def number(value: float | None) -> str:
    """A number as people read it."""
    return "" if value is None else number_words(value)


def score_words(indicator: schema.Indicator, method: Method) -> str:
    """How an indicator is scored, in a sentence."""
    rule = indicator.score
    match rule:
        case schema.Linear() | schema.Exponential():
            low, high = map(anchor_words, linear_anchors(rule, indicator.direction))
            kind = "线性" if isinstance(rule, schema.Linear) else "指数功效"
            held = "，超出两端按端点计" if getattr(rule, "clip", False) else ""
            said = f"{kind}：{low}得 {number_words(rule.to[0])} 分，{high}得 {number_words(rule.to[1])} 分{held}"
        case schema.Ratio():
            turned = "100 × 本值 ÷ 基准" if indicator.direction == "higher" else "100 × 基准 ÷ 本值"
            cap = f"，至多 {anchor_words(rule.cap)} 分" if rule.cap is not None else ""
            said = f"比例：{turned}，基准为{anchor_words(rule.base)}{cap}，至少 {anchor_words(rule.floor)} 分"
        case schema.Steps():
            sign = "≥" if indicator.direction == "higher" else "≤"
            sign = sign if rule.edge == "closed" else {"≥": "＞", "≤": "＜"}[sign]
            said = "分档：" + "；".join(
                f"{sign}{anchor_words(bound)} 得 {number_words(score)} 分" for bound, score in rule.table
            )
        case schema.Points():
            said = "折线：" + "；".join(
                f"{anchor_words(bound)} 得 {number_words(score)} 分" for bound, score in rule.table
            )
        case schema.RankScore():
            less = f"每低一名减 {anchor_words(rule.step)} 分" if rule.step is not None else "按名次表赋分"
            said = f"名次：第一名 {anchor_words(rule.first)} 分，{less}，至少 {anchor_words(rule.least)} 分"
        case schema.PercentRank():
            said = f"百分位次：{number_words(rule.to[0])} 至 {number_words(rule.to[1])} 分"
        case schema.ZScore():
            said = f"标准分：平均值得 {anchor_words(rule.mean)} 分，一个标准差 {anchor_words(rule.sd)} 分"
        case schema.Given():
            said = "原值即得分"
        case schema.Formula():
            said = f"公式：{text_words(rule.is_, method)}"
    among = {"all": "全部园区", "category": "同类园区", "panel": "各期全部园区"}[method.among(indicator)]
    return said + ("" if isinstance(rule, schema.Given) else f"（与{among}比）")


def treat_words(indicator: schema.Indicator) -> str:
    """How outliers are treated, in words; empty where they are not."""
    match indicator.treat:
        case None:
            return ""
        case schema.Logarithm():
            return "取对数"
        case rule if rule.low is None and rule.high is None:
            return "偏度、峰度超限时缩尾"
        case rule:
            ends = [
                f"{side}于{anchor_words(end)}的按其计"
                for side, end in (("低", rule.low), ("高", rule.high))
                if end is not None
            ]
            return "缩尾：" + "，".join(ends)


def missing_words(indicator: schema.Indicator, method: Method) -> str:
    """What is done about a gap, in words."""
    return {
        "zero": "缺失按 0 分", "lowest": "缺失按最低分", "mean": "缺失按平均值", "median": "缺失按中位数", "last": "缺失沿用上一期",
        "drop": "缺失则不计，权重由其他指标分摊", "refuse": "缺失则不予评价",
    }[method.missing(indicator).by]  # fmt: skip


def tables_of(method: Method) -> dict[str, dict[str, dict[str, object]]]:
    """The method as plain tables: table -> id -> key -> value; what is at its default is left out."""
    groups = {
        "category": method.categories, "variable": method.variables.values(), "dimension": method.dimensions.values(),
        "indicator": method.indicators.values(), "adjustment": method.adjustments, "veto": method.vetoes,
        "grade": method.grades, "check": method.checks, "sanction": method.sanctions,
    }  # fmt: skip
    tables = {
        name: {str(getattr(item, "id", None) or getattr(item, "name", "")): _plain(item) for item in items}
        for name, items in groups.items()
    }
    return {"method": {"": _plain(method.header)}, "grading": {"": _plain(method.grading)}, **tables}


def _plain(item: schema.Table) -> dict[str, object]:
    return item.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def shipped_references() -> list[str]:
    """`id@version` of every method that ships with the package."""
    return sorted(available())


def run_release_cases(release: Release) -> list[CaseResult]:
    """Every worked example of a release. Takes seconds to a minute: belongs into the job queue."""
    return [
        CaseResult(case.name, case.passed, tuple(map(str, case.differences)) + ((case.error,) if case.error else ()))
        for case in run_cases(read(release))
    ]


def period_fault(method: Method, period: str) -> str:
    """Why a method does not evaluate a period, in words; empty where it does."""
    parsed = parse_period(period)
    if parsed is None:
        return f"“{period}”不是报告期；请写作 2023、2023H1、2023Q3 或 2023M09"
    if parsed.kind not in method.header.periods:
        return f"本办法只评价 {'、'.join(method.header.periods)}，不评价 {parsed.kind}；请换报告期或办法"
    return ""


def period_words(period: str) -> str:
    """A period as people say it: 2023年第4季度."""
    parsed = parse_period(period)
    if parsed is None:
        return period
    if parsed.kind == "year":
        return f"{parsed.year}年"
    number = "上下"[parsed.number - 1] if parsed.kind == "half" else str(parsed.number)
    return f"{parsed.year}{PARTS[parsed.kind].format(number)}"


def files_digest(files: Mapping[str, str]) -> str:
    """sha256 over the files as they stand."""
    canonical = json.dumps(files, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def safe_name(name: str) -> bool:
    """Whether a name may stand in a release: .toml or .csv, at most one folder deep, nowhere else."""
    path = PurePosixPath(name)
    plain = all(part not in {"..", "."} and "\\" not in part and "\0" not in part for part in path.parts)
    return plain and not path.is_absolute() and 1 <= len(path.parts) <= 2 and path.suffix.lower() in KINDS_OF_FILE


class _Files:
    """Files beside their digest: equal to any other, so that the cache goes by the digest alone."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = files

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Files)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=64)
def _read(digest: str, files: _Files) -> Method:
    return read_method(_folder(digest, files.files))


def _folder(digest: str, files: Mapping[str, str]) -> Path:
    """The files on disk, in a folder named by their digest: the tables of cases are found from there."""
    folder = Path(settings.HOME) / "methods" / digest
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=folder.parent, prefix="new-"))
        for name, text in files.items():
            if safe_name(name):
                (made / name).parent.mkdir(exist_ok=True)
                (made / name).write_text(text, encoding="utf-8")
        try:
            os.replace(made, folder)  # noqa: PTH105 - atomic: a reader finds everything or nothing
        except OSError:  # somebody else was faster
            shutil.rmtree(made, ignore_errors=True)
    return folder


def _line(fault: Fault) -> FaultLine:
    return FaultLine(
        code=fault.code,
        severity=fault.severity,
        file=fault.place.file,
        line=fault.place.line,
        key=fault.place.key,
        cause=fault.message.cause["zh"].format_map(fault.values),
        remedy=fault.message.remedy["zh"].format_map(fault.values),
    )
