"""Open（公开） as an application of the platform."""

from django.apps import AppConfig


class OpendataConfig(AppConfig):
    """公开."""

    name = "yuance_web.desk.open"
    label = "opendata"
    verbose_name = "公开"
