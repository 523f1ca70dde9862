"""Findings are kept in order; a flood of one kind is cut off and counted."""

from __future__ import annotations

from yuance.errors import Place
from yuance.facts.notebook import MOST, Notebook


def test_findings_keep_their_order_and_place() -> None:
    notebook = Notebook()
    notebook.add("F062", "note", unit="A", period="2023")
    notebook.add("F051", "error", unit="B", place="tax", origin=Place("a.csv", cell="C2"), variable="税收", words="x")
    first, second = notebook.findings()
    assert (first.code, first.unit, first.period) == ("F062", "A", "2023")
    assert "a.csv C2" in second.text()
    assert notebook.refused == {("B", "")}


def test_a_flood_is_cut_off_and_counted() -> None:
    notebook = Notebook()
    for number in range(MOST + 5):
        notebook.add("F062", "note", unit=str(number), period="2023")
    findings = notebook.findings()
    assert len(findings) == MOST + 1
    assert findings[-1].code == "F098"
    assert str(MOST + 5) in findings[-1].text()
    assert notebook.full("F062", "note")
