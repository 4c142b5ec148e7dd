"""Count everything once: copies of calls, of buckets and of charges, within and across files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from aiaudit import pricing, schema
from aiaudit.errors import IntegrityError
from aiaudit.resources import statement

if TYPE_CHECKING:
    from aiaudit.engine import Engine, Row

_FINDERS: Final = (
    "copied_rows",
    "repeated_calls",
    "replayed_calls",
    "answered_calls",
    "wrapping_calls",
    "repeated_rows",
    "repeated_entries",
    "nested_entries",
    "spanned_entries",
    "regrouped_entries",
)
_FIRST_OF_ENTRIES: Final = "repeated_entries"
# What a call is known by, when it was, who served it and how much it was: never taken from a copy.
_OWN: Final = frozenset(
    {
        "call_id", "source_id", "row", "grain", "natural_id", "started_at", "ended_at", "provider",
        "model_raw", "operation", "requests", "status", "replay", "invalid", *schema.METERS,
    }
)  # fmt: skip
_TAKEN_OVER: Final = tuple(c.name for c in schema.CALLS if c.name not in _OWN)
# Rules that rest on a judgement, which the report has to tell.
_JUDGED: Final = {
    "larger of two exports": "stated differently by exports of the same age: the larger was kept",
    "other bucket width": "stated for periods of different length: the larger total was kept",
    "other grouping": "stated by exports of different grouping or format: counted once",
}


_NAMED: Final = (
    "(SELECT provider, model_raw FROM taken_calls"
    " UNION SELECT provider, model_raw FROM taken_charges WHERE model_raw IS NOT NULL) AS named"
)


def settle(engine: Engine) -> tuple[str, ...]:
    """Leave the table `duplicates` and every source's account in order; return notes to print.

    Raises:
        IntegrityError: a row would be removed twice, or a source does not add up.
    """
    engine.work_on(int(engine.value("SELECT coalesce(sum(loaded), 0) FROM sources")))
    pricing.identify(engine, _NAMED)
    with engine.transaction():
        engine.create("copied_files", statement("copied_files"), temporary=True)
        for finder in _FINDERS:
            if finder == _FIRST_OF_ENTRIES:
                engine.create("entries", statement("entries"), temporary=True)
            engine.create(finder, statement(finder), temporary=True)
            engine.run(f"INSERT INTO duplicates BY NAME SELECT * FROM {finder}")
        engine.check_key("duplicates", ("source_id", '"row"'))
        _take_over(engine)
        _account(engine)
    for table in ("entries", "copied_files", "survivors", *_FINDERS):
        engine.run(f"DROP TABLE {table}")
        engine.steps.pop(table)
    return _notes(engine)


def _take_over(engine: Engine) -> None:
    """Give the call that stays what only its copies say: attribution and texts, never a count."""
    engine.create("survivors", statement("survivors"), temporary=True)
    columns = ", ".join(
        f"coalesce(t.{name}, g.{name}) AS {name}" if name in _TAKEN_OVER else f't."{name}"'
        for name in engine.columns("taken_calls")
    )
    found = ", ".join(f"min(c.{name}) AS {name}" for name in _TAKEN_OVER)
    completed = (
        f"SELECT {columns} FROM taken_calls AS t JOIN (SELECT s.kept_source, s.kept_row, {found}"
        " FROM survivors AS s JOIN taken_calls AS c ON c.source_id = s.source_id"
        ' AND c."row" = s."row" GROUP BY s.kept_source, s.kept_row) AS g'
        ' ON t.source_id = g.kept_source AND t."row" = g.kept_row'
    )
    engine.create("completed_calls", completed, temporary=True)
    engine.create("amortised", statement("amortised"), temporary=True)


def _account(engine: Engine) -> None:
    closed: list[Row] = []
    rules: dict[str, dict[str, int]] = {}
    for row in engine.rows("SELECT source_id, rule, count(*) AS n FROM duplicates GROUP BY ALL"):
        rules.setdefault(row["source_id"], {})[row["rule"]] = row["n"]
    stored = engine.rows(
        "SELECT source_id, count(*) AS n FROM (SELECT source_id FROM taken_calls"
        " UNION ALL SELECT source_id FROM taken_charges) AS t GROUP BY source_id"
    )
    rows = {row["source_id"]: row["n"] for row in stored}
    for source in engine.rows("SELECT * FROM sources ORDER BY file, source_id"):
        copies = rules.get(source["source_id"], {})
        loaded = source["loaded"] - sum(copies.values())
        parts = loaded + sum(copies.values()) + source["rejected"] + source["ignored"]
        known = rows.get(source["source_id"], 0)
        if source["rows_read"] != parts or known != source["loaded"] or loaded < 0:
            raise IntegrityError(
                f"{source['file']}: {source['rows_read']} records, {parts} accounted for"
            )
        if copies:
            closed.append(_closed(source, loaded, copies))
    if closed:
        _close(engine, closed)


def _closed(source: Row, loaded: int, copies: dict[str, int]) -> Row:
    reasons = json.loads(source["reasons"]) | copies
    return {
        "source_id": source["source_id"],
        "loaded": loaded,
        "duplicates": sum(copies.values()),
        "reasons": json.dumps(dict(sorted(reasons.items()))),
    }


def _close(engine: Engine, closed: list[Row]) -> None:
    with engine.offered("closed", pa.Table.from_pylist(closed)):
        engine.run(
            "UPDATE sources AS s SET loaded = c.loaded, duplicates = c.duplicates,"
            " reasons = c.reasons FROM closed AS c WHERE s.source_id = c.source_id"
        )


def _notes(engine: Engine) -> tuple[str, ...]:
    found = engine.rows("SELECT rule, count(*) AS n FROM duplicates GROUP BY rule ORDER BY rule")
    return tuple(
        f"{row['n']} buckets or charges are {_JUDGED[row['rule']]}"
        for row in found
        if row["rule"] in _JUDGED
    )
