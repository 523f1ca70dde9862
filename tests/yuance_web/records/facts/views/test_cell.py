from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.files.storage import InMemoryStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.yuance_web.records.facts.views.test_filling import desk_of
from yuance_web.records.accounts.models import User
from yuance_web.records.facts.models import Cell, Evidence

pytestmark = pytest.mark.django_db
Find = Callable[..., Cell]


@pytest.fixture(autouse=True)
def stored() -> Iterator[None]:
    field = Evidence._meta.get_field("file")
    kept, field.storage = field.storage, InMemoryStorage()
    yield
    field.storage = kept


def test_a_document_is_handed_out_to_be_saved_and_only_within_scope(
    reporter: User, other_reporter: User, verifier_tax: User, lead: User, cell: Find
) -> None:
    client = desk_of(reporter)
    client.post(reverse("evidence-add", args=[cell("land").pk]), {"file": SimpleUploadedFile("证.pdf", b"%PDF-1.7")})
    url = reverse("evidence", args=[Evidence.objects.get().pk])
    answer = client.get(url)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert desk_of(lead).get(url).status_code == 200
    assert desk_of(other_reporter).get(url).status_code == 404
    assert desk_of(verifier_tax).get(url).status_code == 403


def test_a_refused_document_is_told(reporter: User, cell: Find) -> None:
    sent = {"file": SimpleUploadedFile("证.pdf", b"MZ")}
    answer = desk_of(reporter).post(reverse("evidence-add", args=[cell("land").pk]), sent, follow=True)
    assert "不是 PDF" in answer.content.decode()


def test_a_cell_tells_what_it_has_been_through(reporter: User, cell: Find) -> None:
    client = desk_of(reporter)
    client.post(
        reverse("form-save", args=[cell("land").submission_id, cell("land").pk]),
        {"text": "5", "version": 0, "explanation": "按红线"},
    )
    page = client.get(reverse("cell", args=[cell("land").pk])).content.decode()
    assert "按红线" in page
    assert "网页" in page
