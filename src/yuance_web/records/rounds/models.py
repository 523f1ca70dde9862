"""Rounds (评价轮次): a period, a method, the parks that take part, and how far each submission has come."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from yuance_web.records.parks.models import Park
from yuance_web.records.releases.models import Release


class RoundState(models.TextChoices):
    """draft → open → verifying → scored → notice → final."""

    DRAFT = "draft", "筹备"
    OPEN = "open", "填报"
    VERIFYING = "verifying", "核实"
    SCORED = "scored", "测算"
    NOTICE = "notice", "公示"
    FINAL = "final", "通报"


class Round(models.Model):
    """One evaluation of one period. Two clocks: `due` (on time) and `locks` (closed; a waiver opens it again)."""

    title = models.CharField("名称", max_length=200)
    period = models.CharField("报告期", max_length=8)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, verbose_name="评价办法")
    state = models.CharField("状态", max_length=12, choices=RoundState.choices, default=RoundState.DRAFT)
    opens = models.DateTimeField("填报开始")
    due = models.DateTimeField("填报截止（按时）")
    locks = models.DateTimeField("填报锁定")
    verify_due = models.DateTimeField("核实截止")
    notice_days = models.PositiveSmallIntegerField("公示工作日", default=5)
    notice_from = models.DateField("公示起", null=True, blank=True)
    notice_to = models.DateField("公示止", null=True, blank=True)
    invented = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "评价轮次"
        ordering = ("-period", "title")
        constraints = (
            models.UniqueConstraint(fields=("period", "release"), name="a_period_is_evaluated_once_by_a_method"),
        )

    def __str__(self) -> str:
        return self.title


class SubmissionState(models.TextChoices):
    """draft → signed → (returned ↔ signed) → verified."""

    DRAFT = "draft", "填报中"
    SIGNED = "signed", "已签报"
    RETURNED = "returned", "已退回"
    VERIFIED = "verified", "已核实"


class Submission(models.Model):
    """A park's part in a round: its name and category as they were when the round was made, and its state."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="submissions", verbose_name="轮次")
    park = models.ForeignKey(Park, on_delete=models.PROTECT, related_name="submissions", verbose_name="园区")
    name = models.CharField("园区名称", max_length=100)
    category = models.CharField("类别", max_length=20, blank=True)
    county = models.CharField("县（市）区", max_length=60, blank=True)
    state = models.CharField("状态", max_length=12, choices=SubmissionState.choices, default=SubmissionState.DRAFT)
    signed_at = models.DateTimeField("签报时间", null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="签报人",
    )
    signings = models.PositiveSmallIntegerField("签报次数", default=0)

    class Meta:
        verbose_name = "填报单"
        ordering = ("park__code",)
        constraints = (models.UniqueConstraint(fields=("round", "park"), name="a_park_submits_once_in_a_round"),)

    def __str__(self) -> str:
        return f"{self.round} {self.name}"


class Waiver(models.Model):
    """An exception to the lock: who asked, who allowed it, why, until when (逾期开锁)."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="waivers", verbose_name="填报单")
    reason = models.TextField("理由")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="批准人"
    )
    approved_at = models.DateTimeField("批准时间", auto_now_add=True)
    until = models.DateTimeField("有效至")

    class Meta:
        verbose_name = "逾期开锁"
        ordering = ("-approved_at",)

    def __str__(self) -> str:
        return f"{self.submission} 开锁至 {self.until:%Y-%m-%d %H:%M}"


class Reminder(models.Model):
    """A reminder that was sent (提醒、催报)."""

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="reminders", verbose_name="填报单"
    )
    kind = models.CharField("种类", max_length=20)
    sent_at = models.DateTimeField("发出时间", auto_now_add=True)
    to = models.CharField("收件人", max_length=300)

    class Meta:
        verbose_name = "提醒"
        ordering = ("-sent_at",)

    def __str__(self) -> str:
        return f"{self.submission} {self.kind}"
