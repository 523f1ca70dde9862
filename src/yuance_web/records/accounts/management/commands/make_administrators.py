"""Make the three administrators of a new platform, or give one of them a new key: only on the server."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from yuance_web.records.accounts.models import User
from yuance_web.records.accounts.services import first_password
from yuance_web.records.journal.services import write_entry
from yuance_web.records.rights import ADMINISTRATORS, Role


class Command(BaseCommand):
    """Three accounts, three first passwords, each shown once."""

    help = "建立三员账号（system、security、audit），或用 --reset 重置其中一个的密码和二次验证"

    def add_arguments(self, parser: CommandParser) -> None:
        """Which one to reset."""
        parser.add_argument("--reset", metavar="登录名", default="")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Print each name and first password once."""
        del args
        if options["reset"]:
            self._reset(options["reset"])
            return
        for role in (Role.SYSTEM, Role.SECURITY, Role.AUDIT):
            if User.objects.filter(role=role).exists():
                self.stdout.write(f"{role.label}：已有，未改动")
                continue
            account = User(username=role.value, name=str(role.label), role=role)
            if User.objects.filter(username=account.username).exists():
                raise CommandError(f"登录名 {account.username} 已被别的账号占用，请先处理")
            password = first_password()
            account.set_password(password)
            account.save()
            write_entry(None, "建立管理员", "账号", account.username, role=role.value)
            self.stdout.write(f"{role.label}：登录名 {account.username}　初始密码 {password}")
        self.stdout.write("初始密码只显示这一次，请分别交给三名不同的人；首次登录须修改，并设置二次验证。")

    def _reset(self, username: str) -> None:
        account = User.objects.filter(username=username, role__in=ADMINISTRATORS).first()
        if account is None:
            raise CommandError(f"没有名为 {username} 的管理员账号")
        password = first_password()
        account.set_password(password)
        account.must_change_password = account.is_active = True
        account.save(update_fields=["password", "must_change_password", "is_active"])
        Authenticator.objects.filter(user=account).delete()
        write_entry(None, "重置管理员", "账号", account.username)
        self.stdout.write(f"{account.get_role_display()}：登录名 {username}　初始密码 {password}")
