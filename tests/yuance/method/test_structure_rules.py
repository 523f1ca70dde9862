"""The head, the ids, the tree and the weights of a method."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.yuance.method.drafts import HEAD, INDICATOR, TAX, faults, indicator, told
from yuance.method.structure_rules import _circles

CATEGORIES = '[[category]]\nid = "A"\n[[category]]\nid = "B"\n'
PLAIN = HEAD + TAX + INDICATOR


@pytest.mark.parametrize("name", ["tax_per_mu", "亩均税收", "Été", "ภาษี", "हिन्दी", "_x", "x1", "mean", "within", "__x"])
def test_a_unicode_identifier_is_an_id(name: str, tmp_path: Path) -> None:
    assert not told(tmp_path, HEAD + TAX.replace('"tax"', f'"{name}"') + indicator(value=f"{name} * 2"))


@pytest.mark.parametrize(
    "name", ["", " ", "1a", "a-b", "a b", "a.b", "and", "not", "if", "²", "a\\u0000", "#indicator0", "税收（亿）"]
)
def test_nothing_else_is_an_id(name: str, tmp_path: Path) -> None:
    codes = [code for code, _ in told(tmp_path, HEAD + TAX + indicator(name=name))]
    assert codes == ["M302"]


def test_a_category_may_be_called_anything_that_is_not_blank(tmp_path: Path) -> None:
    text = PLAIN + 'weight = { "1 类" = 1, "A-1" = 1 }\n[[category]]\nid = "1 类"\n[[category]]\nid = "A-1"\n'
    assert not told(tmp_path, text)
    assert told(tmp_path, PLAIN + '[[category]]\nid = " "\n') == [("M302", "category[ ].id")]


def test_ids_that_differ_in_composition_only_are_one_id(tmp_path: Path) -> None:
    text = HEAD + TAX + indicator(name="café") + indicator(name="cafe\u0301")
    assert [code for code, _ in told(tmp_path, text)] == ["M303", "M301"]


@pytest.mark.parametrize("table", ["variable", "dimension", "adjustment", "veto", "check", "sanction"])
def test_an_id_is_unique_over_all_kinds_of_table(table: str, tmp_path: Path) -> None:
    keys = {
        "adjustment": 'points = "tax"', "veto": 'when = "tax > 0"\neffect = { ranked = false }',
        "check": 'rule = "tax > 0"', "sanction": "when = { bottom = 1 }",
    }.get(table, "")  # fmt: skip
    found = told(tmp_path, PLAIN + f'[[{table}]]\nid = "a"\n{keys}\n')
    assert [code for code, _ in found] == ["M301"]


def test_a_dimension_is_not_named_like_a_column_of_the_scores(tmp_path: Path) -> None:
    for name in ("score", "rank", "unit", "note", "total"):
        text = HEAD + TAX + f'[[dimension]]\nid = "{name}"\n' + indicator(f'dimension = "{name}"')
        assert told(tmp_path, text) == [("M325", f"dimension[{name}].id")]


def test_every_circle_is_told_once_at_its_first_member(tmp_path: Path) -> None:
    parents = {"out": "q", "p": "q", "q": "r", "r": "p", "d": "e", "e": "d", "top": None}
    text = HEAD + TAX + "".join(
        f'[[dimension]]\nid = "{name}"\n' + (f'parent = "{above}"\n' if above else "") for name, above in parents.items()
    )  # fmt: skip
    found = faults(tmp_path, text + indicator('dimension = "top"'))
    assert [(fault.place.key, fault.values["circle"]) for fault in found] == [
        ("dimension[p].parent", "p → q → r → p"),
        ("dimension[d].parent", "d → e → d"),
    ]


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.none() | st.sampled_from("abcdefghz"), max_size=8))
def test_circles_are_those_that_walking_finds(parents: dict[str, str | None]) -> None:
    on_circle = set()
    for start in parents:
        node, steps = parents.get(start), 0
        while node is not None and node != start and steps < 10:
            node, steps = parents.get(node), steps + 1
        if node == start:
            on_circle.add(start)
    circles = list(_circles(parents))
    assert sorted(member for circle in circles for member in circle) == sorted(on_circle)
    assert all(
        parents[member] == circle[(at + 1) % len(circle)] for circle in circles for at, member in enumerate(circle)
    )


@settings(max_examples=20)
@given(st.integers(1, 3000))
def test_a_tree_may_be_of_any_depth(depth: int) -> None:
    assert not list(_circles({str(level): str(level - 1) if level else None for level in range(depth)}))


@pytest.mark.parametrize(
    ("weight", "codes"),
    [
        ("-1", ["M306"]),
        ("inf", ["M310"]),
        ("nan", ["M310"]),
        ("1e16", ["M310"]),
        ("0", ["M309", "M309"]),
        ("{ A = 1, B = -2 }", ["M306"]),
        ("{ A = 1 }", ["M307"]),
        ("{ A = 1, B = 1, C = 1 }", ["M308"]),
        ("{ A = 1, B = 0 }", ["M309"]),
        ("{}", ["M307"]),
        ("{ A = 5, B = 2.5 }", []),
        ("5", []),
    ],
)
def test_weights_are_there_for_every_category(weight: str, codes: list[str], tmp_path: Path) -> None:
    assert [code for code, _ in told(tmp_path, HEAD + CATEGORIES + TAX + INDICATOR + f"weight = {weight}\n")] == codes


def test_weights_by_category_need_categories(tmp_path: Path) -> None:
    assert told(tmp_path, PLAIN + "weight = { A = 1 }\n") == [
        ("M307", "indicator[a].weight"),
        ("M308", "indicator[a].weight.A"),
    ]


def test_a_category_whose_dimensions_weigh_nothing_has_no_total(tmp_path: Path) -> None:
    tree = '[[dimension]]\nid = "d"\nweight = { A = 1, B = 0 }\n[[dimension]]\nid = "e"\nparent = "d"\n'
    text = HEAD + CATEGORIES + TAX + tree + indicator('dimension = "e"')
    assert told(tmp_path, text) == [("M309", "category[B]")]


def test_what_breaks_ties_must_exist(tmp_path: Path) -> None:
    text = PLAIN.replace('"1"\n', '"1"\nranks = { ties = "broken", order = ["a", "-tax", "-land", "b"] }\n', 1)
    assert told(tmp_path, text) == [("M316", "method.ranks.order[3]"), ("M316", "method.ranks.order[4]")]
