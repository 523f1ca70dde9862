"""Imports (导入): a workbook that came back, what it would change, and whether that was done."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from yuance_web.records.rounds.models import Round


class Import(models.Model):
    """An upload with its preview; nothing is written before it is confirmed."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="imports", verbose_name="轮次")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="导入人")
    at = models.DateTimeField("时间", auto_now_add=True)
    name = models.CharField("文件名", max_length=255)
    sm3 = models.CharField("摘要", max_length=64)
    state = models.CharField("状态", max_length=10, default="preview")  # preview, done, dropped
    rows = models.JSONField("预览（逐格）", default=list)
    scope = models.CharField("范围", max_length=80, blank=True)  # park:<code> or department:<owner>
    remarks = models.JSONField("提示", default=list, blank=True)

    class Meta:
        verbose_name = "导入"
        ordering = ("-at",)

    def __str__(self) -> str:
        return self.name
