"""The kinds of change to a park: form and service of each, in one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from yuance_web.records.parks import forms, services


@dataclass(frozen=True, slots=True)
class Act:
    """A kind of change."""

    key: str
    name: str
    form: type[forms.ChangeForm]
    service: Callable[..., Any]


ACTS: dict[str, Act] = {
    act.key: act
    for act in (
        Act("rename", "更名", forms.RenameForm, services.rename_park),
        Act("category", "调整类别", forms.CategoryForm, services.change_category),
        Act("level", "调整级别", forms.LevelForm, services.change_level),
        Act("area", "调整面积", forms.AreaForm, services.change_area),
        Act("entrust", "托管", forms.EntrustForm, services.entrust_park),
        Act("merge", "合并", forms.MergeForm, services.merge_parks),
        Act("split", "分立", forms.SplitForm, services.split_park),
    )
}
