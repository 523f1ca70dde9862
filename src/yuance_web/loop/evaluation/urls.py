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
    path("<int:pk>/scoring/", scoring.scoring, name="scoring"),
    path("<int:pk>/scoring/ask/", scoring.ask, name="run-ask"),
    path("<int:pk>/scoring/notice/", scoring.notice, name="notice-begin"),
    path("<int:pk>/scoring/correct/", scoring.correct, name="correction-begin"),
    path("<int:pk>/scoring/finish/", scoring.finish, name="result-finish"),
    path("<int:pk>/objections/", objections.objections, name="objections"),
    path("objections/<int:pk>/answer/", objections.answer, name="objection-answer"),
    path("runs/<int:run>/", scoring.run_page, name="run"),
    path("runs/<int:run>/row/", scoring.run_row, name="run-row"),
    path("runs/<int:run>/resume/", scoring.resume, name="run-resume"),
    path("runs/<int:run>/what-if/", scoring.what_if, name="what-if"),
    path("runs/<int:run>/beside.xlsx", scoring.beside_sheet, name="beside-sheet"),
    path("runs/<int:run>/package.zip", scoring.package, name="run-package"),
    path("runs/<int:run>/parks/<str:park>/", scoring.run_score, name="run-score"),
]
