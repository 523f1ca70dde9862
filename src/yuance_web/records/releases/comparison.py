"""Two versions of a method, side by side: what was added, removed, and which values changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from yuance_web.records.releases import bridge
from yuance_web.records.releases.models import Release

TABLE_NAMES = {
    "method": "办法", "category": "类别", "dimension": "一级指标", "indicator": "二级指标", "variable": "数据项", "adjustment": "加减分",
    "veto": "一票否决", "grade": "等次", "grading": "评等规则", "check": "审核关系", "sanction": "跨期规则",
}  # fmt: skip
KEY_NAMES = {
    "name": "名称", "weight": "权重", "value": "取值公式", "score": "计分", "by": "方式", "low": "低锚点", "high": "高锚点", "to": "得分区间",
    "among": "比较组", "missing": "缺失处理", "treat": "异常值处理", "legal": "依据", "note": "说明", "definition": "口径", "owner": "责任部门",
    "direction": "方向", "dimension": "所属一级指标", "measured_in": "计量单位", "range": "合理范围", "jump": "突变倍数", "when": "条件",
    "effect": "效果", "points": "分值", "limits": "上下限", "top": "累计占比", "at_least": "分数下限", "rule": "规则", "severity": "性质",
    "message": "提示语", "action": "处置", "title": "名称", "version": "版本", "status": "性质", "in_force": "施行日期", "rounding": "舍入",
    "ranks": "排名", "needs": "有值权重下限", "periods": "报告期种类", "not_scored": "有意不评", "kind": "性质", "table": "分档表",
    "base": "基准值", "cap": "封顶", "floor": "保底", "clip": "截断", "edge": "界限", "first": "第一名得分", "step": "每名递减", "parent": "上级",
    "unit": "评价对象", "id": "标识", "issuer": "发文机关", "digits": "小数位数", "mode": "方式", "quota": "名额折算", "within": "范围",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `kind`: added, removed, changed."""

    kind: str
    table: str
    id: str
    name: str
    key: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Comparison:
    """What changed from one release to another."""

    before: Release
    after: Release
    changes: Sequence[Change]

    @property
    def groups(self) -> list[tuple[str, list[Change]]]:
        """(table, its changes), in reading order."""
        grouped: dict[str, list[Change]] = {}
        for change in self.changes:
            grouped.setdefault(change.table, []).append(change)
        return list(grouped.items())

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many were added, removed, changed."""
        kinds = [change.kind for change in self.changes]
        return kinds.count("added"), kinds.count("removed"), kinds.count("changed")


def compare(before: Release, after: Release) -> Comparison:
    """Everything that differs in content; layout, comments and order of files do not count."""
    old, new = bridge.tables_of(bridge.read(before)), bridge.tables_of(bridge.read(after))
    return Comparison(
        before, after, [change for table in TABLE_NAMES for change in _table(table, old[table], new[table])]
    )


def _table(
    table: str, old: Mapping[str, Mapping[str, object]], new: Mapping[str, Mapping[str, object]]
) -> Iterator[Change]:
    title = TABLE_NAMES[table]
    for key in dict.fromkeys([*old, *new]):
        name = str(
            (new.get(key) or old.get(key) or {}).get("name")
            or (new.get(key) or old.get(key) or {}).get("message")
            or key
        )
        if key not in old:
            yield Change("added", title, key, name, after=_said(new[key]))
        elif key not in new:
            yield Change("removed", title, key, name, before=_said(old[key]))
        else:
            flat_old, flat_new = dict(_flat(old[key])), dict(_flat(new[key]))
            for path in dict.fromkeys([*flat_old, *flat_new]):
                was, is_ = flat_old.get(path, "（无）"), flat_new.get(path, "（无）")
                if was != is_:
                    yield Change("changed", title, key, name, _key(path), was, is_)


def _flat(value: Mapping[str, object], path: str = "") -> Iterator[tuple[str, str]]:
    for key, part in value.items():
        here = f"{path}.{key}" if path else key
        if isinstance(part, Mapping):
            yield from _flat(part, here)
        else:
            yield here, _text(part)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return bridge.number(float(value))
    if isinstance(value, list):
        return "；".join(_text(part) for part in value)
    if isinstance(value, Mapping):
        return "，".join(_text(part) for part in value.values() if part is not None)
    return str(value)


def _said(item: Mapping[str, object]) -> str:
    """A whole table in one line: only what tells most."""
    shown = ("weight", "value", "points", "when", "rule", "owner", "measured_in", "top", "at_least")
    return "；".join(f"{KEY_NAMES[key]}：{_text(item[key])}" for key in shown if key in item)


def _key(path: str) -> str:
    if path.startswith("in_force."):
        return f"施行日期 · {'起' if path.endswith('from') else '止'}"
    return " · ".join(KEY_NAMES.get(part, part) for part in path.split("."))
