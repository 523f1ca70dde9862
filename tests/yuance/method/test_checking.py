"""Every expression is read in its place, grades are in order, and no rule stops another."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.yuance.method.drafts import CASE, HEAD, INDICATOR, LAND, SOUND, TAX, faults, indicator, told

WHOLE = (
    HEAD.replace('"1"\n', '"1"\nattributes = ["level"]\n')
    + TAX
    + LAND
    + '[[category]]\nid = "A"\nwhen = "{category}"\n[[dimension]]\nid = "d"\n'
    + '[[indicator]]\nid = "a"\ndimension = "d"\nvalue = "{value}"\n'
    + 'treat = {{ by = "winsorise", low = "{treat}" }}\nscore = {{ by = "ratio", base = "{base}" }}\n'
    + '[[indicator]]\nid = "b"\nvalue = "tax"\nscore = {{ by = "formula", is = "{formula}" }}\n'
    + '[[adjustment]]\nid = "plus"\npoints = "{points}"\n'
    + '[[veto]]\nid = "v"\nwhen = "{veto}"\neffect = {{ ranked = false }}\n[[check]]\nid = "c"\nrule = "{check}"\n'
)
GOOD = {
    "category": "level == '国家级'", "value": "tax / land", "treat": "percentile(5)", "base": "2 * mean", "formula": "x / mean",
    "points": "0.1 * growth(tax)", "veto": "tax < 0", "check": "tax <= land",
}  # fmt: skip
PLACES = {
    "category": "category[A].when", "value": "indicator[a].value", "treat": "indicator[a].treat.low",
    "base": "indicator[a].score.base", "formula": "indicator[b].score.is", "points": "adjustment[plus].points",
    "veto": "veto[v].when", "check": "check[c].rule",
}  # fmt: skip


def test_the_whole_is_sound(tmp_path: Path) -> None:
    assert not told(tmp_path, WHOLE.format(**GOOD))


@pytest.mark.parametrize("place", PLACES)
def test_every_expression_is_read_in_its_place(place: str, tmp_path: Path) -> None:
    assert told(tmp_path, WHOLE.format(**{**GOOD, place: "1 +"})) == [("M204", PLACES[place])]
    assert told(tmp_path, WHOLE.format(**{**GOOD, place: "'text'"})) == [("M219", PLACES[place])]
    assert told(tmp_path, WHOLE.format(**{**GOOD, place: "open('x')"}))[0][0] == "M210"


def test_every_wrong_expression_is_told_at_once(tmp_path: Path) -> None:
    found = told(tmp_path, WHOLE.format(**dict.fromkeys(GOOD, "1 +")))
    assert found == [
        ("M204", PLACES[place])
        for place in ("category", "value", "treat", "base", "formula", "points", "veto", "check")
    ]


def test_one_name_that_is_not_known_is_told_once_in_an_expression(tmp_path: Path) -> None:
    assert told(tmp_path, HEAD + TAX + indicator(value="lend + lend * lend")) == [("M212", "indicator[a].value")]


def test_rules_of_all_kinds_are_told_together(tmp_path: Path) -> None:
    text = (
        HEAD.replace('"1"\n', '"1"\nin_force = { from = 2024-01-01, to = 2023-01-01 }\nfoo = 1\n')
        + TAX
        + '[[dimension]]\nid = "d"\nparent = "d"\n'
        + INDICATOR.replace('"tax"', '"tax / land"')
        + 'weight = -1\ndimension = "e"\nscore = { by = "linear", low = 1, high = 0 }\n'
        + '[[grade]]\nname = "A"\ntop = 0.5\n[[grade]]\nname = "B"\ntop = 0.1\n'
        + '[[case]]\nname = "c"\nexpect = { x = 1 }\n'
    )
    assert [code for code, _ in told(tmp_path, text)] == [
        "M102", "M320", "M304", "M305", "M306", "M212", "M311", "M314", "M317",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("grades", "code"),
    [
        (["top = 0.2", "top = 0.6", "top = 1"], None),
        (["top = 0.2", "top = 0.6", ""], None),
        (["at_least = 90", "at_least = 60", ""], None),
        (["at_least = 90", "at_least = -60"], None),
        ([""], None),
        (["", ""], "M313"),
        (["top = 0.2", "", "top = 1"], "M313"),
        (["top = 0.2", "at_least = 60"], "M313"),
        (["top = 0.2\nat_least = 90"], "M313"),
        (["top = 0.6", "top = 0.2"], "M314"),
        (["top = 0.6", "top = 0.6"], "M314"),
        (["at_least = 60", "at_least = 90"], "M314"),
    ],
)
def test_grades_are_from_best_to_worst(grades: list[str], code: str | None, tmp_path: Path) -> None:
    text = SOUND + "".join(f'[[grade]]\nname = "{number}"\n{keys}\n' for number, keys in enumerate(grades))
    assert [code for code, _ in told(tmp_path, text)] == ([code] if code else [])


def test_a_veto_may_give_a_grade_of_its_own_but_limits_to_one_that_exists(tmp_path: Path) -> None:
    veto = '[[veto]]\nid = "v"\nwhen = "tax < 0"\neffect = {{ {} }}\n'
    assert not told(tmp_path, SOUND + veto.format('grade = "不定等次"'))
    (fault,) = faults(tmp_path, SOUND + veto.format('grade_at_most = "合格"'))
    assert (fault.code, fault.place.key) == ("M315", "veto[v].effect.grade_at_most")


def test_every_fault_has_its_file_and_line(tmp_path: Path) -> None:
    text = WHOLE.format(**dict.fromkeys(GOOD, "1 +")) + CASE.replace("total", "nothing")
    for fault in faults(tmp_path, text):
        assert fault.place.file == "method.toml"
        assert fault.place.line
        assert fault.text()
        assert fault.text("en")
