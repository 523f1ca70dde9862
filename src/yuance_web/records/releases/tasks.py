"""Long work on releases, done by the job queue."""

from __future__ import annotations

from django_tasks import task

from yuance_web.records.accounts.models import User
from yuance_web.records.releases.models import Release
from yuance_web.records.releases.services import record_cases


@task()
def run_cases_of(release: int, actor: int | None = None) -> None:
    """Run the worked examples of a release."""
    record_cases(User.objects.filter(pk=actor).first() if actor else None, Release.objects.get(pk=release))
