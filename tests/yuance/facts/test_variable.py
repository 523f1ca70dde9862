"""Variables come as a list or with their method."""

from __future__ import annotations

from types import SimpleNamespace

from tests.yuance.facts.desk import LAND, TAX, Item
from yuance.facts.variable import listed, title


def test_variables_may_come_with_their_method_and_by_id() -> None:
    assert listed([TAX, LAND]) == (TAX, LAND)
    assert listed(SimpleNamespace(variables=(TAX, LAND))) == (TAX, LAND)
    assert listed(SimpleNamespace(variables={"tax": TAX})) == (TAX,)


def test_messages_call_a_variable_by_name_and_id() -> None:
    assert title(TAX) == "税收收入 tax"
    assert title(Item("税收", "税收")) == "税收"
