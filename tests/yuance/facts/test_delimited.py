"""CSV in every encoding and with every separator that offices use."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.yuance.facts import desk
from tests.yuance.facts.desk import VARIABLES, read_text, rows, write_text
from yuance.facts import delimited
from yuance.facts.delimited import find_separator
from yuance.facts.reading import read_facts

TEXT = "园区,期间,税收收入\n高新区,2023,1.5\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"])
def test_every_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    facts = read_facts(write_text(tmp_path / "a.csv", TEXT, encoding), VARIABLES)
    assert rows(facts) == {("高新区", "2023"): {"tax": 1.5}}


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_every_usual_separator_is_found(tmp_path: Path, separator: str) -> None:
    assert rows(read_text(tmp_path, TEXT.replace(",", separator))) == {("高新区", "2023"): {"tax": 1.5}}


def test_a_separator_within_quotes_does_not_mislead() -> None:
    assert find_separator('a;b\n"1,2";3\n"4,5";6\n') == ";"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_is_read(tmp_path: Path, ending: str) -> None:
    assert rows(read_text(tmp_path, TEXT.replace("\n", ending))) == {("高新区", "2023"): {"tax": 1.5}}


def test_quoted_cells_may_hold_separators_and_lines(tmp_path: Path) -> None:
    facts = read_text(tmp_path, 'unit,period,"税收收入\n（亿元）"\n"A",2023,"1,234.5"\n')
    assert rows(facts) == {("A", "2023"): {"tax": 12345000.0}}


def test_short_rows_lack_their_last_cells(tmp_path: Path) -> None:
    assert rows(read_text(tmp_path, "unit,period,tax,land\nA,2023,1\n")) == {("A", "2023"): {"tax": 1.0}}


@pytest.mark.parametrize("note", ["", "\n", 'x"y'])
def test_large_files_are_read_alike_by_either_reader(
    tmp_path: Path, note: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [f'U{number},2023,"{number:,}",{number / 7}' for number in range(500)]
    text = "unit,period,tax,land\n" + "\n".join(lines) + f"\n{note}"
    careful = desk.read_text(tmp_path, text)
    monkeypatch.setattr(delimited, "LARGE", 10)
    quick = desk.read_text(tmp_path, text)
    assert quick.digest == careful.digest
    assert quick.origins.place("U7", "2023", "tax") == careful.origins.place("U7", "2023", "tax")
