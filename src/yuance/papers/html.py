"""Rankings and explanations as pages: each a single HTML file without script and without anything from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from yuance.loop.evaluation import Evaluation
from yuance.loop.evaluation.account import Explanation
from yuance.loop.evaluation.caption import STATUS, percent, period_words, shown
from yuance.loop.evaluation.explanation import explain
from yuance.loop.evaluation.subject import Spread
from yuance.papers.points import points_table
from yuance.papers.ranking import rankings
from yuance.papers.sections import Picture, said_findings, section
from yuance.papers.text import published
from yuance.papers.words import BALANCED, EMPTY, STATUSES

TEMPLATES = Path(__file__).parent / "templates"
MOST_PAGES = 600
Scale = tuple[float, float]


def ranking_page(
    evaluations: Sequence[Evaluation],
    *,
    title: str = "园区评价榜单",
    marks: Sequence[str] = (),
    links: Mapping[tuple[int, str, str], str] | None = None,
) -> str:
    """The rankings of one or several evaluations as one page.

    `marks` stand prominently on the page (演示数据（虚构）). `links` give the address of a unit's explanation by number
    of the evaluation, unit and period.
    """
    sections = [
        section(
            evaluation,
            number,
            {(unit, period): link for (at, unit, period), link in (links or {}).items() if at == number},
        )
        for number, evaluation in enumerate(evaluations)
    ]
    notices = list(dict.fromkeys(one.card.notice for one in sections if one.card.notice))
    noun = sections[0].noun if sections else "对象"
    return _page(
        "ranking.html.j2", title=title, marks=tuple(marks), notices=notices, sections=sections, noun=noun, turn="landscape",
        reconstructed=any(one.card.status == STATUS["reconstruction"] for one in sections),
    )  # fmt: skip


def explanation_page(
    explanation: Explanation,
    *,
    marks: Sequence[str] = (),
    back: str = "",
    others: Sequence[Mapping[str, object]] = (),
) -> str:
    """How one score came about, as a page.

    `back` is the address of the ranking; `others` the same unit's pages of other periods (link, words, here).
    """
    said = said_findings(explanation.findings, {explanation.unit: ""})
    grave = [one for one in said if one.severity in {"error", "explain"}]
    return _page(
        "explanation.html.j2", title=f"{explanation.name} {explanation.period_words} 得分说明", marks=tuple(marks),
        notices=[explanation.method.notice] if explanation.method.notice else [], told=explanation, table=points_table(explanation),
        findings=grave, notes=[one for one in said if one not in grave], back=back, others=others, noun=explanation.noun,
        digits=explanation.total.digits, decimals=_decimals(explanation), turn="portrait", reconstructed=explanation.method.status == STATUS["reconstruction"],
    )  # fmt: skip


def write_pages(
    folder: Path,
    evaluations: Sequence[Evaluation],
    *,
    title: str = "园区评价榜单",
    marks: Sequence[str] = (),
    units: Iterable[str] | None = None,
    periods: Iterable[str] | None = None,
) -> Path:
    """Write index.html and, in explain/, a page for each unit and period; return the path of the index.

    `units` are those to be explained, in `periods`. By default it is all of them in every period or, where that would be
    more than 600 pages, all in the latest period of each evaluation, or none.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = None if units is None and periods is None else (_set(units), _set(periods))
    links: dict[tuple[int, str, str], str] = {}
    taken: set[str] = set()
    for number, evaluation in enumerate(evaluations):
        for unit, period in _explained(evaluation, wanted, MOST_PAGES // max(1, len(evaluations))):
            links[number, unit, period] = f"explain/{_file(evaluation, unit, period, taken)}"
    (folder / "index.html").write_text(
        ranking_page(evaluations, title=title, marks=marks, links=links), encoding="utf-8"
    )
    if links:
        (folder / "explain").mkdir(exist_ok=True)
    for number, evaluation in enumerate(evaluations):
        mine = {(unit, period): link for (at, unit, period), link in links.items() if at == number}
        for (unit, period), link in mine.items():
            page = _explained_page(evaluation, unit, period, mine, marks=marks)
            (folder / link).write_text(page, encoding="utf-8")
    return folder / "index.html"


def _set(given: Iterable[str] | None) -> set[str] | None:
    return None if given is None else set(given)


def _chosen(pair: tuple[str, str], wanted: tuple[set[str] | None, set[str] | None]) -> bool:
    return all(allowed is None or one in allowed for one, allowed in zip(pair, wanted, strict=True))


def _explained(
    evaluation: Evaluation, wanted: tuple[set[str] | None, set[str] | None] | None, most: int
) -> list[tuple[str, str]]:
    """The units and periods that get a page."""
    order = [ranking.period for ranking in rankings(evaluation)]
    pairs = [
        (str(unit), str(period)) for unit, period in evaluation.rows.sort("unit").select("unit", "period").iter_rows()
    ]
    if wanted is not None:
        return [pair for pair in pairs if _chosen(pair, wanted)]
    if len(pairs) > most:
        pairs = [pair for pair in pairs if pair[1] == order[-1]]
    return pairs if len(pairs) <= most else []


def _file(evaluation: Evaluation, unit: str, period: str, taken: set[str]) -> str:
    """A file name that is safe everywhere and not yet taken."""
    stem = re.sub(r"[^\w.-]+", "-", f"{evaluation.method.header.id}-{unit}-{period}")[:120]
    name, number = stem, 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}-{number}"
    taken.add(name.casefold())
    return f"{name}.html"


def _explained_page(
    evaluation: Evaluation,
    unit: str,
    period: str,
    links: Mapping[tuple[str, str], str],
    *,
    marks: Sequence[str],
) -> str:
    periods = [other for other in evaluation.run["periods"] if (unit, other) in links]
    others = [
        {"link": links[unit, other].removeprefix("explain/"), "words": period_words(other), "here": other == period}
        for other in periods
    ]
    return explanation_page(
        explain(evaluation, unit, period=period), marks=marks, back="../index.html", others=others if len(others) > 1 else (),
    )  # fmt: skip


def _decimals(explanation: Explanation) -> int:
    """Decimals of scores in a column: two, four where scores are small."""
    scores = [abs(node.part.score) for node in explanation.nodes if node.part.score is not None]
    return 2 if max(scores, default=100.0) > 20 else 4


def _page(template: str, **content: object) -> str:
    """A template filled in."""
    marks = content["marks"]
    assert isinstance(marks, tuple)
    running = " · ".join(
        [*marks, *([STATUS["reconstruction"]] if content["reconstructed"] else []), str(content["title"])]
    )
    return (
        _environment()
        .get_template(template)
        .render(statuses=STATUSES["zh"], balanced=BALANCED, running=running, **content)
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        shown=shown, percent=percent, published=published, brief=_brief, figure=_figure, reach=_reach, track=_track,
        signed=_signed, svg=_picture, css=_css, bar=_bar,
    )  # fmt: skip
    return environment


def _picture(picture: Picture) -> Markup:
    """The one thing that is not escaped: a picture that the charts room drew (its texts are escaped there)."""
    return Markup(picture.svg)  # noqa: S704


def _css(text: str) -> Markup:
    """A text inside quotes of a style sheet: what could end the quotes or the sheet is left out."""
    return Markup(re.sub(r'["\\\\<>&\r\n]', "", text))  # noqa: S704


def _brief(score: float | None, scale: Scale) -> str:
    """A score in a narrow column: as many decimals as its scale needs."""
    return published(score, 1 if scale[1] > 20 else 2 if scale[1] > 1 else 3)


def _figure(score: float | None) -> str:
    return EMPTY if score is None else shown(score)


def _signed(points: float) -> str:
    return f"+{shown(points)}" if points > 0 else shown(points)


def _reach(score: float | None, scale: Scale) -> str:
    """How far along its scale a score lies, in percent."""
    low, high = scale
    if score is None or high <= low:
        return "0"
    return f"{100 * min(1.0, max(0.0, (score - low) / (high - low))):.1f}"


def _bar(score: float | None, scale: Scale) -> Markup:
    """A bar as long as the score; the figure stands beside it."""
    return Markup('<span class="bar" aria-hidden="true"><i style="width:{}%"></i></span>').format(_reach(score, scale))


def _track(spread: Spread, score: float) -> Markup:
    """A small picture of where a score lies between the lowest and the highest of its category."""
    even = spread.highest <= spread.lowest
    middle, own = ("50" if even else _reach(value, (spread.lowest, spread.highest)) for value in (spread.median, score))
    words = f"最低 {shown(spread.lowest)}，中位 {shown(spread.median)}，最高 {shown(spread.highest)}"
    return Markup(
        '<span class="track" role="img" aria-label="{words}" title="{words}"><i class="median" style="left:{middle}%">'
        '</i><i class="own" style="left:{own}%"></i></span>'
    ).format(words=words, middle=middle, own=own)
