"""What the verbs share: methods and facts from the user's words."""

from __future__ import annotations

from pathlib import Path

import pytest

from yuance.cli.loading import evaluated, load, search_folders
from yuance.method import MethodError


def test_folders_of_methods_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("YUANCE_METHODS", raising=False)
    assert search_folders() == []
    monkeypatch.setenv("YUANCE_METHODS", str(tmp_path))
    assert search_folders() == [tmp_path]


def test_a_name_that_is_no_column_either_stays_a_fault_of_the_method(folder: Path) -> None:
    method = folder / "method.toml"
    method.write_text(method.read_text(encoding="utf-8").replace("/ land_in_use", "/ land"), encoding="utf-8")
    with pytest.raises(MethodError) as raised:
        load([folder / "facts.csv"], str(method), [], None)
    assert [fault.code for fault in raised.value.faults] == ["M212"]


def test_doubts_about_the_facts_are_among_the_findings(folder: Path) -> None:
    facts = folder / "facts.csv"
    facts.write_text(facts.read_text(encoding="utf-8").replace("3000", "3000000"), encoding="utf-8")
    evaluation = evaluated([facts], str(folder / "method.toml"), [], None)
    doubts = [finding for finding in evaluation.notes if finding.place == "tax_revenue"]
    assert [(finding.unit, finding.severity) for finding in doubts] == [("P1", "explain")]
