"""Files are read together, what is wrong with them as files is told, and every key keeps its file and line."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.yuance.method.drafts import HEAD, INDICATOR, TAX, write
from yuance.method.sources import DEEPEST, LARGEST, FileFault, read_document, read_text, read_toml


def codes(folder: Path, *texts: str) -> list[str]:
    files = [write(folder, text, f"{number}.toml") for number, text in enumerate(texts)]
    return [fault.code for fault in read_document(files)[1]]


def test_tables_of_the_same_name_are_joined_over_all_files(tmp_path: Path) -> None:
    files = [
        write(tmp_path, HEAD + TAX, "a.toml"),
        write(tmp_path, "[method.rounding]\ndigits = 1\n" + INDICATOR, "b.toml"),
        write(
            tmp_path,
            '[method]\nunit = "city"\n[method.rounding]\nmode = "up"\n' + INDICATOR.replace('"a"', '"b"'),
            "c.toml",
        ),
    ]
    document, faults = read_document(files)
    assert not faults
    assert document.tables["method"] == {
        "id": "m", "version": "1", "unit": "city", "rounding": {"digits": 1, "mode": "up"},
    }  # fmt: skip
    assert [item["id"] for item in document.tables["indicator"]] == ["a", "b"]
    assert str(document.place("method", 0, "rounding", "mode")) == "c.toml:4 method.rounding.mode"
    assert str(document.place("indicator", 1, "value")) == "c.toml:7 indicator[b].value"
    assert str(document.place("indicator", 0, "score", "by")) == "b.toml:3 indicator[a].score.by"


def test_a_table_that_is_absent_is_placed_in_the_file_of_the_head(tmp_path: Path) -> None:
    alone, _ = read_document([write(tmp_path, TAX, "a.toml")])
    assert str(alone.place("method")) == "a.toml method"
    several, _ = read_document([write(tmp_path, TAX, "a.toml"), write(tmp_path, "", "method.toml")])
    assert str(several.place("grade")) == "method.toml grade"
    neither, _ = read_document([write(tmp_path, TAX, "a.toml"), write(tmp_path, "", "b.toml")])
    assert str(neither.place("grade")) == "grade"


def test_a_place_names_a_table_by_id_or_name_and_a_list_by_number(tmp_path: Path) -> None:
    text = '[[case]]\nname = "算例"\npeers = [\n {a = 1}]\n[[grade]]\n[[check]]\nid = "' + "x" * 99 + '"\n'
    document, _ = read_document([write(tmp_path, text)])
    assert document.path("case", 0, "peers", 0, "a") == "case[算例].peers[1].a"
    assert document.path("case", 0, "expect", "a.score") == 'case[算例].expect."a.score"'
    assert document.path("grade", 0, "name") == "grade[1].name"
    assert document.path("check", 0) == "check[1]"
    assert document.place("case", 0, "peers", 0, "a").line == 4


def test_what_is_written_twice_is_told_with_both_places(tmp_path: Path) -> None:
    files = [write(tmp_path, HEAD, "a.toml"), write(tmp_path, '[method]\nid = "m"\n', "b.toml")]
    (fault,) = read_document(files)[1]
    assert (fault.code, str(fault.place)) == ("M005", "b.toml:2 method.id")
    assert "a.toml:2" in fault.text()


@pytest.mark.parametrize(
    "second", ["variable = 5\n", '[variable]\nid = "x"\n', "method = []\n", "[method]\nid = { a = 1 }\n", "[[method]]\n"]
)  # fmt: skip
def test_a_table_in_another_form_is_told(second: str, tmp_path: Path) -> None:
    assert codes(tmp_path, HEAD + TAX, second) == ["M005"]


def test_one_broken_file_does_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "bytes.toml").write_bytes(b"\xff")
    files = [
        tmp_path / "folder.toml",
        tmp_path / "bytes.toml",
        write(tmp_path, "a = ", "c.toml"),
        write(tmp_path, HEAD, "d.toml"),
    ]
    document, faults = read_document(files)
    assert [(fault.code, fault.place.file) for fault in faults] == [
        ("M007", "folder.toml"),
        ("M003", "bytes.toml"),
        ("M002", "c.toml"),
    ]
    assert document.tables["method"]["id"] == "m"


def test_a_file_of_enormous_size_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "huge.toml"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(FileFault, match="M006"):
        read_text(path)


def test_byte_order_mark_and_windows_line_ends_are_no_matter(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_bytes(b"\xef\xbb\xbfa = 1\r\nb = 2\r\n")
    assert read_text(path) == "a = 1\nb = 2\n"


def test_the_line_that_cannot_be_decoded_is_named(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_bytes("a = 1\nb = '税收'\n".encode("gb18030"))
    with pytest.raises(FileFault) as refusal:
        read_text(path)
    assert refusal.value.fault.place.line == 2


@pytest.mark.parametrize(
    ("text", "line"), [("a = 1\nb = 'x\n", 2), ("a = 1\n\nb = [1,\n2\n", 4), ("a = 1\na = 2\n", 2), ("\n\n[a\n", 3)]
)
def test_the_line_that_is_not_toml_is_named(text: str, line: int, tmp_path: Path) -> None:
    with pytest.raises(FileFault) as refusal:
        read_toml(tmp_path / "m.toml", text)
    assert refusal.value.fault.place.line == line


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100_000,
        "a = " + "[" * 300 + "]" * 300,
        "a." * 100_000 + "a = 1",
        '"a".' * 100_000 + "a = 1",
        "[" + "a." * 100_000 + "a]",
        "a = " + "{a = " * 200 + "1" + "}" * 200,
        ".".join("a" * (DEEPEST + 1)) + " = 1",
    ],
    ids=["open lists", "lists", "dotted key", "quoted key", "heading", "inline tables", "one too many"],
)
def test_tables_in_tables_without_end_are_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(FileFault, match="层次过深"):
        read_toml(tmp_path / "m.toml", text)


def test_long_words_and_many_points_in_texts_are_no_keys(tmp_path: Path) -> None:
    text = f'note = "{"word " * 1000}{"a.b " * 60}"\nname = "{"x" * 100_000}"\n'
    assert read_toml(tmp_path / "m.toml", text) == tomllib.loads(text)


@pytest.mark.parametrize("number", ["9" * 5000, "0x" + "f" * 5000])
def test_whole_numbers_of_thousands_of_digits_are_refused(number: str, tmp_path: Path) -> None:
    with pytest.raises(FileFault, match="位数过多"):
        read_toml(tmp_path / "m.toml", f"a = {number}\n")
