"""Finding a method and reading it whole: all its faults at once, or a `Method`."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from yuance.errors import Fault, Place, YuanceError
from yuance.method import schema
from yuance.method.checking import check_tables
from yuance.method.form import read_tables
from yuance.method.lints import lint
from yuance.method.messages import MESSAGES
from yuance.method.method import Method
from yuance.method.sources import Document, read_document

Item = TypeVar("Item", bound=schema.Table)


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
    tables, problems = read_tables(document)
    faults += problems
    problems, used = check_tables(document, tables, frozenset(attributes), folder)
    faults += problems
    if faults:
        raise MethodError(faults)
    method = _assemble(tables, document, folder, ())
    return _assemble(tables, document, folder, tuple(lint(method, document, used)))


def locate(reference: str | Path, search: Iterable[Path] = ()) -> tuple[Sequence[Path], Path]:
    """The files of a method, and the folder that the paths of its cases start from."""
    path = Path(reference)
    if path.is_dir():
        files = sorted(path.glob("*.toml"))
        if not files:
            raise MethodError([Fault(MESSAGES["M004"], Place(file=path.name))])
        return files, path
    if path.is_file():
        return [path], path.parent
    known = dict(_library(search))
    found = known.get(str(reference)) or _only_version(str(reference), known)
    if found is None:
        names = "、".join(sorted(known)) or "（无）"
        raise MethodError([Fault(MESSAGES["M001"], Place(), {"reference": reference, "known": names})])
    return locate(found)


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
    for root in [*([own] if own else []), *search]:
        for place in sorted({*root.glob("*.toml"), *root.glob("*/*.toml"), *root.glob("*/*/*.toml")}):
            header = _header(place)
            if header is not None:
                alone = place.parent == root or sum(1 for _ in place.parent.glob("*.toml")) == 1
                yield header, place if alone else place.parent


def _header(file: Path) -> str | None:
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8-sig")).get("method")
    except (OSError, ValueError):
        return None
    if isinstance(table, dict) and "id" in table and "version" in table:
        return f"{table['id']}@{table['version']}"
    return None


def _assemble(
    tables: dict[str, list[schema.Table]], document: Document, folder: Path, warnings: tuple[Fault, ...]
) -> Method:
    def items(name: str, kind: type[Item]) -> tuple[Item, ...]:
        return tuple(item for item in tables[name] if isinstance(item, kind))

    return Method(
        header=items("method", schema.Header)[0],
        categories=items("category", schema.Category),
        variables={item.id: item for item in items("variable", schema.Variable)},
        dimensions={item.id: item for item in items("dimension", schema.Dimension)},
        indicators={item.id: item for item in items("indicator", schema.Indicator)},
        adjustments=items("adjustment", schema.Adjustment),
        vetoes=items("veto", schema.Veto),
        grades=items("grade", schema.Grade),
        grading=next(iter(items("grading", schema.Grading)), schema.Grading()),
        checks=items("check", schema.Check),
        sanctions=items("sanction", schema.Sanction),
        cases=items("case", schema.Case),
        digest=_digest(document.tables),
        folder=folder,
        warnings=warnings,
    )


def _digest(tables: dict[str, Any]) -> str:
    """sha256 over the content; layout, comments and the division into files do not count, cases neither."""
    content = {name: table for name, table in tables.items() if name != "case"}
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
