"""Parks（园区） as an application of the platform."""

from django.apps import AppConfig


class ParksConfig(AppConfig):
    """园区."""

    name = "yuance_web.records.parks"
    label = "parks"
    verbose_name = "园区"
