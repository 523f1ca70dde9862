"""The table of functions says what each takes and means."""

from __future__ import annotations

import re

import pytest

from yuance.method.expression import Call, parse
from yuance.method.functions import ANCHOR_NAMES, FUNCTIONS, KEYWORDS, Function
from yuance.method.words import FUNCTION_WORDS


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda function: function.name)
class TestAFunction:
    def test_is_written_as_its_signature_says(self, function: Function) -> None:
        call = parse(function.signature.replace(", …", ""))
        assert isinstance(call, Call)
        assert call.function == function.name
        most = len(call.arguments) if function.most is None else function.most
        assert function.least <= len(call.arguments) <= most

    def test_means_something_in_both_languages(self, function: Function) -> None:
        assert re.search(r"[\u4e00-\u9fff]", function.meaning)
        assert not re.search(r"[\u4e00-\u9fff]", function.meaning_en)

    def test_has_a_word_for_formulas_in_words(self, function: Function) -> None:
        assert FUNCTION_WORDS[function.name]


def test_functions_are_those_of_the_page() -> None:
    page = """abs sqrt exp log log10 round clip min max is_missing coalesce previous lag growth own target completion
    total mean median lowest highest sd share"""
    assert set(FUNCTIONS) == set(page.split())


def test_no_word_of_the_language_is_a_function_or_an_anchor() -> None:
    assert not KEYWORDS & (set(FUNCTIONS) | set(ANCHOR_NAMES))
