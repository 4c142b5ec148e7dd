"""From dated prices to rates: whole pico-dollars for every way in which a call can be billed.

Defaults, modes, long context, regions, and the customer's rates and discounts are applied here,
once, in Decimal, half-even to one pico-dollar; what had to be rounded or assumed is counted.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from aiaudit.pricing.cells import cells, pico
from aiaudit.pricing.values import Span
from aiaudit.schema import METERS, TOKENS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.pricing.cells import Cell, Meters
    from aiaudit.pricing.values import (
        Catalogue,
        Discount,
        Offering,
        Override,
        Policy,
        Price,
        Rates,
    )

_HUNDRED: Final = Decimal(100)

COLUMNS: Final = (
    ("offering", "VARCHAR"),
    ("rate_class", "VARCHAR"),
    ("region", "VARCHAR"),
    ("regions", "VARCHAR"),
    ("band", "VARCHAR"),
    ("above", "BIGINT"),
    ("inclusive", "BOOLEAN"),
    ("valid_from", "TIMESTAMP"),
    ("valid_to", "TIMESTAMP"),
    *((f"list_{meter}", "BIGINT") for meter in METERS),
    *((f"contracted_{meter}", "BIGINT") for meter in METERS),
    ("refused", "VARCHAR"),
    ("defaults", "VARCHAR"),
    ("confidence", "VARCHAR"),
    ("source", "VARCHAR"),
    ("sku_price_id", "VARCHAR"),
)


@dataclass(slots=True)
class Compiled:
    """Rows for the table `rates`, and how often a rate was rounded or taken from a default."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    roundings: int = 0
    defaults: Counter[str] = field(default_factory=Counter)

    def whole(self, amount: Decimal) -> int:
        """Return an amount as whole pico-dollars, half-even, counting when it was not whole."""
        rounded = amount.quantize(Decimal(1), rounding=ROUND_HALF_EVEN)
        self.roundings += rounded != amount
        return int(rounded)

    def columns(self, basis: str, meters: Meters) -> dict[str, int | None]:
        """Return a column for every meter; one without a rate is None."""
        return {
            f"{basis}_{meter}": self.whole(meters[meter]) if meter in meters else None
            for meter in METERS
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Contract:
    """A customer's terms for one offering."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sold:
    """One price of one offering, under the catalogue's policy and the customer's contract."""

    offering: Offering
    price: Price
    policy: Policy
    contract: _Contract


def compiled(catalogue: Catalogue) -> Compiled:
    """Return every rate of the catalogue."""
    result = Compiled()
    for offering in catalogue.offerings.values():
        policy = catalogue.policies[offering.provider]
        contract = _Contract(
            overrides=tuple(o for o in catalogue.overrides if o.offering == offering.key),
            discounts=tuple(d for d in catalogue.discounts if d.covers(offering)),
        )
        for price in offering.prices:
            if price.withdrawn is None:
                sold = _Sold(offering=offering, price=price, policy=policy, contract=contract)
                result.rows += _rows(sold, result)
    return result


def _rows(sold: _Sold, result: Compiled) -> Iterator[dict[str, Any]]:
    """Yield a row for each part of a price's time, each way to be billed and each region."""
    listed = tuple(cells(sold.price, sold.policy))
    result.defaults.update(name for cell in listed for name in cell.defaults)
    for part in sold.contract.parts(sold.price):
        rates, percent = sold.contract.rates(part), sold.contract.percent(part)
        for cell, mine in zip(listed, cells(sold.price, sold.policy, rates), strict=True):
            standard = (cell.rate_class, cell.band) == ("standard", "base")
            own = pico(rates) if standard else {}
            for region, factor in {"": Decimal(1), **sold.price.regions}.items():
                agreed = _scaled(mine.meters, factor) | own
                yield {
                    **_described(sold, part, cell, region),
                    **result.columns("list", _scaled(cell.meters, factor)),
                    **result.columns("contracted", _discounted(agreed, percent)),
                }


def _described(sold: _Sold, part: Span, cell: Cell, region: str) -> dict[str, Any]:
    return {
        "offering": sold.offering.key,
        "rate_class": cell.rate_class,
        "region": region,
        "regions": f",{','.join(sold.price.regions)},",
        "band": cell.band,
        "above": sold.price.above,
        "inclusive": sold.price.inclusive,
        "valid_from": part.start,
        "valid_to": part.until,
        "refused": cell.refused,
        "defaults": ",".join(cell.defaults) or None,
        "confidence": sold.price.confidence,
        "source": sold.price.source,
        "sku_price_id": _sku(sold.offering, sold.price, cell, region),
    }


def _discounted(meters: Meters, percent: Meters) -> Meters:
    return {m: value * (_HUNDRED - percent.get(m, 0)) / _HUNDRED for m, value in meters.items()}


def _scaled(meters: Meters, factor: Decimal) -> Meters:
    """Return the rates of a region: a multiple for tokens; fees are the same everywhere."""
    return {m: value * factor if m in TOKENS else value for m, value in meters.items()}


def _sku(offering: Offering, price: Price, cell: Cell, region: str) -> str:
    """Return the name of the price row that a call is priced with."""
    day = price.start.isoformat().removesuffix("T00:00:00")
    ways = (cell.rate_class, "long" if cell.band == "long" else "", region)
    return f"{offering.key}@{day}/{'/'.join(way for way in ways if way)}"
