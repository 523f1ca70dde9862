"""Every table is read by itself; each key that is wrong is told once, and what is right stays to be looked at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.yuance.method.drafts import HEAD, SOUND, TAX, faults, indicator, read, told
from yuance.method import schema
from yuance.method.form import PLACEHOLDERS, read_tables
from yuance.method.sources import Document

KEYS = sorted(
    {key for model in schema.TABLES.values() for key in model.model_fields} | {"by", "low", "table", "from", "is"}
)
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**400), 10**400), st.floats(), st.dates(), st.datetimes(), st.times(),
    st.text(max_size=8), st.sampled_from(["linear", "steps", "rank", "winsorise", "zero", "mean", "A", "tax", "year"]),
)  # fmt: skip
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*schema.TABLES, "other"]), VALUES | st.lists(VALUES, max_size=3), max_size=5))
def test_no_content_of_tables_is_too_strange(tables: dict[str, Any]) -> None:
    read, problems = read_tables(Document(tables=tables, files=("m.toml",)))
    assert set(read) == set(schema.TABLES)
    for fault in problems:
        assert str(fault)


@given(
    st.sampled_from(sorted(set(schema.TABLES) - schema.SINGLE)),
    st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=6),
)
def test_a_table_with_faults_stays_as_a_table_of_its_kind(name: str, content: dict[str, Any]) -> None:
    read, problems = read_tables(Document(tables={name: [content]}, files=("m.toml",)))
    (table,) = read[name]
    assert isinstance(table, schema.TABLES[name])
    assert problems or set(content) <= {field.alias or key for key, field in type(table).model_fields.items()}


def test_every_wrong_key_of_a_table_is_told_at_once(tmp_path: Path) -> None:
    keys = (
        'weight = "5"\nowner = 7\nmissing = "zeros"\ndirection = "up"\nnaem = "x"\n'
        'legal = [{ document = 1 }, { article = "1" }]\n'
        'score = { by = "linear", low = true, to = [0, "100"], clip = "no", hihg = 1 }\n'
    )
    text = SOUND + '[[indicator]]\nid = "b"\n' + keys
    assert sorted(told(tmp_path, text)) == [
        ("M102", "indicator[b].naem"),
        ("M102", "indicator[b].score.hihg"),
        ("M103", "indicator[b].legal[2].document"),
        ("M103", "indicator[b].value"),
        ("M104", "indicator[b].direction"),
        ("M104", "indicator[b].legal[1].document"),
        ("M104", "indicator[b].missing"),
        ("M104", "indicator[b].owner"),
        ("M104", "indicator[b].score.clip"),
        ("M104", "indicator[b].score.low"),
        ("M104", "indicator[b].score.to[2]"),
        ("M104", "indicator[b].weight"),
    ]


def test_an_unknown_key_does_not_hide_what_is_wrong_beside_it(tmp_path: Path) -> None:
    text = HEAD + TAX + indicator('score = { by = "formula", is = "x +", note2 = 1 }\ndimension = "d"')
    assert told(tmp_path, text) == [
        ("M102", "indicator[a].score.note2"),
        ("M304", "indicator[a].dimension"),
        ("M204", "indicator[a].score.is"),
    ]


def test_what_follows_from_an_unknown_key_is_not_told_again(tmp_path: Path) -> None:
    assert told(tmp_path, HEAD + TAX + indicator('treat = { by = "winsorise", lwo = 1 }')) == [
        ("M102", "indicator[a].treat.lwo")
    ]


def test_tables_in_the_wrong_brackets_are_still_looked_into(tmp_path: Path) -> None:
    text = HEAD.replace("[method]", "[[method]]") + "perids = 1\n" + TAX + '[indicator]\nid = "a"\nvalue = "tax +"\n'
    assert told(tmp_path, text) == [
        ("M105", "method"),
        ("M102", "method[m].perids"),
        ("M105", "indicator"),
        ("M204", "indicator.value"),
    ]


@pytest.mark.parametrize(
    ("keys", "known"),
    [
        ('score = { by = "steps", table = [[1, 2]], edges = 1 }', "by、table、edge"),
        ('treat = { by = "winsorise", low = 1, x = 1 }', "skewness、kurtosis"),
        ('missing = { by = "mean", x = 1 }', "by、among"),
        ('legal = { document = "d", x = 1 }', "document、article、date、note"),
    ],
)
def test_the_keys_that_are_known_are_those_of_the_table_concerned(keys: str, known: str, tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, HEAD + TAX + indicator().replace("legal", 'note = "x" #') + keys)
    assert fault.code == "M102"
    assert known in fault.text()


@pytest.mark.parametrize(
    "keys",
    [
        "range = [0, 5]", "range = { low = 0 }", "range = [-inf, inf]", "jump = 10", 'kind = "yes-no"', 'note = "x"',
        'legal = { document = "d", date = 2023-01-01 }', 'legal = [{ document = "d", date = "2023年" }]',
    ],
)  # fmt: skip
def test_short_and_long_forms_of_a_variable_are_read(keys: str, tmp_path: Path) -> None:
    assert not told(tmp_path, SOUND.replace("[[indicator]]", keys + "\n[[indicator]]"))


@pytest.mark.parametrize(
    "keys",
    [
        'by = "geometric"', "by = { power = 2 }", "by = { power = -1.5 }", 'missing = { by = "mean", among = "category" }',
        "in_force = { from = 2023-01-01 }", 'in_force = { from = "2023-01-01", to = 2024-12-31 }', "needs = 1",
        'periods = ["year", "half", "quarter", "month"]', 'rounding = { digits = 0, mode = "half-even" }',
    ],
)  # fmt: skip
def test_forms_of_the_head_are_read(keys: str, tmp_path: Path) -> None:
    assert not told(tmp_path, SOUND.replace("[[variable]]", keys + "\n[[variable]]", 1))


@pytest.mark.parametrize(
    "keys",
    [
        'score = { by = "linear", low = 0, high = "max(20, highest)", to = [60, 100], clip = false, among = "panel" }',
        'score = { by = "exponential" }', 'score = { by = "ratio", base = "2 * last_year_mean", cap = inf, floor = -inf }',
        'score = { by = "steps", table = [["lowest", 0], ["mean", 50]], edge = "open" }',
        'score = { by = "points", table = [[0, 0], [10, 100], [20, 0]], note = "x" }',
        'score = { by = "rank", first = "count", step = 1, least = 10, ties = "middle" }',
        'score = { by = "rank", table = [10, 8, 5] }', 'score = { by = "percent-rank", to = [0, 1], ties = "worse" }',
        'score = { by = "zscore", mean = 80, sd = 10 }', 'score = { by = "given" }',
        'score = { by = "formula", is = "100 * (x - lowest) / (highest - lowest) + weight + last_year_percentile(5)" }',
        'treat = { by = "winsorise", low = "percentile(5)", high = "percentile(95)" }',
        'treat = { by = "winsorise", skewness = 2, kurtosis = 3.5, at_most = 5, otherwise = "log" }',
        'treat = { by = "log" }', "weight = 0.5", "weight = 5", '[indicator.score]\nby = "given"\n', 'score.by = "given"',
    ],
)  # fmt: skip
def test_every_way_of_scoring_and_treating_is_read(keys: str, tmp_path: Path) -> None:
    assert not told(tmp_path, HEAD + TAX + indicator(keys))


def test_what_stands_in_for_a_table_is_sound() -> None:
    for name, content in PLACEHOLDERS.items():
        named = {"id": "x"} if "id" in schema.TABLES[name].model_fields else {}
        assert schema.TABLES[name].model_validate({**named, **content})


def test_a_value_is_shown_as_it_is_written(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, SOUND.replace('unit = "park"', "").replace("[method]", "[method]\nunit = true"))
    assert "取值 true 不合要求" in fault.text()
    assert "the value true does not fit" in fault.text("en")


def test_the_method_of_all_forms_is_whole(tmp_path: Path) -> None:
    method = read(tmp_path, SOUND)
    assert method.header.missing.by == "refuse"
    assert method.indicators["a"].score == schema.Linear(by="linear")
    assert method.indicators["a"].legal[0].document == "某文"
