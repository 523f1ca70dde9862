"""Parks (园区), true in time: what a park was called, and what it was, on any day."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q

LEVELS = (("国家级", "国家级"), ("省级", "省级"), ("市级", "市级"))


class Park(models.Model):
    """A development zone or industrial park: its code stays, whatever else changes."""

    code = models.CharField("代码", max_length=20, unique=True)
    invented = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "园区"
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code

    def on(self, day: dt.date) -> ParkVersion | None:
        """What the park was on a day; None before it existed or after it ended."""
        return self.versions.filter(begins__lte=day).filter(Q(ends=None) | Q(ends__gte=day)).first()


class ParkVersion(models.Model):
    """What a park is from one day to another; a change (更名、升级、托管、合并、分立) begins a new version."""

    park = models.ForeignKey(Park, on_delete=models.PROTECT, related_name="versions", verbose_name="园区")
    name = models.CharField("名称", max_length=100)
    short_name = models.CharField("简称", max_length=40, blank=True)
    level = models.CharField("级别", max_length=10, choices=LEVELS, blank=True)
    category = models.CharField("类别", max_length=20, blank=True)
    county = models.CharField("县（市）区", max_length=60, blank=True)
    area_ha = models.DecimalField("四至面积（公顷）", max_digits=12, decimal_places=4, null=True, blank=True)
    parent = models.ForeignKey(
        Park, on_delete=models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="上级园区"
    )
    entrusted_to = models.CharField("托管单位", max_length=100, blank=True)
    begins = models.DateField("起")
    ends = models.DateField("止", null=True, blank=True)
    cause = models.CharField("变动原因与依据", max_length=200, blank=True)

    class Meta:
        verbose_name = "园区沿革"
        ordering = ("park__code", "begins")
        constraints = (
            models.UniqueConstraint(fields=("park", "begins"), name="one_version_begins_on_a_day"),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=models.F("begins")), name="a_version_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return self.name
