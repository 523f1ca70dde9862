"""The shape of a method as a document: every table and key of the method language, with its meaning.

These models are the single description of the language's form: reading validates against them, the JSON Schema for
editors and the reference manual are generated from them. Meaning across tables (references, weights, circles) is
checked in `checking.py`. A description has two halves, Chinese and English, parted by " / ".
"""

from __future__ import annotations

import datetime as dt
import math
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, model_validator

LARGEST = 10**300
MOST = 1_000_000


def _number(value: Any) -> Any:
    """Numbers of TOML only: text and yes/no are no numbers."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("number expected")  # noqa: TRY004 - pydantic gathers ValueErrors
    if isinstance(value, int) and abs(value) > LARGEST:
        raise ValueError("the number is too large")
    return value


def _finite(value: Any) -> Any:
    """An ordinary number: neither inf nor nan."""
    if not math.isfinite(_number(value)):
        raise ValueError("an ordinary number expected")
    return value


def _bound(value: Any) -> Any:
    """A number, or inf: no bound."""
    if math.isnan(_number(value)):
        raise ValueError("an ordinary number expected")
    return value


def _whole(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("whole number expected")  # noqa: TRY004
    if abs(value) > MOST:
        raise ValueError("the number is too large")
    return value


def _day(value: Any) -> Any:
    """A date of TOML, or its text; no number and no time of day."""
    if isinstance(value, dt.datetime) or not isinstance(value, dt.date | str):
        raise ValueError("a date expected")  # noqa: TRY004
    return value


def _figure(value: Any) -> Any:
    """A number or a text."""
    return value if isinstance(value, str) else _finite(value)


def _expectation(value: Any) -> Any:
    if isinstance(value, dict):
        raise ValueError("a key in quotes expected")  # noqa: TRY004
    return _figure(value)


def _ceiling(value: Any) -> Any:
    """An anchor that may also be inf: none."""
    return value if isinstance(value, str) else _bound(value)


def _table(key: str) -> BeforeValidator:
    """A bare value stands for a table with the one key `key`."""
    return BeforeValidator(lambda value: value if isinstance(value, dict) else {key: value})


def _list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def _bounds(value: Any) -> Any:
    """[low, high] or {low, high}; inf and absence both mean: no bound."""
    if isinstance(value, list):
        if len(value) != 2:
            raise ValueError("two bounds expected")
        return {"low": value[0], "high": value[1]}
    return value


Real = Annotated[float, BeforeValidator(_finite)]
Whole = Annotated[int, BeforeValidator(_whole)]
Day = Annotated[dt.date, BeforeValidator(_day)]
Bound = Annotated[float, BeforeValidator(_bound)]
Anchor = Annotated[float | str, BeforeValidator(_figure)]
OpenAnchor = Annotated[float | str, BeforeValidator(_ceiling)]
Expected = Annotated[float | str, BeforeValidator(_expectation)]
Pair = tuple[Anchor, Real]


class Table(BaseModel):
    """A table of a method: unknown keys are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class Legal(Table):
    """Where a value comes from (依据)."""

    document: str = Field(min_length=1, description="文件名称与文号 / name and number of the document")
    article: str | None = Field(None, description="条款 / article")
    date: str | dt.date | None = Field(None, description="日期 / date")
    note: str | None = Field(None, description="说明 / remark")


LegalList = Annotated[tuple[Legal, ...], BeforeValidator(_list)]


class Described(Table):
    """What every table may carry: its legal reference and a note."""

    legal: LegalList = Field((), description="依据（一条或多条） / legal reference, one or several")
    note: str | None = Field(None, description="说明 / remark")


class Bounds(Table):
    """A lower and an upper bound; either may be absent."""

    low: Bound | None = Field(None, description="下限 / lower bound")
    high: Bound | None = Field(None, description="上限 / upper bound")

    @model_validator(mode="after")
    def _in_order(self) -> Bounds:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("the lower bound is above the upper one")
        return self


BoundsPair = Annotated[Bounds, BeforeValidator(_bounds)]


def _pair(bounds: Bounds) -> tuple[float | None, float | None]:
    """Bounds as facts are judged by: what is infinite is absent."""
    low, high = (value if value is not None and math.isfinite(value) else None for value in (bounds.low, bounds.high))
    return low, high


MissingName = Literal["zero", "lowest", "mean", "median", "last", "drop", "refuse"]
ComparisonSet = Literal["all", "category", "panel"]


class Missing(Table):
    """What is done about a missing indicator value (part 5)."""

    by: MissingName = Field(description="处理方式 / rule")
    among: ComparisonSet | None = Field(
        None, description="取自哪个比较组 / the set that mean and median are taken from"
    )


MissingRule = Annotated[Missing, _table("by")]


class Join(Table):
    """How children join in their parent (part 6)."""

    by: Literal["arithmetic", "geometric", "harmonic", "minimum", "median", "copeland"] | None = Field(
        None, description="合成方式 / way of joining"
    )
    power: Real | None = Field(None, description="幂平均的指数 / exponent of a power mean")

    @model_validator(mode="after")
    def _one(self) -> Join:
        if (self.by is None) == (self.power is None):
            raise ValueError("either the name of a mean or { power = p }")
        return self


JoinRule = Annotated[Join, _table("by")]
Weight = float | dict[str, float]
_AnyNumber = Annotated[float, BeforeValidator(_number)]  # checking speaks of weights that are negative or not finite
WeightRule = _AnyNumber | dict[str, _AnyNumber]


class InForce(Table):
    """From when to when a method holds (施行日期); `to` may be absent."""

    from_: Day = Field(alias="from", description="起 / from")
    to: Day | None = Field(None, description="止 / to")


class Rounding(Table):
    """How published scores are rounded."""

    digits: Whole = Field(2, ge=0, le=9, description="小数位数 / decimals")
    mode: Literal["half-up", "half-even", "down", "up"] = Field("half-up", description="舍入方式 / mode")


class Ranks(Table):
    """How ranks are given."""

    on: Literal["published", "exact"] = Field(
        "published", description="按公布分或精确分排名 / published or exact scores"
    )
    ties: Literal["shared", "dense", "broken"] = Field(
        "shared", description="并列：共享(1,2,2,4)、连续(1,2,2,3)、打破 / ties: shared, dense or broken"
    )
    order: tuple[str, ...] = Field(
        (),
        description="打破并列的节点或数据项，先后为序，高者在前；“-id” 低者在前 / ids that break a tie, highest first",
    )


class Header(Described):
    """[method] 评价办法本身 / the method itself."""

    id: str = Field(min_length=1, description="标识 / identifier")
    version: str = Field(min_length=1, description="版本 / version")
    title: str = Field("", description="名称 / title")
    status: Literal["official", "trial", "draft", "reconstruction"] = Field(
        "draft", description="性质：正式、试行、草案、复原（非官方文本） / official, trial, draft, reconstruction"
    )
    issuer: str | None = Field(None, description="发文机关 / issuer")
    in_force: InForce | None = Field(None, description="施行日期 / in force")
    unit: str = Field("park", description="评价对象：park、enterprise、city … / what is evaluated")
    periods: tuple[Literal["year", "half", "quarter", "month"], ...] = Field(
        ("year",), min_length=1, description="报告期种类 / kinds of period"
    )
    missing: MissingRule = Field(Missing(by="refuse", among=None), description="缺失的默认处理 / default for missing")
    among: ComparisonSet = Field("all", description="默认比较组 / default comparison set")
    by: JoinRule = Field(Join(by="arithmetic", power=None), description="一级指标如何合成总分 / join of the total")
    needs: Real | None = Field(
        None, ge=0, le=1, description="有值指标权重占比的下限 / least share of weight with values"
    )
    rounding: Rounding = Field(Rounding(), description="公布分的舍入 / rounding")
    ranks: Ranks = Field(Ranks(), description="排名规则 / ranking")
    not_scored: tuple[str, ...] = Field((), description="本办法有意不评的职责 / duties knowingly left out")
    attributes: tuple[str, ...] = Field((), description="公式用到的对象属性 / unit attributes that expressions use")


class Category(Described):
    """[[category]] 分类 / a category of units with weights of its own."""

    id: str = Field(description="标识 / identifier")
    name: str = Field("", description="名称 / name")
    when: str | None = Field(None, description="归类条件（对象属性的表达式） / rule over unit attributes")


class Variable(Described):
    """[[variable]] 填报数据项 / what is reported, verified and adopted."""

    id: str = Field(description="标识 / identifier")
    name: str = Field("", description="名称 / name")
    measured_in: str = Field("", description="计量单位 / unit of measure")
    kind: Literal["flow", "stock", "rate", "count", "yes-no", "grade", "text"] = Field(
        "stock", description="性质：flow 年内累计、stock 时点 … / kind; flow is cumulated within the year"
    )
    owner: str | None = Field(None, description="核实责任部门 / department that verifies it")
    definition: str | None = Field(None, description="口径 / definition")
    bounds: BoundsPair | None = Field(None, alias="range", description="合理范围 / plausible bounds")
    jump: Real | None = Field(None, gt=1, description="相当于上年同期多少倍（或其倒数）须说明 / jump to be explained")

    @property
    def range(self) -> tuple[float | None, float | None] | None:
        """Plausible bounds as a pair; None stands for no bound."""
        return None if self.bounds is None else _pair(self.bounds)


class Dimension(Described):
    """[[dimension]] 一级指标；有 parent 的为更深一级 / first level; with `parent` a deeper one."""

    id: str = Field(description="标识 / identifier")
    name: str = Field("", description="名称 / name")
    parent: str | None = Field(None, description="上级 / parent")
    weight: WeightRule | None = Field(None, description="权重，缺省为下级之和 / weight; default: sum of its children's")
    by: JoinRule = Field(Join(by="arithmetic", power=None), description="下级如何合成 / join of its children")


class Winsorise(Table):
    """缩尾 / clip to anchors, or the JRC's rule on skewness and kurtosis."""

    by: Literal["winsorise"]
    note: str | None = Field(None, description="说明 / remark")
    low: Anchor | None = Field(None, description="下锚点 / lower anchor")
    high: Anchor | None = Field(None, description="上锚点 / upper anchor")
    skewness: Real | None = Field(None, gt=0, description="偏度界限 / limit of |skewness|")
    kurtosis: Real | None = Field(None, description="峰度界限 / limit of excess kurtosis")
    at_most: Whole | None = Field(None, ge=0, description="至多移动的个数 / most values moved")
    otherwise: Literal["log"] | None = Field(None, description="仍不通过时 / what if it still fails")

    @model_validator(mode="after")
    def _one_rule(self) -> Winsorise:
        clips = self.low is not None or self.high is not None
        moments = any(value is not None for value in (self.skewness, self.kurtosis, self.at_most, self.otherwise))
        if clips == moments:
            raise ValueError("either anchors (low, high) or the rule on skewness and kurtosis")
        return self


class Logarithm(Table):
    """取对数 / the logarithm, shifted where the lowest value is not positive."""

    by: Literal["log"]
    note: str | None = Field(None, description="说明 / remark")


TreatRule = Annotated[Winsorise | Logarithm, Field(discriminator="by")]


class ScoreTable(Table):
    """What all ways of scoring share."""

    note: str | None = Field(None, description="说明 / remark")
    among: ComparisonSet | None = Field(None, description="比较组 / comparison set")


class Linear(ScoreTable):
    """线性（功效系数、极值） / straight line between two anchors."""

    by: Literal["linear"]
    low: Anchor | None = Field(None, description="to[0] 处的值，默认 lowest / value at to[0], default lowest")
    high: Anchor | None = Field(None, description="to[1] 处的值，默认 highest / value at to[1], default highest")
    to: tuple[Real, Real] = Field((0.0, 100.0), description="得分区间 / range of scores")
    clip: StrictBool = Field(default=True, description="超出是否截断 / held within the range")


class Exponential(ScoreTable):
    """指数功效 / exponential efficacy."""

    by: Literal["exponential"]
    low: Anchor | None = Field(None, description="to[0] 处的值 / value at to[0]")
    high: Anchor | None = Field(None, description="to[1] 处的值 / value at to[1]")
    to: tuple[Annotated[Real, Field(gt=0)], Annotated[Real, Field(gt=0)]] = Field(
        (60.0, 100.0), description="得分区间 / range of scores"
    )


class Ratio(ScoreTable):
    """与基准值之比 / ratio to a base value."""

    by: Literal["ratio"]
    base: Anchor = Field(description="基准值 / base value")
    cap: OpenAnchor | None = Field(None, description="封顶，150 为 1.5 倍 / cap; 150 means 1.5 times")
    floor: OpenAnchor = Field(0.0, description="保底 / floor")


class Steps(ScoreTable):
    """分档 / steps."""

    by: Literal["steps"]
    table: tuple[Pair, ...] = Field(min_length=1, description="[[界限, 得分], …] / [[bound, score], …]")
    edge: Literal["closed", "open"] = Field(
        "closed", description="恰好等于界限是否达到 / whether a bound itself counts"
    )


class Points(ScoreTable):
    """折线 / straight lines between points, flat outside."""

    by: Literal["points"]
    table: tuple[Pair, ...] = Field(min_length=1, description="[[值, 得分], …] / [[x, score], …]")


class RankScore(ScoreTable):
    """名次赋分 / points for the place."""

    by: Literal["rank"]
    first: Anchor = Field(100.0, description="第一名得分 / score of the first")
    step: Anchor | None = Field(None, description="每低一名减 / less for each place")
    table: tuple[Real, ...] | None = Field(None, min_length=1, description="各名次得分 / score of each place")
    least: Anchor = Field(0.0, description="最低得分 / least score")
    ties: Literal["better", "worse", "middle"] = Field("better", description="并列取名次 / place of equal values")

    @model_validator(mode="after")
    def _one(self) -> RankScore:
        if (self.step is None) == (self.table is None):
            raise ValueError("either `step` or `table`")
        return self


class PercentRank(ScoreTable):
    """百分位次 / share of the others that are worse."""

    by: Literal["percent-rank"]
    to: tuple[Real, Real] = Field((0.0, 100.0), description="得分区间 / range of scores")
    ties: Literal["better", "worse", "middle"] = Field("middle", description="并列 / place of equal values")


class ZScore(ScoreTable):
    """标准分 / standard score."""

    by: Literal["zscore"]
    mean: Anchor = Field(0.0, description="均值对应的得分 / score of the mean")
    sd: Anchor = Field(1.0, description="一个标准差对应的分值 / points of one standard deviation")


class Given(ScoreTable):
    """原值即得分 / the value itself."""

    by: Literal["given"]


class Formula(ScoreTable):
    """公式 / a formula of x, the anchors' names and weight."""

    by: Literal["formula"]
    is_: str = Field(alias="is", description="表达式 / expression")


ScoreRule = Annotated[
    Linear | Exponential | Ratio | Steps | Points | RankScore | PercentRank | ZScore | Given | Formula,
    Field(discriminator="by"),
]


class Indicator(Described):
    """[[indicator]] 二级指标 / a leaf: value, treatment, score, weight."""

    id: str = Field(description="标识 / identifier")
    name: str = Field("", description="名称 / name")
    dimension: str | None = Field(
        None, description="所属上级；缺省直属总分 / dimension; absent: directly under the total"
    )
    measured_in: str = Field("", description="计量单位 / unit of measure")
    direction: Literal["higher", "lower"] = Field("higher", description="正向或逆向 / higher or lower is better")
    value: str = Field(description="取值公式 / expression over variables")
    treat: TreatRule | None = Field(None, description="异常值处理 / outliers")
    score: ScoreRule = Field(Linear(by="linear"), description="计分方式 / scoring")
    weight: WeightRule = Field(1.0, description="权重；0 为该类不用 / weight; 0: not used for that category")
    missing: MissingRule | None = Field(None, description="缺失处理 / missing values")
    owner: str | None = Field(None, description="责任部门 / department")
    definition: str | None = Field(None, description="口径 / definition")


class Adjustment(Described):
    """[[adjustment]] 加分、扣分 / added to the total after joining."""

    id: str = Field(description="标识 / identifier")
    name: str = Field("", description="名称 / name")
    points: str = Field(description="分值表达式 / expression")
    owner: str | None = Field(None, description="责任部门 / department")
    limits: BoundsPair | None = Field(None, description="上下限 / limits")


class Effect(Table):
    """What a veto does."""

    grade_at_most: str | None = Field(None, description="等次不高于 / no better grade than")
    grade: str | None = Field(None, description="等次改为 / grade becomes")
    ranked: StrictBool | None = Field(None, description="false：不参加排名 / false: not ranked")
    score: Real | None = Field(None, description="总分改为 / total becomes")

    @model_validator(mode="after")
    def _some(self) -> Effect:
        if not self.model_fields_set - {"ranked"} and self.ranked is not False:
            raise ValueError("an effect is missing")
        return self


class Veto(Described):
    """[[veto]] 一票否决、评先约束 / a veto."""

    id: str = Field(description="标识 / identifier")
    name: str = Field("", description="名称 / name")
    when: str = Field(description="条件 / condition")
    owner: str | None = Field(None, description="责任部门 / department")
    effect: Effect = Field(description="效果 / effect")


class Grade(Described):
    """[[grade]] 等次，由高到低 / a grade, best first."""

    name: str = Field(min_length=1, description="名称 / name")
    top: Real | None = Field(None, gt=0, le=1, description="累计占比 / cumulative share of the ranked units")
    at_least: Real | None = Field(None, description="公布分下限 / lower bound on the published score")


class Grading(Table):
    """[grading] 评等规则 / how grades are given."""

    note: str | None = Field(None, description="说明 / remark")
    within: Literal["all", "category"] = Field("all", description="在全部或同类中 / within all or the category")
    quota: Literal["round", "floor", "ceil"] = Field("round", description="占比折算名额 / share to number of units")


class Check(Described):
    """[[check]] 审核关系 / a rule over one unit's facts."""

    id: str = Field(description="标识 / identifier")
    rule: str = Field(description="应当成立的条件 / what should hold")
    severity: Literal["error", "explain"] = Field("error", description="强制或核实 / severity")
    message: str = Field("", description="提示语 / message")


class Standing(Table):
    """Which standings over several periods bring a sanction about."""

    bottom: Whole | None = Field(None, ge=1, description="末几位 / last places")
    top: Whole | None = Field(None, ge=1, description="前几位 / first places")
    within: Literal["all", "category"] = Field("all", description="在全部或同类中 / within")
    times: Whole = Field(1, ge=1, description="次数 / times")
    of_last: Whole = Field(1, ge=1, description="最近几期 / of the last periods")

    @model_validator(mode="after")
    def _one(self) -> Standing:
        if (self.bottom is None) == (self.top is None):
            raise ValueError("either `bottom` or `top`")
        if self.times > self.of_last:
            raise ValueError("`times` is more than `of_last`")
        return self


class Sanction(Described):
    """[[sanction]] 跨期规则 / a rule over several periods; it never changes a score."""

    id: str = Field(description="标识 / identifier")
    name: str = Field("", description="名称 / name")
    when: Standing = Field(description="条件 / condition")
    action: str = Field("", description="处置 / action")


Row = dict[str, Any]


class Case(Described):
    """[[case]] 算例 / a worked example."""

    name: str = Field(min_length=1, description="名称（一句话） / name, a sentence")
    category: str | None = Field(None, description="类别 / category")
    period: str | None = Field(None, description="报告期 / period")
    given: Row = Field(default_factory=dict, description="本对象的数据 / the unit's facts")
    history: tuple[Row, ...] = Field((), description="本对象以前各期 / its earlier periods")
    peers: tuple[Row, ...] = Field((), description="其他对象 / the other units")
    expect: dict[str, Expected] = Field(default_factory=dict, description="应得结果 / what is expected")
    facts: str | None = Field(None, description="数据表文件 / table of facts")
    results: str | None = Field(None, description="结果表文件 / table of results")


TABLES: dict[str, type[Table]] = {
    "method": Header,
    "category": Category,
    "variable": Variable,
    "dimension": Dimension,
    "indicator": Indicator,
    "adjustment": Adjustment,
    "veto": Veto,
    "grade": Grade,
    "grading": Grading,
    "check": Check,
    "sanction": Sanction,
    "case": Case,
}
SINGLE = frozenset({"method", "grading"})
