"""A customer's terms for one model: the discounts and own rates, and when they hold."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from aiaudit.pricing.values import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.pricing.cells import Meters
    from aiaudit.pricing.values import Catalogue, Discount, Offering, Override, Price, Rates


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """The terms for one offering; none when a catalogue is used alone."""

    overrides: tuple[Override, ...]
    discounts: tuple[Discount, ...]

    def parts(self, price: Price) -> Iterator[Span]:
        """Yield the parts of a price's time within which the terms do not change."""
        terms = (*self.overrides, *self.discounts)
        inner = {at for term in terms for at in (term.start, term.until)}
        cuts = {price.start, price.until, *(at for at in inner if price.start < at < price.until)}
        return (Span(start=start, until=until) for start, until in pairwise(sorted(cuts)))

    def rates(self, part: Span) -> Rates:
        """Return the customer's own rates during a part."""
        return next((o.rates for o in self.overrides if o.overlaps(part)), {})

    def percent(self, part: Span) -> Meters:
        """Return what is taken off each meter during a part."""
        return {m: d.percent for d in self.discounts if d.overlaps(part) for m in d.meters}


def contract_of(catalogue: Catalogue, offering: Offering) -> Contract:
    """Return what a customer agreed on one offering."""
    return Contract(
        overrides=tuple(o for o in catalogue.overrides if o.offering == offering.key),
        discounts=tuple(d for d in catalogue.discounts if d.covers(offering)),
    )
