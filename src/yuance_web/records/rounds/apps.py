"""Rounds（评价轮次） as an application of the platform."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """轮次."""

    name = "yuance_web.records.rounds"
    label = "rounds"
    verbose_name = "轮次"

    def ready(self) -> None:
        """Tell the pages of parks of the rounds that a park takes part in."""
        from yuance_web.records.parks.stages import tell  # noqa: PLC0415 - models are ready only now
        from yuance_web.records.rounds.selectors import rounds_of_park  # noqa: PLC0415

        tell("evaluation", rounds_of_park)
