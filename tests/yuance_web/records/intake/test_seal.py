from __future__ import annotations

import pytest

from yuance_web.records.intake.bridge import Returned, UploadRefused
from yuance_web.records.intake.seal import check_seal, make_seal
from yuance_web.records.rounds.models import Round

pytestmark = pytest.mark.django_db


def returned(seal: str, rows: tuple[str, ...] = ("land",)) -> Returned:
    return Returned(seal, "填报表", rows, ("actual",), ())


def test_a_seal_says_what_a_template_is_about(running: Round) -> None:
    seal = make_seal(running, "park:KM01", ["land", "revenue"], ["actual"])
    assert check_seal(returned(seal), running, "park:KM01").rows == ("land", "revenue")


def test_what_does_not_fit_the_seal_is_refused(running: Round) -> None:
    seal = make_seal(running, "park:KM01", ["land"], ["actual"])
    for back, scope in (
        (returned(seal + "x"), "park:KM01"),
        (returned(seal), "park:KM02"),
        (returned(seal, ("profit",)), "park:KM01"),
    ):
        with pytest.raises(UploadRefused, match="请"):
            check_seal(back, running, scope)


def test_another_version_of_the_method_is_refused(running: Round) -> None:
    seal = make_seal(running, "park:KM01", ["land"], ["actual"])
    running.release.digest = "another"
    with pytest.raises(UploadRefused, match="另一版评价办法"):
        check_seal(returned(seal), running, "park:KM01")
