"""Every message has a cause and a remedy in Chinese and English, a code of its own, and the same values in both."""

from __future__ import annotations

import importlib
import re
from string import Formatter

import pytest

from tools.messages import Entry, catalogues, entries
from tools.tree import ROOT, kept_files


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.message.code)
class TestAMessage:
    def test_says_cause_and_remedy_in_both_languages(self, entry: Entry) -> None:
        for language in ("zh", "en"):
            assert entry.message.cause[language].strip()
            assert entry.message.remedy[language].strip()

    def test_is_chinese_in_chinese(self, entry: Entry) -> None:
        assert re.search(r"[\u4e00-\u9fff]", entry.message.cause["zh"])
        assert not re.search(r"[\u4e00-\u9fff]", re.sub(r"\{[^}]*\}|\(.*?\)|「.*?」", "", entry.message.cause["en"]))

    def test_uses_the_same_values_in_both_languages(self, entry: Entry) -> None:
        for part in (entry.message.cause, entry.message.remedy):
            assert _fields(part["zh"]) == _fields(part["en"])


def test_every_catalogue_is_in_a_messages_module_named_messages() -> None:
    assert catalogues(), "no room has a messages.py"
    for name in catalogues():
        assert importlib.import_module(name).MESSAGES


def test_no_two_messages_share_a_code() -> None:
    codes = [entry.message.code for entry in entries()]
    assert sorted(set(codes)) == sorted(codes)


def test_every_code_is_said_somewhere() -> None:
    said = "\n".join(
        path.read_text(encoding="utf-8")
        for path in kept_files()
        if path.is_relative_to(ROOT / "src") and path.suffix == ".py" and path.name != "messages.py"
    )
    assert not [entry.message.code for entry in entries() if f'"{entry.message.code}"' not in said]


def _fields(template: str) -> set[str]:
    """The values a template uses; `reason_en` is the English twin of `reason`."""
    return {name.removesuffix("_en") for _, name, _, _ in Formatter().parse(template) if name}
