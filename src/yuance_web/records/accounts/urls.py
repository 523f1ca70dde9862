"""Addresses of accounts: coming in and going out; the system administrator's pages; the security administrator's pages."""

from __future__ import annotations

from django.urls import path

from yuance_web.records.accounts.views import entrance, people, rights

urlpatterns = [
    path("login/", entrance.login, name="login"),
    path("login/code/", entrance.second_factor, name="second-factor"),
    path("logout/", entrance.logout, name="logout"),
    path("password/", entrance.password_change, name="password-change"),
    path("second-factor/", entrance.second_factor_setup, name="second-factor-setup"),
    path("language/", entrance.language, name="set_language"),
    path("people/", people.account_list, name="accounts"),
    path("people/new/", people.account_new, name="account-new"),
    path("people/<int:pk>/<str:act>/", people.account_act, name="account-act"),
    path("rights/", rights.rights_list, name="rights"),
    path("rights/<int:pk>/", rights.rights_change, name="rights-change"),
    path("offices/", rights.office_list, name="offices"),
    path("offices/new/", rights.office_change, name="office-new"),
    path("offices/<int:pk>/", rights.office_change, name="office-change"),
]
