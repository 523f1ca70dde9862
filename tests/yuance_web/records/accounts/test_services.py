from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from yuance_web.records.accounts import services
from yuance_web.records.accounts.models import Office, Role, User
from yuance_web.records.accounts.services import AccountRefused
from yuance_web.records.journal.models import Entry
from yuance_web.records.journal.selectors import breaks
from yuance_web.records.parks.models import Park
from yuance_web.records.rights import Denied

pytestmark = pytest.mark.django_db


def last() -> tuple[str, str, str]:
    line = Entry.objects.latest("sequence")
    return line.actor, line.verb, line.subject


def test_a_new_account_has_no_rights_and_a_password_to_be_changed(system: User) -> None:
    account, password = services.create_account(system, username="zhang", name="张三")
    assert account.role == ""
    assert account.office is None
    assert account.must_change_password
    assert account.check_password(password)
    assert last() == ("system", "新建账号", "zhang")
    assert not list(breaks())


def test_first_passwords_differ_and_are_long() -> None:
    made = {services.first_password() for _ in range(50)}
    assert len(made) == 50
    assert all(len(one) == 14 for one in made)


@pytest.mark.parametrize("name", ["lead", "security", "audit", "reporter"])
def test_only_the_system_administrator_makes_accounts(name: str, request: Any, lead: User) -> None:
    actor = request.getfixturevalue(name)
    for act in (
        lambda: services.create_account(actor, username="x", name="x"),
        lambda: services.disable_account(actor, lead),
        lambda: services.enable_account(actor, lead),
        lambda: services.reset_password(actor, lead),
    ):
        with pytest.raises(Denied):
            act()
    assert not Entry.objects.exists()


@pytest.mark.parametrize("name", ["lead", "system", "audit"])
def test_only_the_security_administrator_gives_rights(name: str, request: Any, account: Callable[..., User]) -> None:
    with pytest.raises(Denied):
        services.assign_rights(request.getfixturevalue(name), account("fresh"), role="leader", office=None)
    with pytest.raises(Denied):
        services.save_office(request.getfixturevalue(name), Office(), name="新单位")


def test_a_disabled_administrator_administrates_nothing(system: User) -> None:
    system.is_active = False
    with pytest.raises(Denied):
        services.create_account(system, username="x", name="x")


def test_rights_are_given_with_the_office(security: User, account: Callable[..., User]) -> None:
    fresh = account("fresh")
    office = Office.objects.create(name="市财政局", owner="财政局")
    services.assign_rights(security, fresh, role=Role.VERIFIER, office=office)
    fresh.refresh_from_db()
    assert (fresh.role, fresh.office) == (Role.VERIFIER, office)
    assert last() == ("security", "授权", "fresh")


@pytest.mark.parametrize(
    ("role", "words"),
    [("reporter", "属于一个园区"), ("signer", "属于一个园区"), ("verifier", "责任部门"), ("reviewer", "县（市）区")],
)
def test_a_role_needs_an_office_with_its_scope(
    role: str, words: str, security: User, account: Callable[..., User]
) -> None:
    fresh = account("fresh")
    for office in (None, Office.objects.create(name="空单位")):
        with pytest.raises(AccountRefused, match=words):
            services.assign_rights(security, fresh, role=role, office=office)


@pytest.mark.parametrize("role", ["lead", "system", "audit"])
def test_an_administrator_never_gets_another_role(role: str, security: User, account: Callable[..., User]) -> None:
    other = account("second_security", Role.SECURITY)
    with pytest.raises(AccountRefused, match="三员分立"):
        services.assign_rights(security, other, role=role, office=None)


def test_a_business_account_never_becomes_an_administrator(security: User, lead: User) -> None:
    with pytest.raises(AccountRefused, match="三员分立"):
        services.assign_rights(security, lead, role=Role.AUDIT, office=None)


def test_an_administrator_belongs_to_no_park_and_no_department(security: User, account: Callable[..., User]) -> None:
    office = Office.objects.create(name="市财政局", owner="财政局")
    with pytest.raises(AccountRefused, match="不接触业务数据"):
        services.assign_rights(security, account("fresh"), role=Role.AUDIT, office=office)


def test_nobody_changes_the_own_account(system: User, security: User) -> None:
    with pytest.raises(AccountRefused, match="自己"):
        services.disable_account(system, system)
    with pytest.raises(AccountRefused, match="自己"):
        services.assign_rights(security, security, role=Role.SECURITY, office=None)


def test_the_last_administrator_of_a_kind_stays(system: User, audit: User, account: Callable[..., User]) -> None:
    with pytest.raises(AccountRefused, match="最后一名审计管理员"):
        services.disable_account(system, audit)
    account("second", Role.AUDIT)
    services.disable_account(system, audit)
    audit.refresh_from_db()
    assert not audit.is_active


def test_the_system_administrator_takes_no_other_administrators_key(system: User, audit: User) -> None:
    before = audit.password
    with pytest.raises(AccountRefused, match="make_administrators --reset"):
        services.reset_password(system, audit)
    audit.refresh_from_db()
    assert audit.password == before


def test_a_reset_password_must_be_changed(system: User, lead: User) -> None:
    password = services.reset_password(system, lead)
    lead.refresh_from_db()
    assert lead.check_password(password)
    assert lead.must_change_password
    services.change_password(lead, "a-quite-long-one-7")
    lead.refresh_from_db()
    assert not lead.must_change_password
    assert last() == ("lead", "修改密码", "lead")


@pytest.mark.parametrize("password", ["short1", "1234567890123", "password123"])
def test_weak_passwords_are_refused(password: str, lead: User) -> None:
    with pytest.raises(ValidationError):
        services.change_password(lead, password)


def test_an_office_has_one_scope(security: User) -> None:
    park = Park.objects.create(code="KM01")
    with pytest.raises(AccountRefused, match="三者取一"):
        services.save_office(security, Office(), name="两头单位", park=park, owner="财政局")
    office = services.save_office(security, Office(), name="管委会", park=park)
    assert last() == ("security", "新建单位", "管委会")
    services.save_office(security, office, name="管理委员会", park=park)
    assert last() == ("security", "修改单位", "管理委员会")


def test_an_office_of_administrators_gets_no_business(security: User) -> None:
    office = security.office
    assert office is not None
    with pytest.raises(AccountRefused, match="不接触业务数据"):
        services.save_office(security, office, name=office.name, owner="财政局")


def test_coming_in_and_not_coming_in_are_written_down(lead: User) -> None:
    services.record_login(lead, second_factor=True)
    assert last() == ("lead", "登录", "lead")
    services.record_refusal("nobody", "10.0.0.9", locked=True)
    line = Entry.objects.latest("sequence")
    assert (line.actor, line.verb, line.address) == ("nobody", "锁定登录", "10.0.0.9")


def test_a_write_whose_line_fails_does_not_happen(system: User, lead: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_detail: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(services, "write_entry", broken)
    with pytest.raises(RuntimeError):
        services.disable_account(system, lead)
    lead.refresh_from_db()
    assert lead.is_active
