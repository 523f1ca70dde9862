"""What the verbs share: finding a method, reading facts, and telling faults."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from yuance.errors import SEVERITY_NAMES, Fault, Language, YuanceError

if TYPE_CHECKING:
    from yuance.facts import Facts
    from yuance.loop.evaluation import Evaluation
    from yuance.method import Method

NOTHING_DONE = 2
MISSING_REFERENCE = "M212"

facts_argument = click.argument("facts", nargs=-1, required=True, type=click.Path(path_type=Path))
method_option = click.option(
    "--method", "-m", required=True, help="A .toml file, a folder of them, or id@version. 评价办法"
)
period_option = click.option(
    "--period", "-p", "periods", multiple=True, help="2023, 2023H1, 2023Q3 or 2023M09; may be repeated. 报告期"
)
units_option = click.option(
    "--units", "-u", type=click.Path(path_type=Path), help="Table of units: unit, name, category, attributes. 对象表"
)
language_option = click.option(
    "--language", type=click.Choice(["zh", "en"]), default="zh", help="Language of what is said. 语言"
)


def told(command: Callable[..., Any]) -> Callable[..., Any]:
    """Faults of the inputs are said on standard error, all of them, and end the verb with status 2."""
    from functools import wraps  # noqa: PLC0415

    @wraps(command)
    def telling(*arguments: Any, **options: Any) -> Any:
        try:
            return command(*arguments, **options)
        except YuanceError as error:
            stop(error.faults)

    return telling


def stop(faults: Sequence[Fault]) -> NoReturn:
    """Say every fault and leave: nothing could be done."""
    tell_faults(faults)
    sys.exit(NOTHING_DONE)


def tell_faults(faults: Sequence[Fault]) -> None:
    """Each fault with code and place, in Chinese and in English, on standard error."""
    for fault in faults:
        heads: dict[Language, str] = {language: SEVERITY_NAMES[language][fault.severity] for language in ("zh", "en")}
        place = f" {fault.place}" if str(fault.place) else ""
        click.echo(f"{heads['zh']} [{fault.code}]{place}\n  {fault.text('zh')}\n  {fault.text('en')}", err=True)


def search_folders() -> list[Path]:
    """Folders of further methods, from YUANCE_METHODS."""
    return [Path(part) for part in os.environ.get("YUANCE_METHODS", "").split(os.pathsep) if part]


def load_method(reference: str, attributes: Sequence[str] = ()) -> Method:
    """The method that the user names."""
    from yuance.method import read_method  # noqa: PLC0415

    return read_method(reference, search=search_folders(), attributes=attributes)


def load(facts: Sequence[Path], method: str, periods: Sequence[str], units: Path | None) -> tuple[Method, Facts]:
    """Method and facts. Names in the method that are neither variables nor declared may be columns of the tables."""
    from yuance.facts import read_facts  # noqa: PLC0415
    from yuance.method import MethodError  # noqa: PLC0415

    period = periods[0] if len(periods) == 1 else None
    refusal: MethodError | None = None
    unknown: list[str] = []
    try:
        read = load_method(method)
    except MethodError as error:
        if any(fault.code != MISSING_REFERENCE for fault in error.faults):
            raise
        refusal, unknown = error, sorted({str(fault.values["name"]) for fault in error.faults})
        read = load_method(method, unknown)
    table = read_facts(facts, read, units=units, period=period, attributes=sorted(used_attributes(read)))
    if refusal is not None and not set(unknown) <= set(table.units.columns):
        raise refusal
    return read, table


def used_attributes(method: Method) -> set[str]:
    """The unit attributes that the method's expressions name."""
    from yuance.loop.evaluation.categorise import wanted_attributes  # noqa: PLC0415

    return wanted_attributes(method)


def evaluated(facts: Sequence[Path], method: str, periods: Sequence[str], units: Path | None) -> Evaluation:
    """The evaluation that `score` writes and `explain` reads."""
    from yuance.facts import judge  # noqa: PLC0415
    from yuance.facts.period import parse_period  # noqa: PLC0415
    from yuance.loop.evaluation import evaluate  # noqa: PLC0415
    from yuance.loop.evaluation.formulas import looked_back_on  # noqa: PLC0415

    read, table = load(facts, method, periods, units)
    asked = list(periods) or None
    texts = asked or table.table.get_column("period").unique().to_list()
    judged = [period for text in texts if (period := parse_period(text)) is not None]
    notes = judge(table, read, judged, needs_previous=looked_back_on(read))
    return evaluate(table, read, periods=asked, notes=notes)
