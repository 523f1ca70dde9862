"""A measure in a heading is converted or refused, never ignored."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.yuance.facts.desk import codes, only, read_text, value


@pytest.mark.parametrize(
    ("head", "column", "expected"),
    [
        ("税收收入（亿元）", "tax", 30000.0),
        ("税收收入（元）", "tax", 0.0003),
        ("税收收入（万元）", "tax", 3.0),
        ("已供用地（公顷）", "land", 45.0),
        ("已供用地（平方公里）", "land", 4500.0),
        ("研发强度（‰）", "rate", 0.3),
        ("从业人员（万人）", "people", 30000.0),
        ("规上企业数（户）", "firms", 3.0),
        ("能源消费量（万吨标准煤）", "coal", 30000.0),
        ("亩均税收（亿元/平方公里）", "per_mu", 20.0),
    ],
)
def test_a_sister_measure_is_converted(tmp_path: Path, head: str, column: str, expected: float) -> None:
    assert value(read_text(tmp_path, f"unit,period,{head}\nA,2023,3\n"), "A", "2023", column) == pytest.approx(
        expected, rel=1e-15
    )


def test_a_conversion_is_noted_with_its_factor(tmp_path: Path) -> None:
    finding = only(read_text(tmp_path, "unit,period,税收收入（亿元）\nA,2023,3\n"), "F034")
    assert (finding.severity, finding.place, str(finding.origin)) == ("note", "tax", "facts.csv C1")
    assert "10,000" in finding.text()


@pytest.mark.parametrize(
    "head", ["税收收入（万美元）", "税收收入（亩）", "税收收入（%）", "税收收入（箱）", "能源消费量（万千瓦时）"]
)
def test_any_other_measure_is_refused(tmp_path: Path, head: str) -> None:
    facts = read_text(tmp_path, f"unit,period,{head},land\nA,2023,3,1\n")
    assert only(facts, "F035").severity == "error"
    assert facts.table.columns == ["unit", "period", "land"]


@pytest.mark.parametrize("head", ["税收收入（累计）", "税收收入（全口径）", "税收收入（必填）"])
def test_a_remark_is_no_measure(tmp_path: Path, head: str) -> None:
    facts = read_text(tmp_path, f"unit,period,{head}\nA,2023,3\n")
    assert value(facts, "A", "2023", "tax") == 3
    assert codes(facts) == []


def test_a_variable_without_a_prescribed_measure_is_taken_as_it_stands(tmp_path: Path) -> None:
    facts = read_text(tmp_path, "unit,period,贷款比例（倍）\nA,2023,3\n")
    assert value(facts, "A", "2023", "share") == 3
    assert codes(facts) == ["F036"]
