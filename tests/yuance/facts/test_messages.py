"""Each sentence can be said with the values that it is given, and speaks both languages."""

from __future__ import annotations

import re

import pytest

from yuance.facts.messages import MESSAGES


@pytest.mark.parametrize("code", MESSAGES)
def test_both_languages_tell_the_same_values(code: str) -> None:
    message = MESSAGES[code]
    told = {language: set(re.findall(r"{(\w+)}", message.cause[language])) for language in ("zh", "en")}
    assert {name.removesuffix("_en") for name in told["en"]} == told["zh"]
