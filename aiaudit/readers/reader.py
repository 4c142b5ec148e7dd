"""What a reader says about its format."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from sqlite3 import Connection

Export = dict[str, Any]  # a record as it stands in the export; numbers are kept as text
Flat = dict[str, str | None]  # a row of a nested document, by column name


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One export format.

    `select` reads FROM export and names its columns as `schema.CALLS` (or CHARGES) does, counters
    as the RAW measures of `usage`. Beside them it may give `ignored` (why a row is by nature no
    call and no charge), `reject` (why it cannot be used), `first_token_at`, and the texts
    `system_text` and `prompt_text`, which never reach the database.
    """

    id: str
    family: str  # formats of one family may hold the same records
    title: str
    carries: str
    found_by: str
    grain: Literal["call", "bucket", "charge"]
    holds: Literal["json", "table", "both", "sqlite"]  # a table is CSV, TSV or Parquet
    verified: bool  # on a file that the provider or the gateway itself made
    version: int = 1
    signature: frozenset[str]  # names that every record has, whatever their case
    columns: Mapping[str, str] = field(default_factory=dict)  # name -> VARCHAR or JSON
    select: str = ""
    # For nested documents: the rows of one record.
    rows: Callable[[Export], Iterator[Flat]] | None = None
    unfolds: bool = False  # the rows of tables, too, go through `rows`, as column to cell
    # Instead, where a row depends on other records of its file: called once for each file with
    # the file's records (which it need not look at), it returns the `rows` for this file, which
    # may remember what it saw before.
    session: Callable[[Iterable[Export]], Callable[[Export], Iterator[Flat]]] | None = None
    # Instead, for SQLite: the rows of a database. Its signature is of names as "table.column".
    database: Callable[[Connection], Iterator[Flat]] | None = None
    # Whether a record is one of this format; whether it is an idle page, which looks alike in
    # several formats and is counted in one.
    claims: Callable[[Export], bool] | None = None
    idle: Callable[[Export], bool] | None = None

    def flattens(self, kind: str) -> bool:
        """Return whether a function of the reader, not its SELECT alone, makes the rows."""
        if kind in {"table", "parquet"}:
            return self.unfolds
        return bool(self.rows or self.session or self.database)

    def recognises(self, record: Export, names: frozenset[str] | None = None) -> bool:
        """Return whether a record looks like one of this format.

        `names` are those of the record in lower case, for who asks many readers.
        """
        if self.claims:
            return self.claims(record)
        return self.signature <= (names or {name.lower() for name in record})
