"""The upload of a method."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile


class ManyFiles(forms.ClearableFileInput):
    """A choice of several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Each file as a single one is cleaned."""
        files = data if isinstance(data, list | tuple) and data else [data or None]
        return [super(FilesField, self).clean(file, initial) for file in files]


class UploadForm(forms.Form):
    """All TOML files of a method, and the tables of its cases."""

    texts = FilesField(
        label="评价办法的文件",
        widget=ManyFiles(attrs={"multiple": True, "accept": ".toml,.csv"}),
        help_text="可多选：全部 .toml 文件；算例用到的 .csv 放在同一次上传里",
    )


class ShippedForm(forms.Form):
    """A method that ships with the package."""

    reference = forms.ChoiceField(label="随软件提供的办法")

    def __init__(self, *args: Any, references: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reference"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one, one) for one in references]
