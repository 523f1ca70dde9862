"""Which category each unit belongs to: the method's rule over attributes, or the unit's own column (园区分类)."""

from __future__ import annotations

import narwhals as nw
import polars as pl

from yuance.errors import Fault, Finding, Place
from yuance.loop.evaluation.formula import Kind, condition
from yuance.loop.evaluation.lowering import Lowering
from yuance.loop.evaluation.messages import MESSAGES
from yuance.method import EVERYONE, Method
from yuance.method.expression import (
    Binary,
    Comparison,
    Name,
    Node,
    Number,
    Text,
    Unary,
    children,
    names,
    parse,
    walk,
)


def categorised(units: pl.DataFrame, method: Method) -> tuple[pl.DataFrame, list[Finding]]:
    """The units with the category that the method gives them (null: none), and a finding for each that has none."""
    if not method.categories:
        return units.with_columns(category=pl.lit(EVERYONE)), []
    own = pl.col("category").cast(pl.String)
    table = units.with_columns(category=pl.when(own.is_in(list(method.category_ids))).then(own))
    stated = units.select("unit", own.alias("stated"))
    rules = [category for category in method.categories if category.when is not None]
    for category in reversed(rules):
        assert category.when is not None
        node = Lowering(frozenset()).lower(parse(category.when))
        kinds = attribute_kinds(table)
        test = nw.from_native(table.lazy()).select(
            "unit", condition(node, kinds).fill_null(value=False).alias("__falls")
        )
        falls: pl.DataFrame = nw.to_native(test).collect()
        table = table.join(falls, on="unit", how="left").with_columns(
            category=pl.when("__falls").then(pl.lit(category.id)).otherwise("category")
        )
        table = table.drop("__falls")
    lost = table.filter(pl.col("category").is_null()).join(stated, on="unit")
    known = "、".join(method.category_ids)
    findings = [
        Finding(
            MESSAGES["E101"], "error", unit=row["unit"], place="category",
            values={"name": row["name"] or row["unit"], "category": row["stated"] or "", "known": known},
        )
        for row in lost.sort("unit").iter_rows(named=True)
    ]  # fmt: skip
    return table, findings


def attribute_kinds(units: pl.DataFrame) -> dict[str, Kind]:
    """Which unit attributes are numbers and which are text."""
    return {name: "number" if dtype.is_numeric() else "text" for name, dtype in units.schema.items()}


def missing_attributes(units: pl.DataFrame, method: Method) -> list[Fault]:
    """Attributes that some expression names and the units do not have."""
    absent = sorted(wanted_attributes(method) - set(units.columns) - {"period"})
    return [Fault(MESSAGES["E005"], Place(key=name), {"name": name}) for name in absent]


def wanted_attributes(method: Method) -> set[str]:
    """The unit attributes that the method's expressions name."""
    return {name.id for text in _texts(method) for name in names(parse(text)) if name.id not in method.variables}


def _texts(method: Method) -> list[str]:
    """Every expression that may name a unit attribute."""
    texts = [category.when for category in method.categories if category.when is not None]
    texts += [indicator.value for indicator in method.indicators.values()]
    texts += [item.points for item in method.adjustments] + [item.when for item in method.vetoes]
    return texts + [item.rule for item in method.checks]


def as_used(units: pl.DataFrame, method: Method) -> pl.DataFrame:
    """Attributes as the expressions take them, whatever they look like: compared with text they are text (a code such
    as 530112), compared or reckoned with numbers they are numbers, and what is none is missing.
    """
    words, figures = set[str](), set[str]()
    for text in _texts(method):
        for node in walk(parse(text)):
            said = {part.id for part in children(node) if isinstance(part, Name)}
            if isinstance(node, Comparison) and any(isinstance(part, Text) for part in children(node)):
                words |= said
            elif isinstance(node, Binary | Unary) or (isinstance(node, Comparison) and _has_number(node)):
                figures |= said
    known = {name: dtype for name, dtype in units.schema.items() if name not in method.variables}
    numeric = [name for name in sorted(words) if name in known and known[name].is_numeric()]
    texts = [name for name in sorted(figures - words) if known.get(name) == pl.String]
    return units.with_columns(
        *(pl.col(name).cast(pl.Int64, strict=False).cast(pl.String) for name in numeric),
        *(pl.col(name).cast(pl.Float64, strict=False) for name in texts),
    )


def _has_number(node: Node) -> bool:
    return any(isinstance(part, Number) for part in children(node))
