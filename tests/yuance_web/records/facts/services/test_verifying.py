from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from tests.yuance_web.records import reporting
from yuance_web.records.accounts.models import Office, Role, User
from yuance_web.records.facts import selectors, services
from yuance_web.records.facts.models import Cell, CellState
from yuance_web.records.rounds.models import Submission, SubmissionState
from yuance_web.records.rounds.services import Refused

pytestmark = pytest.mark.django_db
Find = Callable[..., Cell]


@pytest.fixture
def verifier_land(db: None) -> User:
    office = Office.objects.create(name="市自然资源和规划局", owner="自然资源和规划局")
    return User.objects.create(username="land", name="自然资源核实员", role=Role.VERIFIER, office=office)


def test_a_department_adopts_its_own_item(verifier_tax: User, signed: Submission, cell: Find) -> None:
    kept = services.adopt_cell(verifier_tax, cell("tax_revenue").pk, version=1)
    assert (kept.reported, kept.verified, kept.adopted, kept.state) == (90000, 90000, 90000, CellState.ADOPTED)


def test_a_correction_keeps_what_was_reported_and_needs_a_reason(
    verifier_tax: User, signed: Submission, cell: Find
) -> None:
    with pytest.raises(Refused, match="理由"):
        services.correct_cell(verifier_tax, cell("tax_revenue").pk, version=1, text="91000", reason=" ")
    kept = services.correct_cell(verifier_tax, cell("tax_revenue").pk, version=1, text="91,000", reason="以入库数为准")
    assert (kept.reported, kept.adopted, kept.state) == (90000, 91000, CellState.CORRECTED)
    assert kept.changes.filter(stage="adopted").get().reason == "以入库数为准"


def test_a_return_opens_just_the_returned_cell(
    verifier_tax: User, reporter: User, signed: Submission, cell: Find
) -> None:
    services.return_cell(verifier_tax, cell("tax_revenue").pk, version=1, reason="与入库数不符")
    signed.refresh_from_db()
    assert signed.state == SubmissionState.RETURNED
    with pytest.raises(Refused, match="没有退回"):
        services.save_value(reporter, cell("land").pk, text="1", version=cell("land").version)
    assert services.save_value(reporter, cell("tax_revenue").pk, text="91000", version=2).reported == 91000
    assert services.save_value(reporter, cell("tax_revenue").pk, text="91500", version=3).reported == 91500


def test_an_unanswered_return_keeps_the_form_from_being_signed(
    verifier_tax: User, signer: User, reporter: User, signed: Submission, cell: Find
) -> None:
    services.return_cell(verifier_tax, cell("tax_revenue").pk, version=1, reason="与入库数不符")
    with pytest.raises(Refused, match="尚未处理"):
        services.sign_form(signer, signed, remark="照报")
    services.save_value(reporter, cell("tax_revenue").pk, text="91000", version=2)
    services.sign_form(signer, signed, remark="照报")
    assert cell("tax_revenue").state == CellState.REPORTED


def test_a_change_after_signing_is_a_visible_difference(
    verifier_tax: User, reporter: User, signed: Submission, cell: Find
) -> None:
    services.return_cell(verifier_tax, cell("tax_revenue").pk, version=1, reason="与入库数不符")
    services.save_value(reporter, cell("tax_revenue").pk, text="91000", version=2)
    found = selectors.differences(reporter, signed)
    assert [(one.item.id, one.before, one.after, one.signing) for one in found] == [
        ("tax_revenue", "90,000", "91,000", 1)
    ]


@pytest.mark.parametrize("name", ["verifier_statistics", "reporter", "signer", "lead", "leader", "reviewer", "audit"])
def test_nobody_decides_about_another_departments_item(
    name: str, signed: Submission, cell: Find, request: pytest.FixtureRequest
) -> None:
    actor = request.getfixturevalue(name)
    for act in (
        lambda: services.adopt_cell(actor, cell("tax_revenue").pk, version=1),
        lambda: services.correct_cell(actor, cell("tax_revenue").pk, version=1, text="1", reason="试试"),
        lambda: services.return_cell(actor, cell("tax_revenue").pk, version=1, reason="试试"),
        lambda: services.adopt_cells(actor, signed.round, [(cell("tax_revenue").pk, 1)]),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert cell("tax_revenue").state == CellState.REPORTED


def test_what_has_not_been_signed_cannot_be_verified(verifier_tax: User, filled: Submission, cell: Find) -> None:
    with pytest.raises(Refused, match="尚未签报"):
        services.adopt_cell(verifier_tax, cell("tax_revenue").pk, version=1)


def test_of_two_verifiers_the_second_is_told(verifier_tax: User, signed: Submission, cell: Find) -> None:
    services.adopt_cell(verifier_tax, cell("tax_revenue").pk, version=1)
    with pytest.raises(services.Conflict):
        services.correct_cell(verifier_tax, cell("tax_revenue").pk, version=1, text="1", reason="晚了一步")


def test_a_target_is_settled_with_its_item(verifier_statistics: User, signed: Submission, cell: Find) -> None:
    services.adopt_cell(verifier_statistics, cell("capital").pk, version=1)
    assert cell("capital", "target").state == CellState.ADOPTED


def test_together_only_what_nobody_changed_meanwhile_is_adopted(
    verifier_statistics: User, signed: Submission, cell: Find
) -> None:
    wanted = [(cell("revenue").pk, 1), (cell("capital").pk, 0)]
    assert services.adopt_cells(verifier_statistics, signed.round, wanted) == (1, 1)
    assert cell("revenue").state == CellState.ADOPTED
    assert cell("capital").state == CellState.REPORTED


def test_a_submission_is_verified_when_every_cell_is_settled(
    verifier_tax: User, verifier_statistics: User, verifier_land: User, signed: Submission, cell: Find
) -> None:
    services.adopt_cell(verifier_tax, cell("tax_revenue").pk, version=1)
    services.adopt_cell(verifier_land, cell("land").pk, version=1)
    for name in ("revenue", "capital", "accident", "remark"):
        signed.refresh_from_db()
        assert signed.state == SubmissionState.SIGNED
        services.adopt_cell(verifier_statistics, cell(name).pk, version=1)
    signed.refresh_from_db()
    assert signed.state == SubmissionState.VERIFIED


def test_cells_of_another_round_cannot_be_slipped_in(
    lead: User, verifier_tax: User, signed: Submission, cell: Find
) -> None:
    foreign = reporting.make_round(lead, "2023Q3")
    with pytest.raises(PermissionDenied):
        services.verify_cells(verifier_tax, foreign, [services.Verdict(cell("tax_revenue").pk, 1)], "批量采用")
