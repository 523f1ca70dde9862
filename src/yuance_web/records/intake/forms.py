"""What people send to intake."""

from __future__ import annotations

from django import forms


class UploadForm(forms.Form):
    """A template that comes back."""

    file = forms.FileField(
        label="填好的模板（.xlsx）",
        error_messages={"required": "请先选择文件", "empty": "文件是空的；请确认是否选错文件"},
    )
