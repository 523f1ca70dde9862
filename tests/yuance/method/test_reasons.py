"""Every reason has cause and remedy in both languages, and the reader's own words are known."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from yuance.method import schema
from yuance.method.reasons import OWN_REASONS, REASONS, UNKNOWN, Reason, toml_reason


@pytest.mark.parametrize(
    "reason", [*REASONS.values(), *OWN_REASONS.values(), UNKNOWN], ids=lambda reason: reason.cause_en
)
def test_a_reason_is_chinese_and_english(reason: Reason) -> None:
    assert re.search(r"[\u4e00-\u9fff]", reason.cause)
    assert re.search(r"[\u4e00-\u9fff]", reason.remedy)
    assert reason.cause_en.isascii()
    assert reason.remedy_en.replace("…", "").isascii()


def test_the_schema_refuses_in_words_that_have_a_reason() -> None:
    source = Path(str(schema.__file__)).read_text(encoding="utf-8")
    assert set(re.findall(r'ValueError\("([^"]+)"\)', source)) == set(OWN_REASONS)


@pytest.mark.parametrize(
    "text",
    [
        "a", "a =", "a = x", "a = 'x", 'a = "x', "a = 1 b = 2", "a = 1\na = 2", "[a]\n[a]", "[a", "[[a]", "a = [1", "a = {b = 1", "a = {b = 1, b = 2}",
        "a = {b = 1}\n[a.c]", "a = 1\na.b = 2", '"a" 1', "= 1", "a = 2023-13-01", 'a = "\\x"', 'a = "\\ud800"', "a = '''x", "\x01", 'a = "\x01"',
        "[a]\nb.c = 1\n[a.b]", "[[a]]\n[a]", "a = []\n[[a]]", "a = 1_", "a = {\n}", 'a = "\\u12"', "a = 0x" + "f" * 9,
    ],
)  # fmt: skip
def test_what_the_toml_reader_says_is_said_in_chinese(text: str) -> None:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error).partition(" (at ")[0]
    else:
        return
    chinese, english = toml_reason(said, column="3")
    assert re.search(r"[\u4e00-\u9fff]{3}", chinese)
    assert chinese.startswith("第 3 列：")
    assert english == f"{said}, column 3"


def test_words_that_are_not_known_are_passed_on() -> None:
    assert toml_reason("something new") == ("something new", "something new")
