"""What an author most likely meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuance.method.hints import hints, near


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("perids", "periods"),
        ("Periods", "periods"),
        ("ｐｅｒｉｏｄｓ", "periods"),
        ("at-least", "at_least"),
        ("营业收人", "营业收入"),
        ("zzz", None),
        ("", None),
    ],
)
def test_near_names_are_found(name: str, meant: str | None) -> None:
    assert near(name, ["periods", "at_least", "营业收入"]) == meant


def test_a_hint_is_said_in_both_languages_or_not_at_all() -> None:
    assert hints("perids", ["periods"]) == {"hint": "；是否应为“periods”？", "hint_en": "; did you mean 'periods'?"}
    assert hints("x", ["periods"]) == {"hint": "", "hint_en": ""}
    assert hints("x", []) == {"hint": "", "hint_en": ""}


@given(st.text(), st.lists(st.text(), max_size=20))
def test_a_hint_is_one_of_the_known_names(name: str, known: list[str]) -> None:
    assert near(name, known) in [*known, None]


def test_among_very_many_names_only_likely_ones_are_looked_at() -> None:
    assert near("name_499x", [f"name_{number}" for number in range(5000)]) is not None
