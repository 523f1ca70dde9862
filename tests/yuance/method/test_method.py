"""A method that has been read answers about its tree, its weights and its names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.yuance.method.drafts import CASE, HEAD, LAND, TAX, indicator, read, write
from yuance.method import TOTAL, Method, read_method

CATEGORIES = '[[category]]\nid = "A"\n[[category]]\nid = "B"\n'
TREE = (
    '[[dimension]]\nid = "d"\nname = "效益"\nweight = { A = 60, B = 30 }\n'
    '[[dimension]]\nid = "e"\nparent = "d"\n[[dimension]]\nid = "empty"\n'
)
PARTS = (
    indicator('dimension = "e"\nweight = { A = 3, B = 0 }')
    + indicator('dimension = "e"\nweight = 1', "land", "b")
    + indicator("weight = 40\nname = '直属'", "tax + land", "c")
)
EXTRAS = (
    '[[adjustment]]\nid = "plus"\nname = "加分"\npoints = "1"\n[[veto]]\nid = "v"\nwhen = "tax < 0"\neffect = { score = 0 }\n'
    '[[check]]\nid = "k"\nrule = "tax > 0"\nmessage = "应为正"\n[[sanction]]\nid = "s"\nname = "退出"\nwhen = { bottom = 1 }\n'
)


@pytest.fixture
def method(tmp_path: Path) -> Method:
    return read(tmp_path, HEAD + TAX + LAND + CATEGORIES + TREE + PARTS + EXTRAS + CASE)


def test_the_tree_is_read_from_the_top_and_from_the_bottom(method: Method) -> None:
    assert method.children() == ("d", "empty", "c")
    assert list(method.tree()) == [(1, "d"), (2, "e"), (3, "a"), (3, "b"), (1, "empty"), (1, "c")]
    assert list(method.bottom_up()) == ["e", "d", "empty"]
    assert [method.parent(node) for node in ("a", "e", "d", "c")] == ["e", "d", TOTAL, TOTAL]
    assert method.children("nothing") == ()


def test_a_dimension_without_weight_weighs_what_its_children_do(method: Method) -> None:
    assert [method.weight(node, "A") for node in ("a", "b", "e", "d", "empty", "c")] == [3, 1, 4, 60, 0, 40]
    assert [method.weight(node, "B") for node in ("a", "b", "e", "d", "c")] == [0, 1, 1, 30, 40]


def test_shares_multiply_along_the_branch(method: Method) -> None:
    assert method.share("a", "A") == pytest.approx(0.6 * 0.75)
    assert method.share("b", "B") == pytest.approx(30 / 70)
    assert sum(method.share(node, "A") for node in method.indicators) == pytest.approx(1)


def test_names_are_given_for_everything_that_has_an_id(method: Method) -> None:
    names = [method.name(node) for node in ("d", "c", "plus", "k", "s", "v", "a", "nobody", TOTAL)]
    assert names == ["效益", "直属", "加分", "应为正", "退出", "v", "a", "nobody", "总分"]


def test_rules_of_the_method_hold_where_an_indicator_has_none(tmp_path: Path) -> None:
    head = HEAD.replace('"1"\n', '"1"\nmissing = "zero"\namong = "category"\n')
    own = indicator('missing = "drop"\nscore = { by = "linear", among = "panel" }', name="b")
    method = read(tmp_path, head + TAX + indicator() + own)
    assert [method.missing(item).by for item in method.indicators.values()] == ["zero", "drop"]
    assert [method.among(item) for item in method.indicators.values()] == ["category", "panel"]


def test_a_tree_deeper_than_the_stack_has_weights_and_shares(tmp_path: Path) -> None:
    levels = "".join(f'[[dimension]]\nid = "d{n}"\n' + (f'parent = "d{n - 1}"\n' if n else "") for n in range(2000))
    method = read_method(write(tmp_path, HEAD + TAX + levels + indicator('dimension = "d1999"\nweight = 7')))
    assert method.weight("d0", "all") == 7
    assert method.share("a", "all") == 1
    assert next(iter(method.bottom_up())) == "d1999"
    assert sum(1 for _ in method.tree()) == 2001


def test_a_method_is_named_by_id_and_version(method: Method) -> None:
    assert method.reference == "m@1"
    assert method.category_ids == ("A", "B")
