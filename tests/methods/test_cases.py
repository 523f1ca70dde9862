"""Every method that ships and every example reads without an error, says its status honestly and passes its cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.methods.known_answers import EXAMPLES, SHIPPED
from yuance.loop.evaluation.cases import run_cases
from yuance.method import read_method

METHODS = sorted(
    [path.parent for path in SHIPPED.glob("*/*/method.toml")] + [path.parent for path in EXAMPLES.glob("*/method.toml")]
)
WEIGHTS_OF_AN_EXCERPT = {"wuxi-four-classes"}


def label(folder: Path) -> str:
    return f"{folder.parent.name}@{folder.name}" if folder.is_relative_to(SHIPPED) else folder.name


def test_the_methods_that_ship_are_found() -> None:
    shipped = {label(folder) for folder in METHODS}
    assert shipped >= {
        "kunming-parks@2023-trial",
        "paihaotou-quarter@2023",
        "mu-benefit-huangyan@2022",
        "mu-benefit-huangyan@2021",
        "mu-benefit-kaihua@2014",
        "mu-benefit-jingde@2022",
        "undp-hdi@2022",
        "asem-connectivity@2018",
        "vietnam-papi@2024",
    }


@pytest.mark.parametrize("folder", METHODS, ids=label)
def test_a_method_reads_with_no_fault_and_no_doubt(folder: Path) -> None:
    method = read_method(folder)
    if folder.name not in WEIGHTS_OF_AN_EXCERPT:
        assert [str(warning) for warning in method.warnings] == []


@pytest.mark.parametrize("folder", METHODS, ids=label)
def test_a_method_passes_its_cases(folder: Path) -> None:
    outcomes = run_cases(read_method(folder))
    assert outcomes
    assert [(outcome.name, outcome.differences) for outcome in outcomes if not outcome.passed] == []


@pytest.mark.parametrize("folder", [path for path in METHODS if path.is_relative_to(SHIPPED)], ids=label)
def test_a_shipped_method_is_named_as_its_folder(folder: Path) -> None:
    method = read_method(folder)
    assert (method.header.id, method.header.version) == (folder.parent.name, folder.name)


@pytest.mark.parametrize("folder", METHODS, ids=label)
def test_no_method_calls_itself_official(folder: Path) -> None:
    header = read_method(folder).header
    assert header.status in {"reconstruction", "draft"}
    assert header.note


@pytest.mark.parametrize("folder", [path for path in METHODS if path.is_relative_to(SHIPPED)], ids=label)
def test_every_indicator_of_a_shipped_method_cites_a_document_and_what_it_says(folder: Path) -> None:
    bare = [
        identifier
        for identifier, indicator in read_method(folder).indicators.items()
        if not indicator.legal or not all(reference.article or reference.note for reference in indicator.legal)
    ]
    assert bare == []
