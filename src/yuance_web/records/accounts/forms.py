"""Forms of accounts."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from yuance_web.records.accounts.models import Office, User
from yuance_web.records.accounts.selectors import offices
from yuance_web.records.parks.models import Park
from yuance_web.records.rights import Role

LOGIN_NAME = RegexValidator(r"^[A-Za-z0-9_.@-]{2,60}$", "登录名用 2 至 60 个字母、数字、下划线、点或短横")


class LoginForm(AuthenticationForm):
    """Name and password; a wrong name and a wrong password are answered alike."""

    error_messages: ClassVar = {  # type: ignore[misc]  # Django declares it for the instance
        "invalid_login": _("登录名或密码不对。请检查大小写；连续输错 5 次，将锁定 30 分钟。"),
        "inactive": _("本账号已停用，请联系系统管理员。"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("登录名")
        self.fields["password"].label = _("密码")


class AccountForm(forms.Form):
    """A new account."""

    username = forms.CharField(label="登录名", validators=[LOGIN_NAME], help_text="例如 dianchi-zhang；建立后不能更改")
    name = forms.CharField(label="姓名", max_length=60)
    email = forms.EmailField(label="电子邮箱", required=False, help_text="用于提醒和催报；没有可不填")

    def clean_username(self) -> str:
        """The name is still free, whatever its case."""
        username = str(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError("这个登录名已有人用，请换一个")
        return username


class RightsForm(forms.Form):
    """Role and office of an account."""

    role = forms.ChoiceField(label="角色", required=False, choices=[("", "（无权限）"), *Role.choices])
    office = forms.ModelChoiceField(
        label="单位", required=False, queryset=Office.objects.none(), empty_label="（无单位）"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices()  # type: ignore[attr-defined]


class OfficeForm(forms.Form):
    """An office and its one scope."""

    name = forms.CharField(label="名称", max_length=100)
    park = forms.ModelChoiceField(
        label="园区",
        required=False,
        queryset=Park.objects.none(),
        empty_label="（不属于园区）",
        help_text="园区的单位：只见本园区的行",
    )
    owner = forms.CharField(
        label="责任部门",
        required=False,
        max_length=60,
        help_text="责任部门的单位：与评价办法中数据项的 owner 一致，只核实这些列",
    )
    county = forms.CharField(
        label="县（市）区", required=False, max_length=60, help_text="县（市）区的单位：只见辖区内的园区"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["park"]
        field.queryset = Park.objects.prefetch_related("versions")  # type: ignore[attr-defined]
        field.label_from_instance = _park_words  # type: ignore[attr-defined]


class Filters(forms.Form):
    """The list of accounts."""

    q = forms.CharField(label="姓名、登录名或单位", required=False, max_length=60)
    role = forms.ChoiceField(label="角色", required=False, choices=[("", "全部"), ("none", "待授权"), *Role.choices])
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), ("active", "在用"), ("disabled", "停用")]
    )


def _park_words(park: Park) -> str:
    versions = sorted(park.versions.all(), key=lambda version: version.begins)
    return f"{park.code} {versions[-1].name}" if versions else park.code
