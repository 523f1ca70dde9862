"""`python -m yuance_web`: `serve` starts the platform; every other verb is Django's (migrate, verify_journal …)."""

from __future__ import annotations

import os
import sys


def main(arguments: list[str]) -> int:
    """Do what was asked for."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yuance_web.config.settings")
    if arguments[:1] == ["serve"]:
        from yuance_web.config.serving import serve  # noqa: PLC0415 - settings must be named first

        return serve(arguments[1:])
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(["python -m yuance_web", *arguments])
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
