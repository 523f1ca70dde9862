"""The models are the single description of the language's form."""

from __future__ import annotations

import math
import re
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter, ValidationError

from yuance.method import schema
from yuance.method.schema import TABLES, Table


def models() -> list[type[Table]]:
    def below(model: type[Table]) -> list[type[Table]]:
        return [model, *(deeper for part in model.__subclasses__() for deeper in below(part))]

    return below(Table)[1:]


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
class TestATable:
    def test_refuses_unknown_keys_and_never_changes(self, model: type[Table]) -> None:
        assert model.model_config["extra"] == "forbid"
        assert model.model_config["frozen"]

    def test_says_what_each_key_means_in_both_languages(self, model: type[Table]) -> None:
        for key, field in model.model_fields.items():
            if key == "by" and len(get_args(field.annotation)) == 1:
                continue  # the way itself
            chinese, _, english = str(field.description).partition(" / ")
            assert chinese, key
            assert english, key
            assert not re.search(r"[\u4e00-\u9fff]", english), key


def test_every_table_written_in_brackets_may_carry_a_note() -> None:
    assert all("note" in model.model_fields for model in TABLES.values())


def test_legal_references_stand_where_the_language_has_them() -> None:
    assert [name for name, model in TABLES.items() if "legal" not in model.model_fields] == ["grading"]


REFUSED = [True, "5", None, [5], {"a": 5}, math.nan]


@pytest.mark.parametrize("value", [*REFUSED, math.inf, 10**301])
def test_a_real_number_is_a_plain_number(value: Any) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(schema.Real).validate_python(value)


@pytest.mark.parametrize("value", [5, 5.5, -1, 0, 10**300])
def test_whole_and_broken_numbers_are_real(value: float) -> None:
    assert TypeAdapter(schema.Real).validate_python(value) == float(value)


@pytest.mark.parametrize("value", [*REFUSED, 2.0, 10**7])
def test_a_whole_number_is_nothing_else(value: Any) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(schema.Whole).validate_python(value)


@pytest.mark.parametrize("value", REFUSED)
def test_a_bound_may_be_infinite_but_must_be_a_number(value: Any) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(schema.Bound).validate_python(value)
    assert TypeAdapter(schema.Bound).validate_python(-math.inf) == -math.inf


@pytest.mark.parametrize("value", [2023, 2023.0, True, None, "去年", "2023"])
def test_a_day_is_a_date(value: Any) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(schema.Day).validate_python(value)


def test_a_way_of_scoring_is_told_by_its_name() -> None:
    score = TypeAdapter(schema.ScoreRule)
    assert score.validate_python({"by": "ratio", "base": "mean"}) == schema.Ratio(by="ratio", base="mean")
    names = {get_args(model.model_fields["by"].annotation)[0] for model in schema.ScoreTable.__subclasses__()}
    assert names == {
        "linear", "exponential", "ratio", "steps", "points", "rank", "percent-rank", "zscore", "given", "formula",
    }  # fmt: skip


def test_bounds_are_a_list_or_a_table() -> None:
    bounds = TypeAdapter(schema.BoundsPair)
    assert bounds.validate_python([0, math.inf]) == schema.Bounds(low=0, high=math.inf)
    assert bounds.validate_python({"low": 1}) == schema.Bounds(low=1)


def test_an_effect_does_something() -> None:
    for keys in ({"ranked": False}, {"score": 0}, {"grade": "x"}, {"grade_at_most": "x", "ranked": True}):
        assert schema.Effect.model_validate(keys)
    for nothing in ({}, {"ranked": True}):
        with pytest.raises(ValidationError):
            schema.Effect.model_validate(nothing)
