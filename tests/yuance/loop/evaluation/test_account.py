"""An account holds everything there is to tell, and its leaves are the indicators."""

from __future__ import annotations

from tests.yuance.loop.evaluation.explained import small_city
from yuance.loop.evaluation.explanation import explain


def test_the_leaves_are_the_indicators_in_the_order_of_the_method() -> None:
    assert [leaf.id for leaf in explain(small_city(), "u1").leaves] == ["tax_per_mu", "tax_growth", "research_share"]
