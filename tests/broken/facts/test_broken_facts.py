"""Every broken input of the shelf says what is wrong with it; no input brings out anything but our own errors."""

from __future__ import annotations

import io
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.broken.facts.shelf import FATAL, FOUND, Maker
from tests.yuance.facts.desk import VARIABLES, write_book
from yuance.errors import YuanceError
from yuance.facts.fault import FactsError
from yuance.facts.plausibility import judge
from yuance.facts.reading import facts_from_frame, read_facts


def name_of(maker: object) -> str:
    return getattr(maker, "__name__", "")


@pytest.mark.parametrize("maker", FATAL, ids=name_of)
def test_an_input_with_which_nothing_can_be_done_says_why(maker: Maker, tmp_path: Path) -> None:
    given_ = maker(tmp_path)
    with pytest.raises(FactsError) as caught:
        read_facts(given_.pop("paths"), VARIABLES, **given_)
    assert caught.value.faults
    for word in FATAL[maker]:
        assert word in str(caught.value)


@pytest.mark.parametrize("maker", FOUND, ids=name_of)
def test_an_input_with_a_fault_is_read_and_the_fault_is_told(maker: Maker, tmp_path: Path) -> None:
    given_ = maker(tmp_path)
    facts = read_facts(given_.pop("paths"), VARIABLES, **given_)
    findings = [*facts.findings, *judge(facts, VARIABLES, facts.table["period"].unique().to_list())]
    told = [finding.text() for finding in findings if finding.code == FOUND[maker][0]]
    assert told, [finding.text() for finding in findings]
    assert any(all(word in text for word in FOUND[maker]) for text in told), told
    assert "{" not in "".join(finding.text("en") + finding.text() for finding in findings)


@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx", "a.xls", "a.parquet", "a.txt"]))
def test_random_bytes_bring_out_only_our_own_errors(content: bytes, name: str) -> None:
    read_bytes(content, name)


@given(
    st.sampled_from([b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PAR1", b"\xff\xfe", b"\xef\xbb\xbf"]),
    st.binary(max_size=400),
)
def test_random_bytes_behind_a_true_beginning_bring_out_only_our_own_errors(start: bytes, content: bytes) -> None:
    read_bytes(start + content + start[:4], "a.xlsx")


def sound_workbook() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return write_book(
            Path(folder) / "a.xlsx", {"一": [["unit", "period", "tax"], ["A", 2023, 1.5], ["B", 2023, "—"]]}
        ).read_bytes()


WORKBOOK = sound_workbook()


@given(st.integers(0, len(WORKBOOK) - 1), st.binary(min_size=1, max_size=8))
def test_a_workbook_with_damaged_bytes_brings_out_only_our_own_errors(at: int, noise: bytes) -> None:
    read_bytes(WORKBOOK[:at] + noise + WORKBOOK[at + len(noise) :], "a.xlsx")


@given(
    st.integers(0, 3000),
    st.text(max_size=12),
    st.sampled_from(["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml", "xl/sharedStrings.xml"]),
)
@settings(max_examples=60)
def test_a_workbook_with_damaged_xml_brings_out_only_our_own_errors(at: int, noise: str, part: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(
                name, content[:at] + noise.encode("utf-8", "replace") + content[at + 5 :] if name == part else content
            )
    read_bytes(packed.getvalue(), "a.xlsx")


def read_bytes(content: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        with suppress(YuanceError):
            read_facts(path, VARIABLES, period="2023")


HEADS = [
    "unit",
    "period",
    "tax",
    "税收收入（亿元）",
    "land:target",
    "variable",
    "value",
    "kind",
    "rate",
    "platform",
    "credit",
    "",
    "序号",
    "合计",
    "单位：万元",
    "x",
]
CELLS = [
    "A",
    "B",
    "2023",
    "2023年三季度",
    "1",
    "1,5",
    "1,234",
    "—",
    "12%",
    "是",
    "合计",
    "注：x",
    "",
    "tax",
    "实际",
    "#REF!",
    "inf",
    "３",
    "2公顷",
    '"',
    "\n",
]


@given(
    st.lists(
        st.lists(st.sampled_from(HEADS + CELLS) | st.text(max_size=6), min_size=1, max_size=6), min_size=1, max_size=8
    ),
    st.sampled_from(",;\t"),
)
@settings(max_examples=200)
def test_random_tables_bring_out_only_our_own_errors(rows: list[list[str]], separator: str) -> None:
    text = "\n".join(separator.join(cell.replace("\ud800", "") for cell in row) for row in rows)
    read_bytes(text.encode("utf-8", "replace"), "a.csv")


@given(
    st.permutations(["unit", "period", "tax", "platform", "credit", "rate"]),
    st.lists(st.lists(st.sampled_from(CELLS), min_size=6, max_size=6), min_size=1, max_size=12),
)
@settings(max_examples=100)
def test_random_cells_below_a_sound_heading_bring_out_only_our_own_errors(
    heads: list[str], rows: list[list[str]]
) -> None:
    check_frame(pl.DataFrame(rows, schema=heads, orient="row"))


COLUMN = st.one_of(
    st.lists(st.floats() | st.none(), min_size=4, max_size=4).map(lambda cells: pl.Series(cells, dtype=pl.Float64)),
    st.lists(st.integers(-(2**40), 2**40) | st.none(), min_size=4, max_size=4).map(
        lambda cells: pl.Series(cells, dtype=pl.Int64)
    ),
    st.lists(st.booleans() | st.none(), min_size=4, max_size=4).map(lambda cells: pl.Series(cells, dtype=pl.Boolean)),
    st.lists(st.dates() | st.none(), min_size=4, max_size=4).map(lambda cells: pl.Series(cells, dtype=pl.Date)),
    st.lists(st.text(max_size=8) | st.none(), min_size=4, max_size=4).map(
        lambda cells: pl.Series(cells, dtype=pl.String)
    ),
    st.just(pl.Series([None] * 4)),
    st.just(pl.Series([[1], [2], None, [3]])),
)


@given(COLUMN, COLUMN, st.lists(COLUMN, min_size=5, max_size=5))
@settings(max_examples=100)
def test_frames_of_any_type_bring_out_only_our_own_errors(
    unit: pl.Series, period: pl.Series, columns: list[pl.Series]
) -> None:
    names = ["tax", "platform", "credit", "category", "其他"]
    check_frame(pl.DataFrame({"unit": unit, "period": period, **dict(zip(names, columns, strict=True))}))


def check_frame(frame: pl.DataFrame) -> None:
    try:
        facts = facts_from_frame(frame, VARIABLES)
    except YuanceError:
        return
    periods: list[Any] = facts.table["period"].unique().to_list()
    for finding in [*facts.findings, *judge(facts, VARIABLES, periods)]:
        assert finding.text()
    assert facts.table.select("unit", "period").is_unique().all()
    assert facts.table["unit"].is_in(facts.units["unit"].implode()).all()
