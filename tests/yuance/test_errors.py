"""Faults and findings: what they say, where, and in which language."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import yuance
from yuance.errors import Fault, Finding, Place, YuanceError, catalogue

WORDS = catalogue(
    {"X001": ("缺少“{key}”", "请补上", "'{key}' is absent", "add it"), "X002": ("已忽略", "", "ignored", "")}
)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place(file="a.toml", line=3, key="method.id"), "a.toml:3 method.id"),
        (Place(file="a.xlsx", sheet="二季度", cell="C12"), "a.xlsx《二季度》 C12"),
        (Place(cell="C12"), "C12"),
        (Place(key="--period"), "--period"),
        (Place(), ""),
    ],
)
def test_a_place_reads_from_the_file_down_to_the_cell(place: Place, said: str) -> None:
    assert str(place) == said


def test_a_message_is_cause_and_remedy_in_the_language_asked_for() -> None:
    assert WORDS["X001"].text({"key": "id"}) == "缺少“id”。请补上"
    assert WORDS["X001"].text({"key": "id"}, "en") == "'id' is absent. add it"


def test_a_message_without_a_remedy_ends_with_its_cause() -> None:
    assert WORDS["X002"].text({}) == "已忽略"
    assert WORDS["X002"].text({}, "en") == "ignored"


def test_an_error_carries_all_its_faults_and_says_each_in_both_languages() -> None:
    faults = [Fault(WORDS["X001"], Place(file="a.toml", line=number), {"key": f"k{number}"}) for number in (1, 2)]
    error = YuanceError(faults)
    assert error.faults == tuple(faults)
    for number in (1, 2):
        assert f"[X001] a.toml:{number} 缺少“k{number}”" in str(error)
        assert f"'k{number}' is absent" in str(error)


def test_a_finding_ends_with_the_cell_its_value_came_from() -> None:
    finding = Finding(WORDS["X001"], "explain", "2023", "P1", "tax", {"key": "x"}, Place(file="a.xlsx", cell="C3"))
    assert finding.text() == "[X001] 缺少“x”。请补上（a.xlsx C3）"
    assert finding.text("en") == "[X001] 'x' is absent. add it (a.xlsx C3)"
    assert finding.code == "X001"


def test_a_finding_from_memory_names_no_cell() -> None:
    assert Finding(WORDS["X002"], "note").text() == "[X002] 已忽略"


def test_the_version_is_the_one_of_the_package() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert yuance.__version__ == project["version"]
