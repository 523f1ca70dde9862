"""Forms of rounds."""

from __future__ import annotations

from typing import Any

from django import forms

from yuance_web.records.parks.models import Park
from yuance_web.records.parks.selectors import versions_on
from yuance_web.records.releases.models import Release
from yuance_web.records.releases.selectors import releases

MOMENT = "%Y-%m-%dT%H:%M"


class MomentField(forms.DateTimeField):
    """A day and a minute."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
        super().__init__(widget=widget, input_formats=[MOMENT, "%Y-%m-%d %H:%M"], **kwargs)


class DatesForm(forms.Form):
    """The clocks of a round."""

    opens = MomentField(label="填报开始")
    due = MomentField(label="填报截止（按时）", help_text="此后签报算迟报")
    locks = MomentField(label="填报锁定", help_text="此后须批准逾期开锁才能填报")
    verify_due = MomentField(label="核实截止")

    def clean(self) -> dict[str, Any]:
        """The dates follow one another."""
        found = super().clean() or self.cleaned_data
        opens, due, locks, verify_due = (found.get(name) for name in ("opens", "due", "locks", "verify_due"))
        if opens and due and locks and verify_due and not opens < due <= locks <= verify_due:
            raise forms.ValidationError("日期须依次为：填报开始、填报截止、填报锁定、核实截止")
        return found


class ParksForm(forms.Form):
    """Which parks take part: those that there are today."""

    parks = forms.ModelMultipleChoiceField(
        label="参评园区", queryset=Park.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parks = self.fields["parks"]
        assert isinstance(parks, forms.ModelMultipleChoiceField)
        names = {
            version.park_id: f"{version.park.code} {version.name}（{version.category or '未分类'}）"
            for version in versions_on()
        }
        parks.queryset = Park.objects.filter(pk__in=names)
        parks.label_from_instance = lambda obj: names[obj.pk]  # type: ignore[method-assign]
        parks.initial = list(names)


class RoundForm(DatesForm, ParksForm):
    """A new round."""

    title = forms.CharField(label="名称", max_length=200, required=False, help_text="留空则按报告期取名")
    period = forms.CharField(label="报告期", max_length=8, help_text="如 2023Q4、2023H1、2023")
    release = forms.ModelChoiceField(label="评价办法", queryset=Release.objects.none())
    notice_days = forms.IntegerField(label="公示工作日", initial=5, min_value=1, max_value=60)
    field_order = ("title", "period", "release", "opens", "due", "locks", "verify_due", "notice_days", "parks")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        release = self.fields["release"]
        assert isinstance(release, forms.ModelChoiceField)
        release.queryset = releases()


class ChangeDatesForm(DatesForm):
    """Moving the clocks needs a reason."""

    reason = forms.CharField(label="理由", max_length=200)


class WaiverForm(forms.Form):
    """An exception to the lock."""

    until = MomentField(label="开锁至")
    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class StepForm(forms.Form):
    """A step of a round, with its reason where one is needed."""

    reason = forms.CharField(label="理由", max_length=300, required=False)
