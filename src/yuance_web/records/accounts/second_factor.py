"""The second factor (二次验证): one-time passwords by allauth's own forms, keys and recovery codes.

allauth is used for what must be well made (keys, checking, replay, rate limits); the pages and the steps are ours.
"""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import TOTP, clear_totp_secret
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from yuance_web.records.accounts.models import User
from yuance_web.records.journal.services import write_entry
from yuance_web.records.rights import ADMINISTRATORS, Denied, Role

PENDING = "second_factor_pending"  # in the session: who has given the password, and when
PASSED = "second_factor_passed"
MINUTES = 5
WHO_MUST = frozenset({Role.LEAD, *ADMINISTRATORS})


@dataclass(frozen=True, slots=True)
class Key:
    """A key to be taken into an app: as text, and as a picture."""

    secret: str
    picture: str


def is_set_up(account: User) -> bool:
    """Whether an account has a key."""
    return bool(Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists())


def must_have(account: User) -> bool:
    """Whether an account may not work without a second factor."""
    return bool(settings.SECOND_FACTOR_REQUIRED) and account.role in WHO_MUST


def begin(request: HttpRequest, account: User, after: str) -> None:
    """The password was right: remember for a few minutes who gave it. The account is not signed in yet."""
    request.session.cycle_key()
    request.session[PENDING] = {"account": account.pk, "at": timezone.now().timestamp(), "after": after}


def pending(request: HttpRequest) -> tuple[User, str] | None:
    """Who has given the password and still owes the code, and where to go then; None where that is too long ago."""
    kept = request.session.get(PENDING)
    if not kept or timezone.now().timestamp() - kept["at"] > 60 * MINUTES:
        return None
    account = User.objects.select_related("office").filter(pk=kept["account"], is_active=True).first()
    return (account, kept["after"]) if account else None


def pass_(request: HttpRequest) -> None:
    """The code was right too."""
    request.session.pop(PENDING, None)
    request.session[PASSED] = True


def passed(request: HttpRequest) -> bool:
    """Whether this session has been through the second step."""
    return bool(request.session.get(PASSED))


def key_of(form: ActivateTOTPForm, account: User) -> Key:
    """The key that a form is about to activate."""
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(account, form.secret))
    return Key(form.secret, picture)


@transaction.atomic
def set_up(request: HttpRequest, account: User, form: ActivateTOTPForm) -> list[str]:
    """Give an account the key that its app has proven to have; the recovery codes, shown once."""
    if is_set_up(account):
        raise Denied("本账号已经设置二次验证；更换手机请由系统管理员办理")
    TOTP.activate(account, form.secret)
    Authenticator.objects.filter(user=account, type=Authenticator.Type.RECOVERY_CODES).delete()
    codes = RecoveryCodes.activate(account).generate_codes()
    clear_totp_secret(request)
    write_entry(account, "设置二次验证", "账号", account.username)
    pass_(request)
    return list(codes)


@transaction.atomic
def remove(actor: User, account: User) -> None:
    """Take the key from an account whose phone is lost; it must set up another one."""
    if actor.role != Role.SYSTEM or actor.pk == account.pk or account.role in ADMINISTRATORS:
        raise Denied(
            "只有系统管理员可以为业务账号解除二次验证；管理员账号请在服务器上用命令 make_administrators --reset 办理"
        )
    Authenticator.objects.filter(user=account).delete()
    write_entry(actor, "解除二次验证", "账号", account.username)
