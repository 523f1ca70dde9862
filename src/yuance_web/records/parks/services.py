"""Changing parks in time: each change begins a new version, ends the one before, and writes a line into the journal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from yuance_web.records.journal.services import Actor, write_entry
from yuance_web.records.parks.models import Park, ParkVersion
from yuance_web.records.rights import Role

CARRIED = ("name", "short_name", "level", "category", "county", "area_ha", "parent_id", "entrusted_to")


class ParkRefused(Exception):
    """A change that cannot be made, in words."""


@transaction.atomic
def create_park(
    actor: Actor | None, code: str, *, begins: dt.date, cause: str, invented: bool = False, **what: Any
) -> Park:
    """A new park and its first version; `what` are the fields of the version."""
    _only_lead(actor)
    _caused(cause)
    if Park.objects.filter(code=code).exists():
        raise ParkRefused(f"代码 {code} 已有园区；请换一个代码")
    _named(what.get("name", ""), begins)
    park = Park.objects.create(code=code, invented=invented)
    ParkVersion.objects.create(park=park, begins=begins, cause=cause, **what)
    write_entry(actor, "设立园区", "园区", park, begins=begins, cause=cause, **what)
    return park


def rename_park(
    actor: Actor | None, park: Park, *, name: str, day: dt.date, cause: str, short_name: str = ""
) -> ParkVersion:
    """更名；没有给出新简称时，简称不变."""
    short: dict[str, Any] = {"short_name": short_name.strip()} if short_name.strip() else {}
    return _change(actor, "更名", park, day, cause, name=name.strip(), **short)


def change_category(actor: Actor | None, park: Park, *, category: str, day: dt.date, cause: str) -> ParkVersion:
    """调整评价类别."""
    return _change(actor, "调整类别", park, day, cause, category=category.strip())


def change_level(actor: Actor | None, park: Park, *, level: str, day: dt.date, cause: str) -> ParkVersion:
    """升级、降级."""
    return _change(actor, "调整级别", park, day, cause, level=level)


def change_area(actor: Actor | None, park: Park, *, area_ha: Any, day: dt.date, cause: str) -> ParkVersion:
    """调整四至面积（公顷）."""
    return _change(actor, "调整面积", park, day, cause, area_ha=area_ha)


def entrust_park(actor: Actor | None, park: Park, *, to: str, day: dt.date, cause: str) -> ParkVersion:
    """托管；`to` 为空即结束托管."""
    return _change(actor, "托管" if to.strip() else "结束托管", park, day, cause, {"entrusted_to": to.strip()})


@transaction.atomic
def merge_parks(
    actor: Actor | None, into: Park, absorbed: Sequence[Park], *, day: dt.date, cause: str, name: str = ""
) -> ParkVersion:
    """合并: the absorbed parks end the day before; what they joined begins a new version. Their past stays their own."""
    _only_lead(actor)
    if not absorbed or into in absorbed:
        raise ParkRefused("请选择至少一个并入的园区，且不能并入自身")
    for park in absorbed:
        current = _current(park, day)
        if current.begins >= day:
            raise ParkRefused(f"{current.name}自 {current.begins} 才有当前版本，不能在 {day} 之前或当天并入")
        _end(current, day)
    codes = "、".join(sorted(park.code for park in absorbed))
    changed = {"name": name.strip()} if name.strip() else {}
    return _change(actor, "合并", into, day, f"{_caused(cause)}（并入 {codes}）", changed, absorbed=codes)


@transaction.atomic
def split_park(
    actor: Actor | None, park: Park, parts: Sequence[tuple[str, str]], *, day: dt.date, cause: str, ends: bool = False
) -> list[Park]:
    """分立: new parks, (code, name) each, begin with the level, category and county of the old one, which goes on or ends."""
    _only_lead(actor)
    _caused(cause)
    if not parts:
        raise ParkRefused("请写明分立出的园区代码和名称")
    current = _current(park, day)
    carried = {name: getattr(current, name) for name in ("level", "category", "county")}
    made = [
        create_park(
            actor,
            code,
            begins=day,
            cause=f"{cause}（自 {park.code} 分立）",
            invented=park.invented,
            name=name,
            **carried,
        )
        for code, name in parts
    ]
    codes = "、".join(code for code, _ in parts)
    if ends:
        if current.begins >= day:
            raise ParkRefused(f"{current.name}自 {current.begins} 才有当前版本，不能在此之前撤销")
        _end(current, day)
        write_entry(actor, "分立", "园区", park, day=day, cause=cause, parts=codes, ends=True)
    else:
        _change(actor, "分立", park, day, f"{cause}（分出 {codes}）", parts=codes)
    return made


@transaction.atomic
def _change(  # noqa: PLR0917
    actor: Actor | None,
    verb: str,
    park: Park,
    day: dt.date,
    cause: str,
    changed: dict[str, Any] | None = None,
    **told: Any,
) -> ParkVersion:
    """Begin a new version on a day. Without `changed`, what is told is what changes."""
    _only_lead(actor)
    _caused(cause)
    what = {name: value for name, value in told.items() if name in CARRIED} if changed is None else changed
    current = _current(park, day)
    if all(getattr(current, name) == value for name, value in what.items()) and what:
        raise ParkRefused(f"与现状相同，没有变动：{current.name}")
    if "name" in what:
        _named(what["name"], day, park)
    before = {name: getattr(current, name) for name in what}
    if current.begins == day:
        raise ParkRefused(f"{current.name}在 {day} 已有一次变动；同一天的变动请合为一条，或改用次日")
    _end(current, day)
    carried = {name: getattr(current, name) for name in CARRIED}
    version = ParkVersion.objects.create(park=park, begins=day, cause=cause.strip(), **{**carried, **what})
    others = {name: value for name, value in told.items() if name not in what}
    write_entry(actor, verb, "园区", park, day=day, cause=cause, before=before, after=what, **others)
    return version


def _current(park: Park, day: dt.date) -> ParkVersion:
    """The version a change on a day begins from: the park must be there, and nothing later may be written yet."""
    Park.objects.select_for_update().get(pk=park.pk)
    current = park.on(day)
    if current is None:
        raise ParkRefused(f"{park.code} 在 {day} 不存在；请核对日期")
    if park.versions.filter(begins__gt=day).exists():
        raise ParkRefused(f"{current.name}在 {day} 之后已有变动；请按先后登记，或先改正后面的变动")
    if current.ends is not None:
        raise ParkRefused(f"{current.name}已于 {current.ends} 撤销")
    return current


def _end(version: ParkVersion, day: dt.date) -> None:
    version.ends = day - dt.timedelta(days=1)
    version.save(update_fields=["ends"])


def _named(name: str, day: dt.date, park: Park | None = None) -> None:
    if not name.strip():
        raise ParkRefused("请写明园区名称")
    others = ParkVersion.objects.filter(name=name.strip(), begins__lte=day).exclude(ends__lt=day)
    if park is not None:
        others = others.exclude(park=park)
    if others.exists():
        raise ParkRefused(f"当天已有同名园区“{name.strip()}”")


def _caused(cause: str) -> str:
    if not cause.strip():
        raise ParkRefused("请写明变动原因与依据（文件名称、文号）")
    return cause.strip()


def _only_lead(actor: Actor | None) -> None:
    """Only the lead department changes parks; None is the system itself (loading)."""
    if actor is not None and getattr(actor, "role", "") != Role.LEAD:
        raise PermissionDenied("只有牵头部门可以登记园区变动")
