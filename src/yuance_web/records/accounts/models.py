"""Accounts (账号): offices and the people in them. One account has one role; nobody holds two administrators' roles.

A new account has no role and opens nothing: the system administrator makes accounts, the security administrator gives rights.
"""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from yuance_web.records.parks.models import Park
from yuance_web.records.rights import ADMINISTRATORS, Role

__all__ = ["ADMINISTRATORS", "Office", "Role", "User"]


class Office(models.Model):
    """An office: of a park (its rows), of a department (its columns), of a county (its parks)."""

    name = models.CharField("名称", max_length=100, unique=True)
    park = models.ForeignKey(Park, on_delete=models.PROTECT, null=True, blank=True, verbose_name="所属园区")
    owner = models.CharField("责任部门（数据项 owner）", max_length=60, blank=True)
    county = models.CharField("县（市）区", max_length=60, blank=True)

    class Meta:
        verbose_name = "单位"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """An account. `address` is set by the request and only written into the journal."""

    name = models.CharField("姓名", max_length=60)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, blank=True, verbose_name="单位")
    role = models.CharField("角色", max_length=12, choices=Role.choices, blank=True)
    must_change_password = models.BooleanField("须修改密码", default=True)
    address: str = ""

    class Meta:
        verbose_name = "账号"
        ordering = ("username",)

    def __str__(self) -> str:
        return f"{self.name}（{self.username}）"

    @property
    def is_administrator(self) -> bool:
        """Whether this is one of the three administrators, who touch no business data."""
        return self.role in ADMINISTRATORS
