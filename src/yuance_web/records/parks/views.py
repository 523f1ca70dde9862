"""Pages of parks: list and tile map, the loop of one park, changes."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yuance_web.records.parks import selectors
from yuance_web.records.parks.acts import ACTS
from yuance_web.records.parks.forms import Filters, NewParkForm
from yuance_web.records.parks.models import Park
from yuance_web.records.parks.services import ParkRefused, create_park
from yuance_web.records.parks.stages import stages_of
from yuance_web.records.parks.tiles import tile_map
from yuance_web.records.rights import Request, Role, parks_of, roles

READERS = (Role.LEAD, Role.REPORTER, Role.SIGNER, Role.VERIFIER, Role.REVIEWER, Role.LEADER)


@roles(*READERS)
@require_safe
def park_list(request: Request) -> HttpResponse:
    """Parks as they are on a day, as a table or as tiles."""
    visible = selectors.visible(parks_of(request.user))
    asked = Filters(request.GET, choices=selectors.choices(visible))
    chosen = {name: value for name, value in asked.cleaned_data.items() if value} if asked.is_valid() else {}
    day = chosen.pop("day", None) or timezone.localdate()
    versions = list(selectors.filtered(selectors.visible(parks_of(request.user), day), **chosen))
    context = {
        "versions": versions,
        "filters": asked,
        "day": day,
        "tiles": tile_map(versions),
        "as_map": request.GET.get("view") == "map",
    }
    return render(request, "parks/list.html", context)


@roles(*READERS)
@require_safe
def park(request: Request, code: str) -> HttpResponse:
    """A park: what it is, its loop in five stages, what it has been."""
    found = _visible(request, code)
    history = list(selectors.history(found))
    today = timezone.localdate()
    current = next((one for one in history if one.begins <= today and (one.ends is None or one.ends >= today)), None)
    context = {
        "park": found,
        "current": current,
        "version": current or history[0],
        "history": history,
        "stages": stages_of(request.user, found),
        "acts": ACTS.values() if current and request.user.role == Role.LEAD else (),
    }
    return render(request, "parks/park.html", context)


@roles(Role.LEAD)
def new_park(request: Request) -> HttpResponse:
    """Register a new park."""
    form = NewParkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        try:
            made = create_park(
                request.user, fields.pop("code"), begins=fields.pop("begins"), cause=fields.pop("cause"), **fields
            )
        except ParkRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已登记 {made.code}")
            return redirect("park", made.code)
    return render(request, "parks/new.html", {"form": form})


@roles(Role.LEAD)
def change(request: Request, code: str, act: str) -> HttpResponse:
    """Register a change: it begins a new version from a day on."""
    found, kind = _visible(request, code), ACTS.get(act)
    if kind is None:
        raise Http404(f"没有“{act}”这种变动")
    form = kind.form(request.POST or None, park=found)
    if request.method == "POST" and form.is_valid():
        try:
            kind.service(request.user, found, **form.cleaned_data)
        except ParkRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已登记：{kind.name}，自 {form.cleaned_data['day']} 起")
            return redirect("park", code)
    version = selectors.park_on(code) or selectors.history(found).first()
    return render(request, "parks/change.html", {"park": found, "version": version, "act": kind, "form": form})


def _visible(request: Request, code: str) -> Park:
    found = Park.objects.filter(selectors.rows(parks_of(request.user)), code=code).first()
    if found is None:
        raise Http404(f"没有园区 {code}，或不在您的范围之内")
    return found
