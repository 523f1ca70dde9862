"""Which categories a unit can fall into is found by trying what the rules tell apart."""

from __future__ import annotations

import pytest

from yuance.method.expression import parse
from yuance.method.reach import unreachable

ALL_NEAR = " and ".join(f"a{number} != '{letter}'" for number in range(9) for letter in "vwxyz")


@pytest.mark.parametrize(
    ("rules", "lost"),
    [
        (["level == '国家级'", "level == '省级'"], []),
        (["level == 'x'", "level == 'x'"], [1]),
        (["level == 'x'", "'x' == level"], [1]),
        (["level == 'x' or level == 'y'", "level == 'y'", "level == 'z'"], [1]),
        (["level == 'x' and level == 'y'", "level == 'x'"], [0]),
        (["level == 'x'", "level == 'x' and size > 5"], [1]),
        (["level == 'x' and size > 5", "level == 'x'"], []),
        (["size > 5", "size > 10"], [1]),
        (["size > 10", "size > 5"], []),
        (["size >= 5", "size == 5", "size < 5"], [1]),
        (["size < 5 and size > 5", "size != 5"], [0]),
        (["0 < size < 10", "5 < size < 8", "size <= 0"], [1]),
        (["1 > 2", "level == 'x'"], [0]),
        (["1 < 2", "level == 'x'"], [1]),
        (["1 < 2", None], [1]),
        (["level == 'x'", None, None], []),
        (["level == 'x'", "not level == 'x'"], []),
        (["level == 'x'", "level != 'x'", "is_missing(level)"], []),
        (["level == 'x'", "not level == 'x'", "is_missing(level)", None], [3]),
        (["is_missing(level)", "is_missing(level) and size > 5"], [1]),
        (["(level == 'x') if size > 5 else (level == 'y')", "level == 'x' and size > 6"], [1]),
        (["level == kind", "level == kind"], []),
        (["size * 2 > 5", "size > 5"], []),
        (["size + 1 > 5 and size < 1", "level == 'x' and level == 'y'"], [1]),
        ([ALL_NEAR, ALL_NEAR], []),
        ([], []),
    ],
)
def test_categories_that_no_unit_falls_into(rules: list[str | None], lost: list[int]) -> None:
    assert unreachable([None if rule is None else parse(rule) for rule in rules]) == lost
