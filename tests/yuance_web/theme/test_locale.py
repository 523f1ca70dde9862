"""English is complete where a template or the navigation asks for it, and the compiled file is that of the text."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

from yuance_web import theme

HOME = Path(theme.__file__).parent
WEB = HOME.parent
CATALOGUE = HOME / "locale" / "en" / "LC_MESSAGES"


def compiled() -> dict[str, str]:
    with (CATALOGUE / "django.mo").open("rb") as file:
        known = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {key: value for key, value in known.items() if key}


def written() -> dict[str, str]:
    text = (CATALOGUE / "django.po").read_text(encoding="utf-8")
    pairs = re.findall(r'^msgid "(.*)"\nmsgstr "(.*)"$', text, re.MULTILINE)
    return {key: value for key, value in pairs if key}


def asked_for() -> set[str]:
    found: set[str] = set()
    for page in WEB.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        found |= set(re.findall(r"\{% translate [\"'](.+?)[\"'] %\}", text))
        blocks = re.findall(r"\{% blocktranslate[^%]*%\}(.+?)\{% endblocktranslate %\}", text)
        found |= {re.sub(r"\{\{ (\w+) \}\}", r"%(\1)s", block) for block in blocks}
    return found | set(re.findall(r'_\("(.+?)"\)', (HOME / "navigation.py").read_text(encoding="utf-8")))


def test_the_compiled_catalogue_is_that_of_the_text() -> None:
    assert compiled() == written()


def test_everything_that_pages_ask_for_is_there() -> None:
    assert not asked_for() - set(written())
