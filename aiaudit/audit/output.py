"""The folder that an audit is written into: one run at a time, and whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from aiaudit.errors import UsageError

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DATABASE: Final = "audit.duckdb"


@contextmanager
def claimed(output: Path) -> Iterator[Path]:
    """Make the folder, keep other runs out, and yield where the new database goes.

    At the end it takes the place of the old one, also after a failure: what was taken in stays.

    Raises:
        UsageError: the folder cannot be written into, or another run is writing there.
    """
    fresh, database = output / f"{DATABASE}.new", output / DATABASE
    _check(output, fresh, database)
    with _alone(output):
        _remove(fresh)
        try:
            yield fresh
        finally:
            if fresh.exists():
                database.with_name(f"{DATABASE}.wal").unlink(missing_ok=True)
                fresh.replace(database)
            _remove(fresh)


def _check(output: Path, fresh: Path, database: Path) -> None:
    try:
        output.mkdir(parents=True, exist_ok=True)
        fresh.touch()
    except OSError as error:
        raise UsageError(f"cannot write into {output.name}: {error.strerror}") from error
    if database.is_dir():
        fresh.unlink()
        raise UsageError(f"{DATABASE} in {output.name} is a folder; remove it")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    if sys.platform == "win32":  # where an open database cannot be removed anyway
        yield
        return
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(lock)
        raise UsageError(f"another run is writing into {folder.name}") from error
    try:
        yield
    finally:
        os.close(lock)


def _remove(database: Path) -> None:
    for leftover in (database, database.with_name(database.name + ".wal")):
        leftover.unlink(missing_ok=True)
    shutil.rmtree(database.with_name(database.name + ".tmp"), ignore_errors=True)
