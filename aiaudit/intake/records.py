"""The records of a file one after another, for readers that look at them with Python."""

from __future__ import annotations

import csv
from datetime import date, datetime
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any, Final

from aiaudit.intake import numerals
from aiaudit.intake.lines import apart, fault
from aiaudit.intake.stream import DECODER, values

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from pathlib import Path

    from aiaudit.intake.sniff import Sample

CODES: Final = frozenset(
    {"not json", "cut", "not an object", "bad utf-8", "too deep", "cells", "odd record"}
)
# What code meets in a record that is built as no export is: a list where a name should be.
ODD: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
_TOTALS: Final = frozenset({"total", "totals", "grand total", "subtotal", "sum", "total cost"})
_LONGEST_CELL: Final = 1 << 26
_BATCH: Final = 1_000


def records(path: Path, sample: Sample) -> Iterator[tuple[str, Any]]:
    """Yield each record as it is written, where that is JSON, and its value.

    For one that cannot be read the text is the code of the reason, and the value is None. Numbers
    are text.

    Raises:
        BrokenError: the file breaks off.
    """
    if sample.kind == "lines":
        return _lines(path)
    if sample.kind == "table":
        return _rows(path, sample)
    return _batches(path) if sample.kind == "parquet" else _values(path)


def cells(path: Path, sample: Sample) -> Iterator[list[str]]:
    """Yield the cells of every record of a table below its header; a blank line has too few."""
    csv.field_size_limit(_LONGEST_CELL)
    with _text(path) as file:
        for _ in range(sample.skip):
            file.readline()
        found = csv.reader(file, delimiter=sample.separator)
        next(found, None)
        yield from found


def is_blank(row: list[str], sample: Sample) -> bool:
    """Return whether a row of cells is a blank line."""
    return len(row) < len(sample.names) and not any(cell.strip() for cell in row)


def cell_fault(row: list[str], wanted: int) -> str | None:
    """Return the code of what is wrong with a row of cells."""
    if len(row) != wanted:
        return "cells"
    odd = any("\udc80" <= char <= "\udcff" for cell in row if not cell.isascii() for char in cell)
    return "bad utf-8" if odd else None


def totals_rows(path: Path, sample: Sample, among: Container[int]) -> Iterator[int]:
    """Yield the numbers of those rows that say of themselves that they are a total."""
    written = (row for row in cells(path, sample) if not is_blank(row, sample))
    for number, row in enumerate(written, start=1):
        if number in among and any(cell.strip().strip(":").lower() in _TOTALS for cell in row):
            yield number


def _text(path: Path) -> IO[str]:
    return path.open(encoding="utf-8", errors="surrogateescape", newline="")


def _lines(path: Path) -> Iterator[tuple[str, Any]]:
    with path.open("rb") as raw:
        for line in raw:
            for part in apart(line) if line.strip() else ():
                code = fault(part)
                found = "" if code else part.decode().strip()
                yield (code, None) if code else (found, DECODER.decode(found))


def _values(path: Path) -> Iterator[tuple[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from values(file)


def _rows(path: Path, sample: Sample) -> Iterator[tuple[str, Any]]:
    for row in cells(path, sample):
        if is_blank(row, sample):
            continue
        code = cell_fault(row, len(sample.names))
        plain = (numerals.plain(cell, sample.written) for cell in row)
        yield (code, None) if code else ("", dict(zip(sample.names, plain, strict=True)))


def _batches(path: Path) -> Iterator[tuple[str, Any]]:
    from pyarrow import parquet  # noqa: PLC0415  # only files of this kind need it

    with parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(_BATCH):
            for record in batch.to_pylist():
                yield "", _plain(record)


def _plain(value: Any) -> Any:  # noqa: ANN401  # whatever a column holds
    """Return a value as JSON would give it, numbers as text."""
    if isinstance(value, dict):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
