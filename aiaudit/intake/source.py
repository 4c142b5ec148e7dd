"""Take in one file: each record becomes a row, or is rejected or ignored for a reason."""

from __future__ import annotations

import csv
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from pyarrow import ArrowException

from aiaudit.engine import EngineError
from aiaudit.errors import IntegrityError, UnreadableError
from aiaudit.intake import account, copies, lines, opening, rows
from aiaudit.intake.records import totals_rows
from aiaudit.intake.shape import CAUSES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from aiaudit.engine import Engine
    from aiaudit.errors import AuditError
    from aiaudit.intake.account import Counts, Source
    from aiaudit.intake.relation import Table
    from aiaudit.intake.workspace import Workspace


class HiddenError(Exception):
    """A line holds more than one record; `rows` are the lines to take apart."""

    def __init__(self, rows: frozenset[int]) -> None:
        super().__init__()
        self.rows = rows


def take(engine: Engine, source: Source, work: Workspace) -> None:
    """Read a file in one transaction: its rows, its rejects and its account, or nothing of it.

    Raises:
        UnreadableError: it cannot be read to its end.
        IntegrityError: a record is neither loaded nor refused nor ignored.
    """
    table = opening.opened(source, work)
    with told(source):
        try:
            if table.kind == "table" and source.sample.skip:
                _enter_slowly(engine, source, work)
                return
            _transact(engine, source, table, work)
        except HiddenError as hidden:
            _transact(engine, source, opening.unhidden(table, hidden.rows, work), work)
        except EngineError as error:
            if table.kind != "table" or _REFUSED not in str(error):
                raise
            _enter_slowly(engine, source, work)


def take_together(
    engine: Engine, sources: Sequence[Source], work: Workspace, failures: list[AuditError]
) -> None:
    """Read small files of one reader in one transaction, each with an account of its own.

    A file that cannot be read to its end adds to `failures`; the others are taken in.

    Raises:
        IntegrityError: a record is neither loaded nor refused nor ignored.
    """
    broken: list[AuditError] = []
    good, table = copies.together(sources, work.new(), broken)
    if good:
        with told(good[0]), engine.transaction():
            counts = rows.read(engine, good, table)
            for source, count in zip(good, counts, strict=True):
                count.blank = opening.blanks(source)
                if source.sample.kind == "table":
                    _set_totals_apart(source, count)
            account.enter(engine, zip(good, counts, strict=True))
    failures += broken


@contextmanager
def told(source: Source) -> Iterator[None]:
    """Turn what the engine says of a file into a sentence about it."""
    try:
        yield
    except (EngineError, OSError, ArrowException, UnicodeDecodeError, csv.Error) as error:
        for kind, why in _FAULTS.items():
            if kind in str(error):
                raise UnreadableError(f"{source.file.name} {why}") from error
        # Inside of a damaged Parquet file the engine may stumble over anything.
        if source.sample.kind == "parquet" and not str(error).startswith(_OURS):
            raise UnreadableError(f"{source.file.name} {_DAMAGED}") from error
        raise


_REFUSED: Final = "Invalid Input"
_DAMAGED: Final = "is damaged and cannot be read to its end; export it again"
# What the engine says of a file; anything else that it says is our own fault.
_FAULTS: Final = {
    "Out of Memory": "needs more memory than it may use: raise memory_limit",
    "IO Error": "cannot be read to its end; export it again",
    "field limit": "has a cell without an end: a quotation mark is missing",
    _REFUSED: _DAMAGED,
}
_OURS: Final = ("Binder Error", "Parser Error", "Catalog Error")


def _enter_slowly(engine: Engine, source: Source, work: Workspace) -> None:
    with engine.transaction():
        account.enter(engine, [(source, _slowly(engine, source, work))])


def _transact(engine: Engine, source: Source, table: Table, work: Workspace) -> None:
    with engine.transaction():
        (counts,) = rows.read(engine, [source], table)
        if table.kind == "table":
            counts = _recounted(engine, source, counts, work)
        elif table.own_lines:
            _check_lines(source, table, counts)
        else:
            counts.blank = opening.blanks(source)
        account.enter(engine, [(source, counts)])


def _recounted(engine: Engine, source: Source, counts: Counts, work: Workspace) -> Counts:
    """Compare with an independent count; where cells do not fit, read again the slow way."""
    records, counts.blank = opening.records(source.plain.path)
    if counts.read == records:
        _set_totals_apart(source, counts)
        return counts
    rows.forget(engine, source)
    return _slowly(engine, source, work)


def _slowly(engine: Engine, source: Source, work: Workspace) -> Counts:
    """Read a table that the engine takes wrongly or not at all, as one with mixed line ends."""
    table, blank = copies.of_table(source.plain.path, source.sample, work.new())
    (counts,) = rows.read(engine, [source], table)
    counts.blank = blank
    _set_totals_apart(source, counts)
    return counts


def _set_totals_apart(source: Source, counts: Counts) -> None:
    """Count rows of totals, which a spreadsheet adds and which have no time, as what they are."""
    timeless = {row for row, (code, _) in counts.refused.items() if code in {"no time", "bad time"}}
    if timeless:
        for row in totals_rows(source.plain.path, source.sample, timeless):
            del counts.refused[row]
            counts.ignored["totals row"] += 1


def explain(path: Path, counts: Counts, *, hides: bool) -> None:
    """Say of lines without a record why they have none.

    Raises:
        HiddenError: one of them holds several, in a file that still `hides` such lines.
    """
    if counts.refused:
        codes, hidden = lines.explain(path, counts.refused)
        if hidden and hides:
            raise HiddenError(frozenset(counts.refused))
        counts.refused |= {row: (code, CAUSES[code]) for row, code in codes.items()}


def _check_lines(source: Source, table: Table, counts: Counts) -> None:
    """Explain lines without a record, and prove that every line is one row or blank."""
    explain(table.path, counts, hides=table.path == source.plain.path)
    counts.blank = 0 if counts.read == source.plain.lines else lines.blanks(source.plain.path)
    copied = table.path != source.plain.path
    written = lines.count(table.path) if copied else source.plain.lines - counts.blank
    if counts.read != written:
        raise IntegrityError(f"{source.file.name}: {written} lines gave {counts.read} rows")
