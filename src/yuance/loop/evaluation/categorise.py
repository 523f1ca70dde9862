"""Which category each unit belongs to: the method's rule over attributes, or the unit's own column (园区分类)."""

from __future__ import annotations

import narwhals as nw
import polars as pl

from yuance.errors import Fault, Finding, Place
from yuance.loop.evaluation.formula import condition
from yuance.loop.evaluation.formulas import formulas_of
from yuance.loop.evaluation.lowering import Lowering
from yuance.loop.evaluation.messages import MESSAGES
from yuance.loop.evaluation.value import attribute_kinds
from yuance.method import EVERYONE, Method
from yuance.method.expression import parse


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


def missing_attributes(units: pl.DataFrame, method: Method) -> list[Fault]:
    """Attributes that some expression names and the units do not have."""
    absent = sorted(wanted_attributes(method) - set(units.columns) - {"period"})
    return [Fault(MESSAGES["E005"], Place(key=name), {"name": name}) for name in absent]


def wanted_attributes(method: Method) -> set[str]:
    """The unit attributes that the method's expressions name."""
    return set(formulas_of(method).attributes)


def as_used(units: pl.DataFrame, method: Method) -> pl.DataFrame:
    """Attributes as the expressions take them, whatever they look like.

    Compared with text they are text (a code such as 530112); compared or reckoned with numbers they are numbers, and
    what is none is missing.
    """
    columns: list[pl.Expr] = []
    for name, kind in formulas_of(method).attributes.items():
        dtype = units.schema.get(name)
        if kind == "text" and dtype is not None and dtype.is_numeric():
            columns.append(pl.col(name).cast(pl.Int64, strict=False).cast(pl.String))
        elif kind == "number" and dtype is not None:
            figure = pl.col(name).cast(pl.Float64, strict=False)
            columns.append(pl.when(figure.is_finite()).then(figure).alias(name))
    return units.with_columns(columns) if columns else units
