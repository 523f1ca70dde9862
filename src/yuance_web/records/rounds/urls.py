"""The addresses of rounds（评价轮次）."""

from __future__ import annotations

from django.urls import path

from yuance_web.records.rounds import views

urlpatterns = [
    path("", views.round_list, name="rounds"),
    path("new/", views.new_round, name="round-new"),
    path("<int:pk>/", views.round_page, name="round"),
    path("<int:pk>/parks/", views.parks, name="round-parks"),
    path("<int:pk>/drop/", views.drop, name="round-drop"),
    path("<int:pk>/dates/", views.dates, name="round-dates"),
    path("<int:pk>/remind/", views.remind, name="round-remind"),
    path("<int:pk>/step/<str:verb>/", views.step, name="round-step"),
    path("<int:pk>/waive/<int:submission>/", views.waive, name="round-waive"),
    path("<int:pk>/waivers/<int:waiver>/end/", views.end_waiver, name="round-waiver-end"),
]
