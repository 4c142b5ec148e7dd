"""Copies that the engine reads a line at a time: of documents, nested pages and odd tables."""

from __future__ import annotations

import csv
import json
from typing import IO, TYPE_CHECKING, Any, Final

from aiaudit.errors import UnreadableError
from aiaudit.intake.lines import apart, fault
from aiaudit.intake.relation import Table
from aiaudit.intake.stream import DECODER, BrokenError, values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from aiaudit.intake.account import Source
    from aiaudit.intake.sniff import Sample
    from aiaudit.readers import Flat

_EMPTY: Final = "{}\n"
_LONGEST_CELL: Final = 1 << 26
_BREAKS: Final = str.maketrans("\r\n", "  ")


def of_documents(sources: Sequence[Source], copy: Path) -> Table:
    """Copy JSON into lines: a record as it stands, or the rows that the reader sees in it.

    Raises:
        UnreadableError: a document ends too early, or is no JSON from some place on.
    """
    refused: dict[int, str] = {}
    starts = []
    place = longest = 0
    with copy.open("w", encoding="utf-8", newline="") as out:
        for source in sources:
            starts.append(place)
            for line in _read(source):
                place += 1
                if line in CODES:
                    refused[place] = line
                longest = max(longest, len(line))
                out.write(_EMPTY if line in CODES else line + "\n")
    names = dict.fromkeys(name for source in sources for name in source.sample.names)
    return Table(
        path=copy,
        kind="lines",
        names=tuple(sources[0].reader.columns if sources[0].reader.rows else names),
        refused=refused,
        starts=tuple(starts),
        longest=4 * longest,
    )


CODES: Final = frozenset({"not json", "cut", "not an object", "bad utf-8", "too deep"})


def _lines(source: Source) -> Iterator[str]:
    """Yield a line for each row, or the code of the reason why there is none."""
    reader = source.reader
    for text, value in _records(source.plain.path, source.sample):
        if not isinstance(value, dict):
            yield text if text in CODES else "not an object"
        elif reader.rows:
            yield from (_flat(row) for row in reader.rows(value))
        else:
            line = text.translate(_BREAKS)
            yield fault(line.encode()) or line


def _flat(row: Flat) -> str:
    whole = {
        name: value.encode("utf-8", "replace").decode()
        for name, value in row.items()
        if value is not None
    }
    return json.dumps(whole)


def _read(source: Source) -> Iterator[str]:
    try:
        yield from _lines(source)
    except (BrokenError, RecursionError) as error:
        why = error if isinstance(error, BrokenError) else "it is nested too deeply"
        name, title = source.file.name, source.reader.title
        raise UnreadableError(f"{name} was taken for {title}, but {why}") from error


def _records(path: Path, sample: Sample) -> Iterator[tuple[str, Any]]:
    if sample.kind != "lines":
        with path.open(encoding="utf-8") as file:
            yield from values(file)
        return
    with path.open("rb") as raw:
        for line in raw:
            for part in apart(line) if line.strip() else ():
                code = fault(part)
                found = "" if code else part.decode().strip()
                yield (code, None) if code else (found, DECODER.decode(found))


def of_table(path: Path, sample: Sample, copy: Path) -> tuple[Table, int]:
    """Copy a table record by record with Python's own reader; return it and its blank lines."""
    csv.field_size_limit(_LONGEST_CELL)
    refused: dict[int, str] = {}
    row = blank = longest = 0
    with _text(path) as file, copy.open("w", encoding="utf-8", newline="") as out:
        records = csv.reader(file, delimiter=sample.separator)
        next(records, None)
        for cells in records:
            if not any(cell.strip() for cell in cells) and len(cells) < len(sample.names):
                blank += 1
                continue
            row += 1
            if code := _cell_fault(cells, len(sample.names)):
                refused[row] = code
            record = {} if code else dict(zip(sample.names, cells, strict=True))
            longest = max(longest, out.write(json.dumps(record) + "\n"))
    room = 4 * longest
    table = Table(path=copy, kind="lines", names=sample.names, refused=refused, longest=room)
    return table, blank


def _text(path: Path) -> IO[str]:
    return path.open(encoding="utf-8", errors="surrogateescape", newline="")


def _cell_fault(cells: list[str], wanted: int) -> str | None:
    if len(cells) != wanted:
        return "cells"
    odd = any("\udc80" <= char <= "\udcff" for cell in cells if not cell.isascii() for char in cell)
    return "bad utf-8" if odd else None
