from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.yuance_web.records.small_method import FILES, changed
from yuance_web.records.accounts.models import User
from yuance_web.records.releases.models import Release
from yuance_web.records.releases.services import import_release, record_cases, upload_release

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def signed_in(client: Client, lead: User) -> Client:
    client.force_login(lead, backend=BACKEND)
    return client


def upload(client: Client, files: dict[str, str]) -> object:
    return client.post(
        "/methods/upload/", {"texts": [SimpleUploadedFile(name, text.encode()) for name, text in files.items()]}
    )


def kept(lead: User, files: dict[str, str] = FILES) -> Release:
    return upload_release(lead, {name: text.encode() for name, text in files.items()})


def test_an_upload_leads_to_the_book(signed_in: Client) -> None:
    answer = upload(signed_in, FILES)
    assert answer.status_code == 302  # type: ignore[attr-defined]
    assert "亩均税收" in signed_in.get("/methods/small/1/").content.decode()


def test_a_faulty_upload_shows_every_fault_with_its_line_and_keeps_nothing(signed_in: Client) -> None:
    answer = upload(signed_in, changed("2", **{"tax_revenue / land": "tax_revenu / lant"}))
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "tax_revenu" in page
    assert "lant" in page
    assert "indicator[tax_per_mu].value" in page
    assert "没有导入" in page
    assert not Release.objects.exists()


def test_an_upload_of_nothing_is_told(signed_in: Client) -> None:
    assert signed_in.post("/methods/upload/", {}).status_code == 200
    assert not Release.objects.exists()


def test_a_shipped_method_is_taken_by_a_click(signed_in: Client) -> None:
    assert signed_in.post("/methods/upload/", {"reference": "undp-hdi@2022"}).status_code == 302
    assert Release.objects.filter(identifier="undp-hdi").exists()


def test_a_reconstruction_says_so_before_anything_else(signed_in: Client) -> None:
    import_release(None, "kunming-parks@2023-trial")
    page = signed_in.get("/methods/kunming-parks/2023-trial/").content.decode()
    assert "非官方文本" in page
    assert page.index("不得作为官方依据引用") < page.index("综合发展")


def test_the_book_shows_how_the_cases_came_out(signed_in: Client, lead: User) -> None:
    record_cases(lead, kept(lead))
    page = signed_in.get("/methods/small/1/").content.decode()
    assert "1 个不符" in page
    assert "应为 1" in page


def test_two_versions_stand_side_by_side(signed_in: Client, lead: User) -> None:
    kept(lead)
    kept(lead, changed("2", **{"A = 60, B = 40": "A = 55, B = 40"}))
    page = signed_in.get("/methods/compare/", {"a": "small@1", "b": "small@2"}).content.decode()
    assert "<del>60</del>" in page
    assert "<ins>55</ins>" in page


def test_a_comparison_with_what_is_not_there_is_told(signed_in: Client) -> None:
    assert signed_in.get("/methods/compare/", {"a": "small@1", "b": "?"}).status_code == 200


def test_an_unknown_method_is_not_found(signed_in: Client) -> None:
    assert signed_in.get("/methods/small/9/").status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_releases(signed_in: Client, lead: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            signed_in.get("/methods/")
        return len(captured)

    kept(lead)
    queries()
    few = queries()
    for version in range(2, 9):
        kept(lead, changed(str(version)))
    assert queries() == few


def test_a_reporter_reads_the_book_but_uploads_nothing(client: Client, lead: User, reporter: User) -> None:
    kept(lead)
    client.force_login(reporter, backend=BACKEND)
    assert client.get("/methods/small/1/").status_code == 200
    assert client.get("/methods/upload/").status_code == 403
    assert client.post("/methods/small/1/cases/").status_code == 403


def test_text_of_a_method_is_shown_as_text(signed_in: Client, lead: User) -> None:
    kept(lead, changed("3", 亩均税收="<script>alert(1)</script>"))
    page = signed_in.get("/methods/small/3/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
