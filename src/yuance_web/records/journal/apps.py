"""Journal（日志） as an application of the platform."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """日志."""

    name = "yuance_web.records.journal"
    label = "journal"
    verbose_name = "日志"
