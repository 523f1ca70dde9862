"""The system administrator's pages: accounts are made and closed here; rights are not given here."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from yuance_web.records.accounts import second_factor, selectors, services
from yuance_web.records.accounts.forms import AccountForm, Filters
from yuance_web.records.accounts.models import User
from yuance_web.records.rights import Request, Role, roles

PAGE = 50


@roles(Role.SYSTEM)
@require_safe
def account_list(request: Request) -> HttpResponse:
    """Every account, filtered."""
    asked = Filters(request.GET)
    found = selectors.accounts(**(asked.cleaned_data if asked.is_valid() else {}))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/list.html", {"page": page, "filters": asked})


@roles(Role.SYSTEM)
@never_cache
def account_new(request: Request) -> HttpResponse:
    """A new account; its first password is shown once, on this page."""
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account, password = services.create_account(request.user, **form.cleaned_data)
        return render(request, "accounts/first_password.html", {"account": account, "password": password, "new": True})
    return render(request, "accounts/new.html", {"form": form})


@roles(Role.SYSTEM)
@require_POST
@never_cache
def account_act(request: Request, pk: int, act: str) -> HttpResponse:
    """Close, open, a new first password, take away a lost key."""
    account = get_object_or_404(User.objects.select_related("office"), pk=pk)
    try:
        match act:
            case "disable":
                services.disable_account(request.user, account, reason=request.POST.get("reason", "")[:200])
                messages.success(request, f"已停用 {account}")
            case "enable":
                services.enable_account(request.user, account)
                messages.success(request, f"已启用 {account}")
            case "password":
                password = services.reset_password(request.user, account)
                return render(request, "accounts/first_password.html", {"account": account, "password": password})
            case "second-factor":
                second_factor.remove(request.user, account)
                messages.success(request, f"已解除 {account} 的二次验证")
            case _:
                raise Http404(f"没有“{act}”这种办理")
    except ValidationError as refused:
        messages.error(request, "；".join(refused.messages))
    return redirect("accounts")
