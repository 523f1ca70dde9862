"""Every address of the platform; each app brings its own."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("yuance_web.desk.open.urls")),
    path("account/", include("yuance_web.records.accounts.urls")),
    path("desk/", include("yuance_web.desk.portal.urls")),
    path("journal/", include("yuance_web.records.journal.urls")),
    path("parks/", include("yuance_web.records.parks.urls")),
    path("methods/", include("yuance_web.records.releases.urls")),
    path("rounds/", include("yuance_web.records.rounds.urls")),
    path("facts/", include("yuance_web.records.facts.urls")),
    path("intake/", include("yuance_web.records.intake.urls")),
    path("results/", include("yuance_web.loop.evaluation.urls")),
]

handler404 = "yuance_web.theme.errors.not_found"
