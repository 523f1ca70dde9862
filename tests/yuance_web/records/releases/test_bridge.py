from __future__ import annotations

import pytest

from tests.yuance_web.records.small_method import FILES
from yuance_web.records.releases import bridge


@pytest.mark.parametrize("name", ["method.toml", "cases/a.csv", "办法.toml"])
def test_names_of_a_methods_files_are_allowed(name: str) -> None:
    assert bridge.safe_name(name)


@pytest.mark.parametrize(
    "name", ["/etc/a.toml", "../a.toml", "a/../b.toml", "a/b/c.toml", "a.py", "a", "", "..\\a.toml"]
)
def test_names_that_lead_elsewhere_are_not(name: str) -> None:
    assert not bridge.safe_name(name)


def test_faults_come_with_file_line_key_cause_and_remedy() -> None:
    reading = bridge.read_files(
        {
            **FILES,
            "method.toml": FILES["method.toml"].replace("weight = { A = 60, B = 40 }", "weight = { A = -1, B = 40 }"),
        }
    )
    assert reading.method is None
    fault = reading.faults[0]
    assert (fault.file, fault.key.startswith("indicator[tax_per_mu].weight")) == ("method.toml", True)
    assert fault.line == FILES["method.toml"].split("\n").index("weight = { A = 60, B = 40 }") + 1


def test_doubts_do_not_stop_a_method() -> None:
    reading = bridge.read_files(FILES)
    assert reading.method is not None
    assert all(line.severity == "warning" for line in reading.warnings)


@pytest.mark.parametrize(
    ("period", "words"),
    [("2023Q4", "2023年第4季度"), ("2023", "2023年"), ("2023H2", "2023年下半年"), ("2023M09", "2023年9月"), ("?", "?")],
)
def test_periods_are_said_as_people_say_them(period: str, words: str) -> None:
    assert bridge.period_words(period) == words


def test_a_period_of_the_wrong_kind_is_told() -> None:
    method = bridge.read_files(FILES).method
    assert method is not None
    assert bridge.period_fault(method, "2023Q1") == ""
    assert "不是报告期" in bridge.period_fault(method, "23-1")
    assert "不评价" in bridge.period_fault(method, "2023")


def test_every_way_of_scoring_that_ships_is_said_in_words() -> None:
    for reference in bridge.shipped_references():
        method = bridge.read_files(bridge.files_of(reference)).method
        assert method is not None
        for indicator in method.indicators.values():
            said = bridge.score_words(indicator, method)
            assert said
            assert "None" not in said + bridge.treat_words(indicator) + bridge.missing_words(indicator, method)
