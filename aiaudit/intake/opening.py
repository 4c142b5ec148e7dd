"""How a recognised file becomes a table that the engine reads without losing a record."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from aiaudit.intake import copies, lines
from aiaudit.intake.relation import Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from aiaudit.intake.account import Source
    from aiaudit.intake.workspace import Workspace


def opened(source: Source, work: Workspace) -> Table:
    """Return the table of a file; lines and plain tables are read where they lie.

    Raises:
        UnreadableError: a document ends too early.
    """
    found, sample = source.plain, source.sample
    if sample.kind == "document" or source.reader.flattens(sample.kind):
        return copies.of_document(source, work.new())
    if sample.kind == "lines":
        return Table(
            path=found.path, kind="lines", names=sample.names, longest=found.longest, own_lines=True
        )
    if sample.kind == "parquet":
        return Table(path=found.path, kind="parquet", names=sample.names)
    return Table(
        path=found.path,
        kind="table",
        names=sample.names,
        separator=sample.separator,
        longest=found.longest,
        parallel=not found.quoted,
        written=sample.written,
    )


def gathered(sources: Sequence[Source], blank: Sequence[int]) -> Table:
    """Return the table of several files of lines, one after another where they lie.

    `blank` are the blank lines of each, which are no rows.
    """
    written = [source.plain.lines - empty for source, empty in zip(sources, blank, strict=True)]
    return Table(
        path=sources[0].plain.path,
        further=tuple(source.plain.path for source in sources[1:]),
        kind="lines",
        names=tuple(dict.fromkeys(name for source in sources for name in source.sample.names)),
        longest=max(source.plain.longest for source in sources),
        starts=(0, *accumulate(written[:-1])),
        own_lines=True,
    )


def unhidden(table: Table, rows: frozenset[int], work: Workspace) -> Table:
    """Return the table with every record of these rows on a line of its own."""
    copy = work.new()
    lines.unhide(table.path, rows, copy)
    return replace(table, path=copy)


def blanks(source: Source) -> int:
    """Return how many lines of a copied file are blank."""
    if source.sample.kind == "table":
        return records(source.plain.path)[1]
    return lines.blanks(source.plain.path) if source.sample.kind == "lines" else 0


def records(path: Path) -> tuple[int, int]:
    """Return how many records a table of cells has below its header, and how many blank lines.

    A cell may hold line ends, and an empty line inside one is no blank line.
    """
    count = blank = 0
    inside = False
    with path.open("rb") as file:
        for line in file:
            if not inside and not line.strip():
                blank += 1
                continue
            inside ^= line.count(b'"') % 2 == 1
            count += not inside
    return max(0, count + inside - 1), blank
