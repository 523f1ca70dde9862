"""Rules over several periods (method language, `[[sanction]]`): they are said, and never change a score."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from yuance.errors import Finding
from yuance.facts.period import parse_period
from yuance.loop.evaluation.messages import MESSAGES
from yuance.method import Method
from yuance.method.schema import Sanction


def sanctioned(scores: pl.DataFrame, method: Method) -> Iterator[Finding]:
    """A finding for each unit and period in which a sanction's standing is met, over the evaluated periods."""
    for sanction in method.sanctions:
        yield from _sanction(scores, sanction)


def _sanction(scores: pl.DataFrame, sanction: Sanction) -> Iterator[Finding]:
    rule = sanction.when
    met = _standings(scores, sanction).filter("hit")
    window = met.join(met.select("unit", "kind", other="period", earlier="ordinal"), on=["unit", "kind"]).filter(
        (pl.col("earlier") <= pl.col("ordinal")) & (pl.col("ordinal") - pl.col("earlier") < rule.of_last)
    )
    counted = window.sort("earlier").group_by("unit", "kind", "ordinal", "period", maintain_order=True).agg("other")
    for row in counted.filter(pl.col("other").list.len() >= rule.times).sort("unit", "kind", "ordinal").to_dicts():
        values = {
            "name": sanction.name or sanction.id, "times": len(row["other"]), "of_last": rule.of_last, "action": sanction.action,
            "which": "前" if rule.top else "末", "which_en": "first" if rule.top else "last",
            "places": rule.top or rule.bottom, "periods": "、".join(row["other"]),
        }  # fmt: skip
        yield Finding(MESSAGES["E212"], "note", row["period"], row["unit"], sanction.id, values)


def _standings(scores: pl.DataFrame, sanction: Sanction) -> pl.DataFrame:
    """The ranked units of each period, whether they stand where the rule looks, and when that was."""
    rule = sanction.when
    groups = ["period", "category"] if rule.within == "category" else ["period"]
    rank = pl.col("rank_in_category" if rule.within == "category" else "rank")
    ranked = scores.filter(rank.is_not_null())
    place = rank if rule.top is not None else rank.rank("min", descending=True).over(groups)
    periods = [period for text in ranked["period"].unique() if (period := parse_period(text)) is not None]
    calendar = pl.DataFrame(
        [(str(period), period.kind, period.ordinal) for period in periods],
        schema={"period": pl.String, "kind": pl.String, "ordinal": pl.Int64},
        orient="row",
    )
    hit = (place <= (rule.top or rule.bottom or 0)).alias("hit")
    return ranked.with_columns(hit).select("unit", "period", "hit").join(calendar, on="period")
