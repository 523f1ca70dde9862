from __future__ import annotations

import pytest

from yuance_web.records.accounts.models import Role
from yuance_web.theme.navigation import entries, may_open


def names(role: str, path: str = "/desk/") -> list[str]:
    return [entry.name for entry in entries(role, path)]


def test_each_role_sees_what_it_may_open_and_nothing_else() -> None:
    assert {"工作台", "轮次", "填报", "园区", "评价办法", "结果"} <= set(names(Role.REPORTER))
    assert not {"日志", "账号", "权限", "测算"} & set(names(Role.REPORTER))
    assert "核实" in names(Role.VERIFIER)
    assert names(Role.AUDIT) == ["工作台", "日志", "公开"]
    assert names(Role.SYSTEM) == ["工作台", "账号", "公开"]
    assert names(Role.SECURITY) == ["工作台", "权限", "单位", "公开"]


def test_a_visitor_sees_the_public_page() -> None:
    assert names("", "/") == ["公开"]


@pytest.mark.parametrize(("path", "current"), [("/desk/", "工作台"), ("/rounds/7/", "轮次"), ("/parks/KM01/", "园区")])
def test_the_entry_of_the_page_is_marked(path: str, current: str) -> None:
    assert [entry.name for entry in entries(Role.LEAD, path) if entry.current] == [current]


def test_the_page_itself_says_who_may_open_it() -> None:
    assert may_open("journal", Role.AUDIT)
    assert not may_open("journal", Role.LEAD)
    assert may_open("public", Role.LEAD)
