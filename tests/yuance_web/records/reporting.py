"""A small round that is being filled: three parks, a form of six items, what was reported a year before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone

from yuance_web.records.accounts.models import User
from yuance_web.records.facts import services as facts
from yuance_web.records.facts.models import Cell, CellState
from yuance_web.records.parks.models import Park, ParkVersion
from yuance_web.records.releases.models import Release
from yuance_web.records.releases.services import upload_release
from yuance_web.records.rounds import services as rounds
from yuance_web.records.rounds.models import Round, RoundState, Submission, SubmissionState

METHOD = """
[method]
id = "form"
version = "1"
title = "填报小办法"
status = "draft"
periods = ["quarter"]
missing = "zero"

[[category]]
id = "A"
[[category]]
id = "B"

[[variable]]
id = "revenue"
name = "营业收入"
measured_in = "万元"
kind = "flow"
owner = "统计局"
definition = "本年累计营业收入。"
range = [0, 10000000]
jump = 4
[[variable]]
id = "tax_revenue"
name = "税收收入"
measured_in = "万元"
kind = "flow"
owner = "税务局"
range = [0, 1000000]
[[variable]]
id = "land"
name = "已供用地"
measured_in = "亩"
owner = "自然资源和规划局"
[[variable]]
id = "capital"
name = "到位资金"
measured_in = "万元"
kind = "flow"
owner = "统计局"
[[variable]]
id = "accident"
name = "发生较大事故"
kind = "yes-no"
owner = "统计局"
[[variable]]
id = "remark"
name = "主导产业"
kind = "text"
owner = "统计局"

[[dimension]]
id = "output"
name = "产出"
legal = { document = "填报小办法", article = "第二条" }
[[dimension]]
id = "capital_in"
name = "招商"
legal = { document = "填报小办法", article = "第三条" }

[[indicator]]
id = "tax_per_mu"
dimension = "output"
name = "亩均税收"
value = "tax_revenue / land"
weight = { A = 40, B = 60 }
legal = { document = "填报小办法", article = "第二条" }
[[indicator]]
id = "revenue_level"
dimension = "output"
name = "营业收入"
value = "revenue"
weight = { A = 40, B = 40 }
legal = { document = "填报小办法", article = "第二条" }
[[indicator]]
id = "capital_done"
dimension = "capital_in"
name = "到位资金完成率"
value = "completion(capital)"
weight = { A = 20, B = 0 }
legal = { document = "填报小办法", article = "第三条" }

[[veto]]
id = "accident_veto"
name = "较大事故"
when = "accident"
effect = { ranked = false }

[[check]]
id = "tax_below_revenue"
rule = "tax_revenue <= revenue"
message = "税收收入不应大于营业收入"
"""
LAST = {"revenue": 1_000_000.0, "tax_revenue": 80_000.0, "land": 12_000.0, "capital": 50_000.0}
NOW = {
    "revenue": "1,100,000",
    "tax_revenue": "90000",
    "land": "12000",
    "capital": "60000",
    "accident": "否",
    "remark": "新材料",
}
DAY = dt.timedelta(days=1)


def parks(count: int = 3) -> list[Park]:
    """KM01, KM02 …; the first two are the cast's."""
    found = []
    for number in range(1, count + 1):
        park, _ = Park.objects.get_or_create(code=f"KM{number:02}")
        if not park.versions.exists():
            begins = dt.date(2021, 1, 1)
            ParkVersion.objects.create(park=park, name=f"园区{park.code}", category="A", county="五华区", begins=begins)
        ParkVersion.objects.filter(park=park).update(category="A")
        found.append(park)
    return found


def release(lead: User) -> Release:
    """The small method, taken in."""
    return Release.objects.filter(identifier="form").first() or upload_release(lead, {"method.toml": METHOD.encode()})


def make_round(lead: User, period: str, *, count: int = 3, days: tuple[float, ...] = (-5, 5, 8, 18)) -> Round:
    """A round that is open."""
    opens, due, locks, verify_due = (timezone.now() + day * DAY for day in days)
    made = rounds.create_round(
        lead, title=f"{period}评价", period=period, release=release(lead), opens=opens, due=due, locks=locks,
        verify_due=verify_due, parks=parks(count),
    )  # fmt: skip
    return rounds.open_round(lead, made)


def make_past(lead: User, period: str, values: Mapping[str, float] = LAST, *, count: int = 3) -> Round:
    """A round that is over: each park's values, the later parks' a little larger, adopted."""
    made = make_round(lead, period, count=count)
    for place, submission in enumerate(made.submissions.order_by("park__code")):
        for name, value in values.items():
            shown = value * (1 + place / 100)
            Cell.objects.filter(submission=submission, variable=name, kind="actual").update(
                reported=shown, verified=shown, adopted=shown, state=CellState.ADOPTED, version=2
            )
    Round.objects.filter(pk=made.pk).update(state=RoundState.FINAL)
    return made


def fill(actor: User, submission: Submission, values: Mapping[str, str] = NOW) -> None:
    """Report values as a person types them."""
    for name, text in values.items():
        cell = submission.cells.get(variable=name, kind="actual")
        facts.save_value(actor, cell.pk, text=text, version=cell.version)


def turn_in(submission: Submission) -> Submission:
    """Signed, without anybody signing: for tests of what comes afterwards."""
    Submission.objects.filter(pk=submission.pk).update(
        state=SubmissionState.SIGNED, signings=1, signed_at=timezone.now()
    )
    return Submission.objects.select_related("round__release", "park").get(pk=submission.pk)
