from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """评价轮次."""

    name = "yuance_web.records.rounds"
    label = "rounds"
    verbose_name = "评价轮次"
