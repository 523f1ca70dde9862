"""Facts from files and frames: the whole way from what an office sent to one clean table."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

import polars as pl

from yuance.errors import Fault
from yuance.facts.columnar import sheet_of_frame
from yuance.facts.digest import digest_of
from yuance.facts.facts import Facts, Origins
from yuance.facts.fault import FactsError, fault
from yuance.facts.heading import Heading, find_heading
from yuance.facts.joining import KEY, join_parts
from yuance.facts.long import read_long
from yuance.facts.measure import fold
from yuance.facts.notebook import Notebook
from yuance.facts.part import Part, read_attributes
from yuance.facts.period import Period, find_period, read_period
from yuance.facts.rows import filled, find_rows
from yuance.facts.sheet import Sheet
from yuance.facts.source import sheets_of
from yuance.facts.unit_attributes import gather_units
from yuance.facts.units import UnitList, attribute_name, read_units
from yuance.facts.variable import HasVariables, VariableDescription, listed, title
from yuance.facts.vocabulary import Vocabulary
from yuance.facts.wide import read_wide


def read_facts(
    paths: Sequence[Path | str] | Path | str,
    variables: Iterable[VariableDescription] | HasVariables,
    *,
    units: Path | str | None = None,
    period: str | None = None,
    attributes: Collection[str] = (),
) -> Facts:
    """The facts that CSV, Excel and Parquet files report, wide or long, as offices send them.

    Args:
        paths: Files, or folders of files; all are joined.
        variables: What is reported, or the method that says so.
        units: A file with the list of units: unit, name, category and attributes.
        period: The period of tables that name none.
        attributes: Unit attributes that the method uses; other unknown columns are kept too, but reported.

    Returns:
        The facts; whatever was wrong with single cells, rows or columns stands in their findings.

    Raises:
        FactsError: nothing can be done; it carries all faults.
    """
    faults: list[Fault] = []
    sheets: list[Sheet] = []
    notebook = Notebook()
    unit_list: UnitList | None = None
    for what in ("facts", "units"):
        try:
            if what == "facts":
                sheets = sheets_of(paths, Path(units) if units is not None else None)
            elif units is not None:
                unit_list = read_units(sheets_of(Path(units)), notebook)
        except FactsError as error:
            faults += error.faults
    given = _given_period(period, faults)
    if faults:
        raise FactsError(faults)
    return _facts(sheets, Vocabulary(listed(variables)), unit_list, given, attributes=attributes, notebook=notebook)


def facts_from_frame(
    frame: pl.DataFrame,
    variables: Iterable[VariableDescription] | HasVariables,
    *,
    units: pl.DataFrame | None = None,
    period: str | None = None,
    attributes: Collection[str] = (),
) -> Facts:
    """The same from a frame in memory; its facts have no origin.

    Raises:
        FactsError: nothing can be done; it carries all faults.
    """
    faults: list[Fault] = []
    notebook = Notebook()
    given = _given_period(period, faults)
    if faults:
        raise FactsError(faults)
    unit_list = read_units([sheet_of_frame(units)], notebook) if units is not None else None
    facts = _facts(
        [sheet_of_frame(frame)],
        Vocabulary(listed(variables)),
        unit_list,
        given,
        attributes=attributes,
        notebook=notebook,
    )
    return replace(facts, origins=Origins())


def _given_period(period: str | None, faults: list[Fault]) -> Period | None:
    if period is None:
        return None
    found = read_period(period)
    if found is None:
        faults.append(fault("F026", words=period))
    return found


def _facts(
    sheets: Sequence[Sheet],
    vocabulary: Vocabulary,
    unit_list: UnitList | None,
    period: Period | None,
    *,
    attributes: Collection[str],
    notebook: Notebook,
) -> Facts:
    parts = _parts(sheets, vocabulary, unit_list, period, notebook)
    names = _wanted_attributes(parts, vocabulary, unit_list, attributes, notebook)
    parts = [read_attributes(part, wanted) for part, wanted in zip(parts, names, strict=True)]
    parts, units = gather_units(parts, unit_list, notebook)
    _tell_troubles(parts, notebook)
    joined = join_parts(parts, vocabulary, notebook)
    _note_empty_rows(joined.table, notebook)
    digest = digest_of(joined.table, units)
    return Facts(joined.table, units, unit_list is not None, notebook.findings(), joined.origins, digest)


def _parts(
    sheets: Sequence[Sheet],
    vocabulary: Vocabulary,
    unit_list: UnitList | None,
    period: Period | None,
    notebook: Notebook,
) -> list[Part]:
    """The parts of all sheets that hold facts.

    Raises:
        FactsError: no sheet does.
    """
    parts: list[Part] = []
    faults: list[Fault] = []
    known = frozenset(unit_list.names.known) if unit_list is not None else frozenset[str]()
    for sheet in sheets:
        found = _part(sheet, vocabulary, known, period, notebook)
        if isinstance(found, Part):
            parts.append(found)
        else:
            faults.append(found)
    if not parts:
        raise FactsError(faults)
    for one in faults:
        severity = "error" if one.code == "F023" else "note"
        notebook.add(one.code, severity, origin=one.place, **one.values)  # type: ignore[arg-type]
    return parts


def _part(
    sheet: Sheet, vocabulary: Vocabulary, known: frozenset[str], period: Period | None, notebook: Notebook
) -> Part | Fault:
    """The facts of a sheet, or why it has none."""
    place = replace(sheet.place(0), line=None)
    if not sheet.visible:
        return fault("F027", place, file=sheet.file, sheet=sheet.name or sheet.file)
    heading = find_heading(sheet, vocabulary)
    if heading is None:
        return fault("F021", place, file=sheet.file, sheet=sheet.name or sheet.file)
    if not heading.usable:
        hint = _hint([text for _, text in heading.others], vocabulary)
        return fault("F024", place, file=sheet.file, sheet=sheet.name or sheet.file, hint=hint)
    default = _default_period(sheet, heading, period)
    if default is None and heading.period is None:
        return fault("F023", place, file=sheet.file, sheet=sheet.name or sheet.file)
    rows = find_rows(sheet, heading, default, known, notebook)
    if rows.frame.is_empty():
        return fault("F025", place, file=sheet.file, sheet=sheet.name or sheet.file)
    if heading.long is not None:
        return read_long(sheet, heading, rows, vocabulary, notebook)
    return read_wide(sheet, heading, rows, notebook)


def _default_period(sheet: Sheet, heading: Heading, given: Period | None) -> Period | None:
    """The period of rows that name none: of the sheet's name or title, of the file's name, or as given."""
    if heading.period is not None:
        return heading.titled
    titled = heading.titled
    if titled is not None and given is not None and titled.kind == "year" and titled.year == given.year:
        return given
    stem = Path(sheet.file).stem
    return titled or read_period(stem) or given or find_period(stem)


def _hint(texts: Sequence[str], vocabulary: Vocabulary) -> str:
    """Variables that unknown headings may have meant, as a question in brackets; "" where none is near."""
    names = {
        fold(word): title(variable)
        for variable in vocabulary.variables
        for word in (variable.id, variable.name)
        if word
    }
    found = {
        names[close[0]] for text in texts if (close := get_close_matches(fold(text)[:60], names, n=1, cutoff=0.75))
    }
    return f" ({' / '.join(sorted(found)[:5])}?)" if found else ""


def _wanted_attributes(
    parts: Sequence[Part],
    vocabulary: Vocabulary,
    unit_list: UnitList | None,
    attributes: Collection[str],
    notebook: Notebook,
) -> list[Mapping[str, int]]:
    """For each part the columns that tell something of the units; columns that nobody knows are reported."""
    found: list[Mapping[str, int]] = []
    for part in parts:
        heading, sheet = part.heading, part.sheet
        fixed = {"name": heading.name, "category": heading.category}
        wanted = {name: number for name, number in fixed.items() if number is not None}
        for number, text in heading.others:
            name = attribute_name(text)
            if not filled(sheet, [number], part.keys["row"]).any():
                continue
            if unit_list is None and name not in wanted and name not in KEY:  # a second column of units is no attribute
                wanted[name] = number
            if name not in attributes and name not in {"short_name", "former_names"}:
                hint = _hint([text], vocabulary)
                code = "F030" if unit_list is None else "F029"
                notebook.add(
                    code, "note", place=text, origin=sheet.place(max(heading.last, 0), number), words=text, hint=hint
                )
        for number, text in heading.doubtful:
            ids = "、".join(one.id for one in vocabulary.namesakes(text))
            origin = sheet.place(max(heading.last, 0), number)
            notebook.add("F032", "error", place=text, origin=origin, words=text, ids=ids, times=part.keys.height)
        for number in heading.nameless:
            if filled(sheet, [number], part.keys["row"]).any():
                notebook.add("F037", "note", origin=sheet.place(max(heading.last, 0), number))
        found.append(wanted)
    return found


def _tell_troubles(parts: Sequence[Part], notebook: Notebook) -> None:
    for part in parts:
        for number, column, variable, trouble in part.troubles:
            row, unit, period = part.keys.row(trouble.position)
            notebook.add(
                trouble.code,
                "error",
                unit=unit,
                period=period,
                place=column,
                origin=part.sheet.place(row, number),
                variable=title(variable),
                words=trouble.words,
                measured_in=variable.measured_in,
            )


def _note_empty_rows(table: pl.DataFrame, notebook: Notebook) -> None:
    """A unit that reports nothing at all in a period is told: it lacks everything there."""
    names = [name for name in table.columns if name not in KEY]
    refused = notebook.refused
    empty = table.filter(pl.all_horizontal([pl.col(name).is_null() for name in names])) if names else table
    for unit, period in empty.select(KEY).iter_rows():
        if (unit, period) not in refused:
            notebook.add("F062", "note", unit=unit, period=period)
