"""Evaluation (评价): how well does each unit do? Value, treatment, score, join, adjustment, rank, grade, trace."""

from yuance.loop.evaluation.evaluation import Evaluation, EvaluationError, evaluate

__all__ = ["Evaluation", "EvaluationError", "evaluate"]
