"""The line of a key is the line it is written on, whatever stands around it."""

from __future__ import annotations

import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from yuance.method.lines import KeyPath, key_lines

# Values, and where in them parts begin a line of their own: (path behind the key, lines below the key).
VALUES: list[tuple[str, list[tuple[KeyPath, int]]]] = [
    ("1", []),
    ('"plain"', []),
    ("'single # [ { \" '", []),
    ('"escaped \\" # [ \\\\"', []),
    ("2023-01-01 10:00:00", []),
    ("[]", []),
    ("{ a = 1, b.c = [1, { d = 2 }] }", []),
    ('"""\n# no comment\n[no.heading]\nkey = 1\n"""', []),
    ('"""ends in quotes"""""', []),
    ("'''\n[[neither]]\n'''", []),
    ("[\n  1, # one ] \n\n  2,\n]", [((0,), 1), ((1,), 3)]),
    ("[ [1, 2],\n  [3,\n 4] ]", [((1,), 1), ((1, 1), 2)]),
    ('[\n  { a = 1, "x.y" = [\n 5 ] },\n  "a ] b",\n]', [((0,), 1), ((0, "x.y", 0), 2), ((1,), 3)]),
    ("{ a = [\n1,\n2 ], b = 3 }", [(("a", 0), 1), (("a", 1), 2), (("b",), 2)]),
]
KEYS = [("a",), ("b_c",), ("1",), ("名",), ("x y",), ("d", "e")]


def _written(key: tuple[str, ...]) -> str:
    return ".".join(part if part.isascii() and part.replace("_", "").isalnum() else f'"{part}"' for part in key)


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, dict[KeyPath, int]]:
    """A document, and the line of each key as it was written down."""
    text, expected = "", dict[KeyPath, int]()
    counts: dict[str, int] = {}
    for number in range(draw(st.integers(0, 6))):
        prefix: KeyPath = ()
        if number:
            text += draw(st.sampled_from(["", "\n", "# [comment]\n", "  \n\n"]))
            name = draw(st.sampled_from(["one", "two"])) if draw(st.booleans()) else f"single{number}"
            line = text.count("\n") + 1
            if name.startswith("single"):
                text += draw(st.sampled_from([f"[{name}]\n", f"  [ {name} ] # x\n", f"['{name}']\n"]))
                prefix = (name,)
            else:
                counts[name] = counts.get(name, 0) + 1
                text += f"[[{name}]]\n"
                prefix = (name, counts[name] - 1)
            expected[prefix] = line
            if draw(st.booleans()):
                expected[(*prefix, "sub")] = text.count("\n") + 1
                path = ".".join(str(part) for part in prefix if isinstance(part, str))
                text += f"[{path}.sub]\n"
                prefix = (*prefix, "sub")
        for key in draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=4)):
            value, parts = draw(st.sampled_from(VALUES))
            line = text.count("\n") + 1
            expected[prefix + key] = line
            expected.update({prefix + key + path: line + below for path, below in parts})
            text += (
                draw(st.sampled_from(["", "  "]))
                + f"{_written(key)} = {value}"
                + draw(st.sampled_from(["\n", " # end\n"]))
            )
    return text, expected


def _paths(content: Any, path: KeyPath = ()) -> set[KeyPath]:
    items = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    return {path} | {deeper for key, value in items for deeper in _paths(value, (*path, key))}


@given(documents())
def test_every_key_has_the_line_it_was_written_on(document: tuple[str, dict[KeyPath, int]]) -> None:
    text, expected = document
    found = key_lines(text)
    assert {path: found.get(path) for path in expected} == expected
    assert set(found) <= _paths(tomllib.loads(text))


def test_an_array_of_tables_is_counted_where_it_is_passed_through() -> None:
    lines = key_lines("[[case]]\n[[case.peers]]\na = 1\n[[case.peers]]\nb = 1\n[[case]]\n[[case.peers]]\nc = 1\n")
    assert lines["case", 0, "peers", 1, "b"] == 5
    assert lines["case", 1, "peers", 0, "c"] == 8


def test_escapes_in_a_key_are_read_as_the_standard_reader_reads_them() -> None:
    assert key_lines('"\\u7a0e" = 1\n') == {("税",): 1}


def test_many_lines_take_no_more_than_their_time() -> None:
    text = "".join(f"k{number} = 1\n" for number in range(50_000))
    assert key_lines(text)["k49999",] == 50_000


def test_nesting_deeper_than_the_stack_is_passed() -> None:
    assert key_lines("a = " + "[" * 400 + "]" * 400 + "\nb = 1\n")["b",] == 2
