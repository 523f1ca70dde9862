"""Evaluation（评价） as an application of the platform."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """评价."""

    name = "yuance_web.loop.evaluation"
    label = "evaluation"
    verbose_name = "评价"

    def ready(self) -> None:
        """Tell the rounds what their steps need of results, and what follows from them."""
        from yuance_web.loop.evaluation import requirements, selectors, services  # noqa: PLC0415 - models must be loaded first
        from yuance_web.records.parks.stages import tell  # noqa: PLC0415
        from yuance_web.records.rounds.services import follow  # noqa: PLC0415
        from yuance_web.records.rounds.transitions import require  # noqa: PLC0415

        tell("evaluation", selectors.results_of_park)
        require("score_round", requirements.frozen_run_is_done)
        require("begin_notice", requirements.result_is_issued)
        require("finish_round", requirements.objections_are_answered)
        follow("resume_verifying", services.withdraw_runs)
        follow("finish_round", services.mark_final)
