"""From settled rows to the calls and charges of the audit: who serves them, logs beside exports."""

from __future__ import annotations

import json
from datetime import UTC
from typing import TYPE_CHECKING, Any, Final

from aiaudit.resources import statement

if TYPE_CHECKING:
    from datetime import datetime

    from aiaudit.engine import Engine
    from aiaudit.settings import Settings


# Providers whose bills do not count days in UTC.
ZONES: Final = {"google": "America/Los_Angeles", "vertex": "America/Los_Angeles"}
_STEPS: Final = (1, 2, 3, 4)


def workload(engine: Engine, settings: Settings) -> tuple[str, ...]:
    """Leave `calls`, `charges` and `metering`; return notes to print.

    Where logs and an export cover the same account, offering, day and rate class, the logs stay
    and the excess of the export enters as a row of its own.
    """
    limits = {"since": _utc(settings.since), "until": _utc(settings.until)}
    engine.run(f"CREATE OR REPLACE TEMP VIEW settled AS {statement('settled')}")
    _meter(engine)
    engine.create("calls", statement("calls"), key=("call_id",), parameters=limits)
    engine.create("export_only", statement("export_only"), key=("call_id",), parameters=limits)
    engine.run("INSERT INTO calls BY NAME SELECT * FROM export_only")
    engine.create("charges", statement("charges"), parameters=limits)
    engine.create("removed_calls", statement("removed_calls"), temporary=True)
    engine.create("removed_charges", statement("removed_charges"), temporary=True)
    _leave_out(engine, limits)
    engine.run("DROP VIEW settled")
    for table in ("placed_buckets", "met_buckets", "completed_calls", "amortised"):
        engine.run(f"DROP TABLE {table}")
    return _notes(engine)


def _meter(engine: Engine) -> None:
    """Compare logs and usage exports; leaves `metering`, and the buckets that logs show as well."""
    engine.run("CREATE OR REPLACE TABLE billing_zones (provider VARCHAR, zone VARCHAR)")
    engine.append("billing_zones", [{"provider": p, "zone": z} for p, z in ZONES.items()])
    engine.create("placed_buckets", statement("placed_buckets"), temporary=True)
    engine.create("metered", statement("metered"), temporary=True)
    engine.point("metered_so_far", at="metered")
    # Without an export there is nothing to match.
    steps = _STEPS if engine.value("SELECT count(*) FROM metered") else ()
    for step in steps:
        engine.create(
            f"matched_{step}", statement("matched"), parameters={"step": step}, temporary=True
        )
        engine.point("metered_so_far", at=f"matched_{step}")
    engine.create("metering", statement("metering"))
    engine.create("met_buckets", statement("met_buckets"), temporary=True)
    engine.run("DROP VIEW metered_so_far")
    for table in ("metered", *(f"matched_{step}" for step in steps)):
        engine.run(f"DROP TABLE {table}")


def _utc(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    plain = moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    return plain.isoformat(sep=" ")


def _leave_out(engine: Engine, limits: dict[str, Any]) -> None:
    """Note on every source how many of its rows lie outside the period that was asked for."""
    if not any(limits.values()):
        return
    outside = (
        "SELECT {time} AS at, source_id FROM {table} WHERE {time} < CAST($since AS TIMESTAMP)"
        " OR {time} >= CAST($until AS TIMESTAMP)"
    )
    found = engine.rows(
        "SELECT s.source_id, s.notes, count(*) AS left_out FROM ("
        f"{outside.format(time='started_at', table='settled')} UNION ALL "
        + outside.format(
            time="charge_start",
            table="(SELECT c.* FROM taken_charges AS c LEFT JOIN duplicates AS d ON d.source_id ="
            " c.source_id AND d.row = c.row WHERE d.row IS NULL)",
        )
        + ") AS o JOIN sources AS s ON s.source_id = o.source_id GROUP BY ALL ORDER BY 1",
        limits,
    )
    for row in found:
        notes = [*json.loads(row["notes"]), f"{row['left_out']} rows lie outside the period"]
        engine.run(
            "UPDATE sources SET notes = $notes WHERE source_id = $id",
            {"notes": json.dumps(notes), "id": row["source_id"]},
        )


def _notes(engine: Engine) -> tuple[str, ...]:
    both = engine.rows(
        'SELECT provider, count(DISTINCT "day") AS days FROM metering WHERE logged AND exported'
        " GROUP BY provider ORDER BY provider"
    )
    told = [
        f"{row['provider']}: logs and a usage export cover the same traffic on {row['days']} days;"
        " the logs say what it was for, the export how much it was"
        for row in both
    ]
    uncounted = engine.rows(
        "SELECT coalesce(provider, 'no provider named') AS provider, count(*) AS n FROM calls"
        " WHERE requests IS NULL GROUP BY 1 ORDER BY 1"
    )
    told += [
        f"{row['provider']}: {row['n']} rows of a usage export state no number of requests;"
        " they add cost and tokens, but no requests"
        for row in uncounted
    ]
    return tuple(told)
