"""What the facts ask of the engine: the form that a method makes, what a typed text says, what is doubtful about values.

Plain rows go in, frozen values come out; nothing of the engine passes this file.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from yuance.errors import Finding
from yuance.facts import Facts, judge, parse_period
from yuance.facts.cells import clean
from yuance.facts.facts import TARGET_SUFFIX
from yuance.facts.measure import conversion
from yuance.facts.messages import MESSAGES
from yuance.facts.sheet import Column
from yuance.facts.variable import WORDS, YES_NO
from yuance.loop.evaluation import evaluate
from yuance.loop.evaluation.categorise import wanted_attributes
from yuance.method import Method
from yuance.method.expression import Call, Name, Node, parse, walk
from yuance_web.records.releases.bridge import read
from yuance_web.records.releases.models import Release

LONGEST = 500  # characters of a value of words
LARGEST = 1e15  # beyond this a float no longer holds each unit
TARGETED = frozenset({"target", "completion"})
KEPT = 32
FAILED_CHECKS = frozenset({"E210", "E211"})  # the evaluation's findings about checks that do not hold


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the form: a variable (数据项) of the method, and whether a target is asked for as well."""

    id: str
    name: str
    measured_in: str
    kind: str
    owner: str
    definition: str
    number: int
    targeted: bool = False
    needed_by: frozenset[str] = frozenset()  # categories whose score asks for it

    @property
    def is_words(self) -> bool:
        """Whether its value is words."""
        return self.kind in WORDS

    @property
    def is_yes_no(self) -> bool:
        """Whether its value is 是 or 否."""
        return self.kind == YES_NO

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of its cells."""
        return ("actual", "target") if self.targeted else ("actual",)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form: the first-level dimension whose indicators use these items."""

    id: str
    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Form:
    """The form that a method makes; `related` are the items that stand in a check together."""

    sections: tuple[Section, ...]
    items: Mapping[str, Item]
    related: Mapping[str, frozenset[str]]
    digest: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What a typed text says: a number, words, nothing (a gap), or a problem in words."""

    value: float | None = None
    text: str = ""
    problem: str = ""

    @property
    def is_gap(self) -> bool:
        """Whether there is no value."""
        return self.value is None and not self.text


@dataclass(frozen=True, slots=True)
class Known:
    """A value that is known: of this round or of an earlier period."""

    unit: str
    period: str
    variable: str
    kind: str
    value: float | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is doubtful about a value, with the value it probably should be."""

    code: str
    severity: str  # error, explain, note
    text: str
    suggestion: str = ""
    question: str = ""
    items: tuple[str, ...] = ()


@dataclass
class _Shelf:
    """Forms by the digest of their method; the oldest is let go."""

    forms: dict[str, Form] = field(default_factory=dict)


_SHELF = _Shelf()


def form_of(release: Release) -> Form:
    """The form of a release; made once a process."""
    known = _SHELF.forms.get(release.digest)
    if known is None:
        if len(_SHELF.forms) >= KEPT:
            _SHELF.forms.clear()
        known = _SHELF.forms[release.digest] = _form(read(release))
    return known


def read_entry(item: Item, typed: str) -> Entry:
    """The value that a person typed, in the item's measure: full-width digits and thousands commas are fine."""
    if len(typed) > LONGEST:
        return Entry(problem=f"内容超过 {LONGEST} 字；请精简")
    if "\x00" in typed:
        return Entry(problem="内容含有不可见的控制字符；请重新输入")
    return read_entries(item, [(typed.strip() or None, False)])[0]


def read_entries(item: Item, cells: Sequence[tuple[object, bool]]) -> list[Entry]:
    """The values of cells as a workbook has them: (content, whether it is shown as a percentage)."""
    contents = [content for content, _ in cells]
    text = [one[: LONGEST + 1] if isinstance(one, str) else None for one in contents]
    numbers = [float(one) if isinstance(one, int | float) and not isinstance(one, bool) else None for one in contents]
    column = Column(
        numbers=pl.Series(numbers, dtype=pl.Float64) if any(one is not None for one in numbers) else None,
        text=pl.Series(text, dtype=pl.String),
        odd={
            row: one
            for row, one in enumerate(contents)
            if one is not None and not isinstance(one, str) and numbers[row] is None
        },
        percent=frozenset(row for row, (_, percent) in enumerate(cells) if percent and numbers[row] is not None),
    )
    found = clean(column, pl.Series(range(len(cells)), dtype=pl.Int64), _Variable(item))
    problems = {one.position: _refusal(one.code, one.words, item) for one in found.troubles}
    return [_entry(item, value, problems.get(row, "")) for row, value in enumerate(found.values.to_list())]


def _entry(item: Item, value: object, problem: str) -> Entry:
    if problem:
        return Entry(problem=problem)
    if item.is_words:
        said = str(value or "")
        return Entry(text=said) if len(said) <= LONGEST else Entry(problem=f"内容超过 {LONGEST} 字；请精简")
    number = value if isinstance(value, float) else None
    if number is not None and abs(number) > LARGEST:
        return Entry(problem=f"数值过大（超过 {LARGEST:g}）；请核对位数和计量单位")
    return Entry(value=number)


def doubts(
    release: Release,
    period: str,
    known: Iterable[Known],
    *,
    units: Mapping[str, tuple[str, str]],
    items: Collection[str] | None = None,
) -> dict[tuple[str, str], list[Doubt]]:
    """What must be explained, corrected or noted about the values of a period, by (unit, item).

    `known` holds the values of the period and of earlier ones; `units` maps a unit to its name and category;
    `items` limits the answer. The engine's plausibility (bounds, jumps, slips, falls) and the method's own checks.
    """
    method, form = read(release), form_of(release)
    wanted = set(form.items) if items is None else set(items) & set(form.items)
    facts = _facts(method, known, units, period)
    found: dict[tuple[str, str], list[Doubt]] = {}
    if facts is None:
        return found
    for finding in judge(facts, [method.variables[name] for name in form.items if name in wanted], [period]):
        if finding.unit:
            found.setdefault((finding.unit, finding.place), []).append(_doubt(finding, form.items[finding.place]))
    for finding, operands in _checks(method, facts, period):
        for name in operands:
            if name in wanted:
                said = Doubt(finding.code, finding.severity, _check_words(finding), items=operands)
                found.setdefault((finding.unit, name), []).append(said)
    return found


def last_year(period: str) -> str:
    """The same period a year before."""
    parsed = parse_period(period)
    return str(parsed.years_earlier(1)) if parsed is not None else ""


def is_earlier(period: str, than: str) -> bool:
    """Whether a period ended before another ends; periods of the same end are not earlier."""
    one, other = parse_period(period), parse_period(than)
    return one is not None and other is not None and _end(one) < _end(other)


def _end(period: object) -> tuple[int, float]:
    parts = {"year": 1, "half": 2, "quarter": 4, "month": 12}
    return period.year, period.number / parts[period.kind]  # type: ignore[attr-defined]


class _Variable:
    """An item as the facts room sees a variable."""

    def __init__(self, item: Item) -> None:
        self.id, self.name, self.measured_in, self.kind, self.owner = (
            item.id,
            item.name,
            item.measured_in,
            item.kind,
            item.owner,
        )
        self.range = None
        self.jump = None


def _refusal(code: str, words: str, item: Item) -> str:
    named = f"“{item.name}”"
    values = {"unit": "", "period": "", "variable": item.name, "words": words, "measured_in": item.measured_in}
    return _after(MESSAGES[code].text(values), named)


def _after(said: str, named: str) -> str:
    """A sentence without its lead “单位…的…”: at the cell one knows where one is."""
    return said.partition(named)[2].lstrip("，") or said


def _doubt(finding: Finding, item: Item) -> Doubt:
    said = _after(finding.message.text(finding.values), f"“{finding.values['variable']}”")
    value = float(str(finding.values["value"]).replace(",", "")) if "value" in finding.values else math.nan
    likely, suggestion = str(finding.values.get("likely", "")), math.nan
    if finding.code == "F082":
        factor = conversion(likely, item.measured_in)
        suggestion = value * factor.numerator / factor.denominator if factor is not None else math.nan
    elif finding.code == "F083":
        ratio = value / float(str(finding.values["reference"]).replace(",", ""))
        suggestion = value / 10 ** round(math.log10(abs(ratio)))
    if not math.isfinite(suggestion):
        return Doubt(finding.code, finding.severity, said)
    shown = say(float(f"{suggestion:.12g}"))
    lead = f"疑似按{likely}填报" if likely else "疑似位数有误"
    return Doubt(finding.code, finding.severity, said, shown, f"{lead}，应为 {shown} {item.measured_in}？")


def _check_words(finding: Finding) -> str:
    return finding.message.text(finding.values)


def say(value: float | None) -> str:
    """A number as the form shows it: with thousands commas, and every digit that it has."""
    if value is None:
        return ""
    short = f"{value:,.12g}"
    if float(short.replace(",", "")) != value or "e" in short:
        short = f"{value:,}"
    return short.removesuffix(".0")


def _form(method: Method) -> Form:
    targeted: set[str] = set()
    needed: dict[str, set[str]] = {}
    place: dict[str, str] = {}
    for top in method.children():
        for node in [top, *(name for _, name in method.tree(top))]:
            indicator = method.indicators.get(node)
            if indicator is None:
                continue
            categories = {name for name in method.category_ids if method.share(node, name) > 0}
            for name in _used(parse(indicator.value), targeted, method):
                place.setdefault(name, top)
                needed.setdefault(name, set()).update(categories)
    extra = [item.points for item in method.adjustments] + [item.when for item in method.vetoes]
    for text in extra:
        for name in _used(parse(text), targeted, method):
            place.setdefault(name, "extra")
    for name in method.variables:
        place.setdefault(name, "other")
    names = {top: method.name(top) for top in method.children()} | {
        "extra": "加分、扣分与否决事项",
        "other": "其他数据项",
    }
    items: dict[str, Item] = {}
    sections = []
    for top, title in names.items():
        inside = [name for name in method.variables if place[name] == top]
        if inside:
            for name in inside:
                items[name] = _item(method, name, len(items) + 1, name in targeted, needed.get(name, set()))
            sections.append(Section(top, title, tuple(items[name] for name in inside)))
    related: dict[str, set[str]] = {}
    for check in method.checks:
        group = _used(parse(check.rule), set(), method)
        for name in group:
            related.setdefault(name, set()).update(group)
    return Form(tuple(sections), items, {name: frozenset(group) for name, group in related.items()}, method.digest)


def _item(method: Method, name: str, number: int, targeted: bool, needed: set[str]) -> Item:
    variable = method.variables[name]
    return Item(
        id=name, name=variable.name or name, measured_in=variable.measured_in, kind=variable.kind, owner=variable.owner or "",
        definition=variable.definition or "", number=number, targeted=targeted, needed_by=frozenset(needed),
    )  # fmt: skip


def _used(node: Node, targeted: set[str], method: Method) -> list[str]:
    """The variables that an expression reads, in reading order; those whose target it reads are added to `targeted`."""
    found = []
    for part in walk(node):
        if isinstance(part, Call) and part.function in TARGETED:
            targeted.update(
                one.id
                for argument in part.arguments
                for one in walk(argument)
                if isinstance(one, Name) and one.id in method.variables
            )
        if isinstance(part, Name) and part.id in method.variables:
            found.append(part.id)
    return list(dict.fromkeys(found))


def _facts(method: Method, known: Iterable[Known], units: Mapping[str, tuple[str, str]], period: str) -> Facts | None:
    rows: dict[tuple[str, str], dict[str, object]] = {}
    for one in known:
        variable = method.variables.get(one.variable)
        if variable is None:
            continue
        row = rows.setdefault((one.unit, one.period), {"unit": one.unit, "period": one.period})
        column = one.variable + (TARGET_SUFFIX if one.kind == "target" else "")
        row[column] = (one.text or None) if variable.kind in WORDS else one.value
    if not any(at == period for _, at in rows):
        return None
    columns = [name + suffix for name in method.variables for suffix in ("", TARGET_SUFFIX)]
    kinds = {
        name: pl.String if method.variables[name.removesuffix(TARGET_SUFFIX)].kind in WORDS else pl.Float64
        for name in columns
    }
    schema = {"unit": pl.String, "period": pl.String, **kinds}
    table = pl.DataFrame([rows[key] for key in sorted(rows)], schema=schema)
    present = sorted({unit for unit, _ in rows})
    about = {"unit": present, "name": [units.get(unit, (unit, ""))[0] for unit in present]}
    category = [units.get(unit, ("", ""))[1] or None for unit in present]
    frame = pl.DataFrame({**about, "category": pl.Series(category, dtype=pl.String)})
    absent = sorted(wanted_attributes(method) - set(frame.columns) - {"period"})
    return Facts(table, frame.with_columns([pl.lit(None, dtype=pl.String).alias(name) for name in absent]))


def _checks(method: Method, facts: Facts, period: str) -> list[tuple[Finding, tuple[str, ...]]]:
    """The checks of the method that do not hold, with the items that stand in each."""
    parsed = parse_period(period)
    if not method.checks or parsed is None:
        return []
    operands = {check.id: tuple(_used(parse(check.rule), set(), method)) for check in method.checks}
    notes = evaluate(facts, method, periods=[parsed]).notes
    return [(finding, operands[finding.place]) for finding in notes if finding.code in FAILED_CHECKS]


def needed_items(form: Form, category: str) -> frozenset[str]:
    """The items that the score of a category asks for; all of them where the category is unknown to the method."""
    known: Sequence[str] = sorted({name for item in form.items.values() for name in item.needed_by})
    if category not in known and "all" not in known:
        return frozenset(form.items)
    return frozenset(item.id for item in form.items.values() if {category, "all"} & item.needed_by)
