"""SQLite files, opened so that nothing in them can act: read-only, and with an end to its work."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAGIC: Final = b"SQLite format 3\0"
_LONGEST: Final = 1 << 28
_STEP: Final = 1_000_000  # instructions between two looks at how many there were
_WORK: Final = 2_000  # instructions for each byte of the file, far more than reading it takes
_SAFE: Final = ("query_only = 1", "trusted_schema = 0", "cell_size_check = 1", "mmap_size = 0")
_MOST_TABLES: Final = 1_000


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a file of which nothing is written, not even a lock.

    Bytes that are no UTF-8 are replaced. A query that takes far more work than reading the whole
    file is stopped.

    Raises:
        sqlite3.Error: it is no database, or damaged; also while the connection is used.
    """
    steps = count()
    most = 100 + path.stat().st_size * _WORK // _STEP
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as database:
        database.text_factory = lambda text: text.decode("utf-8", "replace")
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        for pragma in _SAFE:
            database.execute(f"PRAGMA {pragma}")
        database.set_progress_handler(lambda: int(next(steps) > most), _STEP)
        yield database


def columns(path: Path) -> dict[str, Any]:
    """Return `table.column` in lower case for every true table; views and their like are left out.

    Raises:
        sqlite3.Error: it is no database, or damaged.
    """
    with opened(path) as database:
        tables = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'"
            f" ORDER BY name LIMIT {_MOST_TABLES}"
        ).fetchall()
        return {
            f"{table}.{column}".lower(): None
            for (table,) in tables
            for (column,) in database.execute("SELECT name FROM pragma_table_info(?)", (table,))
        }
