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
from yuance.loop.evaluation.cases import run_cases
from yuance.method import Method, MethodError, available, read_method
from yuance.method.reading import locate
from yuance_web.records.releases.models import Release

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

