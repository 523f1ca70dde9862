"""A unit's category comes from the method's rule over its attributes, or else from its own column (园区分类)."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from tests.yuance.loop.evaluation.building import column, facts, method, scored
from yuance.loop.evaluation import EvaluationError, evaluate
from yuance.loop.evaluation.categorise import (
    as_used,
    categorised,
    missing_attributes,
    wanted_attributes,
)
from yuance.loop.evaluation.value import attribute_kinds
from yuance.method import Method

RULES = [
    {"id": "A", "when": "level == '国家级'"},
    {"id": "B", "when": "level == '省级' or area >= 10"},
    {"id": "C"},
]


def of(*categories: dict[str, Any], value: str = "x", **more: Any) -> Method:
    header = {"attributes": ["level", "area", "code"], **more.pop("method", {})}
    indicator = {"id": "i", "value": value, "score": {"by": "given"}}
    return method(method=header, variables="x", indicator=[indicator], **({"category": list(categories)} if categories else {}), **more)  # fmt: skip


def units(**columns: list[Any]) -> pl.DataFrame:
    count = len(next(iter(columns.values())))
    names = [f"u{number + 1}" for number in range(count)]
    frame = pl.DataFrame({"unit": names, "name": names, "category": [None] * count, **columns})
    return frame.with_columns(pl.col("category").cast(pl.String))


def categories(of: Method, table: pl.DataFrame) -> list[str | None]:
    return categorised(table, of)[0].sort("unit").get_column("category").to_list()


def test_without_categories_everybody_is_in_one() -> None:
    assert categories(of(), units(category=["Z", None])) == ["all", "all"]


def test_without_rules_the_own_column_decides() -> None:
    assert categories(of({"id": "A"}, {"id": "B"}), units(category=["B", "A"])) == ["B", "A"]


def test_a_rule_over_attributes_decides_and_the_first_that_holds_wins() -> None:
    table = units(level=["国家级", "省级", "县级", "国家级"], area=[1.0, 2.0, 30.0, 40.0])
    assert categories(of(*RULES), table) == ["A", "B", "B", "A"]


def test_a_rule_goes_before_the_own_column_which_serves_where_no_rule_holds() -> None:
    table = units(category=["C", "C"], level=["国家级", "县级"], area=[1.0, 2.0])
    assert categories(of(*RULES), table) == ["A", "C"]


def test_a_rule_about_something_missing_does_not_hold() -> None:
    table = units(category=["C", "C"], level=["省级", None], area=[None, None]).cast({"area": pl.Float64})
    assert categories(of(*RULES), table) == ["B", "C"]


@pytest.mark.parametrize("stated", ["Z", None])
def test_a_unit_without_a_category_of_the_method_is_an_error_and_not_ranked(stated: str | None) -> None:
    found = scored(
        of({"id": "A"}, {"id": "B"}), [{"x": 1}, {"x": 2}], units={"u1": {"category": "A"}, "u2": {"category": stated}}
    )
    assert column(found, "status") == ["ranked", "not-ranked"]
    (finding,) = [note for note in found.notes if note.severity == "error"]
    assert (finding.code, finding.unit, finding.place) == ("E101", "u2", "category")
    assert "A、B" in finding.text("zh")


def test_an_attribute_that_nobody_gave_is_named() -> None:
    whole = of(*RULES)
    assert wanted_attributes(whole) == {"level", "area"}
    faults = missing_attributes(units(area=[1.0]), whole)
    assert [fault.values["name"] for fault in faults] == ["level"]
    with pytest.raises(EvaluationError) as caught:
        evaluate(facts([{"x": 1}], whole, units={"u1": {"area": 1.0}}), whole)
    assert [fault.values["name"] for fault in caught.value.faults] == ["level"]


def test_adjustments_vetoes_and_checks_may_want_attributes_too() -> None:
    whole = of(
        adjustment=[{"id": "a", "points": "area"}],
        veto=[{"id": "v", "when": "level == '县级'", "effect": {"ranked": False}}],
        check=[{"id": "c", "rule": "code != '0'", "severity": "error"}],
    )
    assert wanted_attributes(whole) == {"area", "level", "code"}


def test_a_code_that_looks_like_a_number_is_compared_as_text() -> None:
    used = as_used(units(code=[530112, 530113]), of({"id": "A", "when": "code == '530112'"}, {"id": "B"}))
    assert used.get_column("code").to_list() == ["530112", "530113"]


def test_a_number_that_was_read_as_text_is_reckoned_with_and_what_is_none_is_missing() -> None:
    used = as_used(units(area=["12.5", "大"]), of(value="x / area"))
    assert used.get_column("area").to_list() == [12.5, None]
    by_rule = as_used(units(area=["12.5"]), of({"id": "A", "when": "area >= 10"}, {"id": "B"}))
    assert by_rule.get_column("area").to_list() == [12.5]


def test_an_attribute_that_no_formula_uses_stays_as_it_is() -> None:
    used = as_used(units(code=[1], area=["12"]), of(*RULES[:1], RULES[2]))
    assert used.select("code", "area").row(0) == (1, "12")


def test_attributes_are_numbers_or_text() -> None:
    kinds = attribute_kinds(units(level=["省级"], area=[1.5], code=[1]))
    assert (kinds["level"], kinds["area"], kinds["code"]) == ("text", "number", "number")
