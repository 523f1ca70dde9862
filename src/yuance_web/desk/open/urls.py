"""The addresses of open（公开）."""

from __future__ import annotations

from django.urls import path

from yuance_web.desk.open import views
from yuance_web.desk.open.api import public_urls

urlpatterns = [
    path("", views.public, name="public"),
    path("open/rankings/<int:round_>/", views.ranking, name="public-ranking"),
    path("open/rankings/<int:round_>/issues/<int:number>/", views.ranking, name="public-ranking-issue"),
    path("open/methods/", views.methods, name="public-methods"),
    path("open/methods/<str:identifier>/<str:version>/", views.method, name="public-method"),
    path("open/data/", views.data, name="open-data"),
    path("open/data/<int:round_>/scores.csv", views.scores, name="open-scores"),
    path("open/api/", views.interface, name="open-interface"),
    path("api/v1/", public_urls()),
]
