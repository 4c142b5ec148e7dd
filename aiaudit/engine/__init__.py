"""The only door to DuckDB: makes tables, checks their keys, remembers the statements."""

from __future__ import annotations

import re
from contextlib import contextmanager
from string import ascii_letters
from typing import TYPE_CHECKING, Any, Self

import duckdb
import pyarrow as pa

from aiaudit.engine.literal import literal
from aiaudit.engine.step import Step
from aiaudit.errors import IntegrityError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = ["Engine", "EngineError", "Row", "Step", "literal"]

Row = dict[str, Any]

_BATCH = 16_384
_EACH = 200_000  # rows that are worth a thread
_OF_MEMORY = 0.85  # the rest is for what the program and its other libraries hold
_ALWAYS = {
    "enable_progress_bar": False,
    "TimeZone": "UTC",
    "preserve_insertion_order": True,
    # A commit per file writes its log; the file itself is written once, at the end.
    "checkpoint_threshold": "1TB",
    # It makes a join of a longer list of values, and rows lose their order in a join.
    "disabled_optimizers": "in_clause",
}
_PARAMETER = re.compile(r"\$\w+")
_CONFIG = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}


class Engine:
    """An audit database that sees only the files that it was given, and never the network."""

    def __init__(
        self,
        database: Path | None = None,
        *,
        memory_limit: str | None = None,
        threads: int | None = None,
        inputs: Sequence[Path] = (),
    ) -> None:
        """Open `database` (in memory when None); shut out all but `inputs`, files or folders."""
        try:
            self._db = duckdb.connect(str(database or ":memory:"), config=dict(_CONFIG))
        except duckdb.Error as error:
            reason = str(error).partition("\n")[0]
            raise IntegrityError(f"cannot open the audit database: {reason}") from error
        self.steps: dict[str, Step] = {}
        asked = {
            "memory_limit": memory_limit and _share(memory_limit),
            "threads": threads,
            "temp_directory": database and f"{database}.tmp",
        }
        for name, value in {**_ALWAYS, **asked}.items():
            if value is not None:
                self._db.execute(f"SET {name} = {literal(value)}")
        for name, files in (("allowed_paths", True), ("allowed_directories", False)):
            paths = ", ".join(literal(path) for path in inputs if path.is_file() is files)
            self._db.execute(f"SET {name} = [{paths}]")
        self._db.execute("SET enable_external_access = false")
        self._threads: int = self.value("SELECT current_setting('threads')")
        self.work_on(0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def create(
        self,
        table: str,
        sql: str,
        *,
        key: Sequence[str] = (),
        parameters: Mapping[str, Any] | None = None,
        temporary: bool = False,
    ) -> None:
        """Make `table` from one SELECT, replacing an older one, and remember the step.

        Raises:
            IntegrityError: a row repeats the promised `key`.
        """
        kind = "TEMP TABLE" if temporary else "TABLE"
        self._db.execute(f"CREATE OR REPLACE {kind} {table} AS {sql}", dict(parameters or {}))
        if key:
            self.check_key(table, key)
        self.steps[table] = Step(
            table=table,
            sql=sql.strip(),
            inputs=tuple(sorted(self._db.get_table_names(_PARAMETER.sub("NULL", sql)))),
            parameters=dict(parameters or {}),
        )

    def check_key(self, table: str, key: Sequence[str]) -> None:
        """Raise IntegrityError unless the columns of `key` tell all rows of `table` apart."""
        names = ", ".join(key)
        twice = self.rows(
            f"SELECT {names} FROM {table} GROUP BY {names} HAVING count(*) > 1 LIMIT 1"
        )
        if twice:
            raise IntegrityError(f"table {table} has more than one row for {twice[0]}")

    def work_on(self, rows: int) -> None:
        """Use as many threads as so many rows keep busy: others would wait, at full speed."""
        self._db.execute(f"SET threads = {min(self._threads, 1 + rows // _EACH)}")

    def point(self, view: str, at: str) -> None:
        """Let the name `view` stand for the table `at`."""
        self._db.execute(f"CREATE OR REPLACE TEMP VIEW {view} AS SELECT * FROM {at}")

    def run(self, sql: str, parameters: Mapping[str, Any] | None = None) -> None:
        """Run one statement for its effect."""
        self._db.execute(sql, dict(parameters or {}))

    def rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """Return the result of a query over aggregates: one dictionary per row."""
        result = self._db.execute(sql, dict(parameters or {}))
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def value(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401
        """Return the first column of the first row, or None."""
        # All rows are fetched: a result that is left open would block the tables offered next.
        found = self._db.execute(sql, dict(parameters or {})).fetchall()
        return found[0][0] if found else None

    def batches(self, sql: str, *, size: int = _BATCH) -> Iterator[pa.RecordBatch]:
        """Stream the result of a query as Arrow batches; other statements may run meanwhile."""
        with self._db.cursor() as cursor:
            yield from cursor.sql(sql).to_arrow_reader(size)

    def append(self, table: str, data: pa.Table | Iterable[Row]) -> None:
        """Add rows to `table` by column name; columns that are not given become NULL.

        Raises:
            IntegrityError: the table has no column of such a name.
        """
        if not isinstance(data, pa.Table):
            data = pa.Table.from_pylist(list(data))
        if not data.num_rows:
            return
        given, names = set(data.column_names), self.columns(table)
        if unknown := given - set(names):
            raise IntegrityError(f"table {table} has no column {min(unknown)}")
        # By place, as a relation: a name would hold the data until the transaction ends.
        nothing = pa.nulls(data.num_rows)
        full = {name: data.column(name) if name in given else nothing for name in names}
        self._db.from_arrow(pa.table(full)).insert_into(table)

    @contextmanager
    def offered(self, name: str, data: pa.Table) -> Iterator[None]:
        """Let statements read an Arrow table under this name for a while."""
        self._db.register(name, data)
        try:
            yield
        finally:
            self._db.unregister(name)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep everything that happens inside, or nothing of it."""
        self._db.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def columns(self, table: str) -> tuple[str, ...]:
        """Return the names of a table's columns, in their order."""
        result = self._db.execute(f"SELECT * FROM {table} LIMIT 0")
        return tuple(column[0] for column in result.description or ())

    def has(self, table: str) -> bool:
        """Return whether a table or view of this name exists."""
        found = "SELECT count(*) FROM information_schema.tables WHERE table_name = $name"
        return bool(self.value(found, {"name": table}))


def _share(limit: str) -> str:
    """Return the engine's part of what the program may use, such as 14000MB."""
    number = limit.rstrip(ascii_letters)
    return f"{int(number) * _OF_MEMORY:.3f}{limit.removeprefix(number)}"


EngineError = duckdb.Error
