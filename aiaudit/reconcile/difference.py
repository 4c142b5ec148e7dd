"""Why a line of a bill is not what our own count costs: quantity, tier, rate or rounding."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

ZERO: Final = Decimal(0)
_PLACES: Final = 18  # of an amount, at most
_LEAST_PLACES: Final = 2
_APART: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The parts of a difference, billed minus expected, in USD; they add up to it exactly."""

    quantity_difference: Decimal = ZERO
    service_tier: Decimal = ZERO
    rate_difference: Decimal = ZERO
    rounding: Decimal = ZERO
    no_price: Decimal = ZERO
    prepaid: Decimal = ZERO
    unexplained: Decimal = ZERO

    def __add__(self, other: Why) -> Why:
        """Return both together, part by part."""
        return Why(**{n: getattr(self, n) + getattr(other, n) for n in PARTS})

    @property
    def total(self) -> Decimal:
        """Return the whole difference."""
        return sum((getattr(self, name) for name in PARTS), ZERO)


PARTS: Final = tuple(field.name for field in fields(Why))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """What we count of one rate class: how much, and what it costs in USD."""

    rate_class: str
    quantity: int
    cost: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Theirs:
    """A group of billed lines: its quantity, and that at our prices, where both are known."""

    rate_class: str | None
    lines: int
    billed: Decimal
    charged: Decimal  # before what a prepayment or a balance covered
    quantity: int | None
    worth: Decimal | None
    known: bool  # whether it is clear what the lines are for, as far as we count it at all
    priced: bool  # whether the model has a price here


def why(ours: list[Ours], theirs: list[Theirs], *, one_counter: bool) -> Why:
    """Return what makes the difference; quantities are compared within one counter only."""
    cost = sum((o.cost for o in ours), ZERO)
    if not theirs:
        return Why(quantity_difference=-cost)
    prepaid = sum((t.billed - t.charged for t in theirs), ZERO)
    charged = sum((t.charged for t in theirs), ZERO)
    counted = sum(o.quantity for o in ours)
    known = one_counter and all(t.quantity is not None for t in theirs)
    if _rounds(charged, cost, theirs):
        found = Why(rounding=charged - cost)
    elif known and counted and _is_like(cost * _metered(theirs) / counted, charged):
        found = _compared(ours, theirs, charged)
    else:
        found = _not_counted(ours, theirs, charged - cost)
    return replace(found, prepaid=prepaid)


def _not_counted(ours: list[Ours], theirs: list[Theirs], rest: Decimal) -> Why:
    """Return a difference of lines whose quantity nobody can compare."""
    if ours or not all(t.known for t in theirs):
        return Why(unexplained=rest)
    if not all(t.priced for t in theirs):
        return Why(no_price=rest)
    worths = [t.worth for t in theirs if t.worth is not None]
    if len(worths) < len(theirs):
        return Why(quantity_difference=rest)
    worth = sum(worths, ZERO)
    if not _is_like(worth, rest):
        return Why(quantity_difference=rest)
    return _rated(theirs, rest - worth, Why(quantity_difference=worth))


def _compared(ours: list[Ours], theirs: list[Theirs], charged: Decimal) -> Why:
    """Return a difference whose quantities are known on both sides."""
    cost = sum((o.cost for o in ours), ZERO)
    counted = sum(o.quantity for o in ours)
    more = _exact(Fraction(_metered(theirs) - counted) * Fraction(cost) / counted)
    tier = ZERO
    if {t.rate_class for t in theirs} != {o.rate_class for o in ours} and all(
        t.rate_class is not None and t.worth is not None for t in theirs
    ):
        tier = sum((t.worth or ZERO for t in theirs), ZERO) - cost - more
    split = Why(quantity_difference=more, service_tier=tier)
    return _rated(theirs, charged - cost - more - tier, split)


def _metered(theirs: list[Theirs]) -> int:
    return sum(t.quantity or 0 for t in theirs)


def _is_like(worth: Decimal, charged: Decimal) -> bool:
    """Return whether a quantity can be in our unit: its price is not a hundred times another."""
    return not charged or abs(charged) <= _APART * abs(worth) <= _APART**2 * abs(charged)


def _rated(theirs: list[Theirs], rate: Decimal, split: Why) -> Why:
    """Return the split with what is left: another rate, or amounts that were rounded."""
    charged = sum((t.charged for t in theirs), ZERO)
    if _rounds(charged, charged - rate, theirs):
        return replace(split, rounding=rate)
    return replace(split, rate_difference=rate)


def _rounds(charged: Decimal, cost: Decimal, theirs: list[Theirs]) -> bool:
    """Return whether amounts differ by less than the last place in which each line is written."""
    exponent = charged.normalize().as_tuple().exponent
    places = max(_LEAST_PLACES, -exponent if isinstance(exponent, int) else 0)
    return abs(charged - cost) < sum(t.lines for t in theirs) * Decimal(1).scaleb(-places)


def _exact(value: Fraction) -> Decimal:
    """Return a quotient to the last place in which exports state amounts."""
    return Decimal(round(value * 10**_PLACES)).scaleb(-_PLACES)
