"""Whether the audit ties to what was charged: gross differences against materiality."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from aiaudit.report.figures import as_decimal
from aiaudit.report.rows import records

if TYPE_CHECKING:
    from aiaudit.ledger import Audit
    from aiaudit.report.rows import Record

State = Literal["unchecked", "tied", "partial", "off"]
_MATERIALITY = Decimal("0.01")
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """The result of reconciliation: `share` is gross absolute differences over what was billed.

    What an invoice holds beyond its charges is one of the differences.

    `without` names the providers that have calls and no charges at all; `open_days` counts the
    days of the others on which calls stand without charges, `uncovered` what all these calls cost.
    """

    state: State
    billed: Decimal
    gross: Decimal
    share: Decimal | None
    materiality: Decimal
    without: tuple[str, ...]
    open_days: int
    uncovered: Decimal


def tie(audit: Audit) -> Tie:
    """Return how the priced calls compare with the charges; overs and unders are not netted."""
    rows = records(audit, "reconciliation")
    checked = [row for row in rows if row["billed"] is not None]
    billed = sum((_amount(row, "billed") for row in checked), _ZERO)
    gross = sum((abs(_amount(row, "difference")) for row in checked), _ZERO)
    invoices = records(audit, "invoices")
    gross += sum((abs(_amount(row, "difference")) for row in invoices), _ZERO)
    alone = [row for row in invoices if row["charged"] is None]
    billed += sum((_amount(row, "invoice") for row in alone), _ZERO)
    materiality = _materiality(audit)
    with_charges = {str(row["provider"]) for row in (*checked, *alone)}
    without = {str(r["provider"]) for r in rows if _amount(r, "expected")} - with_charges
    open_days = sum(1 for row in rows if row["state"] == "open" and _amount(row, "expected"))
    within = gross <= materiality * abs(billed)
    return Tie(
        state=_state(bool(checked or alone), within, bool(without or open_days)),
        billed=billed,
        gross=gross,
        share=gross / abs(billed) if billed else None,
        materiality=materiality,
        without=tuple(sorted(without)),
        open_days=open_days,
        uncovered=sum((_amount(row, "expected") for row in rows if row["billed"] is None), _ZERO),
    )


def _state(checked: bool, within: bool, gaps: bool) -> State:  # noqa: FBT001 (three facts)
    if not checked:
        return "unchecked"
    if not within:
        return "off"
    return "partial" if gaps else "tied"


def _amount(row: Record, column: str) -> Decimal:
    return as_decimal(row[column]) or _ZERO


def _materiality(audit: Audit) -> Decimal:
    settings = audit.run.get("settings")
    tolerances = settings.get("tolerances") if isinstance(settings, dict) else None
    value = tolerances.get("materiality") if isinstance(tolerances, dict) else None
    found = as_decimal(value)
    return _MATERIALITY if found is None else found
