"""From paths to sheets: which files are meant, what they really are, whatever they are called."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from yuance.errors import Fault, Place
from yuance.facts.fault import FactsError, fault
from yuance.facts.sheet import Sheet

SUFFIXES = frozenset(
    {".csv", ".tsv", ".txt", ".tab", ".xlsx", ".xlsm", ".xltx", ".xls", ".xlsb", ".ods", ".parquet", ".pq"}
)
_FOREIGN = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gzip",
    b"{\\rt": "RTF",
    b"SQLi": "SQLite",
}


def sheets_of(paths: Sequence[Path | str] | Path | str, leave_out: Path | None = None) -> list[Sheet]:
    """The sheets of all files, in the order of the paths and of the sheets in each.

    Raises:
        FactsError: with a fault for every file that is missing or cannot be read.
    """
    given = [paths] if isinstance(paths, Path | str) else list(paths)
    files, faults = _files([Path(path) for path in given], leave_out)
    if not given:
        faults.append(fault("F003", file=""))
    sheets: list[Sheet] = []
    for file in files:
        try:
            sheets += read_file(file)
        except FactsError as error:
            faults += error.faults
        except OSError as error:
            faults.append(fault("F002", Place(file.name), file=file.name, reason=error.strerror or error))
    if faults:
        raise FactsError(faults)
    return sheets


def _files(paths: list[Path], leave_out: Path | None) -> tuple[list[Path], list[Fault]]:
    files: list[Path] = []
    faults = []
    for path in paths:
        if path.is_dir():
            inside = [
                file for file in sorted(path.iterdir()) if file.suffix.lower() in SUFFIXES and file.name[0] not in "._~"
            ]
            inside = [
                file
                for file in inside
                if file.is_file() and not (leave_out and leave_out.exists() and file.samefile(leave_out))
            ]
            if not inside:
                faults.append(fault("F003", Place(path.name), file=path.name))
            files += inside
        elif not path.exists():
            faults.append(fault("F001", Place(path.name), file=path))
        else:
            files.append(path)
    return files, faults


def read_file(path: Path) -> list[Sheet]:
    """The sheets of one file; what it is is told by its first bytes, not by its name.

    Raises:
        FactsError: it is no table.
    """
    with path.open("rb") as stream:
        head = stream.read(2048)
    if head[:4] == b"PAR1":
        from yuance.facts.columnar import read_parquet  # noqa: PLC0415  each form's library is loaded when it is met

        return [read_parquet(path)]
    if head[:2] == b"PK" or head[:4] == b"\xd0\xcf\x11\xe0":
        from yuance.facts.workbook import read_workbook  # noqa: PLC0415

        return read_workbook(path)
    kind = next((name for mark, name in _FOREIGN.items() if head.startswith(mark)), "")
    if not kind and head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        kind = "HTML/XML"
    if not kind and head.lstrip()[:1] in {b"{", b"["} and path.suffix.lower() == ".json":
        kind = "JSON"
    if kind:
        raise FactsError([fault("F010", Place(path.name), file=path.name, kind=kind)])
    if path.suffix.lower() in {".parquet", ".pq"}:
        raise FactsError([fault("F015", Place(path.name), file=path.name, reason="PAR1")])
    from yuance.facts.delimited import read_delimited  # noqa: PLC0415

    return [read_delimited(path)]
