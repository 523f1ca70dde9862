"""A workbook's package is looked over before it is opened."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests.yuance.facts.desk import write_book
from yuance.facts import package
from yuance.facts.fault import FactsError
from yuance.facts.package import inspect_package


def test_cells_shown_as_percentages_are_found_whatever_the_format(tmp_path: Path) -> None:
    rows = [[0.1, 0.2, 0.3, 0.4]]
    formats = {"一!A1": "0%", "一!B1": "0.00%", "一!C1": "0.0", "一!D1": "0.0000%;-0.0%"}
    path = write_book(tmp_path / "a.xlsx", {"一": rows}, formats=formats)
    assert inspect_package(path.read_bytes(), "a.xlsx")["一"].percent == {(0, 0), (0, 1), (0, 3)}


def test_sheets_are_known_by_name_also_with_marks_that_xml_escapes(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"甲 & 乙": [[1]], "二": [[2]]})
    assert set(inspect_package(path.read_bytes(), "a.xlsx")) == {"甲 & 乙", "二"}


def test_a_package_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "LARGEST", 1000)
    with pytest.raises(FactsError, match="F018"):
        inspect_package(write_book(tmp_path / "a.xlsx", {"一": [[1]]}).read_bytes(), "a.xlsx")


def test_a_lie_about_a_size_is_found_out() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("xl/workbook.xml", b"\0" * 10**6)
    small = (5).to_bytes(4, "little")
    lie = packed.getvalue().replace((10**6).to_bytes(4, "little"), small)
    with pytest.raises(FactsError, match="F017"):
        inspect_package(lie, "a.xlsx")
