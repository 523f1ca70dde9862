"""The addresses of releases（评价办法）."""

from __future__ import annotations

from django.urls import path

from yuance_web.records.releases import views

urlpatterns = [
    path("", views.release_list, name="releases"),
    path("compare/", views.comparison, name="release-comparison"),
    path("upload/", views.upload, name="release-upload"),
    path("<str:identifier>/<str:version>/", views.release, name="release"),
    path("<str:identifier>/<str:version>/cases/", views.run_cases, name="release-cases"),
]
