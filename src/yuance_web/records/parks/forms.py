"""Forms of changes to a park: one for each kind, named like the service that does it."""

from __future__ import annotations

from typing import Any

from django import forms

from yuance_web.records.parks.models import LEVELS, Park
from yuance_web.records.parks.selectors import versions_on


class Filters(forms.Form):
    """Which parks the list shows."""

    day = forms.DateField(label="日期", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    q = forms.CharField(label="名称或代码", required=False, max_length=50)
    level = forms.ChoiceField(label="级别", required=False)
    category = forms.ChoiceField(label="类别", required=False)
    county = forms.ChoiceField(label="县（市）区", required=False)

    def __init__(self, *args: Any, choices: dict[str, list[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, values in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "全部"), *((value, value) for value in values)]


class ChangeForm(forms.Form):
    """What every change needs: from which day, and on what grounds."""

    day = forms.DateField(label="自何日起", widget=forms.DateInput(attrs={"type": "date"}))
    cause = forms.CharField(
        label="原因与依据", max_length=150, help_text="文件名称、文号", widget=forms.TextInput(attrs={"size": 60})
    )

    def __init__(self, *args: Any, park: Park, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.park = park
        self.order_fields([*(name for name in self.fields if name not in {"day", "cause"}), "day", "cause"])


class NewParkForm(forms.Form):
    """A new park."""

    code = forms.CharField(label="代码", max_length=20, help_text="设立后不再改变")
    name = forms.CharField(label="名称", max_length=100)
    short_name = forms.CharField(label="简称", max_length=40, required=False)
    level = forms.ChoiceField(label="级别", choices=[("", "未定"), *LEVELS], required=False)
    category = forms.CharField(
        label="评价类别", max_length=20, required=False, help_text="与评价办法的类别标识一致，如 A、B、C"
    )
    county = forms.CharField(label="县（市）区", max_length=60, required=False, help_text="跨两个县区的用“；”隔开")
    area_ha = forms.DecimalField(label="四至面积（公顷）", max_digits=12, decimal_places=4, min_value=0, required=False)
    begins = forms.DateField(label="自何日起", widget=forms.DateInput(attrs={"type": "date"}))
    cause = forms.CharField(label="设立依据", max_length=150, help_text="文件名称、文号")

    def clean_code(self) -> str:
        """Letters, digits, hyphens: a code stands in addresses and files."""
        code: str = self.cleaned_data["code"].strip()
        if not code.replace("-", "").isalnum() or code == "new":
            raise forms.ValidationError("代码只用字母、数字和连字符，如 KM20")
        return code


class RenameForm(ChangeForm):
    """更名."""

    name = forms.CharField(label="新名称", max_length=100)
    short_name = forms.CharField(label="新简称", max_length=40, required=False)


class CategoryForm(ChangeForm):
    """调整类别."""

    category = forms.CharField(label="新类别", max_length=20, help_text="与评价办法的类别标识一致，如 A、B、C")


class LevelForm(ChangeForm):
    """升级、降级."""

    level = forms.ChoiceField(label="新级别", choices=LEVELS)


class AreaForm(ChangeForm):
    """调整四至面积."""

    area_ha = forms.DecimalField(label="新面积（公顷）", max_digits=12, decimal_places=4, min_value=0)


class EntrustForm(ChangeForm):
    """托管."""

    to = forms.CharField(label="托管单位", max_length=100, required=False, help_text="留空即结束托管")


class MergeForm(ChangeForm):
    """合并."""

    absorbed = forms.ModelMultipleChoiceField(label="并入的园区", queryset=Park.objects.none())
    name = forms.CharField(label="合并后的名称", max_length=100, required=False, help_text="留空则不变")

    def __init__(self, *args: Any, park: Park, **kwargs: Any) -> None:
        super().__init__(*args, park=park, **kwargs)
        field = self.fields["absorbed"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        names = {version.park_id: version.name for version in versions_on()}
        field.queryset = Park.objects.filter(pk__in=names).exclude(pk=park.pk)
        field.label_from_instance = lambda obj: f"{obj.code} {names.get(obj.pk, '')}"  # type: ignore[method-assign]


class SplitForm(ChangeForm):
    """分立."""

    parts = forms.CharField(
        label="分立出的园区", widget=forms.Textarea(attrs={"rows": 3}), help_text="每行一个：代码 空格 名称"
    )
    ends = forms.BooleanField(label="原园区撤销", required=False)

    def clean_parts(self) -> list[tuple[str, str]]:
        """(code, name) of each line."""
        parts = [line.split(None, 1) for line in self.cleaned_data["parts"].splitlines() if line.strip()]
        if any(len(part) != 2 for part in parts):
            raise forms.ValidationError("每行须写“代码 空格 名称”，如：KM20 云南某某产业园区")
        return [(code, name.strip()) for code, name in parts]
