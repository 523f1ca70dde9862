"""What is merely doubtful is a warning: the method still runs, and no sound method is warned of."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.methods.known_answers import EXAMPLES, SHIPPED
from tests.yuance.method.drafts import CASE, HEAD, INDICATOR, LAND, LEGAL, SOUND, TAX, indicator, read, warned
from yuance.method import read_method
from yuance.method.messages import MESSAGES

TWO = HEAD + TAX + LAND
CATEGORIES = '[[category]]\nid = "A"\n[[category]]\nid = "B"\n'


def test_a_sound_method_has_no_warning(tmp_path: Path) -> None:
    assert warned(tmp_path, SOUND) == []


@pytest.mark.parametrize(
    "folder", sorted([*SHIPPED.glob("*/*/"), *EXAMPLES.glob("*/")]), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_no_false_alarm_is_given_for_methods_that_are_kept(folder: Path) -> None:
    if not (folder / "method.toml").exists():
        pytest.skip("no method")
    excerpt = {"M401"} if folder.name == "wuxi-four-classes" else set()  # its source gives a part of the weights only
    assert {warning.code for warning in read_method(folder).warnings} <= excerpt


@pytest.mark.parametrize(
    ("weights", "found"),
    [
        ((60, 40), 0),
        ((0.6, 0.4), 0),
        ((6, 4), 0),
        ((1, 1), 0),
        ((60, 30), 1),
        ((50, 60), 1),
        ((600, 400), 0),
        ((7, 7), 0),
    ],
)
def test_weights_that_are_neither_equal_nor_sum_to_a_scale(
    weights: tuple[float, float], found: int, tmp_path: Path
) -> None:
    first, second = (f"weight = {weight}" for weight in weights)
    text = TWO + indicator(first) + indicator(second, "land", "b") + CASE
    assert warned(tmp_path, text) == [("M401", "method")] * found


def test_each_category_sums_by_itself(tmp_path: Path) -> None:
    weights = indicator("weight = { A = 60, B = 60 }") + indicator("weight = { A = 40, B = 30 }", "land", "b")
    case = CASE + 'category = "A"\n'
    (warning,) = read(tmp_path, TWO + CATEGORIES + weights + case).warnings
    assert (warning.code, warning.values["category"], warning.values["sum"]) == ("M401", "B", "90")


def test_a_written_weight_of_a_dimension_is_compared_with_its_children(tmp_path: Path) -> None:
    tree = '[[dimension]]\nid = "d"\nweight = {}\n'
    parts = indicator('dimension = "d"\nweight = 3') + indicator('dimension = "d"\nweight = 4', "land", "b") + CASE
    assert warned(tmp_path, TWO + tree.format(10) + parts) == [("M407", "dimension[d].weight")]
    assert warned(tmp_path, TWO + tree.format(7) + parts) == []


def test_a_dimension_without_children(tmp_path: Path) -> None:
    assert warned(tmp_path, SOUND + '[[dimension]]\nid = "d"\n') == [("M405", "dimension[d]")]


def test_a_variable_that_no_expression_uses(tmp_path: Path) -> None:
    assert warned(tmp_path, SOUND + LAND) == [("M402", "variable[land]")]
    for use in ('[[check]]\nid = "c"\nrule = "land > 0"\n', '[[adjustment]]\nid = "p"\npoints = "land"\n' + LEGAL):
        assert warned(tmp_path, SOUND + LAND + use) == []
    ranks = 'ranks = { ties = "broken", order = ["land"] }\n'
    assert warned(tmp_path, SOUND.replace("[[variable]]", ranks + "[[variable]]", 1) + LAND) == []


def test_what_has_no_legal_reference_is_told_in_one_sentence(tmp_path: Path) -> None:
    bare = "".join(indicator(name=f"x{number}").replace(LEGAL, "") for number in range(12))
    (warning,) = read(tmp_path, HEAD + TAX + bare + CASE).warnings
    assert (warning.code, warning.place.key) == ("M403", "indicator[x0]")
    assert "共 12 项" in warning.text()


def test_no_case(tmp_path: Path) -> None:
    assert warned(tmp_path, HEAD + TAX + indicator()) == [("M404", "method")]


def test_categories_that_cannot_be_reached(tmp_path: Path) -> None:
    rules = '[[category]]\nid = "A"\nwhen = "level == \'x\'"\n[[category]]\nid = "B"\nwhen = "\'x\' == level"\n'
    assert warned(tmp_path, SOUND + rules) == [("M406", "category[B].when")]


@pytest.mark.parametrize(("kind", "found"), [("flow", 0), ("stock", 1)])
def test_own_parts_of_what_is_not_cumulated(kind: str, found: int, tmp_path: Path) -> None:
    text = HEAD + TAX + f'kind = "{kind}"\n' + indicator(value="100 * own(2 * tax)") + CASE
    assert warned(tmp_path, text) == [("M408", "indicator[a].value")] * found


def test_units_that_get_no_grade(tmp_path: Path) -> None:
    grades = '[[grade]]\nname = "A"\ntop = 0.2\n[[grade]]\nname = "B"\n'
    assert warned(tmp_path, SOUND + grades) == []
    assert warned(tmp_path, SOUND + grades + "top = 0.9\n") == [("M409", "grade[B].top")]


def test_variables_without_a_unit_of_measure(tmp_path: Path) -> None:
    text = SOUND.replace('measured_in = "万元"\n', "")
    assert warned(tmp_path, text) == [("M410", "variable[tax]")]


@pytest.mark.parametrize(
    ("score", "code"),
    [
        ('{ by = "linear", low = 5, high = 5 }', "M411"),
        ('{ by = "exponential", low = "percentile(5)", high = "percentile(5.0)" }', "M411"),
        ('{ by = "linear", low = "2 + 3", high = 5 }', "M411"),
        ('{ by = "linear", low = "lowest", high = "last_year_lowest" }', None),
        ('{ by = "linear", to = [60, 60] }', "M413"),
        ('{ by = "ratio", base = 0 }', "M413"),
        ('{ by = "ratio", base = -5 }', "M413"),
        ('{ by = "ratio", base = 5, cap = 50, floor = 60 }', "M413"),
        ('{ by = "ratio", base = "mean", cap = 150 }', None),
        ('{ by = "rank", step = 0 }', "M413"),
        ('{ by = "rank", step = -1 }', "M413"),
        ('{ by = "rank", table = [5, 8] }', "M413"),
        ('{ by = "rank", step = 1, first = 50, least = 60 }', "M413"),
        ('{ by = "rank", step = 1, first = "count" }', None),
        ('{ by = "rank", table = [8, 5, 5] }', None),
        ('{ by = "zscore", sd = 0 }', "M413"),
        ('{ by = "percent-rank", to = [100, 0] }', "M413"),
    ],
)
def test_ways_of_scoring_that_cannot_work(score: str, code: str | None, tmp_path: Path) -> None:
    text = HEAD + TAX + indicator(f"score = {score}") + CASE
    assert [found for found, _ in warned(tmp_path, text)] == ([code] if code else [])


def test_ids_that_look_alike(tmp_path: Path) -> None:
    text = HEAD + TAX + TAX.replace('"tax"', '"ｔａｘ"') + indicator(value="tax + ｔａｘ") + CASE
    assert warned(tmp_path, text) == [("M412", "variable[ｔａｘ].id")]


@pytest.mark.parametrize(
    ("rule", "found"),
    [("tax - 5", 1), ("tax", 1), ("-tax", 1), ("growth(tax)", 1), ("coalesce(tax, 1)", 1), ("tax > 5", 0), ("is_missing(tax)", 0),
     ("not tax", 0), ("honest", 0), ("tax > 1 and honest", 0), ("tax > 1 if honest else tax > 2", 0)],
)  # fmt: skip
def test_conditions_that_are_figures(rule: str, found: int, tmp_path: Path) -> None:
    honest = '[[variable]]\nid = "honest"\nkind = "yes-no"\n'
    used = '[[check]]\nid = "used"\nrule = "honest"\n'
    text = SOUND + honest + used + f'[[check]]\nid = "c"\nrule = "{rule}"\n'
    assert warned(tmp_path, text) == [("M414", "check[c].rule")] * found


def test_an_order_that_breaks_no_ties(tmp_path: Path) -> None:
    text = SOUND.replace("[[variable]]", 'ranks = { order = ["tax"] }\n[[variable]]', 1)
    assert warned(tmp_path, text) == [("M415", "method.ranks")]


def test_a_case_that_leaves_its_category_open(tmp_path: Path) -> None:
    text = SOUND + CATEGORIES
    assert warned(tmp_path, text) == [("M416", "case[c]")]
    assert warned(tmp_path, text + "when = \"level == 'x'\"\n") == []


def test_a_method_with_warnings_runs(tmp_path: Path) -> None:
    method = read(tmp_path, HEAD + TAX + LAND + INDICATOR)
    assert {warning.severity for warning in method.warnings} == {"warning"}
    for warning in method.warnings:
        assert warning.text()
        assert warning.text("en")
        assert warning.place.file == "method.toml"


def test_every_warning_of_the_catalogue_is_told_here() -> None:
    here = Path(__file__).read_text(encoding="utf-8")
    assert [code for code in MESSAGES if code.startswith("M4") and f'"{code}"' not in here] == []
