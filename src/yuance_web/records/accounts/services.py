"""Writing accounts: the system administrator makes and closes them, the security administrator gives rights.

The three administrators are apart: nobody holds two of these roles, none of them gets business rights, none changes the
own account. What may not be done is refused here, whatever a page offers.
"""

from __future__ import annotations

import secrets

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from yuance_web.records.accounts.models import Office, User
from yuance_web.records.journal.services import write_entry
from yuance_web.records.parks.models import Park
from yuance_web.records.rights import ADMINISTRATORS, Denied, Role

# what the office of a role must have, so that the account sees something and not everything
OFFICE_NEEDS = {
    Role.REPORTER: ("park_id", "园区填报人的单位须属于一个园区"),
    Role.SIGNER: ("park_id", "园区负责人的单位须属于一个园区"),
    Role.VERIFIER: ("owner", "责任部门核实人的单位须写明责任部门"),
    Role.REVIEWER: ("county", "县（市）区账号的单位须写明县（市）区"),
}
LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without what is mistaken in reading aloud


class AccountRefused(ValidationError):
    """What was asked for would break the separation of duties or leave an account without sense."""


@transaction.atomic
def create_account(actor: User, *, username: str, name: str, email: str = "") -> tuple[User, str]:
    """A new account without any rights, and its first password, which is shown once."""
    _only(actor, Role.SYSTEM)
    account = User(username=username, name=name, email=email, role="", must_change_password=True)
    password = first_password()
    account.set_password(password)
    account.full_clean()
    account.save()
    write_entry(actor, "新建账号", "账号", account.username, name=name)
    return account, password


@transaction.atomic
def disable_account(actor: User, account: User, *, reason: str = "") -> None:
    """Close an account; its sessions end with the next page. Nothing that it wrote is touched."""
    _only(actor, Role.SYSTEM)
    _not_own(actor, account)
    _keep_one(account)
    account.is_active = False
    account.save(update_fields=["is_active"])
    write_entry(actor, "停用账号", "账号", account.username, reason=reason)


@transaction.atomic
def enable_account(actor: User, account: User) -> None:
    """Open a closed account again."""
    _only(actor, Role.SYSTEM)
    _not_own(actor, account)
    account.is_active = True
    account.save(update_fields=["is_active"])
    write_entry(actor, "启用账号", "账号", account.username)


@transaction.atomic
def reset_password(actor: User, account: User) -> str:
    """A new first password, shown once; old sessions end. Not for other administrators: that would be their key."""
    _only(actor, Role.SYSTEM)
    _not_own(actor, account)
    if account.role in ADMINISTRATORS:
        raise AccountRefused(
            "系统管理员不得重置安全、审计管理员的密码，以免借用其身份；请在服务器上用命令 make_administrators --reset 办理，两人在场"
        )
    password = first_password()
    account.set_password(password)
    account.must_change_password = True
    account.save(update_fields=["password", "must_change_password"])
    write_entry(actor, "重置密码", "账号", account.username)
    return password


@transaction.atomic
def change_password(account: User, password: str) -> None:
    """The account's own choice of a password."""
    validate_password(password, account)
    account.set_password(password)
    account.must_change_password = False
    account.save(update_fields=["password", "must_change_password"])
    write_entry(account, "修改密码", "账号", account.username)


@transaction.atomic
def assign_rights(actor: User, account: User, *, role: str, office: Office | None) -> None:
    """Give an account its role and office: its rows and columns."""
    _only(actor, Role.SECURITY)
    _not_own(actor, account)
    _keep_apart(account, role)
    if role in ADMINISTRATORS and office is not None and (office.park_id or office.owner or office.county):
        raise AccountRefused("管理员账号不得归属园区、责任部门或县（市）区：管理员不接触业务数据")
    need = OFFICE_NEEDS.get(Role(role)) if role else None
    if need and not getattr(office, need[0], None):
        raise AccountRefused(need[1])
    before = {"role": account.role, "office": str(account.office or "")}
    if role != account.role and account.is_active:
        _keep_one(account)
    account.role, account.office = role, office
    account.save(update_fields=["role", "office"])
    write_entry(actor, "授权", "账号", account.username, before=before, role=role, office=str(office or ""))


@transaction.atomic
def save_office(
    actor: User, office: Office, *, name: str, park: Park | None = None, owner: str = "", county: str = ""
) -> Office:
    """An office with one scope: a park's rows, a department's columns, or a county's parks. New where it has no key."""
    _only(actor, Role.SECURITY)
    if sum(map(bool, (park, owner, county))) > 1:
        raise AccountRefused("一个单位只能有一种范围：园区、责任部门、县（市）区三者取一")
    if office.pk and office.user_set.filter(role__in=ADMINISTRATORS).exists() and (park or owner or county):
        raise AccountRefused("本单位有管理员账号，不能加上业务范围：管理员不接触业务数据")
    new = office.pk is None
    office.name, office.park, office.owner, office.county = name, park, owner, county
    office.full_clean()
    office.save()
    scope = {"park": str(park or ""), "owner": owner, "county": county}
    write_entry(actor, "新建单位" if new else "修改单位", "单位", name, **scope)
    return office


@transaction.atomic
def record_login(account: User, *, second_factor: bool) -> None:
    """An account has come in."""
    write_entry(account, "登录", "账号", account.username, second_factor=second_factor)


@transaction.atomic
def record_refusal(username: str, address: str, *, locked: bool, step: str = "password") -> None:
    """Somebody was not let in; the name is what was typed, and may be anybody's."""
    visitor = User(username=username[:150] or "（空）")
    visitor.address = address
    write_entry(visitor, "锁定登录" if locked else "登录失败", "账号", username[:150] or "（空）", step=step)


def _only(actor: User, role: Role) -> None:
    if actor.role != role or not actor.is_active:
        raise Denied(f"只有{role.label}可以办理")


def _not_own(actor: User, account: User) -> None:
    if actor.pk == account.pk:
        raise AccountRefused("不能改动自己的账号；请由另一名管理员办理")


def _keep_apart(account: User, role: str) -> None:
    """Whoever administrates once has no business rights afterwards, nor another administrator's; and the other way round."""
    if role and role not in Role.values:
        raise AccountRefused(f"没有“{role}”这种角色")
    if not account.role or account.role == role:
        return
    if account.role in ADMINISTRATORS:
        raise AccountRefused(f"{account.get_role_display()}账号不得改作他用（三员分立）；请停用后另建账号")
    if role in ADMINISTRATORS:
        raise AccountRefused("业务账号不得改作管理员账号（三员分立）；请另建账号")


def _keep_one(account: User) -> None:
    if (
        account.role in ADMINISTRATORS
        and not User.objects.filter(role=account.role, is_active=True).exclude(pk=account.pk).exists()
    ):
        raise AccountRefused(f"这是最后一名{account.get_role_display()}，不能停用或改动；请先另设一名")


def first_password() -> str:
    """Three groups of four letters: readable aloud, and more than 60 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
