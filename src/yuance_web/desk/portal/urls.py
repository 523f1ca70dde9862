"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from yuance_web.desk.portal import views

urlpatterns = [path("", views.desk, name="desk")]
