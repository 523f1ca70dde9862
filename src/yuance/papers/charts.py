"""Charts as inline SVG: scores over the periods, and how scores of the dimensions lie (Altair, drawn by vl-convert).

No script, no link, no font file: letters are named by a list of fonts that Chinese offices have. Space for labels is
fixed, so that a machine without these fonts draws the same picture.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

SANS = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif"
INK, QUIET, RULE, ACCENT = "#22303a", "#5d6870", "#d9d3c7", "#8c2f2b"
COLOURS = (
    "#1f4e5f",
    "#8c2f2b",
    "#5b6b2f",
    "#6a4c7d",
    "#9a5b13",
    "#2d6a4f",
    "#2b5d9c",
    "#a23e6c",
    "#6b4f3a",
    "#44606e",
    "#374151",
)
PLOT, LABELS, AXIS = 190, 128, 38
LINE = 15

Row = Mapping[str, Any]


def history_chart(
    rows: Sequence[Row], periods: Sequence[str], domain: tuple[float, float], name: str, *, labels_high: int = 0
) -> str:
    """Scores over the periods: a line per unit, labelled at its end. Rows: unit, label, period, score, ranked.

    `domain` is the range of the axis and `labels_high` the most labels, both shared by charts that stand side by side, so
    that their axes are alike; `name` is read out for the picture.
    """
    import altair as alt  # noqa: PLC0415 - heavy, and only wanted where a page is made

    known = [row for row in rows if row["score"] is not None]
    ends = _ends(known, periods)
    height = max(170, LINE * max(labels_high, len(ends)) + 30)
    labels = _dodged(ends, domain, height)
    units = list(dict.fromkeys(row["unit"] for row in labels))
    colour = alt.Color(
        "unit:N",
        scale=alt.Scale(domain=units, range=[COLOURS[at % len(COLOURS)] for at in range(len(units))]),
        legend=None,
    )
    x = alt.X("at:Q", axis=None, scale=alt.Scale(domain=[0, len(periods) - 1], range=[0, PLOT]))
    y = alt.Y(
        "score:Q",
        scale=alt.Scale(domain=list(domain), zero=False, nice=False),
        axis=alt.Axis(title=None, tickCount=5, minExtent=AXIS, maxExtent=AXIS),
    )
    points = [{**row, "at": periods.index(row["period"])} for row in known]
    lines = _chart(points).mark_line(strokeWidth=1.6).encode(x=x, y=y, color=colour, detail="unit:N")
    dots = _chart(points).mark_point(size=22, strokeWidth=1.4).encode(
        x=x, y=y, color=colour, fill=alt.condition("datum.ranked", colour, alt.value("#fffdf8"))
    )  # fmt: skip
    leaders = [{**row, "at": at, "score": row["score" if at == 0 else "shown_at"]} for row in labels for at in (0, 1)]
    width = PLOT + LABELS
    guide = _chart(leaders).mark_line(strokeWidth=0.7, strokeDash=[2, 2]).encode(
        x=alt.X("at:Q", scale=alt.Scale(domain=[0, 1], range=[PLOT + 4, PLOT + 16]), axis=None), y=y, color=colour, detail="unit:N"
    )  # fmt: skip
    texts = _chart(labels).mark_text(align="left", fontSize=11.5, baseline="middle").encode(
        x=alt.value(PLOT + 19), y=alt.Y("shown_at:Q", scale=alt.Scale(domain=list(domain), zero=False, nice=False)), text="text:N", color=colour
    )  # fmt: skip
    ticks = [{"at": number, "text": text} for number, text in enumerate(_short(periods))]
    feet = _chart(ticks).mark_text(fontSize=11.5, baseline="top", color=QUIET).encode(
        x=x, y=alt.value(height + 8), text="text:N"
    )  # fmt: skip
    chart = (
        alt.layer(lines, dots, guide, texts, feet).resolve_scale(x="independent").properties(width=width, height=height)
    )
    return _svg(chart, name)


def profile_chart(rows: Sequence[Row], names: Sequence[str], domain: tuple[float, float], name: str) -> str:
    """How scores lie in each dimension: a stroke per unit, the span from lowest to highest, a diamond at the median.

    Rows: dimension, score; `names` are the dimensions from top to bottom.
    """
    import altair as alt  # noqa: PLC0415

    known = [row for row in rows if row["score"] is not None]
    y = alt.Y(
        "dimension:N",
        sort=list(names),
        axis=alt.Axis(
            title=None, labelLimit=118, minExtent=120, maxExtent=120, labelColor=INK, ticks=False, domain=False
        ),
    )
    x = alt.X("score:Q", scale=alt.Scale(domain=list(domain), nice=False), axis=alt.Axis(title=None, tickCount=5))
    field = _chart(known)
    span = field.mark_rule(strokeWidth=5, color="#e6e0d2").encode(
        y=y, x=alt.X("min(score):Q", scale=alt.Scale(domain=list(domain), nice=False)), x2="max(score):Q"
    )
    strokes = field.mark_tick(thickness=1.3, size=13, color="#1f4e5f", opacity=0.85).encode(y=y, x=x)
    median = field.mark_point(shape="diamond", size=62, filled=True, color=ACCENT, opacity=1).encode(
        y=y, x=alt.X("median(score):Q", scale=alt.Scale(domain=list(domain), nice=False))
    )
    return _svg(alt.layer(span, strokes, median).properties(width=PLOT + 46, height=max(60, 23 * len(names))), name)


def _chart(rows: Sequence[Row]) -> Any:
    """A chart over rows given in place."""
    import altair as alt  # noqa: PLC0415

    return alt.Chart.from_dict({"data": {"values": [dict(row) for row in rows]}, "mark": "point"}, validate=False)


def _short(periods: Sequence[str]) -> list[str]:
    """Labels for periods of one kind; the year is said once."""
    years = {period[:4] for period in periods}
    if len(periods[0]) == 4:
        return [period[2:] if len(periods) > 6 else period for period in periods]
    rest = [period[4:] for period in periods]
    if len(years) == 1:
        return rest
    return [f"{period[2:4]}{period[4:]}" for period in periods]


def _ends(rows: Sequence[Row], periods: Sequence[str]) -> list[Row]:
    """The last point of each unit's line."""
    last: dict[str, Row] = {}
    for row in sorted(rows, key=lambda one: periods.index(one["period"])):
        last[row["unit"]] = row
    return sorted(last.values(), key=lambda row: (-row["score"], row["unit"]))


def _dodged(ends: Sequence[Row], domain: tuple[float, float], height: float) -> list[dict[str, Any]]:
    """Labels beside the ends of the lines, moved apart so that none covers another."""
    low, high = domain
    size = (high - low) / height
    wanted = [(high - row["score"]) / size for row in ends]
    places: list[float] = []
    for at in wanted:
        places.append(max(at, places[-1] + LINE) if places else at)
    over = max(0.0, places[-1] - (height - 4)) if places else 0.0
    limit = float(height - 4)
    for number in reversed(range(len(places))):
        if over:
            places[number] = min(places[number], limit)
            limit = places[number] - LINE
    return [
        {**row, "shown_at": high - at * size, "text": f"{row['label']} {row['score']:.1f}"}
        for row, at in zip(ends, places, strict=True)
    ]


def _svg(chart: Any, name: str) -> str:
    """The picture as SVG that can stand inside a page: no namespace links, ids of its own, a name for readers."""
    import vl_convert  # noqa: PLC0415

    styled = chart.configure(font=SANS, background="transparent").configure_view(stroke=None).configure_axis(
        labelColor=QUIET, labelFontSize=11.5, gridColor="#ebe6da", domainColor=RULE, tickColor=RULE
    )  # fmt: skip
    svg: str = vl_convert.vegalite_to_svg(styled.to_dict(validate=False))
    svg = re.sub(r'\sxmlns(?::\w+)?="[^"]*"', "", svg)
    own = "c" + re.sub(r"\W", "", name)
    svg = re.sub(r'id="([^"]+)"', rf'id="{own}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{own}-\1)", svg)
    svg = re.sub(r'\s(?:role|aria-[\w]+)="[^"]*"', "", svg)
    label = name.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return svg.replace("<svg", f'<svg role="img" aria-label="{label}"', 1)
