"""Facts of a round (数据): a cell keeps three values apart for ever: reported, verified, adopted."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from yuance_web.records.rounds.models import Submission


class CellState(models.TextChoices):
    """How far a value has come."""

    EMPTY = "empty", "未填"
    REPORTED = "reported", "已填"
    RETURNED = "returned", "已退回"
    ADOPTED = "adopted", "已采用"
    CORRECTED = "corrected", "已核改"


class Cell(models.Model):
    """One variable of one park in one round. Values are numbers, or text for variables of text.

    `version` rises with each write: who saves on an older one is told, and nothing is lost.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="cells", verbose_name="填报单")
    variable = models.CharField("数据项", max_length=100)
    kind = models.CharField("实际或目标", max_length=6, default="actual")
    reported = models.FloatField("上报数", null=True, blank=True)
    reported_text = models.CharField("上报内容", max_length=500, blank=True)
    verified = models.FloatField("核实数", null=True, blank=True)
    verified_text = models.CharField("核实内容", max_length=500, blank=True)
    adopted = models.FloatField("采用数", null=True, blank=True)
    adopted_text = models.CharField("采用内容", max_length=500, blank=True)
    state = models.CharField("状态", max_length=10, choices=CellState.choices, default=CellState.EMPTY)
    explanation = models.TextField("填报说明", blank=True)
    reason = models.TextField("退回或核改理由", blank=True)
    version = models.PositiveIntegerField("版次", default=0)

    class Meta:
        verbose_name = "数据"
        constraints = (
            models.UniqueConstraint(fields=("submission", "variable", "kind"), name="one_cell_for_a_variable"),
        )
        indexes = (models.Index(fields=("variable", "submission")),)

    def __str__(self) -> str:
        return f"{self.submission} {self.variable}"


class Change(models.Model):
    """A value as it was written: who, when, why, and from which file, sheet and cell."""

    cell = models.ForeignKey(Cell, on_delete=models.CASCADE, related_name="changes", verbose_name="数据")
    stage = models.CharField("环节", max_length=10)  # reported, verified, adopted, returned
    value = models.FloatField("数值", null=True, blank=True)
    text = models.CharField("内容", max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="操作人")
    at = models.DateTimeField("时间", auto_now_add=True)
    reason = models.TextField("理由", blank=True)
    file = models.CharField("来源文件", max_length=255, blank=True)
    sheet = models.CharField("工作表", max_length=100, blank=True)
    place = models.CharField("单元格", max_length=20, blank=True)
    signing = models.PositiveSmallIntegerField("签报次序", default=0)

    class Meta:
        verbose_name = "数据变动"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.cell} {self.stage}"


class Evidence(models.Model):
    """A document that supports a value (佐证材料): stored outside the web root, type checked by content."""

    cell = models.ForeignKey(Cell, on_delete=models.CASCADE, related_name="evidence", verbose_name="数据")
    file = models.FileField("文件", upload_to="evidence/%Y/%m")
    name = models.CharField("文件名", max_length=255)
    kind = models.CharField("类型", max_length=100)
    size = models.PositiveIntegerField("大小")
    sm3 = models.CharField("摘要", max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="上传人")
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = "佐证材料"
        ordering = ("at",)

    def __str__(self) -> str:
        return self.name
