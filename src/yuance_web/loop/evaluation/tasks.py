"""Runs in the job queue: on the database's own queue, or at once where no worker is needed (demonstration, tests)."""

from __future__ import annotations

from django.conf import settings
from django_tasks import task

from yuance_web.loop.evaluation.performing import perform_run


@task()
def run_evaluation(run: int) -> None:
    """Compute a run."""
    perform_run(run)


def start(run: int) -> None:
    """Let a run be computed: `EVALUATION_INLINE` at once, else by a worker (`python -m yuance_web db_worker`)."""
    if getattr(settings, "EVALUATION_INLINE", settings.DEMONSTRATION):
        perform_run(run)
    else:
        run_evaluation.enqueue(run)
