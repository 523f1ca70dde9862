"""`send_reminders`: to be called by the machine's timer, once an hour or once a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from yuance_web.records.rounds.reminders import send_due_reminders


class Command(BaseCommand):
    """Send the reminders that are due."""

    help = "发出到期的提醒与催报（截止前三天、前一天、逾期）"

    def handle(self, **_options: Any) -> None:
        """Do it and say what was done."""
        self.stdout.write(f"发出 {send_due_reminders()} 份")
