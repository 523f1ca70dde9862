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
    groups = ["period", "category"] if rule.within == "category" else ["period"]
    rank = pl.col("rank_in_category" if rule.within == "category" else "rank")
    ranked = scores.filter(rank.is_not_null())
    place = rank if rule.top is not None else rank.rank("min", descending=True).over(groups)
    hits = ranked.with_columns(hit=place <= (rule.top or rule.bottom or 0)).select("unit", "period", "hit")
    for unit, table in sorted(hits.group_by("unit"), key=lambda pair: str(pair[0])):
        standing = {text: bool(hit) for text, hit in table.select("period", "hit").iter_rows()}
        yield from _unit(str(unit[0]), standing, sanction)


def _unit(unit: str, standing: dict[str, bool], sanction: Sanction) -> Iterator[Finding]:
    rule = sanction.when
    periods = {text: period for text in standing if (period := parse_period(text)) is not None}
    for text, period in sorted(periods.items()):
        if not standing[text]:
            continue
        window = [
            other for other, earlier in sorted(periods.items())
            if earlier.kind == period.kind and 0 <= period.ordinal - earlier.ordinal < rule.of_last
        ]  # fmt: skip
        hits = [other for other in window if standing[other]]
        if len(hits) >= rule.times:
            values = {
                "name": sanction.name or sanction.id, "times": len(hits), "of_last": rule.of_last, "action": sanction.action,
                "which": "前" if rule.top else "末", "which_en": "first" if rule.top else "last",
                "places": rule.top or rule.bottom, "periods": "、".join(hits),
            }  # fmt: skip
            yield Finding(MESSAGES["E212"], "note", text, unit, sanction.id, values)
