"""Facts（数据） as an application of the platform."""

from django.apps import AppConfig


class FactsConfig(AppConfig):
    """数据."""

    name = "yuance_web.records.facts"
    label = "facts"
    verbose_name = "数据"

    def ready(self) -> None:
        """Rounds prepare cells when they open, ask what keeps a form from being signed, and settle what was returned."""
        from yuance_web.records.facts import hooks  # noqa: PLC0415  models are loaded by now

        hooks.connect()
