from django.apps import AppConfig


class PortalConfig(AppConfig):
    """工作台."""

    name = "yuance_web.desk.portal"
    label = "portal"
    verbose_name = "工作台"
