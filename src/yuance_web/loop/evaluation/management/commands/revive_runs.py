"""`revive_runs`: starts again the runs that a crash or restart left lying; for the start of a worker."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from yuance_web.loop.evaluation.services import revive_runs


class Command(BaseCommand):
    """重新运行因中断而停下的测算."""

    help = "重新运行因中断而停下的测算 / start again runs that a crash left lying"

    def handle(self, *args: Any, **options: Any) -> None:
        """Once; says how many."""
        del args, options
        self.stdout.write(f"{revive_runs()}")
