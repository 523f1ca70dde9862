from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from yuance_web.records.accounts import access
from yuance_web.records.accounts.models import Role, User
from yuance_web.records.parks.models import Park, ParkVersion
from yuance_web.records.rights import (
    Denied,
    everyone,
    owns_variable,
    parks_of,
    roles,
    signed_in,
    submissions_of,
    to_login,
)
from yuance_web.records.rounds.models import Round, Submission

pytestmark = pytest.mark.django_db


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.path)


def request_of(user: object, path: str = "/x/?a=1", **headers: str) -> HttpRequest:
    request = RequestFactory().get(path, headers=headers)
    request.user = user  # type: ignore[assignment]
    return request


def test_a_view_says_whom_it_is_for() -> None:
    assert roles(Role.LEAD)(page).allowed_roles == {"lead"}  # type: ignore[attr-defined]
    assert everyone(page).allowed_roles == "everyone"  # type: ignore[attr-defined]
    assert signed_in(page).allowed_roles == set(Role.values)  # type: ignore[attr-defined]


def test_a_role_that_does_not_exist_cannot_be_granted() -> None:
    with pytest.raises(ValueError, match="emperor"):
        roles("emperor")


def test_who_is_not_granted_is_denied(lead: User, reporter: User) -> None:
    guarded = roles(Role.LEAD)(page)
    assert guarded(request_of(lead)).status_code == 200
    with pytest.raises(Denied, match="本页供牵头部门使用"):
        guarded(request_of(reporter))


def test_an_account_without_a_role_opens_what_is_for_every_account(account: Callable[..., User]) -> None:
    fresh = account("fresh")
    assert signed_in(page)(request_of(fresh)).status_code == 200
    with pytest.raises(Denied):
        roles(*Role.values)(page)(request_of(fresh))


def test_a_visitor_goes_to_the_login_and_comes_back() -> None:
    answer = roles(Role.LEAD)(page)(request_of(AnonymousUser()))
    assert answer.headers["Location"] == "/account/login/?next=%2Fx%2F%3Fa%3D1"


def test_a_fragment_leads_the_whole_page_to_the_login() -> None:
    answer = to_login(
        request_of(AnonymousUser(), **{"HX-Request": "true", "HX-Current-URL": "http://testserver/rounds/3/"})
    )
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == "/account/login/?next=%2Frounds%2F3%2F"


def seen(user: User) -> set[str]:
    return set(Park.objects.filter(parks_of(user)).values_list("code", flat=True))


@pytest.fixture
def parks(reporter: User, other_reporter: User) -> None:
    del reporter, other_reporter
    day = dt.date(2021, 1, 1)
    for code, county in (("KM01", "五华区"), ("KM02", "官渡区"), ("KM03", "五华区;西山区")):
        park, _ = Park.objects.get_or_create(code=code)
        ParkVersion.objects.create(park=park, name=code, county=county, begins=day)


@pytest.mark.usefixtures("parks")
def test_rows(
    lead: User, leader: User, reporter: User, signer: User, verifier_tax: User, reviewer: User, audit: User
) -> None:
    everything = {"KM01", "KM02", "KM03"}
    assert seen(lead) == seen(leader) == seen(verifier_tax) == everything
    assert seen(reporter) == seen(signer) == {"KM01"}
    assert seen(reviewer) == {"KM01", "KM03"}
    assert seen(audit) == set()


@pytest.mark.usefixtures("parks")
def test_a_county_sees_the_parks_that_it_has_today(reviewer: User) -> None:
    park = Park.objects.get(code="KM01")
    park.versions.update(ends=dt.date(2022, 12, 31))
    ParkVersion.objects.create(park=park, name="KM01", county="官渡区", begins=dt.date(2023, 1, 1))
    assert seen(reviewer) == {"KM03"}


def test_rows_of_submissions(round_: Round, reporter: User, reviewer: User, lead: User, security: User) -> None:
    def codes(user: User) -> set[str]:
        return set(submissions_of(user, Submission.objects.filter(round=round_)).values_list("park__code", flat=True))

    assert codes(lead) == {"KM01", "KM02", "KM03"}
    assert codes(reporter) == {"KM01"}
    assert codes(security) == set()
    round_.submissions.filter(park__code="KM02").update(county="官渡区")
    assert codes(reviewer) == {"KM01", "KM03"}


def test_an_office_without_a_scope_gives_no_rows(account: Callable[..., User]) -> None:
    lost = account("lost", Role.REPORTER, office="无园区单位")
    homeless = account("homeless", Role.SIGNER)
    assert seen(lost) == seen(homeless) == set()
    assert not submissions_of(lost, Submission.objects.all()).exists()


def test_columns(verifier_tax: User, lead: User) -> None:
    assert owns_variable(verifier_tax, "税务局")
    assert owns_variable(verifier_tax, "统计局、税务局")
    assert not owns_variable(verifier_tax, "统计局")
    assert not owns_variable(verifier_tax, "")
    assert not owns_variable(lead, "税务局")


def test_the_rooms_above_find_the_same_rights_at_accounts() -> None:
    assert access.roles is roles
    assert access.Denied is Denied
