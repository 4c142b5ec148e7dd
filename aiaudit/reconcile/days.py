"""Calls against charges day by day: each provider's own days, open or closed, nothing netted."""

from __future__ import annotations

from decimal import Decimal
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any, Final

from aiaudit.ledger import dollars
from aiaudit.reconcile.difference import PARTS, ZERO, Why

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from aiaudit.reconcile.lines import Line

_CENT: Final = Decimal("0.01")
# What a bill holds beside usage; the names are those of the table.
BESIDE: Final = ("credits", "refunds", "tax", "purchases", "rounding_lines")
COLUMNS: Final = (
    "provider", "day", "logged", "export_only", "logged_not_metered", "expected", "billed",
    "difference", "state", "failed_but_billed", *PARTS, "accrued", "prior_period", *BESIDE,
    "charged", "day_state",
)  # fmt: skip


def rows(
    found: Sequence[Mapping[str, Any]], lines: Sequence[Line], materiality: Decimal
) -> tuple[dict[str, Any], ...]:
    """Return a row for each provider and day, with what makes its difference up."""
    whys: dict[tuple[str, date], list[Why]] = {}
    for line in lines:
        whys.setdefault((line.provider, line.day), []).append(line.why)
    billing = {row["provider"] for row in found if row["billed"] is not None}
    first: dict[str, date] = {}
    for row in found:
        if row["used"]:
            first.setdefault(row["provider"], row["day"])
    return tuple(
        _row(
            row,
            reduce(add, whys.get((row["provider"], row["day"]), []), Why()),
            materiality,
            checked=row["provider"] in billing,
            early=row["day"] < first.get(row["provider"], row["day"]),
        )
        for row in found
    )


def _row(
    row: Mapping[str, Any], parts: Why, materiality: Decimal, *, checked: bool, early: bool
) -> dict[str, Any]:
    known = None if row["unpriced"] else ZERO
    logged = dollars(row["logged_pico"]) or known
    export_only = dollars(row["export_only_pico"]) or known
    unmetered = dollars(row["logged_not_metered_pico"]) or ZERO
    expected = None
    if logged is not None and export_only is not None:
        expected = logged + export_only - unmetered
    billed = row["billed"]
    difference = None if billed is None or expected is None else billed - expected
    made = {
        "provider": row["provider"],
        "day": row["day"],
        "logged": logged,
        "export_only": export_only,
        "logged_not_metered": unmetered,
        "expected": expected,
        "billed": billed,
        "difference": difference,
        "state": _state(billed, difference, materiality, checked=checked),
        "failed_but_billed": dollars(row["failed_pico"]) or known,
        "accrued": -expected if checked and billed is None and expected is not None else ZERO,
        "prior_period": difference if early and difference is not None else ZERO,
        "day_state": "closed" if billed is not None and row["ended"] else "open",
    }
    made |= {name: row[name] or ZERO for name in BESIDE}
    made["charged"] = _charged(made)
    return made | _parts(parts, difference, early=early)


def _parts(parts: Why, difference: Decimal | None, *, early: bool) -> dict[str, Decimal]:
    """Return the parts of a day's difference; what the lines leave over is unexplained."""
    if difference is None or early:
        return dict.fromkeys(PARTS, ZERO)
    found = {name: getattr(parts, name) for name in PARTS}
    found["unexplained"] += difference - parts.total
    return found


def _charged(row: Mapping[str, Any]) -> Decimal | None:
    """Return everything that was charged on a day; None when nothing was."""
    beside = [row[name] for name in BESIDE]
    if row["billed"] is None and not any(beside):
        return None
    return sum(beside, row["billed"] or ZERO)


def _state(
    billed: Decimal | None, difference: Decimal | None, materiality: Decimal, *, checked: bool
) -> str:
    if billed is None:
        return "open" if checked else "no charges"
    if difference is None:
        return "unpriced"
    if abs(difference) < _CENT:
        return "matched"
    return "within" if abs(difference) <= materiality * abs(billed) else "off"
