"""The journal (日志): every write, in order, each line sealed with the one before it."""

from __future__ import annotations

from django.db import models


class Head(models.Model):
    """The end of the chain: one row, locked by every writer, so that lines follow one another."""

    sequence = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        verbose_name = "日志链尾"

    def __str__(self) -> str:
        return f"{self.sequence} {self.digest[:8]}"


class Entry(models.Model):
    """A line: who did what to what, when, and why. Never changed, never deleted."""

    sequence = models.BigIntegerField("序号", unique=True)
    at = models.DateTimeField("时间")
    actor = models.CharField("操作人", max_length=150)
    actor_name = models.CharField("姓名", max_length=150, blank=True)
    office = models.CharField("单位", max_length=200, blank=True)
    address = models.CharField("来源地址", max_length=45, blank=True)
    verb = models.CharField("动作", max_length=60)
    subject_kind = models.CharField("对象种类", max_length=60)
    subject = models.CharField("对象", max_length=200)
    detail = models.TextField("内容", blank=True)
    previous = models.CharField("前一行摘要", max_length=64)
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        verbose_name = "日志"
        ordering = ("sequence",)
        indexes = (models.Index(fields=("subject_kind", "subject")), models.Index(fields=("actor", "sequence")))

    def __str__(self) -> str:
        return f"{self.sequence} {self.actor} {self.verb} {self.subject}"
