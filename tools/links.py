"""Links of the documents: each one inside the project must lead to a file, and to a heading where it names one."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tools.tree import ROOT, kept_files

_FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]*`")
_LINK = re.compile(r"\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)")
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*\s*$", re.MULTILINE)
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def documents() -> list[Path]:
    """Every Markdown page that is kept and meant for readers (templates are read after they are filled in)."""
    return [path for path in kept_files() if path.suffix == ".md" and "templates" not in path.parts]


def broken_links(pages: list[Path]) -> list[str]:
    """One line for each link that leads nowhere: page, link, reason."""
    return [f"{_name(page)}: {link}: {why}" for page in pages for link, why in _broken(page)]


def anchors(text: str) -> set[str]:
    """The names by which the headings of a page can be reached, as code hosts make them."""
    names: dict[str, int] = {}
    found = set()
    for heading in _HEADING.findall(_FENCE.sub("", text)):
        name = re.sub(r"[^\w\- ]", "", heading.replace("`", "").strip().lower()).replace(" ", "-")
        number = names.get(name, 0)
        names[name] = number + 1
        found.add(f"{name}-{number}" if number else name)
    return found


def _broken(page: Path) -> list[tuple[str, str]]:
    text = _CODE.sub("", _FENCE.sub("", page.read_text(encoding="utf-8")))
    faults = []
    for link in _LINK.findall(text):
        if _OUTSIDE.match(link):
            continue
        name, _, heading = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists():
            faults.append((link, "no such file"))
        elif heading and heading not in anchors(target.read_text(encoding="utf-8")):
            faults.append((link, "no such heading"))
    return faults


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def main() -> int:
    """Print what is broken; 1 if anything is."""
    faults = broken_links(documents())
    print("\n".join(faults) or "Every link leads somewhere.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
