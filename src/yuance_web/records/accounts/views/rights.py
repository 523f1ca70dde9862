"""The security administrator's pages: roles, and the rows and columns that an office stands for."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from yuance_web.records.accounts import selectors, services
from yuance_web.records.accounts.forms import Filters, OfficeForm, RightsForm
from yuance_web.records.accounts.models import Office, User
from yuance_web.records.rights import Request, Role, roles

PAGE = 50


@roles(Role.SECURITY)
@require_safe
def rights_list(request: Request) -> HttpResponse:
    """Every account with what it may do."""
    asked = Filters(request.GET)
    found = selectors.accounts(**(asked.cleaned_data if asked.is_valid() else {}))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(
        request, "accounts/rights.html", {"page": page, "filters": asked, "waiting": selectors.waiting_for_rights()}
    )


@roles(Role.SECURITY)
def rights_change(request: Request, pk: int) -> HttpResponse:
    """Role and office of one account."""
    account = get_object_or_404(User.objects.select_related("office"), pk=pk)
    form = RightsForm(request.POST or None, initial={"role": account.role, "office": account.office})
    if request.method == "POST" and form.is_valid():
        try:
            services.assign_rights(request.user, account, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"已授权：{account}　{account.get_role_display() or '无权限'}")
            return redirect("rights")
    return render(request, "accounts/rights_change.html", {"account": account, "form": form})


@roles(Role.SECURITY)
@require_safe
def office_list(request: Request) -> HttpResponse:
    """Every office with its scope."""
    offices = selectors.offices().annotate(people=Count("user"))
    return render(request, "accounts/offices.html", {"offices": offices})


@roles(Role.SECURITY)
def office_change(request: Request, pk: int | None = None) -> HttpResponse:
    """A new office, or another name or scope of one."""
    office = get_object_or_404(Office, pk=pk) if pk else Office()
    initial = {"name": office.name, "park": office.park_id, "owner": office.owner, "county": office.county}
    form = OfficeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_office(request.user, office, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"已保存单位：{office}")
            return redirect("offices")
    return render(request, "accounts/office_change.html", {"office": office if pk else None, "form": form})
