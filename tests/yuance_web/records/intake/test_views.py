from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.yuance_web.records.facts.views.test_filling import desk_of
from tests.yuance_web.records.intake.test_services import fill
from yuance_web.records.accounts.models import User
from yuance_web.records.facts.models import Cell
from yuance_web.records.intake.models import Import
from yuance_web.records.rounds.models import Round, Submission

pytestmark = pytest.mark.django_db
Find = Callable[..., Cell]


def test_a_template_goes_out_and_comes_back(
    reporter: User, other_reporter: User, running: Round, submission: Submission, cell: Find
) -> None:
    client = desk_of(reporter)
    raw = client.get(reverse("template-park", args=[submission.pk])).content
    sent = {"file": SimpleUploadedFile("填报表.xlsx", fill(raw, {("land", "actual"): 12}))}
    page = client.post(reverse("import-upload", args=[running.pk]), sent, follow=True).content.decode()
    assert "确认写入 1 格" in page
    kept = Import.objects.get()
    assert desk_of(other_reporter).get(reverse("import-preview", args=[kept.pk])).status_code == 404
    assert desk_of(other_reporter).post(reverse("import-confirm", args=[kept.pk])).status_code == 404
    client.post(reverse("import-confirm", args=[kept.pk]))
    assert cell("land").reported == 12


def test_a_file_that_is_refused_says_why(reporter: User, running: Round) -> None:
    sent = {"file": SimpleUploadedFile("表.xlsx", b"%PDF-1.7")}
    answer = desk_of(reporter).post(reverse("import-upload", args=[running.pk]), sent)
    assert answer.status_code == 422
    assert "不是 Excel 工作簿" in answer.content.decode()


def test_a_preview_can_be_given_up(reporter: User, running: Round, submission: Submission, cell: Find) -> None:
    client = desk_of(reporter)
    raw = client.get(reverse("template-park", args=[submission.pk])).content
    sent = {"file": SimpleUploadedFile("填报表.xlsx", fill(raw, {("land", "actual"): 12}))}
    client.post(reverse("import-upload", args=[running.pk]), sent)
    client.post(reverse("import-drop", args=[Import.objects.get().pk]))
    client.post(reverse("import-confirm", args=[Import.objects.get().pk]))
    assert cell("land").reported is None


def test_templates_are_within_scope(
    reporter: User, other_reporter: User, verifier_tax: User, submission: Submission, running: Round
) -> None:
    assert desk_of(other_reporter).get(reverse("template-park", args=[submission.pk])).status_code == 404
    assert desk_of(verifier_tax).get(reverse("template-park", args=[submission.pk])).status_code == 403
    assert desk_of(reporter).get(reverse("template-department", args=[running.pk])).status_code == 403
