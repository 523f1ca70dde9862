"""Finding a method and reading it whole: all its faults at once, or a `Method`."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from yuance.errors import Fault, Place, YuanceError
from yuance.method import schema
from yuance.method.checking import faults_across
from yuance.method.form import read_tables
from yuance.method.hints import hints
from yuance.method.lints import lint
from yuance.method.messages import MESSAGES
from yuance.method.method import Method
from yuance.method.sources import FileFault, read_document, read_text, read_toml
from yuance.method.tables import Tables

# Of these tables the order has a meaning; of the others it does not, so that it does not count in the digest.
_ORDERED = frozenset({"category", "grade"})


class MethodError(YuanceError):
    """A method that cannot be used; `faults` says everything that is wrong with it."""


def read_method(reference: str | Path, *, search: Iterable[Path] = (), attributes: Iterable[str] = ()) -> Method:
    """The method at a path (a .toml file or a folder of them), or named `id@version` among those found in `search`
    and those that ship with the package.

    `attributes` are unit attributes known to exist in the facts, beyond those the method declares.
    Raises `MethodError` with every fault of the document.
    """
    files, folder = locate(reference, search)
    document, faults = read_document(files)
    if not document.tables and faults:
        raise MethodError(faults)
    read, problems = read_tables(document)
    faults += problems
    tables = Tables(document, read, frozenset(attributes), folder)
    faults += faults_across(tables)
    if faults:
        raise MethodError(faults)
    method = _assemble(tables, folder)
    return replace(method, warnings=tuple(lint(method, document, frozenset(tables.vocabulary.used))))


def locate(reference: str | Path, search: Iterable[Path] = ()) -> tuple[Sequence[Path], Path]:
    """The files of a method, and the folder that the paths of its cases start from."""
    path = Path(reference)
    if str(reference) and _is(path, folder=True):
        files = _toml_files(path)
        if not files:
            raise MethodError([Fault(MESSAGES["M004"], Place(file=path.name))])
        return files, path
    if _is(path, folder=False):
        return [path], path.parent
    known = available(search)
    found = known.get(str(reference)) or _only_version(str(reference), known)
    if found is None:
        names = "、".join(sorted(known)) or "—"
        values = {"reference": str(reference)[:100], "known": names, **hints(str(reference)[:100], known)}
        raise MethodError([Fault(MESSAGES["M001"], Place(), values)])
    return locate(found)


def _is(path: Path, *, folder: bool) -> bool:
    """Whether the path is a folder, or a file; a name that no file can have is neither."""
    try:
        return path.is_dir() if folder else path.is_file()
    except (OSError, ValueError):
        return False


def _toml_files(folder: Path) -> list[Path]:
    try:
        return sorted(folder.glob("*.toml"))
    except OSError as error:
        raise MethodError([Fault(MESSAGES["M007"], Place(file=folder.name), {"reason": error.strerror})]) from error


def shipped() -> Path | None:
    """The folder of the methods that ship with the package."""
    spec = importlib.util.find_spec("yuance_methods")
    return Path(spec.origin).parent if spec is not None and spec.origin else None


def available(search: Iterable[Path] = ()) -> dict[str, Path]:
    """Every method that can be named `id@version`, with its place."""
    return dict(_library(search))


def _only_version(identifier: str, known: dict[str, Path]) -> Path | None:
    versions = [path for name, path in known.items() if name.partition("@")[0] == identifier]
    return versions[0] if len(versions) == 1 else None


def _library(search: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """(id@version, place) of the methods below the shipped folder and each folder of `search`; the latter win."""
    own = shipped()
    for root in map(Path, [*([own] if own else []), *search]):
        heads: dict[Path, dict[Path, str]] = {}
        for place in sorted({*root.glob("*.toml"), *root.glob("*/*.toml"), *root.glob("*/*/*.toml")}):
            header = _header(place)
            if header is not None:
                heads.setdefault(place.parent, {})[place] = header
        for folder, named in heads.items():
            # One head in a folder of several files: the folder is the method. Otherwise each file is one of its own.
            whole = folder != root and len(named) == 1 and sum(1 for _ in folder.glob("*.toml")) > 1
            yield from ((header, folder if whole else place) for place, header in named.items())


def _header(file: Path) -> str | None:
    try:
        table = read_toml(file, read_text(file)).get("method")
    except FileFault:
        return None
    if isinstance(table, dict) and isinstance(table.get("id"), str) and isinstance(table.get("version"), str):
        return f"{table['id']}@{table['version']}"
    return None


def _assemble(tables: Tables, folder: Path) -> Method:
    assert tables.header is not None
    return Method(
        header=tables.header,
        categories=tables.categories,
        variables={item.id: item for item in tables.variables},
        dimensions={item.id: item for item in tables.dimensions},
        indicators={item.id: item for item in tables.indicators},
        adjustments=tables.adjustments,
        vetoes=tables.vetoes,
        grades=tables.grades,
        grading=tables.grading,
        checks=tables.checks,
        sanctions=tables.sanctions,
        cases=tables.cases,
        digest=digest(tables.document.tables),
        folder=folder,
    )


def digest(tables: dict[str, Any]) -> str:
    """sha256 over the content: layout, comments, cases, the division into files and the files' order do not count."""
    content: dict[str, Any] = {}
    for name, table in tables.items():
        if name in schema.TABLES and name != "case":
            free = isinstance(table, list) and name not in _ORDERED
            content[name] = sorted(table, key=_canonical) if free else table
    return hashlib.sha256(_canonical(content).encode()).hexdigest()


def _canonical(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, default=str, separators=(",", ":"))
