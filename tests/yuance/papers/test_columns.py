"""Columns stand under each other whatever the width of their signs."""

from __future__ import annotations

from yuance.papers.columns import aligned, padded, width, wrapped


def test_a_chinese_sign_is_two_cells_wide() -> None:
    assert (width("园区A"), width("（一）"), width("e\u0301")) == (5, 6, 1)


def test_a_text_is_filled_up_on_either_side() -> None:
    assert (padded("园", 4), padded("园", 4, "right"), padded("园区", 2)) == ("园  ", "  园", "园区")


def test_columns_stand_under_each_other() -> None:
    lines = aligned([["园区", "得分"], ["甲", "9.50"], ["国家级乙", "100.00"]], ["left", "right"])
    assert lines == ["园区        得分", "甲          9.50", "国家级乙  100.00"]
    assert {width(line) for line in lines} == {16}


def test_a_long_text_breaks_and_is_indented() -> None:
    lines = wrapped("比较组的最高值与最低值都写在这里", 12, "  ")
    assert all(width(line) <= 12 for line in lines)
    assert lines[1].startswith("  ")
    assert "".join(line.strip() for line in lines) == "比较组的最高值与最低值都写在这里"


def test_a_figure_is_not_broken() -> None:
    assert any("12,345.678" in line for line in wrapped("税收收入 12,345.678 万元", 14))


def test_no_line_begins_with_a_closing_sign() -> None:
    assert not any(line[0] in "，。；）" for line in wrapped("一二三四五六，七八九（十）；百千万。", 12))
