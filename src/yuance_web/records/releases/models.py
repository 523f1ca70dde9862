"""Releases of evaluation methods (评价办法): frozen texts, imported from the package or uploaded by the lead department."""

from __future__ import annotations

from django.db import models

STATUS_NAMES = {"official": "正式", "trial": "试行", "draft": "草案", "reconstruction": "重建稿（非官方文本）"}


class Release(models.Model):
    """A method as it was released; never edited: a change is a new version."""

    identifier = models.CharField("标识", max_length=100)
    version = models.CharField("版本", max_length=60)
    title = models.CharField("名称", max_length=200)
    status = models.CharField("性质", max_length=20)
    digest = models.CharField("摘要", max_length=64)
    files = models.JSONField("文件（文件名到文本）")
    cases = models.JSONField("算例结果", null=True, blank=True)
    cases_at = models.DateTimeField("算例运行时间", null=True, blank=True)
    imported_at = models.DateTimeField("导入时间", auto_now_add=True)
    imported_by = models.CharField("导入人", max_length=150)

    class Meta:
        verbose_name = "评价办法"
        ordering = ("identifier", "version")
        constraints = (models.UniqueConstraint(fields=("identifier", "version"), name="a_version_is_released_once"),)

    def __str__(self) -> str:
        return f"{self.identifier}@{self.version}"

    @property
    def is_reconstruction(self) -> bool:
        """Whether this is written after an unpublished text (复原稿): said wherever it is shown."""
        return self.status == "reconstruction"

    @property
    def status_name(self) -> str:
        """正式、试行、草案、复原稿."""
        return STATUS_NAMES.get(self.status, self.status)
