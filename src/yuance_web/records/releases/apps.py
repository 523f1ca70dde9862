"""Releases（评价办法） as an application of the platform."""

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    """评价办法."""

    name = "yuance_web.records.releases"
    label = "releases"
    verbose_name = "评价办法"
