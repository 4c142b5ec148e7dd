"""What the audit covers: sources row by row, models without a price, what could not be used."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from aiaudit.audit.tables import table
from aiaudit.reconcile import INVOICES, bridge, days, lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aiaudit.engine import Engine
    from aiaudit.intake import Intake
    from aiaudit.ledger import Table
    from aiaudit.reconcile import Reconciliation

_SOURCE: Final = (
    "file", "sha256", "bytes", "format", "grain", "rows_read", "loaded", "duplicates", "rejected",
    "ignored", "blank",
)  # fmt: skip


def sources(engine: Engine) -> tuple[dict[str, Any], ...]:
    """Return every source with its rows accounted for, in the order of file names."""
    rows = engine.rows("SELECT * FROM sources ORDER BY file, sha256")
    return tuple(_source(row) for row in rows)


def _source(row: Mapping[str, Any]) -> dict[str, Any]:
    period = {key: row[key].isoformat() if row[key] else None for key in _PERIOD}
    return {
        **{key: row[key] for key in _SOURCE},
        **period,
        "reasons": json.loads(row["reasons"] or "{}"),
        "notes": json.loads(row["notes"] or "[]"),
    }


_PERIOD: Final = ("period_start", "period_end")


def coverage(
    engine: Engine,
    totals: Mapping[str, Any],
    intake: Intake,
    reconciliation: Reconciliation,
    notes: Iterable[str] = (),
) -> dict[str, Any]:
    """Return counts of what is priced, and everything that is not, with the reason."""
    return {
        "requests": totals["requests"],
        "priced_requests": totals["priced"],
        "calls_with_text": engine.value(
            "SELECT count(*) FROM calls WHERE origin = 'call' AND prompt_chars > 0"
        ),
        "calls": engine.value("SELECT count(*) FROM calls WHERE origin = 'call'"),
        "unpriced": unpriced(engine),
        "unrecognised": sorted(intake.unrecognised),
        "failures": [str(failure) for failure in intake.failures],
        "notes": [*intake.notes, *notes],
        "counted_once": [dict(row) for row in reconciliation.once],
        "reconciliation": {
            "state": reconciliation.state,
            "billed": reconciliation.billed,
            "gross_difference": reconciliation.gross,
        },
    }


def unpriced(engine: Engine) -> list[dict[str, Any]]:
    """Return the models that have no price, dearest in tokens first."""
    return engine.rows(
        "SELECT coalesce(w.model_raw, 'no model named') AS model,"
        " coalesce(w.provider, 'no provider named') AS provider,"
        " coalesce(w.price_reason, 'unknown') AS reason,"
        " min(i.did_you_mean) AS did_you_mean,"
        " CAST(coalesce(sum(w.requests), 0) AS BIGINT) AS requests,"
        " CAST(coalesce(sum(w.input_tokens + coalesce(w.output, 0)), 0) AS BIGINT) AS tokens"
        " FROM workload AS w LEFT JOIN (SELECT provider, model_raw, min(did_you_mean) AS"
        " did_you_mean FROM identified GROUP BY provider, model_raw) AS i"
        " ON i.provider IS NOT DISTINCT FROM w.provider AND i.model_raw IS NOT DISTINCT FROM"
        " w.model_raw WHERE w.price_status <> 'priced'"
        " GROUP BY 1, 2, 3 ORDER BY tokens DESC, model, provider, reason"
    )


def reconciliation_tables(found: Reconciliation) -> dict[str, Table]:
    """Return calls against charges: by day, by line, step by step to the invoice."""
    nothing = "no priced calls and no charges"
    return {
        "reconciliation": table(days.COLUMNS, found.rows, nothing),
        "reconciliation_lines": table(lines.COLUMNS, lines.records(found.lines), "no charges"),
        "reconciliation_bridge": table(bridge.COLUMNS, found.bridge, "no charges and no invoice"),
        "invoices": table(INVOICES, found.invoices, "no invoice was given"),
    }
