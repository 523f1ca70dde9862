"""`load_results`: computes and publishes the results of settled rounds that have none (demonstration, history)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yuance_web.loop.evaluation.selectors import rounds_without_result
from yuance_web.loop.evaluation.services import load_result
from yuance_web.records.accounts.models import Role, User
from yuance_web.records.rounds.services import Refused


class Command(BaseCommand):
    """为已通报而尚无结果的轮次补算结果."""

    help = "为已通报而尚无结果的轮次补算结果（演示、历史数据） / compute results of settled rounds that have none"

    def handle(self, *args: Any, **options: Any) -> None:
        """Each round in its own transaction."""
        del args, options
        lead = User.objects.filter(role=Role.LEAD, is_active=True).order_by("pk").first()
        if lead is None:
            raise CommandError("没有牵头部门的账号；请先建立账号")
        for round_ in rounds_without_result():
            try:
                issue = load_result(round_, lead)
            except Refused as refused:
                self.stdout.write(f"{round_}：{refused}")
            else:
                self.stdout.write(f"{issue}：{issue.run.facts_digest[:16]}")
