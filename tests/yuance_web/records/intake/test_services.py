from __future__ import annotations

import io
import time
from collections.abc import Callable

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied

from tests.broken.uploads.shelf import edited
from tests.yuance_web.records import reporting
from yuance_web.records.accounts.models import User
from yuance_web.records.facts import services as facts
from yuance_web.records.facts.models import Cell, CellState
from yuance_web.records.intake import selectors, services
from yuance_web.records.intake.bridge import UploadRefused
from yuance_web.records.rounds.models import Round, Submission

pytestmark = pytest.mark.django_db
Find = Callable[..., Cell]


def fill(raw: bytes, values: dict[tuple[str, str], object]) -> bytes:
    def edit(sheet: object, at: object) -> None:
        for (row, column), value in values.items():
            sheet.cell(at.rows[row], at.columns[column], value)  # type: ignore[attr-defined]

    return edited(raw, edit)


def test_nothing_is_written_before_it_is_confirmed(
    reporter: User, running: Round, submission: Submission, cell: Find
) -> None:
    raw = fill(
        selectors.park_template(reporter, submission),
        {("revenue", "actual"): 1_100_000, ("revenue", "explanation"): "新投产"},
    )
    preview = services.preview_import(reporter, running, raw, "填报表.xlsx")
    assert [(row["name"], row["verdict"]) for row in preview.rows if row["verdict"] != "same"] == [("营业收入", "new")]
    assert cell("revenue").reported is None
    assert services.confirm_import(reporter, preview) == 1
    kept = cell("revenue")
    assert (kept.reported, kept.explanation) == (1_100_000, "新投产")
    change = kept.changes.get()
    assert (change.file, change.sheet, change.place) == ("填报表.xlsx", "填报表", preview.rows[0]["place"])


def test_a_blank_changes_nothing_and_a_dash_clears(reporter: User, running: Round, filled: Submission) -> None:
    raw = fill(selectors.park_template(reporter, filled), {("revenue", "actual"): None, ("land", "actual"): "—"})
    preview = services.preview_import(reporter, running, raw, "表.xlsx")
    assert [(row["item"], row["verdict"], row["after"]) for row in preview.rows if row["verdict"] != "same"] == [
        ("land", "changed", "")
    ]


def test_the_same_doubts_as_in_the_form_are_in_the_preview(
    reporter: User, running: Round, submission: Submission
) -> None:
    raw = fill(selectors.park_template(reporter, submission), {("revenue", "actual"): 110})
    preview = services.preview_import(reporter, running, raw, "表.xlsx")
    assert "疑似按亿元填报" in next(row["doubt"] for row in preview.rows if row["item"] == "revenue")


def test_what_changed_after_the_preview_refuses_it_whole(
    reporter: User, running: Round, submission: Submission, cell: Find
) -> None:
    raw = fill(selectors.park_template(reporter, submission), {("revenue", "actual"): 5, ("land", "actual"): 6})
    preview = services.preview_import(reporter, running, raw, "表.xlsx")
    facts.save_value(reporter, cell("land").pk, text="7", version=0)
    with pytest.raises(UploadRefused, match="改过"):
        services.confirm_import(reporter, preview)
    assert (cell("revenue").reported, cell("land").reported) == (None, 7)


def test_a_preview_is_confirmed_once_and_by_its_own_hand(
    reporter: User, other_reporter: User, running: Round, submission: Submission
) -> None:
    preview = services.preview_import(
        reporter, running, fill(selectors.park_template(reporter, submission), {("land", "actual"): 6}), "表.xlsx"
    )
    with pytest.raises(PermissionDenied):
        services.confirm_import(other_reporter, preview)
    services.confirm_import(reporter, preview)
    with pytest.raises(UploadRefused, match="已经办理"):
        services.confirm_import(reporter, preview)


def test_only_returned_cells_are_open_to_an_import(
    verifier_tax: User, reporter: User, running: Round, signed: Submission, cell: Find
) -> None:
    facts.return_cell(verifier_tax, cell("tax_revenue").pk, version=1, reason="与入库数不符")
    signed.refresh_from_db()
    raw = fill(selectors.park_template(reporter, signed), {("land", "actual"): 6, ("tax_revenue", "actual"): 91000})
    preview = services.preview_import(reporter, running, raw, "表.xlsx")
    assert {row["item"]: row["verdict"] for row in preview.rows if row["verdict"] != "same"} == {
        "land": "refused",
        "tax_revenue": "changed",
    }


def test_a_department_adopts_and_corrects_by_its_sheet(
    verifier_statistics: User, running: Round, signed: Submission, cell: Find
) -> None:
    raw = selectors.department_template(verifier_statistics, running)
    wanted = {
        ("KM01", "revenue:verified"): 1_100_000,
        ("KM01", "capital:verified"): 59_000,
        ("KM01", "reason"): "以到账为准",
    }
    preview = services.preview_import(verifier_statistics, running, fill(raw, wanted), "核实表.xlsx")
    services.confirm_import(verifier_statistics, preview)
    assert (cell("revenue").state, cell("capital").state) == (CellState.ADOPTED, CellState.CORRECTED)
    assert (cell("capital").reported, cell("capital").adopted, cell("capital").reason) == (60_000, 59_000, "以到账为准")


def test_a_correction_by_sheet_needs_its_reason(verifier_statistics: User, running: Round, signed: Submission) -> None:
    raw = fill(selectors.department_template(verifier_statistics, running), {("KM01", "capital:verified"): 59_000})
    preview = services.preview_import(verifier_statistics, running, raw, "核实表.xlsx")
    assert [(row["verdict"], row["why"]) for row in preview.rows] == [("refused", "与上报数不同，请在本行写明核改理由")]


def test_a_departments_sheet_holds_no_other_departments_values(
    verifier_tax: User, running: Round, signed: Submission
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(selectors.department_template(verifier_tax, running)))
    held = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert "90000" in held
    assert not {"1100000", "营业收入（万元）\n上报数"} & held


def test_two_hundred_parks_come_in_within_seconds(lead: User, verifier_statistics: User) -> None:
    made = reporting.make_round(lead, "2024Q4", count=200)
    Cell.objects.filter(submission__round=made).update(reported=5, state="reported", version=1)
    Submission.objects.filter(round=made).update(state="signed", signings=1)
    raw = selectors.department_template(verifier_statistics, made)
    wanted = {(f"KM{n:02}", f"{name}:verified"): 5 for n in range(1, 201) for name in ("revenue", "capital")}
    raw = fill(raw, wanted)  # type: ignore[arg-type]
    began = time.perf_counter()
    preview = services.preview_import(verifier_statistics, made, raw, "核实表.xlsx")
    assert services.confirm_import(verifier_statistics, preview) == 400
    assert time.perf_counter() - began < 10
