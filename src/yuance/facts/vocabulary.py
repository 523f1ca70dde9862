"""Words that head columns: which of them means a variable, its target, its measure, a unit, a period …"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from yuance.facts.facts import TARGET_SUFFIX
from yuance.facts.measure import fold, read_measure
from yuance.facts.variable import VariableDescription

# In each list the earlier word wins where several columns could be it; `unit` and `period` win in any case.
UNIT_CODES = [
    "unit",
    "单位代码",
    "园区代码",
    "园区编码",
    "园区编号",
    "企业代码",
    "企业编码",
    "统一社会信用代码",
    "社会信用代码",
    "组织机构代码",
    "机构代码",
    "地区代码",
    "行政区划代码",
    "区划代码",
    "单位编码",
    "单位编号",
    "unitid",
    "unit_id",
    "unitcode",
    "unit_code",
    "ucode",
    "code",
]
UNIT_NAMES = [
    "园区",
    "园区名称",
    "开发区",
    "开发区名称",
    "单位名称",
    "企业名称",
    "企业",
    "机构名称",
    "地区名称",
    "地区",
    "县区",
    "县（市）区",
    "县市区",
    "区县",
    "市州",
    "州市",
    "城市",
    "省份",
    "国家",
    "填报单位",
    "评价对象",
    "被评价单位",
    "考核对象",
    "单位",
    "unitname",
    "unit_name",
    "park",
    "enterprise",
    "company",
    "city",
    "province",
    "region",
    "country",
    "iso3",
    "uname",
    "name",
    "名称",
]
PERIODS = [
    "period",
    "期间",
    "报告期",
    "时期",
    "统计期",
    "报告期间",
    "所属期",
    "填报期",
    "考核期",
    "评价期",
    "年份",
    "年度",
    "统计年度",
    "报告年度",
    "季度",
    "月份",
    "年",
    "时间",
    "日期",
    "year",
    "quarter",
    "month",
    "time",
    "date",
]
YEARS = frozenset(["年份", "年度", "统计年度", "报告年度", "年", "year"])
PARTS = frozenset(["季度", "月份", "季", "月", "半年", "quarter", "month"])
NAMES = frozenset(
    [
        "name",
        "名称",
        "园区名称",
        "单位名称",
        "企业名称",
        "开发区名称",
        "地区名称",
        "机构名称",
        "园区",
        "开发区",
        "unitname",
        "unit_name",
        "uname",
    ]
)
CATEGORIES = frozenset(
    ["category", "类别", "分类", "园区类别", "园区分类", "单位类别", "企业类别", "类别代码", "评价类别"]
)
SHORT_NAMES = frozenset(["short_name", "shortname", "简称", "园区简称", "单位简称", "企业简称"])
FORMER_NAMES = frozenset(
    ["former_names", "former_name", "formernames", "曾用名", "原名", "原名称", "曾用名称", "更名前名称"]
)
LONG_VARIABLES = [
    "variable",
    "变量",
    "指标",
    "数据项",
    "指标代码",
    "变量代码",
    "指标编码",
    "指标名称",
    "变量名称",
    "数据项名称",
    "项目",
    "indicator",
    "item",
]
LONG_VALUES = ["value", "值", "数值", "指标值", "数据", "本期值", "填报值", "上报值", "obs_value"]
LONG_KINDS = ["kind", "类型", "数据类型", "值类型", "口径类型"]
LONG_MEASURES = ["measured_in", "计量单位", "单位", "measure", "uom"]
IGNORED = frozenset(["序号", "行号", "序", "no", "no.", "№", "#", "index", "栏次", "编号"])

TARGET_WORDS = ["目标值", "目标数", "年度目标", "目标任务", "目标", "计划数", "计划值", "计划", "target"]
ACTUAL_WORDS = ["实际值", "实际数", "实际完成", "完成数", "完成值", "实际", "完成", "actual"]
REMARKS = frozenset(
    [
        "累计",
        "本期累计",
        "年末",
        "期末",
        "年初",
        "期初",
        "当期",
        "本期",
        "当年",
        "全年",
        "全口径",
        "合计",
        "总数",
        "总量",
        "必填",
        "选填",
        "现价",
        "当年价",
        "不变价",
        "可比价",
        "时点数",
        "时期数",
        "规模以上",
        "规上",
        "上报",
        "核实",
        "数",
        "亿元版",
    ]
)
_BRACKETED = re.compile(r"(?P<base>.+?)[(\[【〔〈<{](?P<inner>[^()\[\]【】〔〕〈〉<>{}]*)[)\]】〕〉>}]\s*")
_LABEL = re.compile(r"(?:计量)?单位[:：]|unit[:：]|in\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column heading says: a variable, whether its actual or target value, and the measure it names."""

    variable: VariableDescription
    kind: str = "actual"
    measure: str = ""

    @property
    def column(self) -> str:
        """The column of the table of facts."""
        return self.variable.id + (TARGET_SUFFIX if self.kind == "target" else "")


def kind_word(text: str) -> str:
    """`actual`, `target`, or "" for what is neither."""
    plain = fold(text)
    if plain in TARGET_WORDS:
        return "target"
    return "actual" if plain in ACTUAL_WORDS else ""


class Vocabulary:
    """The variables of a method, found by id, by name, or by either with target or measure written along."""

    def __init__(self, variables: Iterable[VariableDescription]) -> None:
        self.variables = tuple(variables)
        self.order = {variable.id: number for number, variable in enumerate(self.variables)}
        self._exact = {unicodedata.normalize("NFC", variable.id): variable for variable in self.variables}
        self._folded = self._index((variable.id, variable) for variable in self.variables)
        self._names = self._index((variable.name, variable) for variable in self.variables if variable.name)
        self._bare = self._index(
            (match["base"], variable)
            for variable in self.variables
            if (match := _BRACKETED.fullmatch(unicodedata.normalize("NFKC", variable.name)))
        )
        self._known: dict[str, Meaning | None] = {}

    @staticmethod
    def _index(pairs: Iterable[tuple[str, VariableDescription]]) -> Mapping[str, tuple[VariableDescription, ...]]:
        found: dict[str, tuple[VariableDescription, ...]] = {}
        for words, variable in pairs:
            found[fold(words)] = (*found.get(fold(words), ()), variable)
        return found

    def namesakes(self, text: str) -> tuple[VariableDescription, ...]:
        """The variables that a heading could mean equally well, where they are several."""
        meant = self._candidates(text)
        return meant if len(meant) > 1 else ()

    def _candidates(self, text: str) -> tuple[VariableDescription, ...]:
        exact = self._exact.get(unicodedata.normalize("NFC", text.strip()))
        if exact is not None:
            return (exact,)
        plain = fold(text)
        for index in (self._folded, self._names, self._bare):
            if plain in index:
                return index[plain]
        return ()

    def read(self, text: str) -> Meaning | None:
        """The meaning of a heading, or None where it names no variable, or more than one."""
        if text not in self._known:
            self._known[text] = self._read(text, depth=3)
        return self._known[text]

    def _read(self, text: str, depth: int) -> Meaning | None:
        meant = self._candidates(text)
        if meant:
            return Meaning(meant[0]) if len(meant) == 1 else None
        if depth == 0 or not text.strip():
            return None
        plain = " ".join(unicodedata.normalize("NFKC", text).split()).rstrip("*:")
        return self._with_kind(plain, depth) or self._with_bracket(plain, depth) or self._with_measure(plain, depth)

    def _with_kind(self, plain: str, depth: int) -> Meaning | None:
        for kind, words in (("target", TARGET_WORDS), ("actual", ACTUAL_WORDS)):
            for word in words:
                ends, starts = plain.casefold().endswith(word), plain.casefold().startswith(word)
                rest = (
                    plain[: -len(word)].rstrip(":_-·. ")
                    if ends
                    else plain[len(word) :].lstrip(":_-·. ")
                    if starts
                    else ""
                )
                if rest and (ends or not rest[0].isascii()):
                    found = self._read(rest, depth - 1)
                    if found is not None and found.kind == "actual":
                        return replace(found, kind=kind)
        return None

    def _with_bracket(self, plain: str, depth: int) -> Meaning | None:
        match = _BRACKETED.fullmatch(plain)
        if match is None:
            return None
        found = self._read(match["base"], depth - 1)
        if found is None:
            return None
        inner = _LABEL.sub("", match["inner"]).strip()
        kind = kind_word(inner)
        if kind:
            return replace(found, kind=kind)
        if not inner or fold(inner) in REMARKS or fold(inner) == fold(found.variable.id):
            return found
        return replace(found, measure=inner) if not found.measure else None

    def _with_measure(self, plain: str, depth: int) -> Meaning | None:
        for match in re.finditer(r"[/,、:_ ]", plain):
            base, rest = plain[: match.start()], _LABEL.sub("", plain[match.end() :]).strip()
            # le_m is a name of its own, not le in metres: without brackets only words such as 万元 and % are measures
            if rest and (not rest.isascii() or rest == "%") and read_measure(rest) is not None:
                found = self._read(base, depth - 1)
                if found is not None and not found.measure:
                    return replace(found, measure=rest)
        return None
