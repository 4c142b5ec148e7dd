"""The main amounts as they are displayed, so that what is printed adds up on the page."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from aiaudit.ledger import rounded
from aiaudit.report.figures import apportion, as_decimal, places_for
from aiaudit.report.rows import records

if TYPE_CHECKING:
    from aiaudit.ledger import Audit

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Rounded amounts in USD: cost = right-sized + total, the parts of the headline add up to it.

    `high` is None when the high case is not known; a lever that is off is None.
    """

    places: int
    cost: Decimal
    right_sized: Decimal
    total: Decimal
    headline: Decimal
    untested: Decimal
    after_headline: Decimal
    calculated: Decimal
    tested: Decimal
    low: Decimal
    high: Decimal | None
    no_evidence: Decimal
    levers: tuple[Decimal | None, ...]


def shown(audit: Audit) -> Shown:
    """Return the main amounts of an audit, rounded once for every output."""
    cost = _money(audit, "cost.contracted", _money(audit, "cost.list"))
    total = _money(audit, "savings.total")
    places = places_for(cost or total)
    whole = rounded(cost, places)
    right_sized, saved = apportion([cost - total, total], cost, places)
    headline = _headline(audit, total, saved, places)
    parts = [_money(audit, f"savings.{key}") for key in ("calculated", "tested", "likely_low")]
    calculated, tested, low = _within(parts, headline, places)
    return Shown(
        places=places,
        cost=whole,
        right_sized=right_sized,
        total=saved,
        headline=headline,
        untested=rounded(_money(audit, "savings.untested"), places),
        after_headline=whole - headline,
        calculated=calculated,
        tested=tested,
        low=low,
        high=_high(audit, headline, low, places),
        no_evidence=rounded(_money(audit, "cost.no_evidence"), places),
        levers=_levers(audit, saved, places),
    )


def _money(audit: Audit, key: str, otherwise: Decimal = _NOTHING) -> Decimal:
    value = audit.money(key)
    return otherwise if value is None else value


def _headline(audit: Audit, total: Decimal, saved: Decimal, places: int) -> Decimal:
    headline = _money(audit, "savings.headline")
    return _within([headline, total - headline], saved, places)[0]


def _within(parts: list[Decimal], total: Decimal, places: int) -> list[Decimal]:
    """Round parts so that they add up to a total that is itself rounded already."""
    if abs(sum(parts, _NOTHING) - total) > Decimal(2).scaleb(-places):
        return [rounded(part, places) for part in parts]
    return apportion(parts, total, places)


def _high(audit: Audit, headline: Decimal, low: Decimal, places: int) -> Decimal | None:
    high = audit.money("savings.likely_high")
    return None if high is None else headline - low + max(rounded(high, places), low)


def _levers(audit: Audit, saved: Decimal, places: int) -> tuple[Decimal | None, ...]:
    exact = [as_decimal(row["in_order"]) for row in records(audit, "levers")]
    on = iter(_within([value for value in exact if value is not None], saved, places))
    return tuple(None if value is None else next(on) for value in exact)
