"""Coming in and going out: password, second factor, lockout, the change of a password, the language."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login as sign_in
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth import views as auth_views
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.i18n import set_language

from yuance_web.records.accounts import second_factor as factor
from yuance_web.records.accounts import services
from yuance_web.records.accounts.forms import LoginForm
from yuance_web.records.accounts.models import User
from yuance_web.records.rights import Request, everyone, signed_in

BACKEND = "django.contrib.auth.backends.ModelBackend"


class Login(auth_views.LoginView):
    """Name and password; who has a second factor is asked for it before the session begins."""

    template_name = "accounts/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        """In, or on to the code."""
        account = form.get_user()
        if factor.is_set_up(account):
            factor.begin(self.request, account, self.get_success_url())
            return redirect("second-factor")
        _come_in(self.request, account, second_factor=False)
        return redirect(self.get_success_url())

    def form_invalid(self, form: Any) -> HttpResponse:
        """Not in: that is written down."""
        typed = str(form.data.get("username", ""))
        locked = bool(getattr(self.request, "axes_locked_out", False))
        services.record_refusal(typed, self.request.META.get("REMOTE_ADDR", ""), locked=locked)
        return super().form_invalid(form)


class PasswordChange(auth_views.PasswordChangeView):
    """The account's own change of its password; a first password must be changed."""

    template_name = "accounts/password.html"
    success_url = reverse_lazy("desk")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Changed; this session stays, others end."""
        services.change_password(form.user, form.cleaned_data["new_password1"])
        update_session_auth_hash(self.request, form.user)
        messages.success(self.request, "密码已修改")
        return redirect(self.success_url)


@method_decorator(never_cache, name="dispatch")
class Logout(auth_views.LogoutView):
    """Out, to the public page."""


login = everyone(Login.as_view())
logout = everyone(Logout.as_view())
password_change = signed_in(PasswordChange.as_view())
language = everyone(set_language)


@everyone
@never_cache
@sensitive_post_parameters("code")
def second_factor(request: HttpRequest) -> HttpResponse:
    """The second step of the login: a code of the app, or one of the recovery codes."""
    waiting = factor.pending(request)
    if waiting is None:
        messages.warning(request, "请先输入登录名和密码")
        return redirect("login")
    account, after = waiting
    form = AuthenticateForm(request.POST or None, user=account)
    if request.method == "POST":
        if form.is_valid():
            factor.pass_(request)
            _come_in(request, account, second_factor=True)
            form.save()
            return redirect(after)
        services.record_refusal(account.username, request.META.get("REMOTE_ADDR", ""), locked=False, step="code")
    return render(request, "accounts/second_factor.html", {"form": form})


@signed_in
@never_cache
@sensitive_post_parameters("code")
def second_factor_setup(request: Request) -> HttpResponse:
    """Take a key into the app and prove it; the recovery codes are shown once."""
    account = request.user
    context: dict[str, Any] = {"must": factor.must_have(account), "is_set_up": factor.is_set_up(account)}
    if not context["is_set_up"]:
        form = ActivateTOTPForm(request.POST or None, user=account)
        if request.method == "POST" and form.is_valid():
            context |= {"codes": factor.set_up(request, account, form), "is_set_up": True}
        else:
            context |= {"form": form, "key": factor.key_of(form, account)}
    return render(request, "accounts/second_factor_setup.html", context)


def _come_in(request: HttpRequest, account: User, *, second_factor: bool) -> None:
    account.address = request.META.get("REMOTE_ADDR", "")
    sign_in(request, account, backend=BACKEND)
    if second_factor:
        factor.pass_(request)
    services.record_login(account, second_factor=second_factor)


def locked_out(
    request: HttpRequest, credentials: dict[str, Any] | None = None, *_args: Any, **_kwargs: Any
) -> HttpResponse:
    """Too many wrong passwords: for how long, and what to do."""
    del credentials
    context = {
        "minutes": round(60 * settings.AXES_COOLOFF_TIME),
        "failures": settings.AXES_FAILURE_LIMIT,
        "again": resolve_url("login"),
    }
    return render(request, "accounts/locked.html", context, status=429)
