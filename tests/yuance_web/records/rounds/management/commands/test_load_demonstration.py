from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from yuance_web.records.accounts.models import Role, User
from yuance_web.records.journal.selectors import breaks
from yuance_web.records.parks.models import Park
from yuance_web.records.parks.selectors import park_on
from yuance_web.records.releases.models import Release
from yuance_web.records.rounds.models import Round, RoundState, SubmissionState

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Loaded once for all tests of this file, and taken back after them; what the command says."""
    del django_db_setup
    said = io.StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demonstration", stdout=said)
        yield said.getvalue()
        transaction.set_rollback(True)


def test_the_demonstration_city_is_whole_and_loading_it_again_changes_nothing(loaded: str) -> None:
    assert Park.objects.count() == 19
    assert Round.objects.filter(state=RoundState.FINAL).count() == 11
    assert Round.objects.get(state=RoundState.OPEN).period == "2023Q4"
    assert all(round_.invented for round_ in Round.objects.all())
    assert not list(breaks())
    before = [model.objects.count() for model in (Round, Park, User, apps.get_model("facts", "Cell"))]
    call_command("load_demonstration")
    assert [model.objects.count() for model in (Round, Park, User, apps.get_model("facts", "Cell"))] == before


def test_there_is_a_user_for_every_role_who_need_not_change_the_password(loaded: str) -> None:
    assert set(User.objects.values_list("role", flat=True)) == set(Role.values)
    for username in (
        "lead",
        "reporter",
        "signer",
        "tax",
        "statistics",
        "reviewer",
        "leader",
        "system",
        "security",
        "audit",
    ):
        user = User.objects.get(username=username)
        assert user.check_password("Yuance-2026")
        assert not user.must_change_password
        assert username in loaded


def test_every_variable_has_a_department_that_verifies_it(loaded: str) -> None:
    owners = set(User.objects.filter(role=Role.VERIFIER).values_list("office__owner", flat=True))
    release = Release.objects.get(identifier="kunming-parks")
    assert all(f'owner = "{owner}"' in release.files["variables.toml"] for owner in owners)
    assert len(owners) == 15


def test_the_past_is_adopted_and_the_open_round_is_as_far_as_it_is(loaded: str) -> None:
    cells = apps.get_model("facts", "Cell")
    past = cells.objects.filter(submission__round__period="2022Q4")
    assert past.filter(adopted__isnull=False).count() > 1000
    assert not past.filter(reported__isnull=False, adopted__isnull=True).exists()
    current = cells.objects.filter(submission__round__period="2023Q4")
    assert not current.filter(adopted__isnull=False).exists()
    signed = Round.objects.get(period="2023Q4").submissions.filter(state=SubmissionState.SIGNED)
    assert [submission.park.code for submission in signed] == ["KM02"]
    assert current.filter(submission__park__code="KM04", reported__isnull=False).count() == 0
    assert 0 < current.filter(submission__park__code="KM01", reported__isnull=False).count() < 64


def test_every_adopted_value_has_who_reported_and_who_verified_it(loaded: str) -> None:
    changes = apps.get_model("facts", "Change")
    adopted = changes.objects.filter(
        cell__submission__round__period="2023Q3", cell__variable="tax_revenue", stage="adopted"
    )
    assert adopted.count() == 19
    assert all(
        change.at < change.cell.submission.round.verify_due
        for change in adopted.select_related("cell__submission__round")
    )
    assert set(adopted.values_list("by__username", flat=True)) == {"tax"}


def test_parks_are_true_in_time(loaded: str) -> None:
    before, after = park_on("KM08", dt.date(2022, 6, 1)), park_on("KM08", dt.date(2023, 6, 1))
    assert before is not None
    assert after is not None
    assert (before.name, after.name) == ("昆明呈贡信息产业园区", "云南省数字经济开发区")
    names = dict(Round.objects.get(period="2022Q4").submissions.values_list("park__code", "name"))
    assert names["KM08"] == "昆明呈贡信息产业园区"


def test_a_slip_of_unit_in_the_past_was_put_right_by_its_department_and_what_was_reported_stays(loaded: str) -> None:
    cell = apps.get_model("facts", "Cell").objects.get(
        submission__round__period="2023Q3", submission__park__code="KM12", variable="tax_revenue", kind="actual"
    )
    assert cell.state == "corrected"
    assert cell.adopted == pytest.approx(cell.reported * 10_000)
    assert "亿元" in cell.reason


def test_the_open_round_has_a_cell_for_every_variable_of_every_park(loaded: str) -> None:
    cells = apps.get_model("facts", "Cell").objects.filter(submission__round__period="2023Q4", kind="actual")
    assert cells.count() == 19 * 64
