from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yuance_web.records.parks.models import Park
from yuance_web.records.parks.services import create_park

pytestmark = pytest.mark.django_db
FIRST = dt.date(2021, 1, 1)


def many(first: int, last: int) -> None:
    for number in range(first, last):
        create_park(
            None,
            f"Z{number}",
            begins=FIRST,
            cause="设立",
            name=f"第{number}产业园区",
            category="AB"[number % 2],
            county="东县；西县",
        )


@pytest.fixture
def signed_in(client: Client, lead: object) -> Client:
    client.force_login(lead, backend="django.contrib.auth.backends.ModelBackend")  # type: ignore[arg-type]
    return client


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("address", ["/parks/", "/parks/?view=map"])
def test_the_number_of_queries_does_not_grow_with_the_parks(signed_in: Client, address: str) -> None:
    many(0, 3)
    queries(signed_in, address)
    few = queries(signed_in, address)
    many(3, 40)
    assert queries(signed_in, address) == few


def test_the_list_is_filtered_by_name_category_and_county(signed_in: Client) -> None:
    many(0, 4)
    page = signed_in.get("/parks/", {"q": "产业", "category": "A", "county": "西县"}).content.decode()
    assert "第0产业园区" in page
    assert "第1产业园区" not in page


def test_the_list_shows_parks_as_they_were_on_a_day(signed_in: Client) -> None:
    many(0, 1)
    assert "第0产业园区" in signed_in.get("/parks/", {"day": "2021-01-01"}).content.decode()
    assert "第0产业园区" not in signed_in.get("/parks/", {"day": "2020-12-31"}).content.decode()


def test_a_filter_that_makes_no_sense_is_told(signed_in: Client) -> None:
    assert "筛选条件不对" in signed_in.get("/parks/", {"day": "昨天"}).content.decode()


def test_a_park_shows_five_stages_and_says_of_those_not_built_that_they_are_empty(signed_in: Client) -> None:
    many(0, 1)
    page = signed_in.get("/parks/Z0/").content.decode()
    assert all(stage in page for stage in ("定位", "评价", "诊断", "施策", "问效"))
    assert page.count("本环节尚未建成，没有数据") == 4


def test_every_kind_of_change_has_a_form_and_is_registered(signed_in: Client) -> None:
    many(0, 3)
    forms = {
        "rename": {"name": "新名产业园区"}, "category": {"category": "C"}, "level": {"level": "省级"}, "area": {"area_ha": "12.5"},
        "entrust": {"to": "东县"}, "merge": {"absorbed": [Park.objects.get(code="Z1").pk]}, "split": {"parts": "Z9 分出的园区"},
    }  # fmt: skip
    for number, (act, fields) in enumerate(forms.items()):
        assert signed_in.get(f"/parks/Z0/{act}/").status_code == 200
        answer = signed_in.post(f"/parks/Z0/{act}/", {"day": f"2022-0{number + 1}-01", "cause": "依据", **fields})
        assert answer.status_code == 302, answer.content.decode()
    assert Park.objects.get(code="Z0").versions.count() == 8


def test_a_change_that_is_refused_is_told_on_the_form(signed_in: Client) -> None:
    many(0, 1)
    page = signed_in.post(
        "/parks/Z0/rename/", {"day": "2022-01-01", "cause": "依据", "name": "第0产业园区"}
    ).content.decode()
    assert "没有变动" in page


def test_a_reporter_cannot_open_a_form_of_change(client: Client, reporter: object) -> None:
    many(0, 1)
    client.force_login(reporter, backend="django.contrib.auth.backends.ModelBackend")  # type: ignore[arg-type]
    assert client.get("/parks/Z0/rename/").status_code == 403
    assert client.get("/parks/Z0/").status_code in {403, 404}


def test_a_new_park_is_registered_once(signed_in: Client) -> None:
    fields = {"code": "N1", "name": "新设产业园区", "begins": "2024-01-01", "cause": "云政复〔2024〕1号"}
    assert signed_in.get("/parks/new/").status_code == 200
    assert signed_in.post("/parks/new/", fields).status_code == 302
    assert "已有园区" in signed_in.post("/parks/new/", fields).content.decode()
    assert "只用字母" in signed_in.post("/parks/new/", {**fields, "code": "N/2"}).content.decode()
    assert Park.objects.count() == 1
