from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import InMemoryStorage
from django.core.files.uploadedfile import SimpleUploadedFile

from yuance_web.records.accounts.models import User
from yuance_web.records.facts import services
from yuance_web.records.facts.models import Cell, Evidence
from yuance_web.records.facts.services.evidence import clean_name
from yuance_web.records.rounds.models import Submission
from yuance_web.records.rounds.services import Refused

pytestmark = pytest.mark.django_db
Find = Callable[..., Cell]
PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture(autouse=True)
def stored(settings: Any, tmp_path: Path) -> Iterator[None]:
    field = Evidence._meta.get_field("file")
    kept, field.storage = field.storage, InMemoryStorage()
    yield
    field.storage = kept


def upload(content: bytes, name: str = "佐证.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def package(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return stream.getvalue()


BOOK = ("[Content_Types].xml", "xl/workbook.xml")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "application/pdf"),
        (b"\x89PNG\r\n\x1a\n0", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (package(*BOOK), services.evidence.XLSX),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_what_a_file_is_is_told_by_its_content(reporter: User, cell: Find, content: bytes, kind: str) -> None:
    kept = services.add_evidence(reporter, cell("land").pk, upload(content, "随便.txt"))
    assert (kept.kind, kept.name) == (kind, "随便.txt")
    assert len(kept.sm3) == 64


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "空.pdf", "空的"),
        (b"MZ\x90\0", "报告.pdf", "不是 PDF"),
        (b"<html><script>", "报告.pdf", "不是 PDF"),
        (b"<svg xmlns='x'/>", "图.png", "不是 PDF"),
        (b"GIF89a", "图.gif", "不是 PDF"),
        (package("a.txt"), "表.xlsx", "压缩包"),
        (package("[Content_Types].xml", "word/document.xml"), "表.xlsx", "压缩包"),
        (package(*BOOK, "xl/vbaProject.bin"), "表.xlsx", "宏"),
        (package(*BOOK, "xl/embeddings/a.bin"), "表.xlsx", "嵌入"),
        (package(*BOOK)[:60], "表.xlsx", "损坏"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_what_is_no_document_is_refused(reporter: User, cell: Find, content: bytes, name: str, words: str) -> None:
    with pytest.raises(services.EvidenceRefused, match=words):
        services.add_evidence(reporter, cell("land").pk, upload(content, name))
    assert not Evidence.objects.exists()


def test_a_document_too_large_is_refused(reporter: User, cell: Find, settings: Any) -> None:
    settings.UPLOAD_MOST_BYTES = 2**20
    with pytest.raises(services.EvidenceRefused, match="大于 1 MB"):
        services.add_evidence(reporter, cell("land").pk, upload(PDF + b"0" * 2**20))


def test_only_the_parks_reporter_attaches_and_only_while_the_cell_is_open(
    reporter: User, other_reporter: User, verifier_tax: User, signed: Submission, cell: Find
) -> None:
    for actor in (other_reporter, verifier_tax):
        with pytest.raises(PermissionDenied):
            services.add_evidence(actor, cell("land").pk, upload(PDF))
    with pytest.raises(Refused):
        services.add_evidence(reporter, cell("land").pk, upload(PDF))


def test_a_document_can_be_taken_away_again_and_the_journal_remembers(reporter: User, cell: Find) -> None:
    kept = services.add_evidence(reporter, cell("land").pk, upload(PDF))
    services.remove_evidence(reporter, kept)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("..\\..\\a.pdf", "a.pdf"),
        ("/etc/passwd", "passwd"),
        ("a\x00\n.pdf", "a.pdf"),
        ("...", "未命名"),
        ("", "未命名"),
    ],
)
def test_a_name_is_shown_and_never_a_path(name: str, clean: str) -> None:
    assert clean_name(name) == clean
