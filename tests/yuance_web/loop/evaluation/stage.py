"""A stage for tests of results: four parks of two categories, a small method, a round last year and one this year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.test import Client
from django.utils import timezone

from tests.yuance_web.records.small_method import FILES
from yuance_web.loop.evaluation import services
from yuance_web.loop.evaluation.models import Issue, Run
from yuance_web.loop.evaluation.performing import perform_run
from yuance_web.records.accounts.models import Office, Role, User
from yuance_web.records.facts.models import Cell, CellState, Change
from yuance_web.records.parks.models import Park, ParkVersion
from yuance_web.records.releases.models import Release
from yuance_web.records.releases.services import import_release, upload_release
from yuance_web.records.rounds.models import Round, RoundState, Submission, SubmissionState

DAY = dt.timedelta(days=1)
CATEGORIES = {"KM01": "A", "KM02": "A", "KM03": "B", "KM04": "B"}
NOW = {
    "KM01": (900.0, 90.0, 10.0),
    "KM02": (800.0, 50.0, 10.0),
    "KM03": (500.0, 70.0, 10.0),
    "KM04": (400.0, 20.0, 10.0),
}
BEFORE = {
    "KM01": (700.0, 30.0, 10.0),
    "KM02": (800.0, 60.0, 10.0),
    "KM03": (300.0, 60.0, 10.0),
    "KM04": (450.0, 30.0, 10.0),
}
VARIABLES = ("revenue", "tax_revenue", "land")


@dataclass
class Stage:
    """Who and what is on the stage."""

    release: Release
    parks: dict[str, Park]
    lead: User
    reporter: User
    other_reporter: User
    tax: User
    leader: User
    before: Round
    round: Round

    def client(self, user: User | None) -> Client:
        """A browser in which somebody is signed in."""
        client = Client()
        if user is not None:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def cell(self, park: str, variable: str, round_: Round | None = None) -> Cell:
        return Cell.objects.get(submission__round=round_ or self.round, submission__park__code=park, variable=variable)

    def frozen(self) -> Run:
        """The frozen run of the round, computed."""
        run = services.ask_run(self.lead, self.round, "frozen")
        perform_run(run.pk)
        run.refresh_from_db()
        self.round.refresh_from_db()
        return run

    def in_notice(self, today: dt.date | None = None) -> Issue:
        """The result of the round, in notice."""
        self.frozen()
        issue = services.begin_notice(self.lead, self.round, today=today)
        self.round.refresh_from_db()
        return issue

    def make_final(self) -> Issue:
        """The result of the round, final: the notice has run out."""
        issue = self.in_notice(timezone.localdate() - 30 * DAY)
        services.finalise(self.lead, self.round)
        self.round.refresh_from_db()
        issue.refresh_from_db()
        return issue


def user(username: str, role: Role, office: Office | None = None) -> User:
    found, _ = User.objects.get_or_create(
        username=username,
        defaults={"name": f"{username}的名字", "role": role, "office": office, "must_change_password": False},
    )
    return found


def set_up() -> Stage:
    """Everything but the runs."""
    lead = user("stage-lead", Role.LEAD, Office.objects.create(name="发改委（测试）"))
    release = upload_release(lead, {name: text.encode() for name, text in FILES.items()})
    parks = {}
    for code, category in CATEGORIES.items():
        parks[code], _ = Park.objects.get_or_create(code=code)
        if not parks[code].versions.exists():
            ParkVersion.objects.create(
                park=parks[code], name=f"园区{code}", category=category, begins=dt.date(2020, 1, 1)
            )
    offices = [Office.objects.create(name=f"{code}管委会（测试）", park=parks[code]) for code in ("KM01", "KM02")]
    tax = user("stage-tax", Role.VERIFIER, Office.objects.create(name="税务局（测试）", owner="税务局"))
    reporter = user("stage-reporter", Role.REPORTER, offices[0])
    before = make_round(release, "2022Q4", RoundState.FINAL, parks, BEFORE, lead, tax)
    return Stage(
        release, parks, lead, reporter, user("stage-other", Role.REPORTER, offices[1]), tax, user("stage-leader", Role.LEADER),
        before, make_round(release, "2023Q4", RoundState.VERIFYING, parks, NOW, reporter, tax),
    )  # fmt: skip


def make_round(
    release: Release,
    period: str,
    state: str,
    parks: dict[str, Park],
    values: dict[str, tuple[float, ...]],
    by: User,
    verifier: User,
) -> Round:
    """A round whose submissions are verified, with a cell per park and variable and who wrote it."""
    now = timezone.now()
    made = Round.objects.create(
        title=f"{period} 评价", period=period, release=release, state=state, opens=now - 40 * DAY, due=now - 30 * DAY,
        locks=now - 28 * DAY, verify_due=now + 5 * DAY,
    )  # fmt: skip
    for code, park in parks.items():
        submission = Submission.objects.create(
            round=made,
            park=park,
            name=f"园区{code}",
            category=CATEGORIES[code],
            state=SubmissionState.VERIFIED,
            signings=1,
        )
        for variable, value in zip(VARIABLES, values[code], strict=True):
            cell = Cell.objects.create(
                submission=submission,
                variable=variable,
                reported=value,
                verified=value,
                adopted=value,
                state=CellState.ADOPTED,
            )
            Change.objects.create(
                cell=cell, stage="reported", value=value, by=by, file="填报.xlsx", sheet="表一", place="C3"
            )
            Change.objects.create(cell=cell, stage="adopted", value=value, by=verifier)
    return made


def another_version() -> Release:
    """The shipped method of the city, as another release."""
    return import_release(None, "paihaotou-quarter@2023")
