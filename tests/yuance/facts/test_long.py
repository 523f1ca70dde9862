"""Long tables: a row per unit, period and variable."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.yuance.facts.desk import codes, only, read_text, rows


def test_ids_and_names_may_be_mixed(tmp_path: Path) -> None:
    facts = read_text(
        tmp_path,
        "unit,period,variable,value\nA,2023,tax,1\nA,2023,已供用地,2\nA,2023,信用等级,优\nA,2023,有无平台,是\n",
    )
    assert rows(facts) == {("A", "2023"): {"tax": 1.0, "land": 2.0, "credit": "优", "platform": 1.0}}


@pytest.mark.parametrize(
    ("kind", "column"),
    [
        ("actual", "tax"),
        ("实际", "tax"),
        ("", "tax"),
        ("target", "tax:target"),
        ("目标", "tax:target"),
        ("目标值", "tax:target"),
    ],
)
def test_the_kind_says_actual_or_target(tmp_path: Path, kind: str, column: str) -> None:
    assert rows(read_text(tmp_path, f"unit,period,variable,value,kind\nA,2023,tax,1,{kind}\n")) == {
        ("A", "2023"): {column: 1.0}
    }


def test_a_target_may_stand_in_the_variable(tmp_path: Path) -> None:
    assert rows(read_text(tmp_path, "unit,period,variable,value\nA,2023,tax:target,1\n")) == {
        ("A", "2023"): {"tax:target": 1.0}
    }


def test_chinese_headings_and_a_measure_in_each_row(tmp_path: Path) -> None:
    facts = read_text(
        tmp_path,
        "园区,期间,指标名称,数值,计量单位\nA,2023,税收收入,1,亿元\nB,2023,税收收入,2,万元\nA,2023,已供用地,1,公顷\n",
    )
    assert rows(facts) == {("A", "2023"): {"tax": 10000.0, "land": 15.0}, ("B", "2023"): {"tax": 2.0}}
    assert codes(facts) == ["F034", "F034"]


def test_the_column_of_measures_may_be_called_like_the_units(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "园区,期间,指标,数值,单位\nA,2023,税收收入,1,亿元\n")
    assert rows(facts) == {("A", "2023"): {"tax": 10000.0}}


def test_a_period_may_be_given_for_the_whole_table(tmp_path: Path) -> None:
    assert set(rows(read_text(tmp_path, "unit,variable,value\nA,tax,1\n", period="2023Q2"))) == {("A", "2023Q2")}


def test_a_wrong_cell_is_told_at_its_row(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "unit,period,variable,value\nA,2023,land,1\nA,2023,tax,x\n")
    finding = only(facts, "F051")
    assert (finding.unit, finding.place, str(finding.origin)) == ("A", "tax", "facts.csv D3")


def test_an_unknown_variable_is_noted_once_with_its_rows(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "unit,period,variable,value\nA,2023,tax,1\nA,2023,xyz,1\nB,2023,xyz,1\n")
    assert only(facts, "F031").values["times"] == 2
