"""The `llm` tool's logs.db: a turn for each call, beside the responses of its older versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.readers.pages import text
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from sqlite3 import Connection

    from aiaudit.readers.reader import Export, Flat

_KEPT: Final = (
    "id", "model", "resolved_model", "options_json", "schema_id", "input_tokens", "output_tokens",
    "token_details", "duration_ms", "datetime_utc", "response_json",
)  # fmt: skip
_TEXTS: Final = ("thread", "asked", "instructed")
_DEEPEST: Final = 200
_OLD: Final = frozenset({"responses.prompt", "responses.response_json", "responses.datetime_utc"})
_NEW: Final = frozenset({"turns.thread_id", "turns.tip_message_hash", "turns.datetime_utc"})

# The question is kept for searching; the instruction is the first message above the turn.
_ASKED: Final = "(SELECT prompt FROM turn_search AS s WHERE s.turn_id = turns.id)"
_INSTRUCTED: Final = f"""(
    WITH RECURSIVE above(hash, parent_hash, role, depth) AS (
        SELECT hash, parent_hash, role, 0 FROM messages WHERE hash = turns.parent_message_hash
        UNION ALL
        SELECT m.hash, m.parent_hash, m.role, above.depth + 1
        FROM above JOIN messages AS m ON m.hash = above.parent_hash
        WHERE above.depth < {_DEEPEST}
    )
    SELECT p.text FROM above JOIN parts AS p ON p.message_hash = above.hash
    WHERE above.role = 'system' ORDER BY p.position LIMIT 1)"""


def _claims(record: Export) -> bool:
    return record.keys() >= _NEW or record.keys() >= _OLD


def _columns(database: Connection, table: str) -> set[str]:
    """Return the columns of a table; of a view, which may do anything, none."""
    found = database.execute(
        "SELECT c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c"
        " WHERE m.type = 'table' AND lower(m.name) = ?",
        (table,),
    )
    return {str(name).lower() for (name,) in found}


def _query(database: Connection, table: str, texts: tuple[str, str, str]) -> str:
    """Return the query of a table, with nothing for the columns that its version does not have."""
    has = _columns(database, table)
    names = [f"{table}.{name}" if name in has else f"NULL AS {name}" for name in _KEPT]
    return f"SELECT {', '.join([*names, *texts])} FROM {table} ORDER BY {table}.id"  # fixed names


def _rows(database: Connection) -> Iterator[Flat]:
    """Yield the turns, and the responses that are not among them: an upgrade copies the old."""
    seen: set[str | None] = set()
    if "thread_id" in _columns(database, "turns"):
        full = {"turn_id", "prompt"} <= _columns(database, "turn_search")
        chain = {"hash", "parent_hash", "role"} <= _columns(database, "messages")
        chain = chain and {"message_hash", "position", "text"} <= _columns(database, "parts")
        texts = ("thread_id", _ASKED if full else "NULL", _INSTRUCTED if chain else "NULL")
        for row in database.execute(_query(database, "turns", texts)):
            flat = _flat(row)
            seen.add(flat["id"])
            yield flat
    has = _columns(database, "responses")
    if "datetime_utc" in has:
        thread, asked, instructed = (
            name if name in has else "NULL" for name in ("conversation_id", "prompt", "system")
        )
        for row in database.execute(_query(database, "responses", (thread, asked, instructed))):
            flat = _flat(row)
            again = flat["id"] is not None and flat["id"] in seen
            yield flat | {"ignored": "response that is a turn, too"} if again else flat


def _flat(row: tuple[object, ...]) -> Flat:
    return dict(zip((*_KEPT, *_TEXTS), map(text, row), strict=True))


READER = Reader(
    id="llm-log",
    family="llm-log",
    title="logs.db of the llm command (SQLite)",
    carries="calls with tokens, cache, duration, schema, thread and prompts; no prices",
    found_by="a table turns, or a table responses with prompt and response_json",
    grain="call",
    holds="sqlite",
    verified=True,
    signature=_NEW,
    columns=dict.fromkeys((*_KEPT, *_TEXTS, "ignored"), "VARCHAR"),
    select=statement("llm_log"),
    database=_rows,
    claims=_claims,
)
