"""Prove that the journal is whole; the exit status is 1 where it is not."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from yuance_web.records.journal.models import Head
from yuance_web.records.journal.selectors import breaks


class Command(BaseCommand):
    """Every line that does not fit, on standard output."""

    help = "验证日志链：每一行的摘要、与前一行的相连、序号、链尾"

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what is wrong, or the digest of the last line."""
        del args, options
        found = 0
        for sequence, problem in breaks():
            found += 1
            self.stdout.write(f"第 {sequence} 行：{problem}")
        head = Head.objects.filter(pk=1).first()
        if found:
            self.stderr.write(f"日志不完整：{found} 处")
            raise SystemExit(1)
        self.stdout.write(f"日志完整：{head.sequence if head else 0} 行，末行摘要 {head.digest if head else '（空）'}")
