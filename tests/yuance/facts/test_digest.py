"""The digest follows the content and nothing else."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from tests.yuance.facts.desk import VARIABLES, Rows, write_book, write_text
from yuance.facts.digest import digest_of
from yuance.facts.reading import facts_from_frame, read_facts

ROWS: Rows = [["unit", "period", "tax", "credit"], ["甲园", "2023", 0.1, "优"], ["乙园", "2023", None, "良"]]


def test_the_same_facts_have_the_same_digest_in_every_form(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {"unit": ["甲园", "乙园"], "period": ["2023", "2023"], "tax": [0.1, None], "credit": ["优", "良"]}
    )
    frame.write_parquet(tmp_path / "a.parquet")
    text = "unit,period,tax,credit\n甲园,2023,0.1,优\n乙园,2023,,良\n"
    long = "unit,period,variable,value\n甲园,2023,tax,0.1\n甲园,2023,credit,优\n乙园,2023,credit,良\n"
    files = [
        tmp_path / "a.parquet",
        write_text(tmp_path / "a.csv", text),
        write_text(tmp_path / "b.csv", text.replace(",", "\t"), "utf-16"),
        write_text(tmp_path / "c.csv", text, "gb18030"),
        write_text(tmp_path / "long.csv", long),
        write_book(tmp_path / "a.xlsx", {"一": ROWS}),
    ]
    digests = {read_facts(file, VARIABLES).digest for file in files}
    assert digests == {facts_from_frame(frame, VARIABLES).digest}


def test_a_gap_is_not_a_zero_and_a_digit_counts() -> None:
    frames = [pl.DataFrame({"x": [value]}, schema={"x": pl.Float64}) for value in (None, 0.0, 1.0, 1.0000000000000002)]
    frames.append(pl.DataFrame({"y": [1.0]}))
    assert len({digest_of(frame) for frame in frames}) == len(frames)


def test_text_cannot_be_shifted_between_cells() -> None:
    one, other = pl.DataFrame({"x": ["ab", "c"]}), pl.DataFrame({"x": ["a", "bc"]})
    assert digest_of(one) != digest_of(other)


def test_columns_count_in_the_order_of_their_names() -> None:
    frame = pl.DataFrame({"a": [1.0], "b": [2.0]})
    assert digest_of(frame) == digest_of(frame.select("b", "a"))


@given(
    st.lists(
        st.tuples(
            st.sampled_from("ABCDE"),
            st.sampled_from(["2022", "2023"]),
            st.floats(0, 1e6) | st.none(),
            st.floats(0, 1e6) | st.none(),
        ),
        min_size=1,
        unique_by=lambda row: row[:2],
    ),
    st.randoms(),
)
def test_the_order_of_rows_and_columns_never_changes_anything(rows: list[tuple[object, ...]], random: object) -> None:
    names = ["unit", "period", "tax", "land"]
    shuffled, columns = list(rows), list(names)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    random.shuffle(columns)  # type: ignore[attr-defined]
    types = {"unit": pl.String, "period": pl.String, "tax": pl.Float64, "land": pl.Float64}
    one = facts_from_frame(pl.DataFrame(rows, schema=types, orient="row"), VARIABLES)
    other = facts_from_frame(pl.DataFrame(shuffled, schema=types, orient="row").select(columns), VARIABLES)
    assert one.digest == other.digest
    assert one.table.equals(other.table)
    assert one.units.equals(other.units)
