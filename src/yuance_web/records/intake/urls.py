"""The addresses of intake（导入）."""

from __future__ import annotations

from django.urls import path

from yuance_web.records.intake import views

urlpatterns = [
    path("templates/parks/<int:pk>/", views.park_template, name="template-park"),
    path("templates/departments/<int:pk>/", views.department_template, name="template-department"),
    path("rounds/<int:pk>/upload/", views.upload, name="import-upload"),
    path("<int:pk>/", views.preview, name="import-preview"),
    path("<int:pk>/confirm/", views.confirm, name="import-confirm"),
    path("<int:pk>/drop/", views.drop, name="import-drop"),
]
