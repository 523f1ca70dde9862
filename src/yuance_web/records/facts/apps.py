from django.apps import AppConfig


class FactsConfig(AppConfig):
    """数据."""

    name = "yuance_web.records.facts"
    label = "facts"
    verbose_name = "数据"
