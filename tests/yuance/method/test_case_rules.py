"""A case speaks of what the method has, in values of the right kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.yuance.method.drafts import CASE, HEAD, LAND, SOUND, TAX, faults, indicator, told

VARIABLES = TAX + LAND + '[[variable]]\nid = "honest"\nkind = "yes-no"\n[[variable]]\nid = "kind"\nkind = "text"\n'
BASE = HEAD.replace('"1"\n', '"1"\nattributes = ["area"]\nperiods = ["year", "quarter"]\n') + VARIABLES + indicator()


@pytest.mark.parametrize(
    "keys",
    [
        'given = { tax = 5, "tax:target" = 6, honest = true, kind = "甲", area = 7, level = "国家级" }',
        'given = { tax = "missing", honest = "否" }',
        'period = "2023Q3"\nhistory = [{ period = "2022Q3", tax = 1 }, { period = "2022", tax = 1 }]',
        'peers = [{ tax = 1, unit = "x", history = [{ period = "2022", tax = 2 }] }, { "tax:target" = 5 }]',
        "",
    ],
)
def test_a_sound_case_is_taken(keys: str, tmp_path: Path) -> None:
    assert not told(tmp_path, BASE + CASE + keys + "\n")


@pytest.mark.parametrize(
    ("keys", "code", "key"),
    [
        ("given = { taxes = 5 }", "M317", "given.taxes"),
        ('given = { "taxes:target" = 5 }', "M317", "given.taxes:target"),
        ("given = { level = 5 }", "M317", "given.level"),
        ("given = { history = [] }", "M317", "given.history"),
        ('given = { tax = "5" }', "M326", "given.tax"),
        ("given = { tax = true }", "M326", "given.tax"),
        ("given = { tax = [5] }", "M326", "given.tax"),
        ("given = { tax = { a = 1 } }", "M326", "given.tax"),
        ("given = { tax = 2023-01-01 }", "M326", "given.tax"),
        ("given = { tax = 10:00:00 }", "M326", "given.tax"),
        ("given = { tax = nan }", "M326", "given.tax"),
        ("given = { tax = inf }", "M326", "given.tax"),
        ("given = { tax = " + "9" * 400 + " }", "M326", "given.tax"),
        ('given = { honest = "可能" }', "M326", "given.honest"),
        ("given = { area = [1] }", "M326", "given.area"),
        ("history = [{ tax = 5 }]", "M327", "history[1]"),
        ('history = [{ period = "去年", tax = 5 }]', "M321", "history[1].period"),
        ("history = [{ period = 2022, tax = 5 }]", "M321", "history[1].period"),
        ("peers = [{ taxes = 5 }]", "M317", "peers[1].taxes"),
        ("peers = [{ tax = 5, history = 5 }]", "M326", "peers[1].history"),
        ("peers = [{ tax = 5, history = [5] }]", "M326", "peers[1].history"),
        ("peers = [{ tax = 5, history = [{ tax = 1 }] }]", "M327", "peers[1].history[1]"),
        ('peers = [{}, { history = [{ period = "2022", taxes = 1 }] }]', "M317", "peers[2].history[1].taxes"),
        ('category = "A"', "M322", "category"),
        ('period = "2023M01"', "M321", "period"),
        ('period = "2023Q5"', "M321", "period"),
        ("peers = 5", "M104", "peers"),
        ("given = [5]", "M104", "given"),
    ],
)
def test_what_a_case_may_not_say(keys: str, code: str, key: str, tmp_path: Path) -> None:
    assert told(tmp_path, BASE + CASE + keys + "\n") == [(code, f"case[c].{key}")]


@pytest.mark.parametrize(
    "name",
    ["total", "score", "grade", "rank", "rank_in_category", "status", "a.value", "a.treated", "a.score", "a.points", "a.weight",
     "d.score", "bonus.points", "v.points", "total.points"],
)  # fmt: skip
def test_what_may_be_expected(name: str, tmp_path: Path) -> None:
    more = (
        '[[dimension]]\nid = "d"\n[[adjustment]]\nid = "bonus"\npoints = "tax"\n'
        '[[veto]]\nid = "v"\nwhen = "tax < 0"\neffect = { score = 0 }\n'
    )
    assert not told(tmp_path, BASE + more + f'[[case]]\nname = "c"\nexpect = {{ "{name}" = 1 }}\n')


@pytest.mark.parametrize("name", ["a", "b.score", "a.sum", "tax", "tax.value", "points", ".score", "a.b.score"])
def test_what_may_not_be_expected(name: str, tmp_path: Path) -> None:
    found = faults(tmp_path, BASE + f'[[case]]\nname = "c"\nexpect = {{ "{name}" = 1 }}\n')
    assert [fault.code for fault in found] == ["M317"]


def test_what_was_surely_meant_is_suggested(tmp_path: Path) -> None:
    text = BASE + '[[case]]\nname = "c"\ngiven = { taxx = 1 }\nexpect = { "a.socre" = 1, totl = 1, "aa.score" = 1 }\n'
    hints = [str(fault.values["hint"]) for fault in faults(tmp_path, text)]
    assert [hint.strip("；是否应为“”？") for hint in hints] == ["tax", "score", "total", "a"]


def test_facts_and_results_stand_in_files_beside_the_method(tmp_path: Path) -> None:
    for name in ("facts.csv", "results.csv"):
        (tmp_path / name).write_text("unit,period\n", encoding="utf-8")
    both = '[[case]]\nname = "c"\nfacts = "facts.csv"\nresults = "results.csv"\n'
    assert not told(tmp_path, BASE + both)
    assert told(tmp_path, BASE + both.replace('"facts.csv"', '"none.csv"')) == [("M319", "case[c].facts")]
    assert told(tmp_path, BASE + both.replace('"facts.csv"', f'"{"x" * 5000}"')) == [("M319", "case[c].facts")]
    assert told(tmp_path, BASE + both.replace('"facts.csv"', '"a\\u0000b"')) == [("M319", "case[c].facts")]


@pytest.mark.parametrize(
    "keys", ["", 'facts = "method.toml"', 'results = "method.toml"', 'facts = "method.toml"\nexpect = { total = 1 }']
)
def test_a_case_expects_something(keys: str, tmp_path: Path) -> None:
    assert told(tmp_path, BASE + f'[[case]]\nname = "c"\n{keys}\n') == [("M318", "case[c]")]


def test_categories_in_rows_are_those_of_the_method(tmp_path: Path) -> None:
    text = SOUND + '[[category]]\nid = "A"\n[[case]]\nname = "d"\ncategory = "A"\nexpect = { total = 1 }\n'
    assert not told(tmp_path, text + 'given = { category = "A" }\npeers = [{ category = "A" }]\n')
    assert told(tmp_path, text + 'peers = [{ category = "B" }]\n') == [("M322", "case[d].peers[1].category")]
