"""Accounts（账号） as an application of the platform."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """账号."""

    name = "yuance_web.records.accounts"
    label = "accounts"
    verbose_name = "账号"
