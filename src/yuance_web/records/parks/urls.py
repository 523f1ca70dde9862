"""The addresses of parks（园区）."""

from __future__ import annotations

from django.urls import path

from yuance_web.records.parks import views

urlpatterns = [
    path("", views.park_list, name="parks"),
    path("new/", views.new_park, name="park-new"),
    path("<str:code>/", views.park, name="park"),
    path("<str:code>/<str:act>/", views.change, name="park-change"),
]
