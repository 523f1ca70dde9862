"""The addresses of evaluation（评价）."""

from __future__ import annotations

from django.urls import path

from yuance_web.loop.evaluation.views import objections, results, scoring

urlpatterns = [
    path("", results.results, name="results"),
    path("<int:pk>/", results.ranking, name="ranking"),
    path("<int:pk>/issues/<int:number>/", results.ranking, name="ranking-issue"),
    path("<int:pk>/issues/<int:number>/ranking.xlsx", results.ranking_sheet, name="ranking-sheet"),
    path("<int:pk>/compare/", results.comparison, name="comparison"),
    path("<int:pk>/parks/<str:park>/", results.score, name="score"),
    path("parks/<str:park>/", results.trend, name="trend"),
    path("scoring/", scoring.rounds, name="scoring-rounds"),
    path("scoring/<int:pk>/", scoring.scoring, name="scoring"),
    path("scoring/<int:pk>/ask/", scoring.ask, name="run-ask"),
    path("scoring/<int:pk>/notice/", scoring.notice, name="notice-begin"),
    path("scoring/<int:pk>/correct/", scoring.correct, name="correction-begin"),
    path("scoring/<int:pk>/finish/", scoring.finish, name="result-finish"),
    path("<int:pk>/objections/", objections.objections, name="objections"),
    path("objections/<int:pk>/answer/", objections.answer, name="objection-answer"),
    path("scoring/runs/<int:run>/", scoring.run_page, name="run"),
    path("scoring/runs/<int:run>/row/", scoring.run_row, name="run-row"),
    path("scoring/runs/<int:run>/resume/", scoring.resume, name="run-resume"),
    path("scoring/runs/<int:run>/what-if/", scoring.what_if, name="what-if"),
    path("scoring/runs/<int:run>/beside.xlsx", scoring.beside_sheet, name="beside-sheet"),
    path("scoring/runs/<int:run>/package.zip", scoring.package, name="run-package"),
    path("scoring/runs/<int:run>/parks/<str:park>/", scoring.run_score, name="run-score"),
]
