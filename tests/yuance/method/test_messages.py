"""The sentences can be said: every value that a template asks for is given where it is used."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.broken.methods.test_methods import METHODS, SHELF, Broken
from yuance.method import MethodError, read_method
from yuance.method.messages import MESSAGES


def test_codes_are_of_this_room_and_in_order() -> None:
    assert all(code.startswith("M") and len(code) == 4 for code in MESSAGES)
    assert [code[1] for code in MESSAGES] == sorted(code[1] for code in MESSAGES)


@pytest.mark.parametrize("broken", METHODS, ids=lambda broken: broken.name)
def test_a_sentence_is_whole_in_both_languages(broken: Broken) -> None:
    with pytest.raises(MethodError) as refusal:
        read_method(SHELF / broken.name)
    for fault in refusal.value.faults:
        for said in (fault.text(), fault.text("en")):
            assert "{" not in said.replace("{ ", "").replace("{'", "").replace("{}", "") or "{" in str(fault.values)
            assert "None" not in said
            assert not said.endswith(("：", ": "))
        assert "  " not in fault.text("en")


def test_a_method_that_is_not_found_is_told_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(MethodError) as refusal:
        read_method("kunming-park@2023-trial", search=[tmp_path])
    assert "是否应为“kunming-parks@2023-trial”" in str(refusal.value)
    assert "undp-hdi@2022" in str(refusal.value)
