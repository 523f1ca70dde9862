"""The tables of a document by kind."""

from __future__ import annotations

from yuance.method import schema
from yuance.method.form import read_tables
from yuance.method.sources import Document
from yuance.method.tables import Tables


def tables(**content: object) -> Tables:
    document = Document(tables=content, files=("m.toml",))
    return Tables(document, read_tables(document)[0], frozenset({"level"}))


def test_tables_are_sorted_by_kind_and_keep_their_order() -> None:
    found = tables(
        method={"id": "m", "version": "1", "attributes": ["area"]},
        dimension=[{"id": "d"}, {"id": "e", "parent": "d"}],
        indicator=[{"id": "a", "value": "1"}],
        variable=[{"id": "tax"}],
    )
    assert found.header is not None
    assert [item.id for item in found.dimensions] == ["d", "e"]
    assert found.node_ids == {"a", "d", "e"}
    assert set(found.vocabulary.variables) == {"tax"}
    assert found.vocabulary.attributes == {"area", "level"}


def test_a_method_without_categories_has_one() -> None:
    assert tables().category_ids == ("all",)
    assert tables(category=[{"id": "A"}, {"id": "B"}]).category_ids == ("A", "B")


def test_grading_has_its_defaults() -> None:
    assert tables().grading == schema.Grading()
    assert tables(grading={"within": "category", "note": "x"}).grading.within == "category"


def test_what_is_written_can_be_told_from_what_stands_in_for_it() -> None:
    found = tables(indicator=[{"id": 5, "value": "1"}], method={"id": "m", "version": "1"})
    assert found.as_written("indicator", 0, "id") == 5
    assert found.as_written("indicator", 1, "id") is None
    assert found.as_written("method", 0, "id") == "m"
    assert found.as_written("grade", 0, "name") is None


def test_a_fault_knows_its_place() -> None:
    fault = tables(method={"id": "m", "version": "1"}).fault("M320", "method", 0, "in_force")
    assert str(fault.place) == "m.toml method.in_force"
