"""From what calls cost to the invoice, step by step: what is over and what is under, apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from aiaudit.reconcile.days import BESIDE
from aiaudit.reconcile.difference import PARTS, ZERO

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

COLUMNS: Final = ("provider", "step", "over", "under", "amount")
_TITLES: Final = {
    "rate_difference": "rate difference",
    "quantity_difference": "quantity difference",
    "service_tier": "service tier",
    "rounding": "rounding",
    "no_price": "billed, model without a price",
    "prepaid": "covered by prepayments or balances",
    "unexplained": "unexplained",
    "accrued": "cut-off: accrued, not billed yet",
    "prior_period": "cut-off: prior period",
    "credits": "credits",
    "refunds": "refunds",
    "tax": "tax",
    "purchases": "purchases and commitments",
    "rounding_lines": "rounding lines of the bill",
}


def bridge(
    rows: Sequence[Mapping[str, Any]], invoices: Mapping[str, Decimal]
) -> tuple[dict[str, Any], ...]:
    """Return the steps of each provider that has charges or an invoice; each ends in its total.

    `over` adds what is above, `under` what is below, and `amount` is both together.
    """
    charging = {row["provider"] for row in rows if row["charged"] is not None}
    found = []
    for provider in sorted(charging | invoices.keys()):
        days = [row for row in rows if row["provider"] == provider]
        found += _steps(provider, days, invoices.get(provider), charged=provider in charging)
    return tuple(found)


def _steps(
    provider: str, days: list[Mapping[str, Any]], invoice: Decimal | None, *, charged: bool
) -> list[dict[str, Any]]:
    steps = [
        _step(provider, "explained by logs", [_success(day) for day in days]),
        _step(provider, "failed but billed", _all(days, "failed_but_billed")),
        _step(provider, "export only", _all(days, "export_only")),
        _step(
            provider, "logged, not metered", [-value for value in _all(days, "logged_not_metered")]
        ),
    ]
    steps.append(_total(provider, "expected", steps))
    if charged:
        steps += [_step(provider, _TITLES[n], _all(days, n)) for n in sorted(PARTS, key=_place)]
        steps += [_step(provider, _TITLES[n], _all(days, n)) for n in ("accrued", "prior_period")]
        steps += [_step(provider, "unpriced days", _unpriced(days))]
        steps.append(_total(provider, "billed usage", steps))
        steps += [_step(provider, _TITLES[name], _all(days, name)) for name in BESIDE]
        steps.append(_total(provider, "all charges", steps))
    if invoice is not None:
        steps.append(_step(provider, "unexplained by charges" if charged else "unexplained",
                           [invoice - steps[-1]["amount"]]))  # fmt: skip
        steps.append(_total(provider, "invoice", steps))
    return steps


def _place(name: str) -> int:
    return list(_TITLES).index(name)


def _success(day: Mapping[str, Any]) -> Decimal:
    """Return what the logged calls of a day cost that did not fail."""
    return (day["logged"] or ZERO) - (day["failed_but_billed"] or ZERO)


def _unpriced(days: list[Mapping[str, Any]]) -> list[Decimal]:
    """Return what was billed on days whose calls have no price."""
    return [day["billed"] for day in days if day["state"] == "unpriced"]


def _all(days: list[Mapping[str, Any]], name: str) -> list[Decimal]:
    return [day[name] or ZERO for day in days]


def _step(provider: str, step: str, values: list[Decimal]) -> dict[str, Any]:
    over = sum((value for value in values if value > 0), ZERO)
    under = sum((value for value in values if value < 0), ZERO)
    return {"provider": provider, "step": step, "over": over, "under": under,
            "amount": over + under}  # fmt: skip


def _total(provider: str, step: str, steps: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a subtotal of the steps so far, of which earlier subtotals are no part."""
    amount = sum((s["amount"] for s in steps if s["step"] not in TOTALS), ZERO)
    return {"provider": provider, "step": step, "over": None, "under": None, "amount": amount}


TOTALS: Final = frozenset({"expected", "billed usage", "all charges", "invoice"})
