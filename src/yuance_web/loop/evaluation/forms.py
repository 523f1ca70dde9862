"""What people write about runs and results."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict


class ReasonForm(forms.Form):
    """A reason, where a step needs one."""

    reason = forms.CharField(label="原因", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class ObjectionForm(forms.Form):
    """An objection: to what, and why."""

    node = forms.ChoiceField(label="所异议的指标或数据项")
    text = forms.CharField(label="异议内容和理由", max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *arguments: Any, choices: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["node"].choices = choices  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """The answer to an objection."""

    accepted = forms.ChoiceField(
        label="是否采纳", choices=[("yes", "采纳，予以更正"), ("no", "不予采纳")], widget=forms.RadioSelect
    )
    answer = forms.CharField(label="答复及理由", max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))


class WhatIf:
    """The form of a what-if: a weight for each first-level dimension and category, indicators left out, another release."""

    def __init__(self, known: dict[str, Any], data: QueryDict | None = None) -> None:
        self.known, self.data = known, data
        self.errors: list[str] = []
        self.without = list(data.getlist("without")) if data is not None else []
        self.rows = [
            {
                "id": dimension["id"],
                "name": dimension["name"],
                "cells": [self._cell(dimension, category["id"]) for category in known["categories"]],
            }
            for dimension in known["dimensions"]
        ]

    def _cell(self, dimension: dict[str, Any], category: str) -> dict[str, Any]:
        name, old = f"w-{dimension['id']}-{category}", dimension["weights"][category]
        text = self.data.get(name, "").strip() if self.data is not None else f"{old:g}"
        return {
            "name": name,
            "category": category,
            "old": f"{old:g}",
            "text": text or f"{old:g}",
            "label": f"{dimension['name']} {category}",
        }

    def changes(self) -> dict[str, Any]:
        """What the form asks for; `errors` tells what is no number."""
        weights: dict[str, dict[str, float]] = {}
        for row in self.rows:
            for cell in row["cells"]:
                try:
                    value = float(cell["text"])
                except ValueError:
                    self.errors.append(f"“{cell['label']}”的权重“{cell['text']}”不是数字；请填数字")
                    continue
                if cell["text"] != cell["old"]:
                    weights.setdefault(row["id"], {})[cell["category"]] = value
        release = self.data.get("release", "") if self.data is not None else ""
        return {"weights": weights, "without": self.without, "release": int(release) if release.isdecimal() else None}
