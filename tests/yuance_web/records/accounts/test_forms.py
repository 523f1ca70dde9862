from __future__ import annotations

import datetime as dt

import pytest

from yuance_web.records.accounts.forms import AccountForm, OfficeForm, RightsForm
from yuance_web.records.accounts.models import User
from yuance_web.records.parks.models import Park, ParkVersion

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("username", ["LEAD", "lead"])
def test_a_login_name_is_taken_whatever_its_case(username: str, lead: User) -> None:
    assert "已有人用" in str(AccountForm({"username": username, "name": "某"}).errors)


@pytest.mark.parametrize("username", ["a b", "张三", "x", "<script>"])
def test_a_login_name_is_plain(username: str) -> None:
    assert AccountForm({"username": username, "name": "某"}).errors


def test_a_role_of_the_list_only() -> None:
    assert RightsForm({"role": "emperor"}).errors
    assert RightsForm({"role": ""}).is_valid()


def test_parks_are_offered_by_their_present_name() -> None:
    park = Park.objects.create(code="KM01")
    ParkVersion.objects.create(park=park, name="旧名", begins=dt.date(2020, 1, 1), ends=dt.date(2021, 1, 1))
    ParkVersion.objects.create(park=park, name="新名", begins=dt.date(2021, 1, 2))
    Park.objects.create(code="KM02")
    page = str(OfficeForm()["park"])
    assert "KM01 新名" in page
    assert ">KM02<" in page
