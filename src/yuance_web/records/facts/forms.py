"""What people send to the facts, as forms."""

from __future__ import annotations

from django import forms

from yuance_web.records.facts.bridge import LONGEST
from yuance_web.records.facts.services.filling import LONGEST_EXPLANATION


class ValueForm(forms.Form):
    """A typed value with the version it was seen in, and its explanation."""

    text = forms.CharField(required=False, max_length=2 * LONGEST, strip=True)
    version = forms.IntegerField(min_value=0)
    explanation = forms.CharField(required=False, max_length=LONGEST_EXPLANATION, strip=True)


class VersionForm(forms.Form):
    """The version that a decision is about."""

    version = forms.IntegerField(min_value=0)


class CorrectionForm(VersionForm):
    """Another value, for a reason."""

    text = forms.CharField(required=False, max_length=2 * LONGEST, strip=True)
    reason = forms.CharField(min_length=2, max_length=2000, error_messages={"required": "请写明核改理由"})


class ReturnForm(VersionForm):
    """A cell given back, for a reason."""

    reason = forms.CharField(min_length=2, max_length=2000, error_messages={"required": "请写明退回理由"})


class EvidenceForm(forms.Form):
    """A document."""

    file = forms.FileField(label="佐证材料", error_messages={"required": "请先选择文件"})
