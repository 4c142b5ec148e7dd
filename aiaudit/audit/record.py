"""The run record: tool, prices, classifier, period, settings and assumptions behind the figures."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from aiaudit import __version__, classify, settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from aiaudit.engine import Engine
    from aiaudit.pricing import Catalogue, Tiers
    from aiaudit.settings import Settings

_READS_A_FILE: Final = re.compile(r"\bread_(?:json|csv|parquet|text|blob)\w*\(")


def record(
    chosen: Settings,
    catalogue: Catalogue,
    totals: Mapping[str, Any],
    unmatched: Sequence[str],
) -> dict[str, Any]:
    """Return how this audit was made; `unmatched` names the rules that no call answers to."""
    return {
        "tool": f"aiaudit {__version__}",
        "title": chosen.title,
        "client": chosen.client,
        "catalogue": {
            "version": catalogue.version,
            "date": str(catalogue.date),
            "sha256": catalogue.sha256,
            "offerings": len(catalogue.offerings),
        },
        "classifier": classify.describe(),
        "period": _period(chosen, totals),
        "currency": "USD",
        "basis": "contracted" if catalogue.overlay else "list",
        "settings": settings.public(chosen),
        "assumptions": assumptions(catalogue.tiers),
        "unmatched_rules": list(unmatched),
    }


def _period(chosen: Settings, totals: Mapping[str, Any]) -> dict[str, str | None]:
    first, last = totals["first_day"], totals["last_day"]
    after = last + timedelta(days=1) if isinstance(last, date) else None
    return {
        "start": _day(chosen.since) or _day(first),
        "end": _day(chosen.until) or _day(after),
        "timezone": chosen.timezone,
    }


def _day(value: date | None) -> str | None:
    return value.isoformat()[:10] if value else None


def assumptions(tiers: Tiers) -> list[dict[str, str]]:
    """Return what the savings rest on: public stand-ins, none of them measured here."""
    found = [
        (f"harm of one tier step, {name}", f"{_ratio(low)} to {_ratio(high)}", f"harm.{name}")
        for name, (low, high) in sorted(tiers.harm.items())
    ]
    found += [
        (f"trust in evidence, {kind}", _ratio(q), f"trust.{kind}")
        for kind, q in sorted(tiers.trust.items())
    ]
    found.append(("harm budget, share of all requests", _ratio(tiers.harm_budget), "harm_budget"))
    return [
        {"name": name, "value": value, "source": tiers.sources.get(key, "not stated")}
        for name, value, key in found
    ]


def _ratio(value: Decimal) -> str:
    return f"{value.normalize():f}"


def steps(engine: Engine) -> dict[str, dict[str, Any]]:
    """Return the statements behind the facts; those that name a file of this machine stay out."""
    priced = [
        row["sku_price_id"]
        for row in engine.rows(
            "SELECT DISTINCT sku_price_id FROM workload WHERE price_status = 'priced'"
            " AND sku_price_id IS NOT NULL ORDER BY 1"
        )
    ]
    found = {
        name: {
            "sql": step.sql,
            "sha256": step.sha256,
            "parameters": {key: str(value) for key, value in step.parameters.items()},
            "inputs": list(step.inputs),
        }
        for name, step in engine.steps.items()
        if not _READS_A_FILE.search(step.sql)
    }
    if "costed" in found:
        found["costed"]["prices"] = priced
    return found
