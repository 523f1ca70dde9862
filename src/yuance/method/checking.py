"""Whether the tables of a method fit together: every rule is asked, and all that is wrong is told."""

from __future__ import annotations

from collections.abc import Iterator

from yuance.errors import Fault
from yuance.method import schema
from yuance.method.anchor_rules import anchor_faults, anchors_of
from yuance.method.case_rules import case_faults
from yuance.method.expression import Name, parse
from yuance.method.formula_rules import Use, is_text, problems, text_names
from yuance.method.hints import hints
from yuance.method.structure_rules import header_faults, id_faults, tree_faults, weight_faults
from yuance.method.tables import Tables


def faults_across(tables: Tables) -> list[Fault]:
    """Everything that is wrong across the tables. Afterwards `tables.vocabulary.used` holds the names in use."""
    rules = (
        header_faults,
        id_faults,
        tree_faults,
        weight_faults,
        expression_faults,
        anchor_faults,
        grade_faults,
        case_faults,
    )
    return [fault for rule in rules for fault in rule(tables)]


def expression_faults(tables: Tables) -> Iterator[Fault]:
    """Every expression of the method, read in its place."""
    for index, category in enumerate(tables.categories):
        if category.when is not None:
            yield from _expression(tables, category.when, "category", "category", index, "when")
    for index, indicator in enumerate(tables.indicators):
        yield from _expression(tables, indicator.value, "fact", "indicator", index, "value")
        if isinstance(indicator.score, schema.Formula):
            yield from _expression(tables, indicator.score.is_, "formula", "indicator", index, "score", "is")
        for part, rule in (("treat", indicator.treat), ("score", indicator.score)):
            for keys, anchor in anchors_of(rule) if rule is not None else ():
                if isinstance(anchor, str):
                    yield from _expression(tables, anchor, "anchor", "indicator", index, part, *keys)
    for index, adjustment in enumerate(tables.adjustments):
        yield from _expression(tables, adjustment.points, "fact", "adjustment", index, "points")
    for index, veto in enumerate(tables.vetoes):
        yield from _expression(tables, veto.when, "fact", "veto", index, "when")
    for index, check in enumerate(tables.checks):
        yield from _expression(tables, check.rule, "fact", "check", index, "rule")


def _expression(tables: Tables, text: str, use: Use, table: str, index: int, *keys: str | int) -> Iterator[Fault]:
    found: list[tuple[str, dict[str, object]]] = []
    for problem in problems(text, use, tables.vocabulary):
        if problem not in found:
            found.append(problem)
    for code, values in found:
        yield tables.fault(code, table, index, *keys, **values)
    if found:
        return
    node = parse(text)
    bare = use == "category" and isinstance(node, Name)
    if bare or is_text(node, text_names(node, tables.vocabulary.variables)):
        yield tables.fault("M219", table, index, *keys, key=str(keys[-1]))


def grade_faults(tables: Tables) -> Iterator[Fault]:
    """Grades are all by share or all by score, from best to worst, and vetoes name grades that exist."""
    shares = [grade.top for grade in tables.grades]
    bounds = [grade.at_least for grade in tables.grades]
    by_share = None not in shares[:-1] and not any(bound is not None for bound in bounds)
    by_score = None not in bounds[:-1] and not any(share is not None for share in shares)
    if not (by_share or by_score):
        yield tables.fault("M313", "grade", 0)
    else:
        given = [value for value in (shares if by_share else bounds) if value is not None]
        if given != sorted(set(given), reverse=not by_share):
            yield tables.fault("M314", "grade", 0, grades="、".join(f"{value:g}" for value in given))
    names: dict[str, int] = {}
    for index, grade in enumerate(tables.grades):
        if grade.name in names and tables.as_written("grade", index, "name") == grade.name:
            place = str(tables.document.place("grade", names[grade.name], "name"))
            yield tables.fault("M301", "grade", index, "name", id=grade.name, other=place)
        names.setdefault(grade.name, index)
    for index, veto in enumerate(tables.vetoes):
        limit = veto.effect.grade_at_most
        if limit is not None and limit not in names:
            known = "、".join(names) or "—"
            yield tables.fault(
                "M315", "veto", index, "effect", "grade_at_most", grade=limit, known=known, **hints(limit, names)
            )
