from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from tests.yuance_web.records.small_method import FILES, changed
from yuance_web.records.accounts.models import User
from yuance_web.records.journal.models import Entry
from yuance_web.records.releases import bridge
from yuance_web.records.releases.models import Release
from yuance_web.records.releases.services import ReleaseRefused, import_release, record_cases, upload_release

pytestmark = pytest.mark.django_db


def as_bytes(files: dict[str, str]) -> dict[str, bytes]:
    return {name: text.encode() for name, text in files.items()}


def test_a_shipped_method_is_taken_in_with_the_digest_of_the_engine() -> None:
    release = import_release(None, "kunming-parks@2023-trial")
    assert release.digest == bridge.read(release).digest
    assert release.is_reconstruction
    assert "cases/vetoes.csv" in release.files
    assert len(bridge.read(release).indicators) == 40


def test_every_shipped_method_can_be_taken_in() -> None:
    for reference in bridge.shipped_references():
        assert str(import_release(None, reference)) == reference


def test_what_is_read_is_read_once(lead: User) -> None:
    release = upload_release(lead, as_bytes(FILES))
    assert bridge.read(release) is bridge.read(Release.objects.get())


def test_the_same_text_is_taken_once_and_another_text_of_the_same_version_is_refused(lead: User) -> None:
    first = upload_release(lead, as_bytes(FILES))
    assert upload_release(lead, as_bytes(FILES)) == first
    with pytest.raises(ReleaseRefused, match="已经导入过"):
        upload_release(lead, as_bytes(changed("1", 亩均税收="每亩税收")))
    assert Release.objects.count() == 1


def test_a_faulty_method_is_refused_with_all_its_faults_and_nothing_is_kept(lead: User) -> None:
    files = changed("2", **{"tax_revenue / land": "tax_revenu / land", 'owner = "统计局"': 'ovner = "统计局"'})
    lines = Entry.objects.count()
    with pytest.raises(ReleaseRefused) as refused:
        upload_release(lead, as_bytes(files))
    faults = refused.value.faults
    assert len(faults) >= 2
    assert all(
        fault.file == "method.toml" and fault.line and fault.key and fault.cause and fault.remedy for fault in faults
    )
    assert not Release.objects.exists()
    assert Entry.objects.count() == lines


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"notes.txt": b"x"}, "没有 .toml 文件"),
        ({"method.toml": "评价办法".encode("gb18030")}, "UTF-8"),
        ({"../method.toml": b""}, "不是 .toml"),
        ({"a/b/c.toml": b""}, "不是 .toml"),
        ({"method.toml": b"[method\n"}, "TOML"),
        ({f"m{number}.toml": b"" for number in range(61)}, "多于"),
        ({"method.toml": b"#" * 5_000_001}, "MB"),
    ],
)
def test_what_is_no_method_is_refused(lead: User, files: dict[str, bytes], words: str) -> None:
    with pytest.raises(ReleaseRefused) as refused:
        upload_release(lead, files)
    assert any(words in fault.cause for fault in refused.value.faults)
    assert not Release.objects.exists()


def test_only_the_lead_department_uploads(reporter: User) -> None:
    with pytest.raises(PermissionDenied):
        upload_release(reporter, as_bytes(FILES))


def test_cases_are_run_and_kept_with_what_differs(lead: User) -> None:
    release = record_cases(lead, upload_release(lead, as_bytes(FILES)))
    good, bad = release.cases or []
    assert good["passed"]
    assert not bad["passed"]
    assert "应为 1" in bad["differences"][0]
    assert Entry.objects.filter(verb="运行算例").count() == 1


def test_taking_in_writes_one_line_of_the_journal(lead: User) -> None:
    upload_release(lead, as_bytes(FILES))
    entry = Entry.objects.get(verb="上传评价办法")
    assert entry.actor == lead.username
    assert entry.subject == "small@1"
