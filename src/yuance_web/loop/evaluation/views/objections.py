"""Pages of objections (异议): a park raises them during the notice, the lead department answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from yuance_web.loop.evaluation import bridge, selectors, services
from yuance_web.loop.evaluation.forms import AnswerForm, ObjectionForm
from yuance_web.loop.evaluation.models import Objection
from yuance_web.loop.evaluation.views import Request
from yuance_web.records.accounts.access import roles
from yuance_web.records.accounts.models import Role
from yuance_web.records.rounds.models import Round, RoundState
from yuance_web.records.rounds.services import Refused

OBJECTORS: tuple[str, ...] = (Role.REPORTER, Role.SIGNER)


@roles(Role.LEAD, Role.LEADER, *OBJECTORS)
def objections(request: Request, pk: int) -> HttpResponse:
    """The objections of a round that the account may see; a park raises one while the notice lasts."""
    round_ = get_object_or_404(Round.objects.select_related("release"), pk=pk)
    called = bridge.names(round_.release)
    form = None
    if request.user.role in OBJECTORS and round_.state == RoundState.NOTICE:
        form = ObjectionForm(
            request.POST or None, choices=list(called.items()), initial={"node": request.GET.get("node", "total")}
        )
    if request.method == "POST":
        if form is None:
            messages.error(request, "不在公示期内，不能提出异议")
            return redirect("objections", pk)
        if form.is_valid():
            try:
                services.raise_objection(request.user, round_, form.cleaned_data["node"], form.cleaned_data["text"])
            except Refused as refused:
                for problem in refused.problems:
                    form.add_error(None, problem)
            else:
                messages.success(request, "异议已提交，牵头部门将书面答复")
                return redirect("objections", pk)
    found = list(selectors.objections_for(request.user, round_))
    parks = dict(round_.submissions.values_list("park__code", "name"))
    context = {
        "round": round_,
        "lines": [(one, parks.get(one.park, one.park), called.get(one.node, one.node)) for one in found],
        "form": form,
        "answer": AnswerForm(),
        "may_answer": request.user.role == Role.LEAD,
    }
    return render(request, "evaluation/objections.html", context)


@roles(Role.LEAD)
@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """Answer an objection, with the reason."""
    objection, form = get_object_or_404(Objection, pk=pk), AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请选择是否采纳，并写明答复理由")
        return redirect("objections", objection.round_id)
    try:
        services.answer_objection(
            request.user, objection, accepted=form.cleaned_data["accepted"] == "yes", answer=form.cleaned_data["answer"]
        )
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, problem)
    else:
        messages.success(request, "已答复")
    return redirect("objections", objection.round_id)
