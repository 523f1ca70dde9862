"""Theme（界面） as an application of the platform."""

from django.apps import AppConfig


class ThemeConfig(AppConfig):
    """界面."""

    name = "yuance_web.theme"
    label = "theme"
    verbose_name = "界面"
