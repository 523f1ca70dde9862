"""The addresses of facts（数据）."""

from __future__ import annotations

from django.urls import path

from yuance_web.records.facts.views import cell, filling, verifying

urlpatterns = [
    path("forms/", filling.form_list, name="forms"),
    path("forms/<int:pk>/", filling.form, name="form"),
    path("forms/<int:pk>/cells/<int:cell>/", filling.save, name="form-save"),
    path("forms/<int:pk>/sign/", filling.sign, name="form-sign"),
    path("forms/<int:pk>/differences/", filling.differences, name="form-differences"),
    path("cells/<int:pk>/", cell.cell, name="cell"),
    path("cells/<int:pk>/evidence/", cell.add_evidence, name="evidence-add"),
    path("evidence/<int:pk>/", cell.evidence, name="evidence"),
    path("evidence/<int:pk>/remove/", cell.remove_evidence, name="evidence-remove"),
    path("verify/", verifying.verify_list, name="verify-list"),
    path("verify/<int:pk>/", verifying.verify, name="verify"),
    path("verify/<int:pk>/adopt/", verifying.adopt_plain, name="verify-adopt"),
    path("verify/cells/<int:pk>/adopt/", verifying.adopt, name="cell-adopt"),
    path("verify/cells/<int:pk>/correct/", verifying.correct, name="cell-correct"),
    path("verify/cells/<int:pk>/return/", verifying.give_back, name="cell-return"),
]
