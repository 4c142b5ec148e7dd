"""Copies that the engine reads a line at a time: of documents, nested pages and odd tables."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any, Final

from aiaudit.errors import AuditError, UnreadableError
from aiaudit.intake import numerals, sqlite
from aiaudit.intake.lines import fault
from aiaudit.intake.records import CODES, ODD, cell_fault, cells, is_blank, records
from aiaudit.intake.relation import Table
from aiaudit.intake.stream import BrokenError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from aiaudit.intake.account import Source
    from aiaudit.intake.sniff import Sample
    from aiaudit.readers import Export, Flat

    _Copied = tuple[list[Source], Table]
    Rows = Callable[[Export], Iterator[Flat]]

_EMPTY: Final = "{}\n"
_NAME: Final = "file_name"  # a column of that name is the file's, where its rows lack what it says
_BREAKS: Final = str.maketrans("\r\n", "  ")


def together(sources: Sequence[Source], copy: Path, failures: list[AuditError]) -> _Copied:
    """Copy the records of several files into lines, one file after another.

    A file that cannot be read to its end adds to `failures`, and nothing to the copy.
    """
    good, starts = [], []
    refused: dict[int, str] = {}
    place = longest = 0
    with copy.open("w", encoding="utf-8", newline="") as out:
        for source in sources:
            begun, codes, at = out.tell(), dict[int, str](), place
            try:
                for line in _read(source):
                    at += 1
                    if line in CODES:
                        codes[at] = line
                    longest = max(longest, len(line))
                    out.write(_EMPTY if line in CODES else line + "\n")
            except UnreadableError as error:
                failures.append(error)
                out.seek(begun)
                out.truncate()
                continue
            good.append(source)
            starts.append(place)
            refused |= codes
            place = at
    reader, kind = sources[0].reader, sources[0].sample.kind
    names = dict.fromkeys(name for source in good for name in source.sample.names)
    own = reader.flattens(kind) or kind == "table"
    table = Table(
        path=copy,
        kind="lines",
        names=tuple(reader.columns if own else names),
        refused=refused,
        starts=tuple(starts),
        longest=4 * longest,
    )
    return good, table


def of_document(source: Source, copy: Path) -> Table:
    """Copy records into lines: each as it stands, or the rows that the reader sees in it.

    Raises:
        UnreadableError: a document ends too early, or is no JSON from some place on.
    """
    failures: list[AuditError] = []
    _, table = together([source], copy, failures)
    if failures:
        raise failures[0]
    return table


def of_table(path: Path, sample: Sample, copy: Path) -> tuple[Table, int]:
    """Copy a table record by record with Python's own reader; return it and its blank lines."""
    refused: dict[int, str] = {}
    row = blank = longest = 0
    with copy.open("w", encoding="utf-8", newline="") as out:
        for found in cells(path, sample):
            if is_blank(found, sample):
                blank += 1
                continue
            row += 1
            if code := cell_fault(found, len(sample.names)):
                refused[row] = code
            plain = (numerals.plain(cell, sample.written) for cell in found)
            record = {} if code else dict(zip(sample.names, plain, strict=True))
            longest = max(longest, out.write(json.dumps(record) + "\n"))
    room = 4 * longest
    table = Table(path=copy, kind="lines", names=sample.names, refused=refused, longest=room)
    return table, blank


def _read(source: Source) -> Iterator[str]:
    try:
        yield from _lines(source)
    except (RecursionError, sqlite3.Error, *ODD) as error:
        name, title = source.file.name, source.reader.title
        raise UnreadableError(f"{name} was taken for {title}, but {_why(error)}") from error


def _why(error: Exception) -> str:
    if isinstance(error, sqlite3.Error):
        return "the database is damaged and cannot be read to its end"
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return str(error) if isinstance(error, BrokenError) else "it is not built as such files are"


def _lines(source: Source) -> Iterator[str]:
    """Yield a line for each row, or the code of the reason why there is none."""
    path, reader = source.plain.path, source.reader
    named: Flat = {_NAME: source.file.name.rpartition("/")[2]} if _NAME in reader.columns else {}
    if reader.database:
        with sqlite.opened(path) as database:
            yield from (_flat(row | named) for row in reader.database(database))
        return
    rows = reader.session(_Exports(source)) if reader.session else reader.rows
    if source.sample.kind == "table" and not reader.unfolds:
        rows = _cells(source)
    for text, value in records(path, source.sample):
        if not isinstance(value, dict):
            yield text if text in CODES else "not an object"
        elif rows:
            yield from _rows(rows, value, named)
        else:
            line = text.translate(_BREAKS)
            yield fault(line.encode()) or line


def _cells(source: Source) -> Rows:
    """Return what makes a row of a record of cells: its columns, as the reader spells them."""
    spelled = {name.lower(): name for name in source.reader.columns}
    exact = {name: name for name in source.reader.columns}
    known = {name: exact.get(name) or spelled.get(name.lower()) for name in source.sample.names}
    twice = {at for name, at in known.items() if at and at != name and at in known}
    wanted = {name: at for name, at in known.items() if at and (at == name or at not in twice)}
    return lambda record: iter([{at: record[name] for name, at in wanted.items()}])


def _rows(rows: Rows, value: Export, named: Flat) -> Iterator[str]:
    """Yield the rows of a record; one that is built in a way that no export is, is refused."""
    try:
        yield from (_flat(row | named) for row in rows(value))
    except ODD:
        yield "odd record"


class _Exports:
    """The records of a file that are whole; each time that they are asked for, from the first."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def __iter__(self) -> Iterator[Export]:
        found: Iterator[tuple[str, Any]] = records(self._source.plain.path, self._source.sample)
        return (value for _, value in found if isinstance(value, dict))


def _flat(row: Mapping[str, str | None]) -> str:
    whole = {
        name: value.encode("utf-8", "replace").decode()
        for name, value in row.items()
        if value is not None
    }
    return json.dumps(whole)
