"""Reading releases. Methods are no secret within the house: every role that works with them may read them all."""

from __future__ import annotations

from django.db.models import QuerySet

from yuance_web.records.releases.models import Release


def releases() -> QuerySet[Release]:
    """All releases, without their texts."""
    return Release.objects.defer("files", "cases")


def release_named(identifier: str, version: str) -> Release | None:
    """One release, with its texts."""
    return Release.objects.filter(identifier=identifier, version=version).first()


def other_versions(release: Release) -> QuerySet[Release]:
    """The other versions of the same method."""
    return releases().filter(identifier=release.identifier).exclude(pk=release.pk)
