"""Evidence (佐证材料): what a file is, is told by its content; stored outside the web root, never run, only handed out."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from yuance_web.records.accounts.models import User
from yuance_web.records.facts.models import Evidence
from yuance_web.records.facts.services.filling import locked_submission, require_writable, submission_of
from yuance_web.records.journal.services import write_entry

MOST_FILES = 20
MOST_UNPACKED = 200 * 2**20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SUFFIXES = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg", XLSX: ".xlsx"}
PARTS_REFUSED = ("vbaProject.bin", "activeX/", "embeddings/", "externalLinks/")


class EvidenceRefused(Exception):
    """A file that is not taken, and what to do."""


def add_evidence(actor: User, cell: int, upload: UploadedFile[Any]) -> Evidence:
    """Attach a document to a cell, as long as its reporter may write to it."""
    name = clean_name(upload.name or "")
    most = settings.UPLOAD_MOST_BYTES
    if (upload.size or 0) > most:
        raise EvidenceRefused(f"文件“{name}”大于 {most // 2**20} MB；请压缩或拆分后再传")
    content = upload.read(most + 1)
    kind = kind_of(content, name)
    with transaction.atomic():
        submission = locked_submission(submission_of(cell))
        kept = submission.cells.select_for_update().get(pk=cell)
        require_writable(actor, submission, [kept])
        if kept.evidence.count() >= MOST_FILES:
            raise EvidenceRefused(f"一个数据项最多 {MOST_FILES} 份佐证；请先删去不用的")
        digest = hashlib.new("sm3", content).hexdigest()
        evidence = Evidence(cell=kept, name=name, kind=kind, size=len(content), sm3=digest, by=actor)
        evidence.file.save(digest[:24] + SUFFIXES[kind], ContentFile(content), save=False)
        evidence.save()
        write_entry(
            actor,
            "上传佐证",
            "数据",
            f"{submission} {kept.variable}",
            cell=cell,
            name=name,
            size=len(content),
            sm3=digest,
        )
    return evidence


@transaction.atomic
def remove_evidence(actor: User, evidence: Evidence) -> None:
    """Take a document away again, while the cell is open; that it was there stays in the journal."""
    submission = locked_submission(evidence.cell.submission_id)
    require_writable(actor, submission, [evidence.cell])
    if evidence.by_id != actor.pk and submission.signings:
        raise PermissionDenied("签报以后只能删去自己上传的佐证")
    write_entry(
        actor, "删去佐证", "数据", f"{submission} {evidence.cell.variable}", name=evidence.name, sm3=evidence.sm3
    )
    stored, place = evidence.file.storage, evidence.file.name
    evidence.delete()
    transaction.on_commit(lambda: stored.delete(place or ""))


def kind_of(content: bytes, name: str) -> str:
    """The media type that the content has, whatever the name says. Raises `EvidenceRefused`."""
    if not content:
        raise EvidenceRefused(f"文件“{name}”是空的；请确认是否选错文件")
    if len(content) > settings.UPLOAD_MOST_BYTES:
        raise EvidenceRefused(f"文件“{name}”大于 {settings.UPLOAD_MOST_BYTES // 2**20} MB；请压缩或拆分后再传")
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"PK\x03\x04"):
        _require_workbook(content, name)
        return XLSX
    raise EvidenceRefused(f"文件“{name}”不是 PDF、PNG、JPEG 图片或 Excel（.xlsx）；请转换格式后再传")


def _require_workbook(content: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise EvidenceRefused(f"文件“{name}”已损坏，无法打开；请重新保存后再传") from None
    names = {part.filename for part in parts}
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise EvidenceRefused(f"文件“{name}”是压缩包或其他文档，不是 Excel（.xlsx）；请转换为 PDF 后再传")
    found = [word for word in PARTS_REFUSED if any(word in part for part in names)]
    if found:
        raise EvidenceRefused(f"文件“{name}”含有宏、控件、嵌入对象或外部链接；请另存为不含宏的 .xlsx 或 PDF")
    if any(part.flag_bits & 1 for part in parts):
        raise EvidenceRefused(f"文件“{name}”设有密码；请取消密码后再传")
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise EvidenceRefused(f"文件“{name}”解压后过大；请拆分后再传")


def clean_name(name: str) -> str:
    """The last part of a file's name without control characters: a name is shown, never used as a path."""
    last = PurePath(name.replace("\\", "/")).name
    plain = "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"|?*').strip(". ")
    return plain[-200:] or "未命名"
