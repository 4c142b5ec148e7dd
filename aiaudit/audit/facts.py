"""The facts of an audit: every figure that a report may print, with the step that made it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from aiaudit.audit import effective
from aiaudit.ledger import Fact, dollars, rounded
from aiaudit.schema import TOKENS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiaudit.audit.owed import Settled
    from aiaudit.reconcile import Reconciliation
    from aiaudit.replay import Replayed

_UNCOUNTED: Final = "no priced source says how many requests there were"
_NO_DECISIONS: Final = "no priced call carries a decision id; see cost.per_call"


def facts(
    totals: Mapping[str, Any],
    replayed: Replayed,
    charges: Mapping[str, Any],
    reconciliation: Reconciliation,
    settled: Settled,
) -> dict[str, Fact]:
    """Return all facts by key; the classes of savings and the levers each add up to the total."""
    return {
        **_counts(totals),
        **_costs(totals, charges),
        **_reconciled(reconciliation),
        **_levers(replayed),
        **effective.facts(settled, totals),
        **_classes(replayed, settled, totals),
    }


def _counts(totals: Mapping[str, Any]) -> dict[str, Fact]:
    rows = totals["calls"]
    counts = {"total": "requests", "priced": "priced", "unpriced": "unpriced"}
    found = {
        f"requests.{key}": Fact(value=totals[column], unit="requests", rows=rows, step="totals")
        for key, column in counts.items()
    }
    for token in TOKENS:
        found[f"tokens.{token}"] = Fact(
            value=totals[token], unit="tokens", rows=totals["valid_rows"], step="totals"
        )
    found["decisions.total"] = Fact(
        value=totals["decisions"], unit="decisions", rows=totals["decided_rows"], step="totals"
    )
    found["calls.above_need"] = Fact(
        value=totals["above"], unit="requests", rows=totals["above_rows"], step="totals"
    )
    return found


def _costs(totals: Mapping[str, Any], charges: Mapping[str, Any]) -> dict[str, Fact]:
    priced = totals["priced_rows"]
    decided, calls = totals["decisions_priced"], totals["priced"]
    return {
        "cost.list": _usd(totals["list_pico"], priced, "totals"),
        "cost.contracted": _usd(totals["contracted_pico"], priced, "totals"),
        "cost.stated": _exact(
            totals["stated"], totals["stated_rows"], "totals", "no log states a cost"
        ),
        "cost.billed": _exact(charges["billed"], charges["rows"], "billed", charges["reason"]),
        "cost.no_evidence": _usd(totals["no_evidence_pico"], totals["no_evidence_rows"], "totals"),
        "cost.above_need": _usd(totals["above_pico"], totals["above_rows"], "totals"),
        "cost.per_decision": _per(
            totals["decided_pico"], decided, totals["decided_rows"], _NO_DECISIONS
        ),
        "cost.per_call": _per(totals["contracted_pico"], calls, priced, _UNCOUNTED),
    }


def _levers(replayed: Replayed) -> dict[str, Fact]:
    on = {result.lever.id for result in replayed.levers if result.in_order is not None}
    found = {
        f"savings.{result.lever.id}": _usd(result.in_order, result.requests, "right_sized")
        if result.in_order is not None
        else _unknown(_off_reason(result.lever.id, on))
        for result in replayed.levers
    }
    found["savings.total"] = _usd(replayed.total, None, "right_sized")
    found["cost.right_sized"] = _usd(replayed.right_sized, None, "right_sized")
    return found


def _classes(replayed: Replayed, settled: Settled, totals: Mapping[str, Any]) -> dict[str, Fact]:
    parts = class_sums(replayed, settled)
    headline = parts["calculated"] + parts["likely_low"]
    step = "route_units" if replayed.units else "right_sized"
    found = {f"savings.{key}": _usd(value, None, step) for key, value in parts.items()}
    found["savings.headline"] = _usd(headline, None, step)
    found["cost.after_headline"] = _usd(replayed.baseline - headline, None, step)
    harm = sum((unit.harm for unit in replayed.units), Decimal(0))
    share = rounded(harm / totals["requests"], 6) if totals["requests"] else None
    found["harm.budget_used"] = Fact(
        value=share,
        unit="ratio",
        step=step,
        reason=None if totals["requests"] else "no source says how many requests there were",
    )
    return found


def _reconciled(found: Reconciliation) -> dict[str, Fact]:
    if found.state == "not checked":
        return {"reconciliation.gross_difference": _unknown("no day has charges", "reconciled")}
    checked = sum(1 for row in found.rows if row["difference"] is not None)
    return {
        "reconciliation.gross_difference": Fact(
            value=found.gross, unit="USD", rows=checked, step="reconciled"
        )
    }


def class_sums(replayed: Replayed, settled: Settled) -> dict[str, int]:
    """Return the saving of each class in pico-dollars; the first four add up to the total.

    Each class bears what its own savings make worse of commitments. Moves whose low case does not
    outweigh that are not supported, and count as untested.
    """
    calculated = sum(r.in_order or 0 for r in replayed.levers if r.lever.certainty == "calculated")
    calculated -= settled.lost(1)
    lost = settled.lost(2) - settled.lost(1)
    likely, low, high = (
        sum(getattr(unit, case) for unit in replayed.units) - lost
        for case in ("likely", "likely_low", "likely_high")
    )
    if lost and low <= 0:
        likely = low = high = 0
    return {
        "calculated": calculated,
        "tested": 0,
        "likely": likely,
        "untested": replayed.total - calculated - likely,
        "likely_low": low,
        "likely_high": high,
    }


def _off_reason(lever: str, on: set[str]) -> str:
    if lever == "router" and "route" not in on:
        return "nothing is routed: levers.route is switched off in the settings"
    if lever == "router":
        return "no routing.router_model is set; work is routed by rule, which costs nothing"
    return f"levers.{lever} is switched off in the settings"


def _usd(pico: int | Decimal | None, rows: int | None, step: str) -> Fact:
    return Fact(value=dollars(pico), unit="USD", rows=rows, step=step)


def _exact(amount: Decimal | None, rows: int, step: str, reason: str) -> Fact:
    if amount is None or not rows:
        return _unknown(reason, step)
    return Fact(value=amount, unit="USD", rows=rows, step=step)


def _per(pico: Decimal, count: int, rows: int, reason: str) -> Fact:
    if not count:
        return _unknown(reason, "totals")
    value = dollars(rounded(Decimal(pico) / count, 0))
    return Fact(value=value, unit="USD", rows=rows, step="totals")


def _unknown(reason: str, step: str = "totals") -> Fact:
    return Fact(value=None, unit="USD", step=step, reason=reason)
