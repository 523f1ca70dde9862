"""Where the heading of a sheet stands, and what each of its columns is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from yuance.facts import vocabulary as words
from yuance.facts.measure import conversion, fold, read_measure
from yuance.facts.number import is_gap
from yuance.facts.period import Period, find_period
from yuance.facts.sheet import Sheet
from yuance.facts.vocabulary import Meaning, Vocabulary, kind_word

SEARCHED = 20  # rows from the top in which a heading may begin
DEEPEST = 4  # rows of a heading
RESERVED = frozenset({"unit", "period"})
_CAPTION = re.compile(
    r"^[（(]?\s*(?:计量|金额|数据)?单位\s*[:：]\s*(?P<measures>.+?)[）)]?$|^\(?unit\s*[:：]\s*(?P<english>.+?)\)?$",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"^[^:：]{1,12}[:：].*")
_STAMP = re.compile("日期|时间|制表|打印|印发")
_NUMERIC = re.compile(r"[\d.,%\s-]*\d[\d.,%\s-]*")
_SPLIT = re.compile(r"[、,，;；和及\s]+")


@dataclass(frozen=True)
class Heading:
    """The columns of a sheet by what they are; rows from 0, -1 where the form itself names the columns."""

    first: int
    last: int
    unit: int
    period: int | None = None
    period_part: int | None = None  # a quarter or month beside a column of years
    variables: tuple[tuple[int, Meaning], ...] = ()
    long: LongColumns | None = None
    name: int | None = None
    category: int | None = None
    others: tuple[tuple[int, str], ...] = ()  # unknown columns: perhaps attributes
    nameless: tuple[int, ...] = ()
    doubtful: tuple[tuple[int, str], ...] = ()  # headings that could mean several variables
    caption: tuple[str, ...] = ()  # measures above the table
    titled: Period | None = None  # the period that a title or the sheet's name tells

    @property
    def usable(self) -> bool:
        """Whether there is any column to read facts from."""
        return bool(self.variables) or self.long is not None


@dataclass(frozen=True)
class LongColumns:
    """The columns of a long table."""

    variable: int
    value: int
    kind: int | None = None
    measure: int | None = None


def find_heading(sheet: Sheet, vocabulary: Vocabulary) -> Heading | None:
    """The heading of a sheet, or None where no column of units is found."""
    if sheet.headings is not None:
        paths = [[heading.strip()] for heading in sheet.headings]
        return _understand(paths, vocabulary, -1, -1)
    known = _Recognition(vocabulary)
    rows = [_row_words(sheet, row) for row in range(min(SEARCHED, sheet.height))]
    scores = [sum(known(text) for text in set(row) if text) for row in rows]
    for anchor in sorted(range(len(rows)), key=lambda row: (-scores[row], row)):
        if scores[anchor] == 0:
            break
        first, last = _block(rows, anchor, known)
        paths = _paths(sheet, rows, first, last)
        heading = _understand(paths, vocabulary, first, last)
        if heading is not None:
            return _with_surroundings(heading, sheet, rows[: last + 1])
    return None


class _Recognition:
    """Whether a text is a word that heads columns."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._units = {fold(word) for word in (*words.UNIT_CODES, *words.UNIT_NAMES)}
        self._fixed = {
            fold(word)
            for some in (
                words.UNIT_CODES,
                words.UNIT_NAMES,
                words.PERIODS,
                words.LONG_VARIABLES,
                words.LONG_VALUES,
                words.IGNORED,
            )
            for word in some
        } | words.CATEGORIES

    def __call__(self, text: str) -> bool:
        return len(text) < 200 and (fold(text) in self._fixed or self.is_variable(text))

    def is_unit(self, text: str) -> bool:
        return fold(text) in self._units

    def is_variable(self, text: str) -> bool:
        return self._vocabulary.read(text) is not None


def _row_words(sheet: Sheet, row: int) -> list[str]:
    """The texts of a row, each text of a merged range in all of its columns."""
    said = [column.words_at(row) for column in sheet.columns]
    for top, left, bottom, right in sheet.merged or ():
        if top == row and right > left:
            said[left : right + 1] = [said[left]] * (min(right, len(said) - 1) + 1 - left)
        elif top < row <= bottom and left < len(said):
            for column in range(left, min(right, len(said) - 1) + 1):
                said[column] = sheet.columns[left].words_at(top)
    return said


def _block(rows: list[list[str]], anchor: int, known: _Recognition) -> tuple[int, int]:
    """The first and last row of the heading around its richest row."""
    first = last = anchor
    while first > 0 and anchor - first < DEEPEST - 1 and _groups(rows[first - 1], known):
        first -= 1
    while last + 1 < len(rows) and last - first < DEEPEST - 1 and _continues(rows, first, last + 1, known):
        last += 1
    return first, last


def _groups(row: list[str], known: _Recognition) -> bool:
    """Whether a row above the richest one belongs to the heading: groups over columns, no title and no caption."""
    said = {text for text in row if text}
    if any(_LABELLED.match(text) and not known(text) for text in said):
        return False
    return len(said) > 1 or any(known(text) for text in said)


def _continues(rows: list[list[str]], first: int, number: int, known: _Recognition) -> bool:
    """Whether a row below still belongs to the heading: measures, actual and target, ids, or words under a group."""
    above = rows[number - 1]
    said = [(column, text) for column, text in enumerate(rows[number]) if text and text != above[column]]
    units = [column for column in range(len(above)) if any(known.is_unit(row[column]) for row in rows[first:number])]
    if not said or any(column in units and not known(text) for column, text in said):
        return False
    if all(_belongs(text, known) for _, text in said):
        return any(kind_word(text) or known.is_variable(text) or _is_measure(text) for _, text in said)
    under_group = any(not above[column] or above[column] in above[:column] for column, _ in said)
    return bool(units) and under_group and not any(_NUMERIC.fullmatch(text) or is_gap(text) for _, text in said)


def _is_measure(text: str) -> bool:
    return read_measure(text.strip("()（）")) is not None


def _belongs(text: str, known: _Recognition) -> bool:
    if _NUMERIC.fullmatch(text):
        return False
    return bool(known(text) or kind_word(text) or _is_measure(text) or fold(text) in words.REMARKS)


def _paths(sheet: Sheet, rows: list[list[str]], first: int, last: int) -> list[list[str]]:
    """The texts above each column from top to bottom, without repetitions; groups written once are spread to the right."""
    block = [list(row) for row in rows[first : last + 1]]
    if sheet.merged is None or not sheet.merged:
        for level, row in enumerate(block[:-1]):
            for column in range(1, len(row)):
                if not row[column] and row[column - 1] and any(lower[column] for lower in block[level + 1 :]):
                    row[column] = row[column - 1]
    return [list(dict.fromkeys(row[column] for row in block if row[column])) for column in range(len(sheet.columns))]


def _understand(paths: list[list[str]], vocabulary: Vocabulary, first: int, last: int) -> Heading | None:
    meanings = {column: found for column, path in enumerate(paths) if (found := _meaning(path, vocabulary))}
    free = {column: path for column, path in enumerate(paths) if path and column not in meanings}
    long = _long_columns(free)
    taken = set() if long is None else {long.variable, long.value, long.kind, long.measure}
    free = {column: path for column, path in free.items() if column not in taken}
    unit = _first_of(free, (*words.UNIT_CODES, *words.UNIT_NAMES))
    if unit is None:
        return None
    del free[unit]
    period, part = _period_columns(free)
    free = {column: path for column, path in free.items() if column not in {period, part}}
    name = _first_of(free, words.NAMES)
    category = _first_of(free, words.CATEGORIES)
    rest = [(column, path) for column, path in sorted(free.items()) if column not in {name, category}]
    doubtful = tuple((column, path[-1]) for column, path in rest if vocabulary.namesakes(path[-1]))
    others = tuple(
        (column, path[-1]) for column, path in rest if not _ignored(path[-1]) and (column, path[-1]) not in doubtful
    )
    nameless = tuple(column for column, path in enumerate(paths) if not path)
    variables = () if long is not None else tuple(sorted(meanings.items()))
    return Heading(first, last, unit, period, part, variables, long, name, category, others, nameless, doubtful)


def _meaning(path: Sequence[str], vocabulary: Vocabulary) -> Meaning | None:
    """What the texts above a column say together: the lowest that names a variable, with the kind and measure of the rest.

    Below the variable only kinds, measures and remarks may stand: 增速 under 税收收入 is another thing than 税收收入.
    """
    if len(path) == 1 and path[0] in RESERVED:
        return None
    for level in range(len(path) - 1, -1, -1):
        found = vocabulary.read(path[level])
        if found is None:
            continue
        for below in path[level + 1 :]:
            found = _qualified(found, below, vocabulary)
            if found is None:
                break
        else:
            for above in path[:level]:
                found = _qualified(found, above, vocabulary) or found
            return found
    joined = [vocabulary.read(upper + lower) for upper, lower in pairwise(path)]
    return next((found for found in joined if found is not None), None)


def _qualified(meaning: Meaning, text: str, vocabulary: Vocabulary) -> Meaning | None:
    """The meaning with what another text of its heading adds; None where that is something else."""
    kind, measure, along = kind_word(text), text.strip("()（） "), vocabulary.read(text)
    if kind:
        return replace(meaning, kind=kind)
    if along is not None and along.variable.id == meaning.variable.id:
        target = "target" if "target" in {along.kind, meaning.kind} else "actual"
        return replace(meaning, measure=meaning.measure or along.measure, kind=target)
    if read_measure(measure) is not None:
        return replace(meaning, measure=meaning.measure or measure)
    return meaning if fold(measure) in words.REMARKS else None


def _long_columns(free: dict[int, list[str]]) -> LongColumns | None:
    variable = _first_of(free, words.LONG_VARIABLES)
    value = _first_of(free, words.LONG_VALUES)
    if variable is None or value is None:
        return None
    kind = _first_of(free, words.LONG_KINDS)
    left = {column: path for column, path in free.items() if column not in {variable, value, kind}}
    measure = _first_of(left, words.LONG_MEASURES)
    if (
        measure is not None
        and fold(left[measure][-1]) == "单位"
        and _first_of({c: p for c, p in left.items() if c != measure}, (*words.UNIT_CODES, *words.UNIT_NAMES)) is None
    ):
        measure = None
    return LongColumns(variable, value, kind, measure)


def _first_of(free: dict[int, list[str]], wanted: Iterable[str]) -> int | None:
    """The column whose heading is the earliest of the wanted words."""
    by_word: dict[str, int] = {}
    for column, path in sorted(free.items()):
        for text in path:
            by_word.setdefault(fold(text), column)
    for word in wanted:
        if fold(word) in by_word:
            return by_word[fold(word)]
    return None


def _period_columns(free: dict[int, list[str]]) -> tuple[int | None, int | None]:
    period = _first_of(free, words.PERIODS)
    if period is None or fold(free[period][-1]) not in words.YEARS:
        return period, None
    return period, _first_of({column: path for column, path in free.items() if column != period}, words.PARTS)


def _ignored(text: str) -> bool:
    plain = fold(text)
    return plain in words.IGNORED or plain.startswith("unnamed:")


def _with_surroundings(heading: Heading, sheet: Sheet, above: list[list[str]]) -> Heading:
    """The heading with what the rows above it tell: measures in a caption, the period in a title."""
    said = list(dict.fromkeys(text for row in above for text in row if text))
    measures = [measure for text in said for measure in caption_measures(text)]
    titled = _only(find_period(sheet.name)) or _only(*(find_period(text) for text in said if not _STAMP.search(text)))
    return replace(heading, caption=tuple(measures), titled=titled)


def _only(*found: Period | None) -> Period | None:
    """The one period that was found; a title of two periods tells none."""
    distinct = {period for period in found if period is not None}
    finer = {period for period in distinct if period.kind != "year"}
    chosen = finer if finer and len({period.year for period in distinct}) == 1 else distinct
    return next(iter(chosen)) if len(chosen) == 1 else None


def caption_measures(text: str) -> list[str]:
    """The measures that a caption such as 单位：万元、亩 names; none for 填报单位：某某局."""
    for piece in re.split(r"\s{2,}", text.strip()):
        match = _CAPTION.match(piece.strip())
        if match is not None:
            said = match["measures"] or match["english"]
            return [part for part in _SPLIT.split(said) if read_measure(part) is not None]
    return []


def caption_measure(heading: Heading, measured_in: str) -> str:
    """The measure of a caption that concerns a variable measured so; "" where none does. Ratios are not captioned."""
    own = read_measure(measured_in)
    if own is None or not own.bases:
        return ""
    return next((measure for measure in heading.caption if conversion(measure, measured_in) is not None), "")
