"""A fault carries its code, its place and both languages."""

from __future__ import annotations

from yuance.errors import Place
from yuance.facts.fault import FactsError, fault


def test_an_error_of_this_room_says_every_fault() -> None:
    error = FactsError([fault("F001", Place("a.csv"), file="a.csv"), fault("F003", file="b")])
    assert [one.code for one in error.faults] == ["F001", "F003"]
    assert "找不到文件 a.csv" in str(error)
    assert "There is no file a.csv" in str(error)
