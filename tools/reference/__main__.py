"""Write the reference pages anew, or with --check say which of them are stale."""

from __future__ import annotations

import sys

from tools.reference.pages import PAGES
from tools.tree import ROOT


def main(arguments: list[str]) -> int:
    """0 when every page is as the code says, 1 when --check finds one that is not."""
    stale = {name: text for name, make in PAGES.items() if _kept(name) != (text := make())}
    if "--check" in arguments:
        for name in stale:
            print(f"{name} is stale: ./run docs writes it anew.", file=sys.stderr)
        return 1 if stale else 0
    for name, text in stale.items():
        (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / name).write_text(text, encoding="utf-8")
        print(f"{name} written.", file=sys.stderr)
    return 0


def _kept(name: str) -> str | None:
    path = ROOT / name
    return path.read_text(encoding="utf-8") if path.exists() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
