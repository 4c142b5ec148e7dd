"""What was read of each file, kept beside the results: an unchanged file is not read again."""

from __future__ import annotations

import hashlib
import json
from contextlib import nullcontext, suppress
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, Self

from aiaudit import __version__, schema
from aiaudit.engine import EngineError, literal
from aiaudit.errors import IntegrityError
from aiaudit.intake.files import KEPT

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from aiaudit.engine import Engine
    from aiaudit.settings import Settings

_FILE: Final = "intake.duckdb"
_FAMILY: Final = schema.Column("family", "VARCHAR", "the family of formats that it was read in")
_CHOICE: Final = schema.Column("choice", "VARCHAR", "what the settings say of this file")
_TEXTS: Final = (
    schema.Column("source_id", "VARCHAR", "the file"),
    schema.Column("row", "BIGINT", "its record number in it"),
    schema.Column("system_text", "VARCHAR", "the system prompt"),
    schema.Column("prompt_text", "VARCHAR", "the ends of the last user message"),
)
_TABLES: Final = {
    "sources": (*schema.SOURCES, _CHOICE),
    "rejects": schema.REJECTS,
    "taken_calls": (*schema.CALLS, _FAMILY),
    "taken_charges": (*schema.CHARGES, _FAMILY),
    "texts": _TEXTS,
}
# What decides on the rows of a file, beside the file itself and the settings.
_DECIDES: Final = ("intake", "readers", "sql", "text", "usage")


class Kept:
    """The rows of every file that was read for this output, by its digest and name.

    A file is stored whole or not at all, so that a run that was interrupted goes on where it was.
    The rows are those of one version of the program and one way of keeping them; others are gone.
    """

    def __init__(self, engine: Engine, settings: Settings) -> None:
        """Open what is kept in the output of `settings`; in memory when the engine is."""
        self._engine = engine
        self._folder = settings.output.resolve() / KEPT
        self._stamp = _stamp(settings)
        self._used: set[str] = set()

    def __enter__(self) -> Self:
        """Attach the database, a new one when the old one is of no use."""
        beside = self._engine.value(
            "SELECT path FROM duckdb_databases() WHERE database_name = current_database()"
        )
        if not beside:
            self._attach(":memory:")
        elif not self._is_attached():
            self._remove()
            self._attach(self._folder / _FILE)
        if self._engine.value("SELECT count(*) FROM kept.stamp") == 0:
            self._engine.run("INSERT INTO kept.stamp VALUES ($stamp)", {"stamp": self._stamp})
        self._known = self._entries()
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        """Let the database go; it stays for the next run."""
        # After a failure of the engine itself nothing more can be asked of it.
        with suppress(EngineError) if failed else nullcontext():
            self._close()

    def _close(self) -> None:
        for name in ("taken_calls", "taken_charges"):
            self._engine.run(f"DROP VIEW IF EXISTS {name}")
        self._engine.run("DETACH kept")

    def finds(self, name: str, size: int) -> bool:
        """Return whether a file of this name and size is kept, so that its digest is of use."""
        return any(row["file"] == name and row["bytes"] == size for row in self._known)

    def takes_over(self, name: str, sha256: str, choice: str) -> bool:
        """Return whether the rows of this file are kept, and count them to this run."""
        for row in self._known:
            if row["file"] == name and row["sha256"] == sha256:
                if row["choice"] == choice:
                    self._used.add(row["source_id"])
                    return True
                self._forget([row["source_id"]])
        return False

    def offer(self) -> None:
        """Leave `sources`, `rejects` and `taken_` rows, of the files of this run alone."""
        known = {row["source_id"] for row in self._known}
        if absent := known - self._used:
            self._forget(sorted(absent))
        for name, columns in (("sources", schema.SOURCES), ("rejects", schema.REJECTS)):
            listed = ", ".join(f'"{column.name}"' for column in columns)
            self._engine.run(f"INSERT INTO {name} BY NAME SELECT {listed} FROM kept.{name}")
        for name in ("taken_calls", "taken_charges"):
            self._engine.point(name, at=f"kept.{name}")

    def keep_texts(self) -> None:
        """Leave `texts` of the calls of this run, where the user chose to keep texts."""
        self._engine.run("DROP TABLE IF EXISTS texts")
        if self._engine.value("SELECT count(*) FROM kept.texts"):
            self._engine.run(
                "CREATE TABLE texts AS SELECT c.call_id, t.system_text, t.prompt_text"
                " FROM calls AS c JOIN kept.texts AS t ON t.source_id = c.source_id"
                ' AND t."row" = c."row" ORDER BY c.call_id'
            )

    def _is_attached(self) -> bool:
        """Attach what is there; return whether it is of this version and can be read."""
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            self._attach(self._folder / _FILE)
            found = self._engine.value("SELECT min(stamp) FROM kept.stamp")
        except (EngineError, IntegrityError):
            self._engine.run("DETACH DATABASE IF EXISTS kept")
            return False
        if found in {None, self._stamp}:
            return True
        self._engine.run("DETACH kept")
        return False

    def _attach(self, path: Path | str) -> None:
        self._engine.run(f"ATTACH {literal(path)} AS kept")
        self._engine.run("CREATE TABLE IF NOT EXISTS kept.stamp (stamp VARCHAR)")
        for name, columns in _TABLES.items():
            self._engine.run(schema.table_sql(f"kept.{name}", columns))

    def _remove(self) -> None:
        for path in self._folder.glob(f"{_FILE}*"):
            path.unlink()

    def _entries(self) -> list[dict[str, Any]]:
        return self._engine.rows("SELECT source_id, file, bytes, sha256, choice FROM kept.sources")

    def _forget(self, ids: list[str]) -> None:
        gone = ", ".join(map(literal, ids))
        with self._engine.transaction():
            for name in _TABLES:
                self._engine.run(f"DELETE FROM kept.{name} WHERE source_id IN ({gone})")
        self._known = [row for row in self._known if row["source_id"] not in ids]


def _stamp(settings: Settings) -> str:
    """Return the digest of what decides how rows are made and kept, the same for every file."""
    mark = settings.redaction.mark if settings.redaction else ""
    tables = {name: [asdict(column) for column in columns] for name, columns in _TABLES.items()}
    said = json.dumps([__version__, _code(), tables, mark, settings.keep_text])
    return hashlib.sha256(said.encode()).hexdigest()


@cache
def _code() -> str:
    """Return the digest of the code that makes rows: any change reads the files again."""
    found = hashlib.sha256()
    for room in _DECIDES:
        for file in sorted(_code_of(files("aiaudit") / room), key=lambda file: file.name):
            found.update(file.name.encode() + b"\0" + file.read_bytes())
    return found.hexdigest()


def _code_of(room: Traversable) -> list[Traversable]:
    return [file for file in room.iterdir() if file.name.endswith((".py", ".sql"))]
