"""Intake（导入） as an application of the platform."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """导入."""

    name = "yuance_web.records.intake"
    label = "intake"
    verbose_name = "导入"
