"""What an explanation holds: the account of one unit's score, from the total down to the reported cells (得分说明的内容).

Contents only: nothing here computes, and nothing knows how it will be set as text or as a page.
"""

from __future__ import annotations

from dataclasses import dataclass

from yuance.errors import Finding
from yuance.loop.evaluation.placing import Placing
from yuance.loop.evaluation.score_words import AnchorFigure, ScoreWords
from yuance.loop.evaluation.subject import Reported, Spread


@dataclass(frozen=True, slots=True)
class MethodCard:
    """Which method scored, and what kind of text it is. `notice` is empty unless readers must be warned."""

    title: str
    reference: str
    status: str
    notice: str
    issuer: str
    note: str
    legal: tuple[str, ...]
    not_scored: tuple[str, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A missing value: what lacks, how the method handles it, and the value or score put in its place."""

    lacking: str
    rule: str
    imputed: float | None


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in words, with this unit's figures filled in, and the figures with their cells."""

    plain: str
    filled: str
    reported: tuple[Reported, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A node's part of the total.

    `weight` is the written one in the unit's category, `siblings` the sum of those beside it, `share` the effective
    part of the total, `planned` what it would be if nothing were missing. `points` is None where parts do not add up.
    `spread` is how the scores of the unit's category lie.
    """

    weight: float | None
    siblings: float
    share: float
    planned: float
    score: float | None
    points: float | None
    spread: Spread | None = None


@dataclass(frozen=True, slots=True)
class Leaf:
    """An indicator (二级指标) of the unit. `used` is false where its weight is 0 in the unit's category."""

    id: str
    name: str
    number: str
    level: int
    parent: str
    part: Part
    used: bool
    measured_in: str
    higher: bool
    value: float | None
    treated: float | None
    shown: str
    formula: Formula
    gap: Gap | None
    comparison: str
    with_value: int | None
    anchors: tuple[AnchorFigure, ...]
    treatment: str
    scoring: ScoreWords
    points_sum: str
    note: str
    owner: str
    definition: str
    remark: str
    legal: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A dimension (一级指标), with how its children join."""

    id: str
    name: str
    number: str
    level: int
    parent: str
    part: Part
    used: bool
    join: str
    join_sum: str
    remark: str
    legal: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AdjustmentTold:
    """An adjustment (加分、扣分): `free` is what the formula gave, `points` what was added within the limits."""

    id: str
    name: str
    formula: Formula
    free: float | None
    points: float
    limits: str
    remark: str
    legal: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VetoTold:
    """A veto (一票否决): whether it struck (None: it could not be judged) and what it does."""

    id: str
    name: str
    struck: bool | None
    formula: Formula
    effect: str
    remark: str
    legal: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """The total. `joined` before adjustments; `exact` after adjustments and vetoes; `published` as it is printed."""

    joined: float | None
    adjusted: float
    exact: float | None
    published: float | None
    rounding: str
    digits: int
    join: str
    join_sum: str
    adds_up: bool
    replaced: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one score came about. `noun` is what is evaluated (园区); `focus` is the node asked for; `nodes` are it and all below it, in reading order."""

    method: MethodCard
    unit: str
    name: str
    noun: str
    period: str
    period_words: str
    category: str
    status: str
    focus: str
    total: Total
    nodes: tuple[Branch | Leaf, ...]
    adjustments: tuple[AdjustmentTold, ...]
    vetoes: tuple[VetoTold, ...]
    placing: Placing
    findings: tuple[Finding, ...]

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The indicators."""
        return tuple(node for node in self.nodes if isinstance(node, Leaf))
