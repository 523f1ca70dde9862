"""Taking in releases of methods; a release never changes afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from yuance_web.records.accounts.models import Role, User
from yuance_web.records.journal.services import write_entry
from yuance_web.records.releases import bridge
from yuance_web.records.releases.bridge import FaultLine
from yuance_web.records.releases.models import Release

MOST_FILES, MOST_BYTES = 60, 5_000_000


class ReleaseRefused(Exception):
    """A method that was not taken in; `faults` say everything that is wrong with it."""

    def __init__(self, faults: Iterable[FaultLine]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            "\n".join(f"{fault.file}:{fault.line or ''} {fault.key} {fault.cause}" for fault in self.faults)
        )


def import_release(actor: User | None, reference: str | Path) -> Release:
    """Take in a method that ships with the package (`id@version`), or stands in a folder."""
    return _keep(actor, bridge.files_of(reference), "导入评价办法", str(reference))


def upload_release(actor: User, uploads: Mapping[str, bytes]) -> Release:
    """Take in uploaded TOML files (and the tables of their cases); nothing is kept when anything is wrong."""
    if actor.role != Role.LEAD:
        raise PermissionDenied("只有牵头部门可以导入评价办法")
    return _keep(actor, _texts(uploads), "上传评价办法", "、".join(sorted(uploads)))


def record_cases(actor: User | None, release: Release) -> Release:
    """Run the worked examples of a release and keep how they came out; nothing is locked while they run."""
    results = bridge.run_release_cases(release)
    failed = sum(not result.passed for result in results)
    with transaction.atomic():
        release.cases, release.cases_at = [asdict(result) for result in results], timezone.now()
        release.save(update_fields=["cases", "cases_at"])
        write_entry(actor, "运行算例", "评价办法", release, cases=len(results), failed=failed)
    return release


def _keep(actor: User | None, files: dict[str, str], verb: str, origin: str) -> Release:
    reading = bridge.read_files(files)
    if reading.method is None:
        raise ReleaseRefused(reading.faults)
    header, digest = reading.method.header, reading.method.digest
    with transaction.atomic():
        known = Release.objects.filter(identifier=header.id, version=header.version).first()
        if known is not None:
            if known.digest == digest and known.files == files:
                return known
            raise ReleaseRefused([_taken(known)])
        release = Release.objects.create(
            identifier=header.id,
            version=header.version,
            title=header.title or header.id,
            status=header.status,
            digest=digest,
            files=files,
            imported_by=actor.username if actor else "system",
        )
        write_entry(actor, verb, "评价办法", release, digest=digest, origin=origin, status=header.status)
    return release


def _texts(uploads: Mapping[str, bytes]) -> dict[str, str]:
    """The uploads as texts, or what is wrong with them as files."""
    faults = []
    if not any(name.lower().endswith(".toml") for name in uploads):
        faults.append(_fault("", "没有 .toml 文件", "请选择评价办法的全部 .toml 文件（可多选）"))
    if len(uploads) > MOST_FILES:
        faults.append(_fault("", f"文件有 {len(uploads)} 个，多于 {MOST_FILES} 个", "请只上传一个评价办法的文件"))
    if sum(map(len, uploads.values())) > MOST_BYTES:
        faults.append(
            _fault("", f"文件合计大于 {MOST_BYTES // 1_000_000} MB", "评价办法是文字表格，请检查是否选错文件")
        )
    texts = {}
    for name, content in uploads.items():
        if not bridge.safe_name(name):
            faults.append(_fault(name, "不是 .toml 或 .csv 文件", "请只选评价办法的文本文件"))
            continue
        try:
            texts[name] = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            faults.append(_fault(name, "文件不是 UTF-8 编码", "请另存为 UTF-8"))
    if faults:
        raise ReleaseRefused(faults)
    return texts


def _fault(file: str, cause: str, remedy: str) -> FaultLine:
    return FaultLine("W101", "error", file, None, "", cause, remedy)


def _taken(known: Release) -> FaultLine:
    return FaultLine(
        "W102",
        "error",
        "method.toml",
        None,
        "method.version",
        f"{known} 已经导入过，内容不同",
        "办法一经发布不再改动；修改后请写新的 version",
    )
