"""The entries of the navigation: an account sees those whose page it may open, as the page itself says."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import gettext_lazy as _

# name of the address, words
ENTRIES = (
    ("desk", _("工作台")),
    ("rounds", _("轮次")),
    ("forms", _("填报")),
    ("verify-list", _("核实")),
    ("parks", _("园区")),
    ("releases", _("评价办法")),
    ("scoring-rounds", _("测算")),
    ("results", _("结果")),
    ("journal", _("日志")),
    ("accounts", _("账号")),
    ("rights", _("权限")),
    ("offices", _("单位")),
    ("public", _("公开")),
)
VISITOR = frozenset({"public"})


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the navigation."""

    url: str
    name: str
    current: bool


def entries(role: str, path: str) -> list[Entry]:
    """The entries for a role (empty: a visitor); the one with the longest common beginning is the current one."""
    open_to = [(url, name) for key, name in ENTRIES if (url := _address(key)) and may_open(key, role)]
    beginnings = [url for url, _name in open_to if path.startswith(url) and (url != "/" or path == "/")]
    here = max(beginnings, key=len, default=None)
    return [Entry(url, str(name), url == here) for url, name in open_to]


def may_open(key: str, role: str) -> bool:
    """Whether a role may open the page of an address, by what its view says of itself."""
    if not role:
        return key in VISITOR
    allowed = _allowed(key)
    return allowed == "everyone" or role in allowed


@lru_cache(maxsize=64)
def _allowed(key: str) -> Collection[str] | str:
    return getattr(resolve(reverse(key)).func, "allowed_roles", frozenset())


@lru_cache(maxsize=64)
def _address(key: str) -> str:
    try:
        return reverse(key)
    except NoReverseMatch:
        return ""
