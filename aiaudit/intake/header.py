"""The header of a table: which line it is, what parts its cells, and the rows that follow first."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_HEAD: Final = 1 << 16  # no header is longer
_COLUMNS: Final = 10_000
_SEPARATORS: Final = (",", ";", "\t", "|")
_HINT: Final = "sep="  # a line in which spreadsheets name what parts the cells
_ROWS: Final = 500
_ABOVE: Final = 40  # a title and addresses may stand above a header, and no more than so many lines
_NARROW: Final = 2  # cells in a line of prose
_WIDE: Final = 4  # cells in a header that stands below prose


@dataclass(frozen=True, slots=True)
class Header:
    """The cells of a header, the lines above it, and the rows that come first below it."""

    cells: list[str]
    separator: str
    skip: int
    rows: list[list[str]]


def found(path: Path) -> Header | None:
    """Return the header of a table; None when no line could be one."""
    first = _first_line(path)
    if first.lower().startswith(_HINT) and first.strip()[len(_HINT) :] in _SEPARATORS:
        return _read(path, first.strip()[len(_HINT) :], 1)
    separator = max(_SEPARATORS, key=first.count)
    if len(first) == _HEAD or first.count(separator) >= _COLUMNS:
        return None
    header = _read(path, separator, 0)
    if header and len(header.cells) <= _NARROW and not _is_even(header):
        header = _below(path) or header
    return header if header and any(cell.strip() for cell in header.cells) else None


def _first_line(path: Path) -> str:
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        return file.readline(_HEAD)


def _read(path: Path, separator: str, skip: int) -> Header | None:
    csv.field_size_limit(_HEAD)
    rows: list[list[str]] = []
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        for _ in range(skip):
            file.readline(_HEAD)
        bounded = iter(partial(file.readline, _HEAD), "")
        try:
            rows += islice(csv.reader(bounded, delimiter=separator), _ROWS)
        except csv.Error:
            if not rows:  # a cell further down may be long, but not one of the header
                return None
    return Header(rows[0], separator, skip, rows[1:]) if rows else None


def _is_even(header: Header) -> bool:
    """Return whether the rows are as wide as the header, so that it is one."""
    widths = {len(row) for row in header.rows[:5] if row}
    return widths <= {len(header.cells)}


def _below(path: Path) -> Header | None:
    """Return the header below a title: the first line as wide as most of those that follow."""
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        lines = [file.readline(_HEAD) for _ in range(2 * _ABOVE)]
    separator = max(_SEPARATORS, key=lambda mark: sum(line.count(mark) for line in lines))
    widths = [len(next(csv.reader([line], delimiter=separator), [])) for line in lines]
    wide = Counter(width for width in widths if width >= _WIDE)
    if not wide:
        return None
    skip = widths.index(wide.most_common(1)[0][0])
    return _read(path, separator, skip) if skip <= _ABOVE else None
