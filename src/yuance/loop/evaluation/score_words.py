"""The scoring of one value in words: the rule, the anchors with their figures, and the sum written out.

60 + 40 × (30 − 10) ÷ (50 − 10) = 80. The figures are those of the computation; the result shown is the computed score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import polars as pl

from yuance.loop.evaluation.anchors import Anchor, Anchored, linear_anchors, score_anchors
from yuance.loop.evaluation.caption import GAP, bracketed, equals, shown
from yuance.loop.evaluation.distribution import Statistic
from yuance.loop.evaluation.lowering import Lowering, anchor_names
from yuance.loop.evaluation.subject import Subject
from yuance.method import schema
from yuance.method.expression import Name, parse
from yuance.method.words import anchor_words, words

_TIES = {"better": "并列取较好名次", "worse": "并列取较差名次", "middle": "并列取中间名次"}


@dataclass(frozen=True, slots=True)
class AnchorFigure:
    """An anchor and what it came to in the comparison set."""

    name: str
    value: float | None


@dataclass(frozen=True, slots=True)
class ScoreWords:
    """How a value was scored: the rule, the anchors, and the calculation (empty where there was no score)."""

    rule: str
    anchors: tuple[AnchorFigure, ...]
    sum: str


def score_words(subject: Subject, indicator: schema.Indicator) -> ScoreWords:
    """The scoring of an indicator's treated value."""
    among = subject.evaluation.method.among(indicator)
    anchored = Anchored(f"{indicator.id}.treated", among)
    value = subject.row.get(anchored.column)
    score = subject.row.get(f"{indicator.id}.score")
    told = _Telling(subject, indicator, anchored, value, score)
    rule = told.rule()
    figures = tuple(
        AnchorFigure(anchor_words(anchor), subject.anchor(anchored, anchor))
        for anchor in dict.fromkeys(score_anchors(indicator))
        if isinstance(anchor, str)
    )
    calculation = told.sum() if value is not None and score is not None else ""
    return ScoreWords(rule, figures, calculation)


@dataclass(frozen=True)
class _Telling:
    subject: Subject
    indicator: schema.Indicator
    anchored: Anchored
    value: float | None
    score: float | None

    @property
    def _higher(self) -> bool:
        return self.indicator.direction == "higher"

    def _figure(self, anchor: Anchor) -> float | None:
        return self.subject.anchor(self.anchored, anchor)

    def rule(self) -> str:
        """The rule in words, without this unit's figures."""
        rule = self.indicator.score
        match rule:
            case schema.Linear() | schema.Exponential():
                low, high = (anchor_words(anchor) for anchor in linear_anchors(rule, self.indicator.direction))
                kind = "线性" if isinstance(rule, schema.Linear) else "指数"
                held = "，超出按端点计" if isinstance(rule, schema.Linear) and rule.clip else ""
                return (
                    f"{kind}：{_spaced(low)}计 {shown(rule.to[0])} 分，{_spaced(high)}计 {shown(rule.to[1])} 分{held}"
                )
            case schema.Ratio():
                turned = "指标值 ÷ 基准值" if self._higher else "基准值 ÷ 指标值"
                cap = "" if rule.cap is None else f"，封顶 {anchor_words(rule.cap)} 分"
                floor = f"，保底 {anchor_words(rule.floor)} 分" if rule.floor else ""
                return f"比值：100 × {turned}，基准值 {anchor_words(rule.base)}{cap}{floor}"
            case schema.Steps():
                steps = "；".join(
                    f"{self._reach(rule)} {anchor_words(bound)} 得 {shown(points)}" for bound, points in rule.table
                )
                return f"分档：{steps}；都未达到得 0"
            case schema.Points():
                points = "，".join(f"（{anchor_words(bound)}，{shown(score)}）" for bound, score in rule.table)
                return f"折线：依次连接（指标值，得分）{points}，两端持平"
            case schema.RankScore():
                return self._rank_rule(rule)
            case schema.PercentRank():
                return f"位次百分比：{shown(rule.to[0])} 至 {shown(rule.to[1])} 分，{_TIES[rule.ties]}"
            case schema.ZScore():
                return f"标准分：均值得 {anchor_words(rule.mean)} 分，每个标准差 {anchor_words(rule.sd)} 分"
            case schema.Formula():
                return f"公式：{words(parse(rule.is_), self._own_name)}"
            case _:
                return "指标值即得分"

    def _own_name(self, name: str) -> str:
        known = {"x": "指标值", "weight": "权重"}
        if anchor_names([Name(name)]):
            return anchor_words(name)
        return known.get(name) or self.subject.evaluation.method.name(name)

    def _reach(self, rule: schema.Steps) -> str:
        closed = rule.edge == "closed"
        if self._higher:
            return "≥" if closed else ">"
        return "≤" if closed else "<"

    def _rank_rule(self, rule: schema.RankScore) -> str:
        if rule.table is not None:
            said = "、".join(shown(points) for points in rule.table)
            return f"名次赋分：依次为 {said}，其余 {anchor_words(rule.least)} 分，{_TIES[rule.ties]}"
        assert rule.step is not None
        least = f"，最低 {anchor_words(rule.least)} 分" if rule.least else ""
        first, step = anchor_words(rule.first), anchor_words(rule.step)
        return f"名次赋分：第一名 {first} 分，每低一名减 {step} 分{least}，{_TIES[rule.ties]}"

    def sum(self) -> str:
        """The calculation with this unit's figures."""
        assert self.value is not None
        assert self.score is not None
        rule, result = self.indicator.score, f"{equals(self.score)} {shown(self.score)}"
        match rule:
            case schema.Linear() | schema.Exponential():
                return self._between(rule, result)
            case schema.Ratio():
                return self._ratio(rule, result)
            case schema.Steps():
                return self._steps(rule)
            case schema.Points():
                return self._points(rule, result)
            case schema.RankScore():
                return self._rank(rule, result)
            case schema.PercentRank():
                return self._percent_rank(rule, result)
            case schema.ZScore():
                return self._zscore(rule, result)
            case schema.Formula():
                return self._formula(rule, result)
            case _:
                return f"{shown(self.value)}（指标值即得分）"

    def _between(self, rule: schema.Linear | schema.Exponential, result: str) -> str:
        low, high = (self._figure(anchor) for anchor in linear_anchors(rule, self.indicator.direction))
        first, last = rule.to
        if low is None or high is None:
            return f"锚点{GAP}"
        if low == high:
            return f"两个锚点相等（{shown(low)}），得 {shown(last)} 分"
        assert self.value is not None
        part = f"({_minus(self.value, low)}) ÷ ({_minus(high, low)})"
        if isinstance(rule, schema.Exponential):
            return f"{shown(first)} × ({shown(last)} ÷ {shown(first)}) ^ [{part}] {result}"
        line = _plus(first, last - first, part)
        free = first + (last - first) * (self.value - low) / (high - low)
        if rule.clip and not min(rule.to) - 1e-9 <= free <= max(rule.to) + 1e-9:
            return f"{line} {equals(free)} {shown(free)}，超出区间，按端点计 = {shown(self.score)}"
        return f"{line} {result}"

    def _ratio(self, rule: schema.Ratio, result: str) -> str:
        base = self._figure(rule.base)
        assert self.value is not None
        if base is None:
            return f"基准值{GAP}"
        above, below = (self.value, base) if self._higher else (base, self.value)
        said = f"100 × {bracketed(above)} ÷ {bracketed(below)}"
        free = 100 * above / below if below else None
        if free is not None and self.score is not None and abs(free - self.score) > 1e-9:
            which = "封顶" if self.score < free else "保底"
            return f"{said} {equals(free)} {shown(free)}，{which} = {shown(self.score)}"
        return f"{said} {result}"

    def _steps(self, rule: schema.Steps) -> str:
        sign = self._reach(rule)
        reached: float | None = None
        for bound, points in rule.table:
            edge = self._figure(bound)
            if edge is not None and self._met(rule, edge) and points == self.score:
                reached = edge
        if reached is None:
            return f"{shown(self.value)} 未达到任何一档，得 {shown(self.score)} 分"
        return f"{shown(self.value)} {sign} {shown(reached)}，得 {shown(self.score)} 分"

    def _met(self, rule: schema.Steps, edge: float) -> bool:
        assert self.value is not None
        if self.value == edge:
            return rule.edge == "closed"
        return (self.value > edge) == self._higher

    def _points(self, rule: schema.Points, result: str) -> str:
        assert self.value is not None
        table = [(self._figure(bound), points) for bound, points in rule.table]
        known = sorted((bound, points) for bound, points in table if bound is not None)
        for (start, before), (end, after) in pairwise(known):
            if start < self.value < end:
                part = f"({_minus(self.value, start)}) ÷ ({_minus(end, start)})"
                return f"{_plus(before, after - before, part)} {result}"
        return f"{shown(self.value)} 在折点上或两端之外，得 {shown(self.score)} 分"

    def _places(self) -> tuple[int, int, int] | None:
        """How many of the set are better, equal (others), and how many have a value."""
        members = self.subject.members(self.anchored.among)
        if members is None:
            return None
        values = members.get_column(self.anchored.column).drop_nulls()
        better = values > self.value if self._higher else values < self.value
        return int(better.sum()), int((values == self.value).sum()) - 1, len(values)

    def _rank(self, rule: schema.RankScore, result: str) -> str:
        places = self._places()
        if places is None:
            return f"按各期全部对象的名次赋分 {result}"
        better, equal, count = places
        place = better + 1 + {"better": 0.0, "worse": float(equal), "middle": equal / 2}[rule.ties]
        tied = f"，与另外 {equal} 个并列" if equal else ""
        said = f"{count} 个中第 {shown(place)} 名{tied}"
        if rule.step is None:
            return f"{said}，{result}"
        first, step = self._figure(rule.first), self._figure(rule.step)
        line = f"{shown(first)} − {bracketed(step)} × ({shown(place)} − 1)"
        free = (first or 0) - (step or 0) * (place - 1)
        if self.score is not None and abs(free - self.score) > 1e-9:
            return f"{said}：{line} = {shown(free)}，按最低分计 = {shown(self.score)}"
        return f"{said}：{line} {result}"

    def _percent_rank(self, rule: schema.PercentRank, result: str) -> str:
        places = self._places()
        if places is None:
            return f"按各期全部对象的位次百分比计 {result}"
        better, equal, count = places
        worse = count - better - equal - 1
        if count == 1:
            return f"组内只有本对象，得 {shown(rule.to[1])} 分"
        tied = {"middle": f" + {equal} ÷ 2", "better": f" + {equal}", "worse": ""}[rule.ties] if equal else ""
        beaten = f"({worse}{tied})" if tied else str(worse)
        said = f"{count} 个中有 {worse} 个较差" + (f"、另有 {equal} 个相同" if equal else "")
        first, last = rule.to
        return f"{said}：{_plus(first, last - first, f'{beaten} ÷ ({count} − 1)')} {result}"

    def _zscore(self, rule: schema.ZScore, result: str) -> str:
        mean, sd = self._figure("mean"), self._figure("sd")
        if not sd:
            return f"组内没有差异，得均值分 {result}"
        assert self.value is not None
        assert mean is not None
        turned = _minus(self.value, mean) if self._higher else _minus(mean, self.value)
        return f"{_plus(self._figure(rule.mean) or 0.0, self._figure(rule.sd) or 0.0, f'({turned}) ÷ {shown(sd)}')} {result}"

    def _formula(self, rule: schema.Formula, result: str) -> str:
        node = parse(rule.is_)
        anchors = {
            name: Statistic(self.anchored.among, self.anchored.column, name).name for name in anchor_names([node])
        }
        renamed = {**anchors, "x": self.anchored.column, "weight": f"{self.indicator.id}.weight"}
        sources = frozenset({self.anchored.column, *self.subject.evaluation.formulas.kinds})
        lowering = Lowering(sources, renamed, label=f"{self.indicator.id}.over")
        lowered = lowering.lower(node)
        subject = Subject(self.subject.evaluation, self.subject.unit, self.subject.period)
        subject.aggregates.update({item.column: item for item in lowering.aggregates.values()})
        return f"{subject.filled(lowered)} {result}"


def _spaced(anchor: str) -> str:
    """A blank between a figure and the Chinese after it."""
    return f"{anchor} " if anchor[-1:].isascii() else anchor


def _minus(left: float, right: float) -> str:
    return f"{bracketed(left)} − {bracketed(right)}"


def _plus(first: float, slope: float, part: str) -> str:
    """The line first + slope × part, without what is nothing."""
    if first == 0:
        return part if slope == 1 else f"{bracketed(slope)} × {part}"
    sign = "−" if slope < 0 else "+"
    return f"{shown(first)} {sign} {shown(abs(slope))} × {part}"


def with_value(members: pl.DataFrame | None, column: str) -> int | None:
    """How many of a comparison set have a value."""
    return (
        None
        if members is None or column not in members.columns
        else members.height - members.get_column(column).null_count()
    )


__all__: Sequence[str] = ("AnchorFigure", "ScoreWords", "score_words", "with_value")
