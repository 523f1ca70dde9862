"""The loop of a park in five stages; rooms above bring what they know of each (`tell`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from yuance_web.records.parks.models import Park


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a stage: what it says, more about it, and where it leads."""

    title: str
    detail: str = ""
    url: str = ""
    state: str = ""
    state_words: str = ""


@dataclass(frozen=True)
class Stage:
    """One of the five stages of a park's page; without items it says honestly that nothing is there yet."""

    key: str
    name: str
    question: str
    absent: str
    items: Sequence[Item] = field(default=())


Teller = Callable[[Any, Park], Sequence[Item]]

NOT_BUILT = "本环节尚未建成，没有数据。"
STAGES = (
    Stage("positioning", "定位", "这个园区为什么而设？", NOT_BUILT),
    Stage("evaluation", "评价", "做得怎么样？", "还没有参加评价轮次。"),
    Stage("diagnosis", "诊断", "为什么，怎样才能改变？", NOT_BUILT),
    Stage("support", "施策", "市里给什么支持？", NOT_BUILT),
    Stage("followup", "问效", "办成了吗，有用吗？", NOT_BUILT),
)

_tellers: dict[str, list[Teller]] = {}


def tell(stage: str, teller: Teller) -> None:
    """Let a room above say what it knows of a stage; called in `AppConfig.ready`."""
    tellers = _tellers.setdefault(stage, [])
    if teller not in tellers:
        tellers.append(teller)


def stages_of(user: Any, park: Park) -> list[Stage]:
    """The five stages of a park, as far as an account may see them."""
    return [
        Stage(stage.key, stage.name, stage.question, stage.absent,
              [item for teller in _tellers.get(stage.key, ()) for item in teller(user, park)])
        for stage in STAGES
    ]  # fmt: skip
