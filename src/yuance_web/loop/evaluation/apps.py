from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """评价."""

    name = "yuance_web.loop.evaluation"
    label = "evaluation"
    verbose_name = "评价"
