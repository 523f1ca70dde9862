"""Runs, issues of results, objections (测算、结果、异议)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from yuance_web.records.rounds.models import Round

KINDS = {"preview": "预测算", "frozen": "定稿测算", "what-if": "假设测算"}
STATES = {"waiting": "等待", "running": "运行中", "done": "完成", "failed": "失败"}


class Run(models.Model):
    """One computation: of a preview, of the frozen facts, or of a what-if on a copy. Its input and result stay."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="runs", verbose_name="轮次")
    kind = models.CharField("种类", max_length=10)  # preview, frozen, what-if
    state = models.CharField("状态", max_length=10, default="waiting")  # waiting, running, done, failed
    progress = models.PositiveSmallIntegerField("进度", default=0)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="发起人"
    )
    asked_at = models.DateTimeField("发起时间", auto_now_add=True)
    base = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="variants", verbose_name="所据测算"
    )
    beat_at = models.DateTimeField("最近进展", null=True, blank=True)
    done_at = models.DateTimeField("完成时间", null=True, blank=True)
    changes = models.JSONField("假设", default=dict, blank=True)
    facts = models.JSONField("数据快照", default=dict, blank=True)
    facts_digest = models.CharField("数据摘要", max_length=64, blank=True)
    method_digest = models.CharField("办法摘要", max_length=64, blank=True)
    scores = models.JSONField("得分", default=list, blank=True)
    trace = models.JSONField("明细", default=list, blank=True)
    findings = models.JSONField("审核发现", default=list, blank=True)
    meta = models.JSONField("运行信息", default=dict, blank=True)
    problem = models.TextField("失败原因", blank=True)
    withdrawn = models.BooleanField("已作废", default=False)

    class Meta:
        verbose_name = "测算"
        ordering = ("-asked_at", "-pk")

    def __str__(self) -> str:
        return f"{self.round} {KINDS.get(self.kind, self.kind)} {self.pk}"

    @property
    def kind_words(self) -> str:
        """预测算、定稿测算、假设测算."""
        return KINDS.get(self.kind, self.kind)

    @property
    def state_words(self) -> str:
        """等待、运行、完成、失败."""
        return STATES.get(self.state, self.state)


class Issue(models.Model):
    """A published result. It never changes: a correction is a new issue, the old one stays and is marked."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="issues", verbose_name="轮次")
    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="issue", verbose_name="测算")
    number = models.PositiveSmallIntegerField("版次")
    stage = models.CharField("阶段", max_length=10)  # notice, final
    published_at = models.DateTimeField("发布时间", auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="签发人"
    )
    reason = models.TextField("更正原因", blank=True)
    begins = models.DateField("公示起", null=True, blank=True)
    ends = models.DateField("公示止", null=True, blank=True)
    final_at = models.DateTimeField("通报时间", null=True, blank=True)

    class Meta:
        verbose_name = "结果"
        ordering = ("round", "-number")
        constraints = (models.UniqueConstraint(fields=("round", "number"), name="issues_of_a_round_are_numbered"),)

    def __str__(self) -> str:
        return f"{self.round} 第 {self.number} 版"


class Objection(models.Model):
    """An objection during the notice: names a cell or a score, is answered with a reason."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="objections", verbose_name="轮次")
    issue = models.ForeignKey(
        Issue, on_delete=models.PROTECT, null=True, related_name="objections", verbose_name="所对结果"
    )
    park = models.CharField("园区", max_length=20)
    node = models.CharField("指标或数据项", max_length=100)
    text = models.TextField("异议内容")
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="提出人"
    )
    raised_at = models.DateTimeField("提出时间", auto_now_add=True)
    accepted = models.BooleanField("是否采纳", null=True, blank=True)
    answer = models.TextField("答复", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="答复人",
    )
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)

    class Meta:
        verbose_name = "异议"
        ordering = ("-raised_at",)

    def __str__(self) -> str:
        return f"{self.park} {self.node}"
