from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from yuance_web.records.accounts.models import User
from yuance_web.records.parks.models import Park, ParkVersion
from yuance_web.records.releases.models import Release
from yuance_web.records.rounds import services
from yuance_web.records.rounds.models import Round, RoundState, Submission, SubmissionState, Waiver
from yuance_web.records.rounds.selectors import matrix

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def signed_in(client: Client, lead: User) -> Client:
    client.force_login(lead, backend=BACKEND)
    return client


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        page_of(client, address)
    return len(captured)


def fill(round_: Round, code: str, **states: str) -> None:
    cells = apps.get_model("facts", "Cell")
    submission = round_.submissions.get(park__code=code)
    for variable, state in states.items():
        cells.objects.update_or_create(
            submission=submission, variable=variable, defaults={"reported": 1.0, "state": state}
        )


def test_the_matrix_counts_what_is_filled_by_park_and_by_variable(running: Round, lead: User) -> None:
    fill(running, "KM01", revenue="reported", tax_revenue="returned")
    fill(running, "KM02", revenue="adopted")
    shown = matrix(lead, running)
    assert [column.filled for column in shown.columns] == [2, 1, 0]
    assert [row.percent for row in shown.rows] == [66, 33, 0]
    assert [row.returned for row in shown.rows] == [1, 0, 0]
    assert (shown.filled, shown.cells, shown.percent) == (3, 9, 33)


def test_a_verifier_sees_the_own_columns_and_a_reporter_the_own_row(
    running: Round, verifier_tax: User, reporter: User
) -> None:
    assert [column.id for column in matrix(verifier_tax, running).columns] == ["tax_revenue"]
    assert len(matrix(verifier_tax, running).rows) == 3
    assert [row.submission.park.code for row in matrix(reporter, running).rows] == ["KM01"]


def test_the_matrix_can_be_narrowed_to_a_department(signed_in: Client, running: Round) -> None:
    page = page_of(signed_in, f"/rounds/{running.pk}/?owner=税务局")
    assert 'title="税收收入（' in page
    assert 'title="营业收入（' not in page


def test_the_number_of_queries_does_not_grow_with_parks_or_cells(signed_in: Client, running: Round) -> None:
    address = f"/rounds/{running.pk}/"
    queries(signed_in, address)
    few = queries(signed_in, address)
    for number in range(30):
        park = Park.objects.create(code=f"Q{number}")
        ParkVersion.objects.create(park=park, name=f"园区{number}", begins=dt.date(2021, 1, 1))
        Submission.objects.create(round=running, park=park, name=f"园区{number}")
        fill(running, f"Q{number}", revenue="reported", land="adopted")
    assert queries(signed_in, address) == few


def test_the_number_of_queries_does_not_grow_with_the_rounds(signed_in: Client, make: Callable[..., Round]) -> None:
    make("2021Q1")
    queries(signed_in, "/rounds/")
    few = queries(signed_in, "/rounds/")
    for period in ("2021Q2", "2021Q3", "2021Q4", "2022Q1", "2022Q2"):
        make(period)
    assert queries(signed_in, "/rounds/") == few


def test_a_round_in_preparation_is_seen_by_the_lead_department_alone(
    client: Client, draft: Round, reporter: User, leader: User
) -> None:
    for user in (reporter, leader):
        client.force_login(user, backend=BACKEND)
        assert draft.title not in page_of(client, "/rounds/")
        assert client.get(f"/rounds/{draft.pk}/").status_code == 404


def test_a_round_that_a_park_has_no_part_in_is_not_found_by_its_reporter(
    client: Client, make: Callable[..., Round], lead: User, reporter: User, parks: list[Park]
) -> None:
    round_ = services.open_round(lead, make(parks=parks[1:]))
    client.force_login(reporter, backend=BACKEND)
    assert client.get(f"/rounds/{round_.pk}/").status_code == 404


def test_lateness_is_told_for_each_park(signed_in: Client, running: Round) -> None:
    now = timezone.now()
    Round.objects.filter(pk=running.pk).update(due=now - dt.timedelta(hours=47), locks=now + dt.timedelta(days=1))
    running.submissions.filter(park__code="KM01").update(
        state="signed", signings=1, signed_at=now - dt.timedelta(days=3)
    )
    running.submissions.filter(park__code="KM02").update(state="signed", signings=1, signed_at=now)
    page = page_of(signed_in, f"/rounds/{running.pk}/")
    assert "按时" in page
    assert "迟报 2 天" in page
    assert "逾期 2 天" in page


def test_a_round_is_made_by_form_and_opened(signed_in: Client, release: Release, parks: list[Park]) -> None:
    now = timezone.localtime()
    moments = {
        name: f"{now + dt.timedelta(days=days):%Y-%m-%dT%H:%M}"
        for name, days in zip(services.DATES, (0, 5, 8, 18), strict=True)
    }
    fields = {
        "period": "2024Q1",
        "release": release.pk,
        "notice_days": 5,
        "parks": [park.pk for park in parks],
        **moments,
    }
    answer = signed_in.post("/rounds/new/", fields)
    assert answer.status_code == 302, answer.content.decode()
    round_ = Round.objects.get()
    assert signed_in.post(f"/rounds/{round_.pk}/step/open_round/").status_code == 302
    round_.refresh_from_db()
    assert round_.state == RoundState.OPEN


def test_what_is_wrong_with_a_new_round_is_told_on_the_form(
    signed_in: Client, release: Release, parks: list[Park]
) -> None:
    fields = {"period": "2024", "release": release.pk, "notice_days": 5, "parks": [parks[0].pk],
              "opens": "2024-01-01T00:00", "due": "2024-01-05T00:00", "locks": "2024-01-08T00:00", "verify_due": "2024-01-20T00:00"}  # fmt: skip
    assert "不评价" in signed_in.post("/rounds/new/", fields).content.decode()
    assert "依次" in signed_in.post("/rounds/new/", {**fields, "due": "2023-01-01T00:00"}).content.decode()
    assert not Round.objects.exists()


def test_a_step_that_is_refused_says_what_is_missing(signed_in: Client, running: Round) -> None:
    page = signed_in.post(f"/rounds/{running.pk}/step/begin_verifying/", follow=True).content.decode()
    assert "3 个园区尚未签报" in page
    assert signed_in.post(f"/rounds/{running.pk}/step/destroy/").status_code == 404


def test_a_step_is_never_taken_by_following_a_link(signed_in: Client, running: Round) -> None:
    assert signed_in.get(f"/rounds/{running.pk}/step/begin_verifying/").status_code == 405


def test_a_lock_is_opened_and_closed_from_the_page(signed_in: Client, running: Round) -> None:
    submission = running.submissions.get(park__code="KM01")
    until = f"{timezone.localtime() + dt.timedelta(days=2):%Y-%m-%dT%H:%M}"
    assert signed_in.get(f"/rounds/{running.pk}/waive/{submission.pk}/").status_code == 200
    assert (
        signed_in.post(
            f"/rounds/{running.pk}/waive/{submission.pk}/", {"reason": "系统故障", "until": until}
        ).status_code
        == 302
    )
    waiver = Waiver.objects.get()
    assert "系统故障" in page_of(signed_in, f"/rounds/{running.pk}/")
    assert signed_in.post(f"/rounds/{running.pk}/waivers/{waiver.pk}/end/").status_code == 302
    waiver.refresh_from_db()
    assert waiver.until <= timezone.now()


def test_a_waiver_for_a_park_of_another_round_is_not_found(
    signed_in: Client, running: Round, make: Callable[..., Round]
) -> None:
    other = make("2023Q3").submissions.first()
    assert other is not None
    assert (
        signed_in.post(
            f"/rounds/{running.pk}/waive/{other.pk}/", {"reason": "系统故障", "until": "2099-01-01T00:00"}
        ).status_code
        == 404
    )


def test_reminders_and_dates_are_managed_from_the_page(signed_in: Client, running: Round) -> None:
    assert "已向 3 个园区催报" in signed_in.post(f"/rounds/{running.pk}/remind/", follow=True).content.decode()
    fields = {name: f"{timezone.localtime(getattr(running, name)):%Y-%m-%dT%H:%M}" for name in services.DATES}
    later = f"{timezone.localtime(running.due) + dt.timedelta(days=1):%Y-%m-%dT%H:%M}"
    assert signed_in.post(f"/rounds/{running.pk}/dates/", {**fields, "due": later, "reason": "顺延"}).status_code == 302
    assert signed_in.post(f"/rounds/{running.pk}/dates/", {**fields, "due": later}).status_code == 200


def test_nobody_but_the_lead_department_manages_a_round(
    client: Client, running: Round, reporter: User, verifier_tax: User, leader: User
) -> None:
    submission = running.submissions.first()
    assert submission is not None
    for user in (reporter, verifier_tax, leader):
        client.force_login(user, backend=BACKEND)
        for address in ("new/", f"{running.pk}/dates/", f"{running.pk}/waive/{submission.pk}/"):
            assert client.get(f"/rounds/{address}").status_code == 403
        for address in (f"{running.pk}/remind/", f"{running.pk}/step/begin_verifying/"):
            assert client.post(f"/rounds/{address}").status_code == 403


def test_administrators_see_no_rounds(client: Client, running: Round, system: User) -> None:
    client.force_login(system, backend=BACKEND)
    assert client.get("/rounds/").status_code == 403
    assert client.get(f"/rounds/{running.pk}/").status_code == 403


def test_a_park_shows_the_rounds_it_takes_part_in(signed_in: Client, running: Round) -> None:
    assert running.title in page_of(signed_in, "/parks/KM01/")
    assert SubmissionState.DRAFT.label in page_of(signed_in, "/parks/KM01/")


def test_a_round_in_preparation_can_be_changed_and_given_up_and_no_other(
    signed_in: Client, draft: Round, parks: list[Park]
) -> None:
    assert "调整园区" in page_of(signed_in, f"/rounds/{draft.pk}/")
    assert page_of(signed_in, f"/rounds/{draft.pk}/parks/").count("checked") == 3
    assert signed_in.post(f"/rounds/{draft.pk}/parks/", {"parks": [parks[0].pk]}).status_code == 302
    assert draft.submissions.count() == 1
    Round.objects.filter(pk=draft.pk).update(state=RoundState.OPEN)
    assert "不能再改" in signed_in.post(f"/rounds/{draft.pk}/parks/", {"parks": [parks[1].pk]}).content.decode()
    signed_in.post(f"/rounds/{draft.pk}/drop/")
    assert Round.objects.exists()
    Round.objects.filter(pk=draft.pk).update(state=RoundState.DRAFT)
    assert signed_in.post(f"/rounds/{draft.pk}/drop/").status_code == 302
    assert not Round.objects.exists()
