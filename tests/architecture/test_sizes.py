"""The report on sizes counts what it says it counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import sizes


def test_a_docstring_does_not_lengthen_a_function(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizes, "ROOT", tmp_path)
    path = tmp_path / "long.py"
    path.write_text('def told():\n    """One.\n\n    Two.\n    """\n    return 1\n', encoding="utf-8")
    assert sizes.function_sizes([path]) == [sizes.Size(2, "long.py:1 told")]
    assert sizes.file_sizes([path]) == [sizes.Size(6, "long.py")]


def test_the_ninetieth_percentile_is_the_size_that_nine_in_ten_do_not_pass() -> None:
    assert sizes.percentile([sizes.Size(lines, "") for lines in range(1, 11)], 0.9) == 9


def test_nothing_has_no_percentile() -> None:
    assert sizes.percentile([], 0.5) == 0
