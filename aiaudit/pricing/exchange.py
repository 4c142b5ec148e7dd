"""Turn an overlay's terms in other currencies into dollars, and count what was turned."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from aiaudit.pricing.currency import USD, amounts, parts, priced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.pricing.overlay import Terms
    from aiaudit.pricing.sheets import Sheet
    from aiaudit.pricing.values import Offering, Override, Price


@dataclass(slots=True, kw_only=True)
class Converted:
    """The sheets and overrides of an overlay in USD; a line for each that no rate is known for."""

    sheets: list[Sheet] = field(default_factory=list)
    overrides: list[Override] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)
    mistakes: list[str] = field(default_factory=list)


def converted(terms: Terms) -> Converted:
    """Return what the overlay states about prices, in USD: in Decimal, by the rate of each time."""
    found = Converted()
    for code, part in terms.sheets:
        offerings = tuple(
            offering if code == USD else _offering(offering, code, terms, found)
            for offering in part.offerings
        )
        found.sheets.append(replace(part, offerings=offerings))
    for code, override in terms.overrides:
        found.overrides += [override] if code == USD else _override(override, code, terms, found)
    return found


def notes(terms: Terms, found: Converted) -> Iterator[str]:
    """Yield what a reader of the report must know about exchange rates."""
    for code, times in sorted(found.counted.items()):
        yield f"{times} prices of the overlay are stated in {code} and converted by its 'fx'"
    undated = {rate.currency: rate.usd for rate in terms.fx if not rate.dated}
    for code, usd in sorted(undated.items()):
        yield f"{code} is converted at {usd:f} USD at every date: the overlay states no dates"


def _offering(offering: Offering, code: str, terms: Terms, found: Converted) -> Offering:
    prices: list[Price] = []
    for price in offering.prices:
        held = parts(price, code, terms.fx)
        if not held:
            found.mistakes.append(_unknown(price.place, code))
        found.counted[code] += bool(held)
        prices += [priced(part, usd) for part, usd in held]
    return replace(offering, prices=tuple(prices))


def _override(override: Override, code: str, terms: Terms, found: Converted) -> list[Override]:
    held = parts(override, code, terms.fx)
    if not held:
        found.mistakes.append(_unknown(override.place, code))
    found.counted[code] += bool(held)
    return [replace(part, rates=amounts(part.rates, usd)) for part, usd in held]


def _unknown(place: str, code: str) -> str:
    return f"{place}: prices in {code} need an exchange rate of their time; give one under 'fx'"
