"""The filters of the journal."""

from __future__ import annotations

from typing import Any

from django import forms

from yuance_web.records.journal.selectors import words


class Filters(forms.Form):
    """Who, what, about what, when."""

    actor = forms.CharField(label="操作人或单位", required=False, max_length=60)
    verb = forms.ChoiceField(label="动作", required=False)
    kind = forms.ChoiceField(label="对象种类", required=False)
    subject = forms.CharField(label="对象或内容", required=False, max_length=60)
    since = forms.DateField(label="自", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="至", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found in zip(("verb", "kind"), words(), strict=True):
            self.fields[name].choices = [("", "全部"), *((word, word) for word in found)]  # type: ignore[attr-defined]
