"""`load_demonstration`: the demonstration city with its past rounds, one round being filled, and a user for each role.

Everything is invented unless marked public; the rounds carry that mark. Loading twice changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from yuance_web.records.accounts.models import Office, Role, User
from yuance_web.records.journal.services import write_entry
from yuance_web.records.parks.models import Park, ParkVersion
from yuance_web.records.releases import bridge as methods
from yuance_web.records.releases.models import Release
from yuance_web.records.releases.services import import_release
from yuance_web.records.rounds.bridge import METHOD, DemoCity, demo_city
from yuance_web.records.rounds.models import Round, RoundState, Submission, SubmissionState
from yuance_web.records.rounds.services import create_round, open_round

PASSWORD = "Yuance-2026"  # noqa: S105 - printed at the start of the demonstration
OPEN_PERIOD = "2023Q4"
HISTORY_UNTIL = "2023Q1"  # rounds before this were not run here: their facts were brought in
SLIPPED = "疑似以亿元填入万元列，经与征管数据核对改正（演示）"
SHOWN_PARK, REVIEWED_COUNTY = "KM01", "五华区"

VERIFIERS = {
    "统计局": "statistics", "税务局": "tax", "自然资源和规划局": "land", "生态环境局": "ecology", "科技局": "science",
    "商务局": "commerce", "应急管理局": "emergency", "投资促进局": "investment", "政务服务管理局": "service", "水务局": "water",
    "财政局": "finance", "住房和城乡建设局": "housing", "市场监督管理局": "market", "工业和信息化局": "industry",
    "发展和改革委员会": "reform",
}  # fmt: skip
# how far the parks are with the open round: signed; filled; this part of the form; all others have not begun
SIGNED, FILLED, PARTLY = (
    {"KM02"},
    {"KM03", "KM07", "KM11", "KM13"},
    {"KM01": 0.7, "KM05": 0.5, "KM12": 0.9, "KM16": 0.3},
)


class Command(BaseCommand):
    """Load the demonstration city."""

    help = "装载演示城市（虚构数据）：园区沿革、单位与账号、评价办法、往期轮次和一个正在填报的轮次"

    def handle(self, **_options: Any) -> None:
        """Do it and say what was done."""
        if Round.objects.filter(invented=True).exists():
            self.stdout.write("演示数据已经装载，没有改动")
            return
        with transaction.atomic():
            load()
        self.stdout.write(
            f"演示数据（虚构）已装载：{Park.objects.count()} 个园区，{Round.objects.count()} 个轮次。口令均为 {PASSWORD}："
        )
        for user in User.objects.exclude(username__regex=r"\d$").select_related("office").order_by("pk"):
            self.stdout.write(f"  {user.username:<12}{user.get_role_display()}  {user.office or ''}")
        self.stdout.write("  其他园区的账号为 reporter02、signer02 …")


def load() -> None:
    """Everything, in one transaction."""
    city = demo_city()
    parks = load_parks(city)
    release = import_release(None, METHOD)
    owners = {name: variable.owner or "" for name, variable in methods.read(release).variables.items()}
    people = load_people(parks, owners.values())
    writers = Writers(people, owners)
    for period in city.quarters:
        if period < OPEN_PERIOD:
            load_past(city, parks, release, period, writers)
    load_open(city, parks, release, people, writers)
    write_entry(None, "装载演示数据", "系统", METHOD, parks=len(parks), periods=list(city.quarters))


def load_parks(city: DemoCity) -> dict[str, Park]:
    """Parks and what they were."""
    parks = {park.code: Park(code=park.code) for park in city.parks}
    Park.objects.bulk_create(parks.values())
    for park in city.parks:
        days = [day for day, *_ in park.versions]
        ends = [day - dt.timedelta(days=1) for day in days[1:]] + [None]
        ParkVersion.objects.bulk_create(
            ParkVersion(park=parks[park.code], begins=day, ends=end, cause=cause, **what)
            for (day, cause, what), end in zip(park.versions, ends, strict=True)
        )
    return parks


def load_people(parks: Mapping[str, Park], owners: Iterable[str]) -> dict[str, User]:
    """Offices, and a user for each: `reporter` and `signer` of the first park, reporter02 … of the others."""
    names = dict(ParkVersion.objects.filter(ends=None).values_list("park__code", "name"))
    password = make_password(PASSWORD)  # one for all: hashing is slow on purpose
    users: list[User] = []

    def add(username: str, role: Role, office: Office, name: str) -> None:
        users.append(
            User(username=username, role=role, office=office, name=name, password=password, must_change_password=False,
                 email=f"{username}@example.org")
        )  # fmt: skip

    lead = Office.objects.create(name="市开发区和产业园区评价办公室（牵头部门）")
    add("lead", Role.LEAD, lead, "牵头员（演示）")
    for code, park in parks.items():
        office = Office.objects.create(name=f"{names[code]}管委会", park=park)
        number = "" if code == SHOWN_PARK else code.removeprefix("KM")
        add(f"reporter{number}", Role.REPORTER, office, f"填报员{code[2:]}（演示）")
        add(f"signer{number}", Role.SIGNER, office, f"负责人{code[2:]}（演示）")
    for owner in dict.fromkeys(owners):
        office = Office.objects.create(name=f"市{owner}", owner=owner)
        add(VERIFIERS.get(owner, f"verifier-{office.pk}"), Role.VERIFIER, office, f"{owner}核实员（演示）")
    add(
        "reviewer",
        Role.REVIEWER,
        Office.objects.create(name=f"{REVIEWED_COUNTY}人民政府", county=REVIEWED_COUNTY),
        "县区审阅员（演示）",
    )
    add("leader", Role.LEADER, Office.objects.create(name="市人民政府"), "市领导（演示）")
    rooms = Office.objects.create(name="市大数据中心")
    for role in (Role.SYSTEM, Role.SECURITY, Role.AUDIT):
        add(role.value, role, rooms, f"{role.label}（演示）")
    User.objects.bulk_create(users)
    return {user.username: user for user in User.objects.all()}


class Writers:
    """Who reported and who verified, in the loaded past."""

    def __init__(self, people: Mapping[str, User], owners: Mapping[str, str]) -> None:
        verifiers = {user.office.owner: user for user in people.values() if user.role == Role.VERIFIER and user.office}
        self.owners = owners
        self.verifier = {variable: verifiers[owner] for variable, owner in owners.items()}
        self.reporter = {
            user.office.park_id: user for user in people.values() if user.role == Role.REPORTER and user.office
        }
        self.signer = {
            user.office.park_id: user for user in people.values() if user.role == Role.SIGNER and user.office
        }


def load_past(city: DemoCity, parks: Mapping[str, Park], release: Release, period: str, writers: Writers) -> None:
    """A round that is over: every value reported, verified, adopted."""
    begins = _after(period)
    moments = [_noon(begins + dt.timedelta(days=days)) for days in (1, 11, 15, 25)]
    late = "" if period >= HISTORY_UNTIL else "（历史数据）"
    round_ = create_round(
        None, title=f"{methods.period_words(period)}园区评价{late}", period=period, release=release, parks=parks.values(),
        opens=moments[0], due=moments[1], locks=moments[2], verify_due=moments[3], day=_end(period), invented=True,
    )  # fmt: skip
    submissions = list(round_.submissions.select_related("park"))
    for submission in submissions:
        submission.state, submission.signed_at = SubmissionState.VERIFIED, moments[1] - dt.timedelta(days=1)
        submission.signed_by, submission.signings = writers.signer[submission.park_id], 1
    Submission.objects.bulk_update(submissions, ["state", "signed_at", "signed_by", "signings"])
    _write(city, period, submissions, writers, adopted=True)
    round_.state = RoundState.FINAL
    round_.notice_from, round_.notice_to = begins + dt.timedelta(days=26), begins + dt.timedelta(days=33)
    round_.save(update_fields=["state", "notice_from", "notice_to"])


def load_open(
    city: DemoCity, parks: Mapping[str, Park], release: Release, people: Mapping[str, User], writers: Writers
) -> None:
    """The round that is being filled: its clocks run from now."""
    today = timezone.localtime().replace(hour=18, minute=0, second=0, microsecond=0)
    opens, due, locks, verify_due = (today + dt.timedelta(days=days) for days in (-7, 5, 8, 18))
    round_ = create_round(
        people["lead"], title=f"{methods.period_words(OPEN_PERIOD)}园区评价", period=OPEN_PERIOD, release=release,
        parks=parks.values(), opens=opens, due=due, locks=locks, verify_due=verify_due, day=_end(OPEN_PERIOD), invented=True,
    )  # fmt: skip
    open_round(people["lead"], round_)
    round_.refresh_from_db()
    submissions = list(round_.submissions.select_related("park"))
    _write(city, OPEN_PERIOD, submissions, writers, adopted=False)
    for submission in submissions:
        if submission.park.code in SIGNED:
            submission.state, submission.signings = SubmissionState.SIGNED, 1
            submission.signed_at, submission.signed_by = timezone.now(), writers.signer[submission.park_id]
            submission.save(update_fields=["state", "signings", "signed_at", "signed_by"])


def _write(city: DemoCity, period: str, submissions: list[Submission], writers: Writers, *, adopted: bool) -> None:
    """Cells, and who wrote them when. What opening a round has prepared is filled, not made twice."""
    cell_model, change_model = apps.get_model("facts", "Cell"), apps.get_model("facts", "Change")
    prepared = cell_model.objects.filter(submission__in=submissions)
    known = {key for key in city.kinds if key[0] in writers.owners}
    kinds = {*prepared.values_list("variable", "kind"), *known, *((name, "actual") for name in writers.owners)}
    prepared.delete()
    cells = list(_cells(cell_model, city, period, submissions, kinds=sorted(kinds), writers=writers, adopted=adopted))
    cell_model.objects.bulk_create(cells, batch_size=2000)
    by_submission = {submission.pk: submission for submission in submissions}
    changes = []
    for cell in cells:
        park = by_submission[cell.submission_id].park_id
        if cell.reported is not None:
            changes.append(change_model(cell=cell, stage="reported", value=cell.reported, by=writers.reporter[park]))
        if cell.adopted is not None:
            by = writers.verifier[cell.variable]
            changes.append(
                change_model(cell=cell, stage="adopted", value=cell.adopted, by=by, signing=1, reason=cell.reason)
            )
    change_model.objects.bulk_create(changes, batch_size=2000)
    if adopted:
        _date_back(change_model, submissions[0].round)


def _cells(
    model: Any, city: DemoCity, period: str, submissions: list[Submission], *, kinds: list[tuple[str, str]],
    writers: Writers, adopted: bool,
) -> Iterator[Any]:  # fmt: skip
    for submission in submissions:
        code = submission.park.code
        facts = city.facts.get((code, period), {})
        part = 1.0 if adopted or code in SIGNED | FILLED else PARTLY.get(code, 0.0)
        known = set(list(writers.owners)[: round(part * len(writers.owners))])
        for variable, kind in kinds:
            value = facts.get((variable, kind)) if variable in known else None
            right = city.slips.get((code, period, variable), value) if kind == "actual" else value
            final = right if adopted else None
            slipped = adopted and right != value
            yield model(
                submission=submission, variable=variable, kind=kind, reported=value, verified=final, adopted=final,
                state="empty" if value is None else "corrected" if slipped else "adopted" if adopted else "reported",
                version=int(value is not None) + int(adopted and value is not None), reason=SLIPPED if slipped else "",
            )  # fmt: skip


def _date_back(change_model: Any, round_: Round) -> None:
    """The past was written when it was due, not when it was loaded."""
    changes = change_model.objects.filter(cell__submission__round=round_)
    changes.filter(stage="reported").update(at=round_.due - dt.timedelta(days=2))
    changes.filter(stage="adopted").update(at=round_.verify_due - dt.timedelta(days=3))


def _end(period: str) -> dt.date:
    """The last day of a quarter."""
    year, quarter = int(period[:4]), int(period[-1])
    return dt.date(year + quarter // 4, quarter % 4 * 3 + 1, 1) - dt.timedelta(days=1)


def _after(period: str) -> dt.date:
    return _end(period) + dt.timedelta(days=1)


def _noon(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
