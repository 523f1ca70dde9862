"""Every address × every role, made from the URL configuration: a new address without a rule fails here."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import get_converters

from yuance_web.records.accounts.models import Role, User
from yuance_web.records.rights import EVERYONE
from yuance_web.records.rounds.models import Round

BUSINESS = {Role.LEAD, Role.REPORTER, Role.SIGNER, Role.VERIFIER, Role.REVIEWER, Role.LEADER}
EXAMPLES = {"int": 1, "str": "x", "slug": "x", "path": "x", "uuid": uuid.UUID(int=1), "date": "2023-01-01"}
# Not by roles but by their own rules: the framework that serves them says who may call.
# (nothing yet)
EXEMPT: dict[str, str] = {}
# The three administrators' own rooms; everything else that is not for every account is business.
ADMINISTRATORS_ROOMS = {
    "accounts": Role.SYSTEM, "account-new": Role.SYSTEM, "account-act": Role.SYSTEM,
    "rights": Role.SECURITY, "rights-change": Role.SECURITY,
    "offices": Role.SECURITY, "office-new": Role.SECURITY, "office-change": Role.SECURITY,
    "journal": Role.AUDIT, "journal-verify": Role.AUDIT, "journal-lines": Role.AUDIT,
}  # fmt: skip


def patterns(resolver: URLResolver | None = None, names: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    """(name with its namespaces, pattern) for every address."""
    resolver = resolver or get_resolver()
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one, (*names, one.namespace) if one.namespace else names)
        else:
            yield ":".join((*names, one.name or f"? {one.pattern}")), one


ALL = dict(patterns())
GUARDED = {name: one for name, one in ALL.items() if getattr(one.callback, "allowed_roles", EVERYONE) != EVERYONE}


def address(name: str) -> str:
    """An address of a pattern, with made-up values."""
    converters = ALL[name].pattern.converters
    known = {type(converter): kind for kind, converter in get_converters().items()}
    return reverse(name, kwargs={key: EXAMPLES[known[type(value)]] for key, value in converters.items()})


def test_addresses_have_names_of_their_own() -> None:
    names = [name for name, _ in patterns()]
    assert len(names) == len(set(names))
    assert not [name for name in names if "?" in name]


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_view_says_who_may_open_it(name: str) -> None:
    if name in EXEMPT:
        pytest.skip(EXEMPT[name])
    allowed = getattr(ALL[name].callback, "allowed_roles", None)
    assert allowed, f"{name}: 视图没有 @roles、@signed_in 或 @everyone"
    assert allowed == EVERYONE or set(allowed) <= set(Role.values)


@pytest.mark.parametrize("name", sorted(GUARDED))
def test_administrators_touch_no_business_and_business_no_administration(name: str) -> None:
    allowed = set(GUARDED[name].callback.allowed_roles)  # type: ignore[attr-defined]
    if allowed == set(Role.values):  # desk, password
        return
    if name in ADMINISTRATORS_ROOMS:
        assert allowed == {ADMINISTRATORS_ROOMS[name]}
    else:
        assert allowed <= BUSINESS


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_visitor_is_led_to_the_login(client: Client, method: str) -> None:
    for name in GUARDED:
        answer = getattr(client, method)(address(name))
        assert answer.status_code == 302, name
        assert answer.headers["Location"].startswith(f"{reverse('login')}?next="), name


@pytest.mark.django_db
@pytest.mark.parametrize("role", [*Role.values, ""])
def test_a_role_is_denied_what_it_was_not_granted(
    role: str, account: Callable[..., User], enter: Callable[[User], Client]
) -> None:
    browser = enter(account(f"one-{role}", role))
    for name, one in GUARDED.items():
        allowed = one.callback.allowed_roles  # type: ignore[attr-defined]
        open_to_all = set(allowed) == set(Role.values)
        for method in ("get", "post"):
            if role in allowed or (open_to_all and method == "get"):
                continue
            answer = getattr(browser, method)(address(name))
            assert answer.status_code == 403 or (open_to_all and answer.status_code < 500), f"{role} {method} {name}"


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role.values)
def test_what_was_granted_answers_without_breaking(
    role: str, account: Callable[..., User], enter: Callable[[User], Client]
) -> None:
    """Made-up numbers are not found, wrong verbs are refused; nothing breaks, and nothing says it is forbidden by role."""
    browser = enter(account(f"one-{role}", role))
    browser.raise_request_exception = True
    for name, one in GUARDED.items():
        if role in one.callback.allowed_roles and name != "password-change":  # type: ignore[attr-defined]
            answer = browser.get(address(name))
            assert answer.status_code in {200, 302, 400, 403, 404, 405, 409}, f"{role} {name}: {answer.status_code}"


@pytest.mark.django_db
def test_public_pages_need_no_account(client: Client) -> None:
    for name, one in ALL.items():
        if getattr(one.callback, "allowed_roles", None) == EVERYONE and name not in EXEMPT:
            assert client.get(address(name)).status_code in {200, 302, 404, 405}, name


@pytest.mark.django_db
def test_numbers_changed_in_an_address_do_not_lead_to_another_park(
    round_: Round, other_reporter: User, enter: Callable[[User], Client]
) -> None:
    foreign = round_.submissions.get(park__code="KM01")
    cell = foreign.cells.first()
    browser = enter(other_reporter)
    tampered = {
        "form": foreign.pk,
        "form-differences": foreign.pk,
        "template-park": foreign.pk,
        "cell": cell.pk if cell else 0,
    }
    for name, pk in tampered.items():
        assert browser.get(reverse(name, args=[pk])).status_code in {403, 404}, name
    saved = browser.post(reverse("form-save", args=[foreign.pk, cell.pk if cell else 0]), {"text": "1", "version": "0"})
    assert saved.status_code in {403, 404}
    assert browser.post(reverse("form-sign", args=[foreign.pk])).status_code in {403, 404}
    assert browser.get(reverse("park", args=["KM01"])).status_code == 404


def test_the_words_of_a_refusal_name_who_may(rf: object) -> None:
    del rf
    from yuance_web.records.rights import _whose

    assert re.match("本页供牵头部门、领导使用", _whose(frozenset({"lead", "leader"})))
