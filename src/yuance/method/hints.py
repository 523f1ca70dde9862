"""Near names: what an author most likely meant by a name that is not known."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_LOOKED_THROUGH = 300
_OF_MANY = 60


def near(name: str, known: Iterable[str]) -> str | None:
    """The known name that is most like `name`, if any is."""
    import difflib  # noqa: PLC0415 - only needed when something is wrong

    plain: dict[str, str] = {}
    for item in known:
        plain.setdefault(_plain(item), item)
    wanted = _plain(name)
    if wanted in plain:
        return plain[wanted]
    likely = [item for item in plain if item[:1] == wanted[:1] or item[-1:] == wanted[-1:]]
    candidates = plain if len(plain) <= _LOOKED_THROUGH else likely[:_OF_MANY]
    found = difflib.get_close_matches(wanted[:100], candidates, n=1)
    return plain[found[0]] if found else None


def hints(name: str, known: Iterable[str]) -> dict[str, str]:
    """The values `hint` and `hint_en` of a message: 「；是否应为 …？」, or nothing."""
    found = near(name, known)
    if found is None:
        return {"hint": "", "hint_en": ""}
    return {"hint": f"；是否应为“{found}”？", "hint_en": f"; did you mean '{found}'?"}


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().replace("-", "_")
