"""Rankings, comparisons and trends, laid out from what runs left behind; nothing is scored here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Scores = Sequence[Mapping[str, Any]]
STATUS = {"ranked": "", "not-ranked": "不排名", "vetoed": "一票否决"}
NOISE = 1e-9


@dataclass(frozen=True, slots=True)
class Movement:
    """How a place moved since the period before: "", new, same, up, down."""

    move: str = ""
    places: int = 0
    before: int | None = None

    @property
    def words(self) -> str:
        """↑2, ↓1, 平, 新."""
        return {"up": f"↑{self.places}", "down": f"↓{self.places}", "same": "平", "new": "新"}.get(self.move, "")

    @property
    def spoken(self) -> str:
        """The same for ears."""
        return {
            "up": f"上升 {self.places} 位",
            "down": f"下降 {self.places} 位",
            "same": "与上期持平",
            "new": "上期未排名",
        }.get(self.move, "")


@dataclass(frozen=True, slots=True)
class Line:
    """A park in a ranking. `parts` are its scores in the dimensions, `tied` the others of the same place."""

    unit: str
    name: str
    category: str
    place: int | None
    rank: int | None
    rank_in_category: int | None
    score: float | None
    grade: str
    status: str
    note: str
    movement: Movement
    parts: tuple[float | None, ...]
    tied: tuple[str, ...] = ()

    @property
    def status_words(self) -> str:
        """Why it has no place, in a word."""
        return STATUS.get(self.status, self.status)


@dataclass(frozen=True, slots=True)
class Group:
    """The parks of a category, or all of them."""

    category: str
    words: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Extra:
    """A bonus, deduction or veto that touched a park."""

    unit: str
    name: str
    node: str
    kind: str
    words: str
    points: float | None
    effect: str = ""


def dimensions(meta: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(id, name) of the nodes directly below the total."""
    return [(node["id"], node["name"]) for node in meta["tree"] if node["level"] == 1]


def ranking(
    scores: Scores, meta: Mapping[str, Any], before: Scores | None = None, *, overall: bool = False
) -> list[Group]:
    """The ranking by category, or of all together; movements are against `before`."""
    column = "rank" if overall or len(meta["categories"]) < 2 else "rank_in_category"
    old = {row["unit"]: row[column] for row in before or ()}
    nodes = [node for node, _ in dimensions(meta)]
    if column == "rank":
        return [Group("", "全部园区", _lines(scores, column, old, nodes, moved=before is not None))]
    known = {category for category, _ in meta["categories"]}
    groups = [
        (category, words, [row for row in scores if row["category"] == category])
        for category, words in meta["categories"]
    ]
    groups.append(("", "没有类别", [row for row in scores if row["category"] not in known]))
    return [
        Group(category, words, _lines(rows, column, old, nodes, moved=before is not None))
        for category, words, rows in groups
        if rows
    ]


def _lines(
    rows: Scores, column: str, old: Mapping[str, int | None], nodes: Sequence[str], *, moved: bool
) -> tuple[Line, ...]:
    at: dict[int, list[str]] = {}
    for row in rows:
        if row[column] is not None:
            at.setdefault(row[column], []).append(row["name"] or row["unit"])
    ordered = sorted(
        rows, key=lambda row: (row[column] is None, row[column] or 0, -(row["score_exact"] or 0), row["unit"])
    )
    return tuple(_line(row, column, old, nodes, at, moved=moved) for row in ordered)


def _line(
    row: Mapping[str, Any],
    column: str,
    old: Mapping[str, int | None],
    nodes: Sequence[str],
    at: Mapping[int, list[str]],
    *,
    moved: bool,
) -> Line:
    name, place = row["name"] or row["unit"], row[column]
    tied = tuple(one for one in at.get(place, ()) if one != name) if place is not None else ()
    movement = movement_of(place, old.get(row["unit"])) if moved else Movement()
    return Line(
        row["unit"], name, row["category"] or "", place, row["rank"], row["rank_in_category"], row["score"], row["grade"] or "",
        row["status"], row["note"] or "", movement, tuple(row.get(node) for node in nodes), tied,
    )  # fmt: skip


def movement_of(now: int | None, then: int | None) -> Movement:
    """How a place moved."""
    if now is None:
        return Movement()
    if then is None:
        return Movement("new")
    if now == then:
        return Movement("same", 0, then)
    return Movement("up" if now < then else "down", abs(now - then), then)


def extras(trace: Iterable[Mapping[str, Any]], meta: Mapping[str, Any], names: Mapping[str, str]) -> list[Extra]:
    """Bonuses, deductions and vetoes that changed something, park by park."""
    adjustments = dict(meta["adjustments"])
    vetoes = {node: (name, effect) for node, name, effect in meta["vetoes"]}
    found = []
    for row in trace:
        unit, node = row["unit"], row["node"]
        called = names.get(unit, unit)
        if row["kind"] == "adjustment" and row["points"]:
            kind = "加分" if row["points"] > 0 else "扣分"
            found.append(Extra(unit, called, node, kind, adjustments.get(node, node), row["points"]))
        elif row["kind"] == "veto" and row["value"]:
            words, effect = vetoes.get(node, (node, ""))
            found.append(Extra(unit, called, node, "一票否决", words, None, effect))
    return found


@dataclass(frozen=True, slots=True)
class Beside:
    """A park in a base run and in a what-if. `why` is the dimension whose points changed most, and by how much."""

    unit: str
    name: str
    category: str
    score: float | None
    supposed: float | None
    place: int | None
    supposed_place: int | None
    grade: str
    supposed_grade: str
    movement: Movement
    why: str
    by: float

    @property
    def difference(self) -> float | None:
        """Score in the what-if less score in the base."""
        return None if self.score is None or self.supposed is None else self.supposed - self.score


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A what-if beside its base: who gains, who loses, and all lines in the order of the what-if."""

    lines: list[Beside]
    gains: list[Beside] = field(default_factory=list)
    losses: list[Beside] = field(default_factory=list)
    regraded: list[Beside] = field(default_factory=list)


def beside(base: Any, supposed: Any, *, overall: bool = False) -> SideBySide:
    """Two runs of the same facts, park by park."""
    column = "rank" if overall or len(base.meta["categories"]) < 2 else "rank_in_category"
    before = {row["unit"]: row for row in base.scores}
    parts, supposed_parts = _points(base), _points(supposed)
    called = {node["id"]: node["name"] for meta in (base.meta, supposed.meta) for node in meta["tree"]}
    called |= {key: name for meta in (base.meta, supposed.meta) for key, name in meta["adjustments"]}
    lines = []
    for row in supposed.scores:
        old = before.get(row["unit"])
        if old is None:
            continue
        why, by = _why(parts.get(row["unit"], {}), supposed_parts.get(row["unit"], {}))
        lines.append(
            Beside(
                row["unit"], row["name"] or row["unit"], row["category"] or "", old["score"], row["score"], old[column], row[column],
                old["grade"] or "", row["grade"] or "", movement_of(row[column], old[column]), called.get(why, why), by,
            )
        )  # fmt: skip
    lines.sort(
        key=lambda one: (
            one.category if column != "rank" else "",
            one.supposed_place is None,
            one.supposed_place or 0,
            one.unit,
        )
    )
    differing = [one for one in lines if one.difference is not None and abs(one.difference) > NOISE]
    gains = sorted((one for one in differing if (one.difference or 0) > 0), key=lambda one: -(one.difference or 0))
    losses = sorted((one for one in differing if (one.difference or 0) < 0), key=lambda one: one.difference or 0)
    return SideBySide(lines, gains, losses, [one for one in lines if one.grade != one.supposed_grade])


def _points(run: Any) -> dict[str, dict[str, float]]:
    """Points of the nodes directly below the total and of adjustments, by park."""
    top = {node["id"] for node in run.meta["tree"] if node["level"] == 1}
    found: dict[str, dict[str, float]] = {}
    for row in run.trace:
        if row["points"] is not None and (row["node"] in top or row["kind"] == "adjustment"):
            found.setdefault(row["unit"], {})[row["node"]] = row["points"]
    return found


def _why(old: Mapping[str, float], new: Mapping[str, float]) -> tuple[str, float]:
    changed = {node: new.get(node, 0.0) - old.get(node, 0.0) for node in {*old, *new}}
    if not changed:
        return "", 0.0
    node = max(sorted(changed), key=lambda one: abs(changed[one]))
    return (node, changed[node]) if abs(changed[node]) > NOISE else ("", 0.0)


@dataclass(frozen=True, slots=True)
class Point:
    """A park's result in one period. `breaks` says why it cannot be compared with the one before; empty where it can."""

    round: int
    period: str
    words: str
    score: float | None
    place: int | None
    of: int
    category: str
    grade: str
    method: str
    breaks: str
    parts: Mapping[str, float | None]


def trend(results: Iterable[tuple[Any, Any]], unit: str) -> list[Point]:
    """The results of a park over time, from (round, run) in the order of time; breaks in category or method are marked."""
    points: list[Point] = []
    digest = ""
    for round_, run in results:
        row = next((one for one in run.scores if one["unit"] == unit), None)
        if row is None:
            continue
        parted = len(run.meta["categories"]) > 1
        column = "rank_in_category" if parted else "rank"
        peers = [
            one for one in run.scores if one[column] is not None and (not parted or one["category"] == row["category"])
        ]
        breaks = _breaks(points[-1], row, run, digest) if points else ""
        digest = run.method_digest
        parts = {name: row.get(node) for node, name in dimensions(run.meta)}
        points.append(
            Point(
                round_.pk, round_.period, run.meta["period_words"], row["score"], row[column], len(peers), row["category"] or "",
                row["grade"] or "", run.meta["reference"], breaks, parts,
            )
        )  # fmt: skip
    return points


def _breaks(last: Point, row: Mapping[str, Any], run: Any, digest: str) -> str:
    said = []
    if (row["category"] or "") != last.category:
        said.append(f"类别由 {last.category or '无'} 变为 {row['category'] or '无'}")
    if run.method_digest != digest:
        said.append(f"评价办法由 {last.method} 变为 {run.meta['reference']}")
    return "；".join(said)
