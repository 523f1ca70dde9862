"""Addresses of the journal."""

from __future__ import annotations

from django.urls import path

from yuance_web.records.journal import views

urlpatterns = [
    path("", views.journal, name="journal"),
    path("verify/", views.verify, name="journal-verify"),
    path("lines.csv", views.lines, name="journal-lines"),
]
