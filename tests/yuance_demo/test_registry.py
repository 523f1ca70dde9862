from __future__ import annotations

from yuance_demo.registry import INVENTED, PUBLIC, WORKED_OUT, anchors, parks, read_table


def test_nineteen_parks_have_codes_names_and_one_of_three_categories() -> None:
    found = parks()
    assert len(found) == 19
    assert len({park.unit for park in found}) == len({park.name for park in found}) == 19
    assert {park.category for park in found} == {"A", "B", "C"}
    assert all(park.source for park in found)


def test_only_the_resort_has_no_industry() -> None:
    assert [park.short_name for park in parks() if not park.has_industry] == ["滇池度假区"]


def test_every_profile_is_marked_as_invented() -> None:
    assert {row["mark"] for row in read_table("profiles.csv")} == {INVENTED}


def test_every_public_figure_has_its_source_and_its_mark() -> None:
    figures = read_table("public_figures.csv")
    assert {row["mark"] for row in figures} == {PUBLIC}
    assert all(row["source"] for row in figures)


def test_every_anchor_says_whether_it_was_printed_or_worked_out() -> None:
    found = anchors()
    assert {anchor.mark for anchor in found} == {PUBLIC, WORKED_OUT}
    assert all(anchor.source and anchor.note for anchor in found)


def test_printed_anchors_agree_with_the_table_of_public_figures() -> None:
    printed = {(row["unit"], row["value"]) for row in read_table("public_figures.csv")}
    in_hundred_millions = {
        "revenue",
        "industrial_output",
        "leading_industry_output",
        "outside_capital",
        "fixed_investment",
    }
    for anchor in anchors():
        if anchor.mark == PUBLIC and anchor.variable != "provincial_honours":
            value = anchor.value / 10_000 if anchor.variable in in_hundred_millions else anchor.value
            assert (anchor.unit, f"{value:g}") in printed, anchor
