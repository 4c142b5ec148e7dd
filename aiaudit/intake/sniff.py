"""What a file is made of, from its first bytes and its first records."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, Final, Literal

from aiaudit.intake import header, numerals, sqlite
from aiaudit.intake.stream import DECODER, BrokenError, values

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aiaudit.intake.numerals import Style

Kind = Literal["lines", "document", "table", "parquet", "sqlite"]

_RECORDS: Final = 50
_AGREE: Final = 0.6
_LONGEST: Final = 1 << 28
_ENOUGH: Final = 1 << 24
_HEAD: Final = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The make of a file and its first records; `names` are the spellings of its columns."""

    kind: Kind
    records: tuple[dict[str, Any], ...]
    separator: str = ""
    names: tuple[str, ...] = ()
    head: str = ""
    skip: int = 0  # lines above the header
    written: Style = "point"  # how its numbers are written
    broken: str = ""


def sniff(path: Path) -> Sample | None:
    """Return what the file looks like; None when it is neither JSON nor a table."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(b"PAR1"):
        return _parquet(path)
    if head.startswith(sqlite.MAGIC):
        return _sqlite(path)
    if not head.strip() or b"\0" in head:
        return None
    text = head.decode("utf-8", "replace")
    return _lines(path) or (_document(path, text) if text.lstrip()[0] in "{[" else _table(path))


def _lines(path: Path) -> Sample | None:
    """Return the sample when most of the first lines are whole JSON objects."""
    with path.open("rb") as file:
        found = [_object(line) for line in _first(file)]
    records = tuple(record for record in found if record is not None)
    if not records or len(records) < _AGREE * len(found):
        return None
    names = dict.fromkeys(name for record in records for name in record)
    return Sample(kind="lines", records=records, names=tuple(names))


def _first(file: IO[bytes]) -> Iterator[bytes]:
    seen = size = 0
    while seen < _RECORDS and size < _ENOUGH and (line := file.readline(_LONGEST)):
        size += len(line)
        if line.strip():
            seen += 1
            yield line


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        value = DECODER.decode(line.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _document(path: Path, head: str) -> Sample:
    records: list[dict[str, Any]] = []
    broken = ""
    try:
        with path.open(encoding="utf-8") as file:
            for _, value in islice(values(file), _RECORDS):
                records += [value] if isinstance(value, dict) else []
    except BrokenError as error:
        broken = str(error)
    names = tuple(dict.fromkeys(name for record in records for name in record))
    return Sample(kind="document", records=tuple(records), names=names, head=head, broken=broken)


def _table(path: Path) -> Sample | None:
    found = header.found(path)
    if found is None:
        return None
    names = tuple(name.strip() for name in found.cells)
    return Sample(
        kind="table",
        records=(dict.fromkeys(name for name in names if name),),
        separator=found.separator,
        names=names,
        skip=found.skip,
        written=numerals.style(cell.strip() for row in found.rows for cell in row),
    )


def _parquet(path: Path) -> Sample | None:
    import pyarrow as pa  # noqa: PLC0415  # only files of this kind need it
    from pyarrow import parquet  # noqa: PLC0415

    try:
        names = tuple(parquet.read_schema(path).names)
    except (OSError, UnicodeDecodeError, pa.ArrowException):
        return Sample(kind="parquet", records=(), broken="its Parquet cannot be read")
    return Sample(kind="parquet", records=(dict.fromkeys(names),), names=names)


def _sqlite(path: Path) -> Sample | None:
    try:
        return Sample(kind="sqlite", records=(sqlite.columns(path),))
    except (sqlite3.Error, UnicodeDecodeError):
        return Sample(kind="sqlite", records=(), broken="its SQLite cannot be read")
