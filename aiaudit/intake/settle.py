"""Count everything once: copies of calls, of buckets and of charges, within and across files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from aiaudit.errors import IntegrityError
from aiaudit.resources import statement

if TYPE_CHECKING:
    from aiaudit.engine import Engine

_FINDERS: Final = (
    "copied_rows",
    "repeated_calls",
    "repeated_entries",
    "nested_entries",
    "regrouped_entries",
)
# Rules that rest on a judgement, which the report has to tell.
_JUDGED: Final = {
    "larger of two exports": "stated differently by exports of the same age: the larger was kept",
    "other bucket width": "stated both by the hour and by the day: the larger total was kept",
    "other grouping": "stated by exports of different grouping or format: counted once",
}


def settle(engine: Engine) -> tuple[str, ...]:
    """Leave the table `duplicates` and every source's account in order; return notes to print.

    Raises:
        IntegrityError: a row would be removed twice, or a source does not add up.
    """
    engine.work_on(int(engine.value("SELECT coalesce(sum(loaded), 0) FROM sources")))
    with engine.transaction():
        engine.create("copied_files", statement("copied_files"), temporary=True)
        engine.create("entries", statement("entries"), temporary=True)
        for finder in _FINDERS:
            engine.create(finder, statement(finder), temporary=True)
            engine.run(f"INSERT INTO duplicates BY NAME SELECT * FROM {finder}")
        engine.check_key("duplicates", ("source_id", '"row"'))
        _account(engine)
    for table in ("entries", "copied_files", *_FINDERS):
        engine.run(f"DROP TABLE {table}")
        engine.steps.pop(table)
    return _notes(engine)


def _account(engine: Engine) -> None:
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
            _close(engine, source, loaded, copies)


def _close(engine: Engine, source: dict[str, Any], loaded: int, copies: dict[str, int]) -> None:
    reasons = json.loads(source["reasons"]) | copies
    engine.run(
        "UPDATE sources SET loaded = $loaded, duplicates = $copies, reasons = $reasons"
        " WHERE source_id = $id",
        {
            "loaded": loaded,
            "copies": sum(copies.values()),
            "reasons": json.dumps(dict(sorted(reasons.items()))),
            "id": source["source_id"],
        },
    )


def _notes(engine: Engine) -> tuple[str, ...]:
    found = engine.rows("SELECT rule, count(*) AS n FROM duplicates GROUP BY rule ORDER BY rule")
    return tuple(
        f"{row['n']} buckets or charges are {_JUDGED[row['rule']]}"
        for row in found
        if row["rule"] in _JUDGED
    )
