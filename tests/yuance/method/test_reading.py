"""A method is found by path or by name, read whole or refused whole, and known by its content."""

from __future__ import annotations

import random
import re
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.methods.known_answers import EXAMPLES, SHIPPED
from tests.yuance.method.drafts import CASE, HEAD, INDICATOR, LAND, SOUND, TAX, indicator, read, write
from yuance.errors import Fault
from yuance.method import MethodError, available, read_method
from yuance.method.reading import digest, locate

KEPT = sorted(path.parent for path in [*SHIPPED.glob("*/*/method.toml"), *EXAMPLES.glob("*/method.toml")])
TEXTS = ["\n".join(file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.toml"))) for folder in KEPT]
PIECES = [piece for text in TEXTS for piece in re.split(r"(?m)^(?=\[)", text) if piece.strip()]
TOKEN = re.compile(r'"[^"\n]*"|[\w.]+|[^\w\s]|\s+')
JUNK = [
    "5",
    "-1",
    '"x"',
    "true",
    "[]",
    "{}",
    "[1, 2]",
    "nan",
    "inf",
    "2023-01-01",
    "10:00:00",
    '"tax +"',
    '{ by = "rank" }',
    "[[1]]",
    '"\\u0000"',
    "[{}]",
]


def readable_or_refused(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "m.toml"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        assert all(str(fault) for fault in _said(path))


def _said(path: Path) -> Sequence[Fault]:
    """Everything that reading a method has to say."""
    try:
        return read_method(path).warnings
    except MethodError as error:
        return error.faults


@given(st.text() | st.text("[]{}=,.\"'#\n abmethodindicator0123"))
def test_any_text_is_a_method_or_refused(text: str) -> None:
    readable_or_refused(text)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_method_or_refused(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "m.toml"
        path.write_bytes(data)
        with pytest.raises(MethodError):
            read_method(path)


@st.composite
def altered(draw: st.DrawFn) -> str:
    """Some tables of the shipped methods with tokens and lines deleted, doubled and replaced."""
    pieces = draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6))
    chance = random.Random(draw(st.integers(0, 2**32)))
    text = HEAD + TAX + "\n".join(pieces)
    for _ in range(draw(st.integers(1, 4))):
        tokens = TOKEN.findall(text)
        at, kind = chance.randrange(len(tokens)), chance.randrange(4)
        values = list(re.finditer(r"(?<== )[^\n]+", text))
        if kind == 0 and values:
            match = chance.choice(values)
            text = text[: match.start()] + chance.choice(JUNK) + text[match.end() :]
            continue
        if kind == 1:
            tokens[at] = chance.choice(tokens)
        elif kind == 2:
            tokens.insert(at, tokens[at])
        else:
            del tokens[at]
        text = "".join(tokens)
    return text


@settings(max_examples=300)
@given(altered())
def test_any_altered_method_is_read_or_refused(text: str) -> None:
    readable_or_refused(text)


@st.composite
def arranged(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A kept method's text, and the same content in several files in another order, with other layout and comments."""
    folder = draw(st.sampled_from(KEPT))
    texts = [file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.toml"))]
    pieces = [piece for text in texts for piece in re.split(r"(?m)^(?=\[\[?(?!case)\w+\]\]?)", text) if piece.strip()]
    pieces = [re.split(r"(?m)^\[\[?case", piece)[0] for piece in pieces]
    ordered = [piece for piece in pieces if piece.startswith(("[[category]]", "[[grade]]"))]
    free = draw(st.permutations([piece for piece in pieces if piece not in ordered and piece.startswith("[")]))
    spaced = [f"# note\n\n{piece}\n   # end\n" for piece in [*free, *ordered]]
    cut = draw(st.integers(0, len(free)))
    return "\n".join(pieces), ["\n".join(spaced[:cut]), "\n".join(spaced[cut:])]


@settings(max_examples=40)
@given(arranged())
def test_the_digest_does_not_hang_on_layout_order_or_files(pair: tuple[str, list[str]]) -> None:
    whole, parts = pair
    with tempfile.TemporaryDirectory() as folder:
        one = write(Path(folder), whole, "one.toml")
        (Path(folder) / "b").mkdir()
        for number, text in enumerate(parts):
            write(Path(folder) / "b", text, f"{number}.toml")
        assert read_method(one).digest == read_method(Path(folder) / "b").digest


@pytest.mark.parametrize("folder", KEPT, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_digest_changes_with_any_value(folder: Path) -> None:
    tables = tomllib.loads("\n".join(file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.toml"))))
    before = digest(tables)
    changed = {before}
    count = 1
    for name, table in tables.items():
        for item in (table if isinstance(table, list) else [table]) if name != "case" else []:
            for key in list(item):
                value = item[key]
                item[key] = f"{value} changed"
                changed.add(digest(tables))
                item[key] = value
                count += 1
    assert len(changed) == count
    assert digest(tables) == before


def test_the_order_of_categories_and_grades_counts(tmp_path: Path) -> None:
    grades = ['[[grade]]\nname = "A"\n', '[[grade]]\nname = "B"\n']
    tables = [tomllib.loads(SOUND + "".join(order)) for order in (grades, grades[::-1])]
    assert digest(tables[0]) != digest(tables[1])


def test_cases_do_not_count_in_the_digest(tmp_path: Path) -> None:
    assert read(tmp_path, SOUND).digest == read(tmp_path, SOUND.replace(CASE, "")).digest


def test_every_method_that_is_kept_is_read() -> None:
    for folder in KEPT:
        method = read_method(folder)
        assert method.folder == folder
        assert re.fullmatch(r"[0-9a-f]{64}", method.digest)


def test_a_shipped_method_is_found_by_name_and_where_there_is_one_version_by_id() -> None:
    assert read_method("kunming-parks@2023-trial").reference == "kunming-parks@2023-trial"
    assert read_method("undp-hdi").reference == "undp-hdi@2022"
    with pytest.raises(MethodError, match="M001"):
        read_method("mu-benefit-huangyan")  # there are two


def test_methods_of_ones_own_are_found_and_come_first(tmp_path: Path) -> None:
    write(tmp_path, SOUND, "alone.toml")
    for place, texts in {
        "folder": [SOUND.replace('"m"', '"f"'), LAND],
        "two": [SOUND.replace('"m"', '"t1"'), SOUND.replace('"m"', '"t2"')],
        "kunming-parks/2023": [SOUND.replace('"m"', '"kunming-parks"').replace('"1"', '"2023-trial"')],
    }.items():
        (tmp_path / place).mkdir(parents=True)
        for number, text in enumerate(texts):
            write(tmp_path / place, text, f"{number}.toml")
    found = available([tmp_path])
    assert {"m@1", "f@1", "t1@1", "t2@1"} <= set(found)
    assert found["f@1"] == tmp_path / "folder"
    assert found["t2@1"] == tmp_path / "two" / "1.toml"
    assert set(read_method("f@1", search=[tmp_path]).variables) == {"tax", "land"}
    assert read_method("kunming-parks@2023-trial", search=[tmp_path]).indicators.keys() == {"a"}


def test_broken_files_beside_a_method_do_not_hide_it(tmp_path: Path) -> None:
    write(tmp_path, SOUND, "good.toml")
    write(tmp_path, "a = " + "[" * 5000, "deep.toml")
    write(tmp_path, "[method]\nid = 5\nversion = []\n", "odd.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "folder.toml").mkdir()
    assert set(available([tmp_path])) - set(available()) == {"m@1"}
    assert available([tmp_path / "nowhere"]) == available()


@pytest.mark.parametrize("reference", ["", "nobody@1", "a" * 5000, "a\0b", "no/such/path.toml"])
def test_what_is_not_there_is_not_found(reference: str) -> None:
    with pytest.raises(MethodError) as refusal:
        read_method(reference)
    assert [fault.code for fault in refusal.value.faults] == ["M001"]


def test_a_folder_without_methods_and_a_file_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(MethodError, match="M004"):
        read_method(tmp_path)
    table = tmp_path / "facts.csv"
    table.write_text("unit,period\na,2023\n", encoding="utf-8")
    with pytest.raises(MethodError, match="M002"):
        read_method(table)


def test_a_folder_is_read_as_one_method(tmp_path: Path) -> None:
    write(tmp_path, HEAD, "b.toml")
    write(tmp_path, TAX, "c.toml")
    write(tmp_path, INDICATOR, "a.toml")
    files, folder = locate(tmp_path)
    assert [file.name for file in files] == ["a.toml", "b.toml", "c.toml"]
    assert folder == tmp_path
    assert read_method(tmp_path).indicators["a"].value == "tax"


def test_attributes_that_the_facts_have_need_no_declaration(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + TAX + indicator(value="tax / area"))
    with pytest.raises(MethodError, match="M212"):
        read_method(path)
    assert read_method(path, attributes=["area"]).indicators["a"].value == "tax / area"


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    first, second = read(tmp_path, SOUND), read(tmp_path, SOUND)
    assert (first.header, first.indicators, first.digest) == (second.header, second.indicators, second.digest)
