"""Portal（工作台） as an application of the platform."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """工作台."""

    name = "yuance_web.desk.portal"
    label = "portal"
    verbose_name = "工作台"
