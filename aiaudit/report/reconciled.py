"""The reconciliation on the terminal: step by step to the invoice, in lines of 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiaudit.ledger import rounded
from aiaudit.report.escape import clean
from aiaudit.report.figures import as_decimal, change, count, usd
from aiaudit.report.rows import records
from aiaudit.report.sections.once import rules
from aiaudit.report.sections.summary import tied
from aiaudit.report.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from aiaudit.ledger import Audit
    from aiaudit.report.basis import Basis
    from aiaudit.report.rows import Record

_CENTS: Final = 2
_MOST_DAYS: Final = 31
_COUNTS: Final = ("rows", "tokens")
_TOTALS: Final = frozenset({"expected", "billed usage", "all charges", "invoice"})
_PARTS: Final = {
    "rate_difference": "rate",
    "quantity_difference": "quantity",
    "service_tier": "service tier",
    "rounding": "rounding",
    "no_price": "no price",
    "prepaid": "prepaid",
    "unexplained": "unexplained",
    "prior_period": "prior period",
}


def lines(basis: Basis) -> Iterator[str]:
    """Return the lines to print: each provider's bridge, its days that are off, the verdict."""
    audit = basis.audit
    for provider in dict.fromkeys(str(row["provider"]) for row in _rows(audit, "bridge")):
        yield from _bridge(provider, _rows(audit, "bridge"))
    yield from _days(records(audit, "reconciliation"))
    yield from _once(audit)
    tag, _, words = tied(basis)
    yield f"{tag}: {words}."


def _rows(audit: Audit, name: str) -> list[Record]:
    return records(audit, f"reconciliation_{name}")


def _bridge(provider: str, rows: list[Record]) -> Iterator[str]:
    yield f"{clean(provider, 34):<36}{'over':>14}{'under':>14}{'amount':>14}"
    for row in rows:
        if str(row["provider"]) != provider:
            continue
        step = str(row["step"])
        over, under, amount = (as_decimal(row[name]) for name in ("over", "under", "amount"))
        if step in _TOTALS:
            yield f"{'= ' + step:<36}{'':>28}{_usd(amount):>14}"
        elif over or under:
            sums = "".join(f" {_usd(value):>13}" for value in (over, under, amount))
            yield f"  {clean(step, 33):<34}{sums}"
    yield ""


def _days(rows: list[Record]) -> Iterator[str]:
    off = [row for row in rows if str(row["state"]) == "off"]
    waiting = [row for row in rows if str(row["state"]) == "open"]
    matched = sum(1 for row in rows if str(row["state"]) in {"matched", "within"})
    yield (
        f"Days that tie: {matched:,}; off: {len(off):,}; "
        f"open, with calls and without charges: {len(waiting):,}."
    )
    for row in off[:_MOST_DAYS]:
        parts = [
            f"{title} {change(rounded(value, _CENTS), _CENTS, value)}"
            for name, title in _PARTS.items()
            if (value := as_decimal(row.get(name)))
        ]
        difference = as_decimal(row["difference"])
        start = f"  {clean(str(row['provider']), 12):<13}{clean(str(row['day']), 10)}"
        told = f"{start}{_usd(difference):>14}  {', '.join(parts)}"
        yield told if len(told) <= 80 else told[:79] + "…"  # noqa: PLR2004  # columns
    if len(off) > _MOST_DAYS:
        yield f"  and {counted(len(off) - _MOST_DAYS, 'day')} more"
    yield ""


def _once(audit: Audit) -> Iterator[str]:
    rows = rules(audit)
    if not rows:
        return
    yield f"{'Counted once':<36}{'rows':>10}{'tokens':>17}{'at list':>14}"
    for row in rows:
        removed, tokens = (count(row[n]) if isinstance(row[n], int) else "" for n in _COUNTS)
        cost = _usd(as_decimal(row["cost"]))
        yield f"  {clean(str(row['rule']), 33):<34}{removed:>10}{tokens:>17}{cost:>14}"
    yield ""


def _usd(amount: Decimal | None) -> str:
    return usd(rounded(amount, _CENTS), _CENTS, amount) if amount else ""
