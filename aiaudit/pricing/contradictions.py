"""What makes a catalogue unusable: a price valid twice, a name that leads nowhere or two ways."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aiaudit.pricing.values import Catalogue, Discount, Named, Offering, Span


def contradictions(catalogue: Catalogue) -> list[str]:
    """Return a line for each contradiction, both places named."""
    return [
        *_prices(catalogue),
        *_aliases(catalogue),
        *_terms(catalogue),
        *_tiers(catalogue),
    ]


def _twice(spans: Iterable[Span]) -> Iterator[tuple[Span, Span]]:
    """Yield neighbours that overlap."""
    ordered = sorted(spans, key=lambda span: (span.start, span.until, span.place))
    return (pair for pair in pairwise(ordered) if pair[0].overlaps(pair[1]))


def _prices(catalogue: Catalogue) -> Iterator[str]:
    spelled: dict[str, Offering] = {}
    for offering in catalogue.offerings.values():
        known = spelled.setdefault(offering.key.casefold(), offering)
        if known is not offering:
            yield f"{offering.place}: {offering.key} differs from {known.place} by case only"
        counted = [price for price in offering.prices if price.withdrawn is None]
        for first, second in _twice(counted):
            yield f"{second.place}: the price of {offering.key} overlaps that of {first.place}"
        if not offering.prices:
            yield f"{offering.place}: {offering.key} has no price"


def _aliases(catalogue: Catalogue) -> Iterator[str]:
    spellings = defaultdict(list)
    for alias in catalogue.aliases:
        if f"{alias.provider}/{alias.to}" not in catalogue.offerings:
            yield f"{alias.place}: alias of '{alias.to}', which {alias.provider} does not have"
        spellings[alias.provider, alias.match, alias.pattern].append(alias)
    for (provider, match, _), aliases in spellings.items():
        for first, second in _twice(aliases):
            yield f"{second.place}: alias '{match}' is given in {first.place} already"
        if not aliases[0].pattern and f"{provider}/{match}" in catalogue.offerings:
            yield f"{aliases[0].place}: alias '{match}' hides the model of that name"


def _terms(catalogue: Catalogue) -> Iterator[str]:
    seen: dict[tuple[str | None, str], Named] = {}
    for named in catalogue.maps:
        if named.to not in catalogue.offerings:
            yield f"{named.place}: '{named.to}' is not an offering; write it as provider/model"
        mapped = seen.setdefault((named.provider, named.raw), named)
        if mapped is not named:
            yield f"{named.place}: '{named.raw}' is mapped in {mapped.place} already"
    for override in catalogue.overrides:
        if override.offering not in catalogue.offerings:
            yield f"{override.place}: '{override.offering}' is not an offering (provider/model)"
    for first, second in combinations(catalogue.overrides, 2):
        if first.offering == second.offering and first.overlaps(second):
            yield f"{second.place}: the rates of {second.offering} overlap those of {first.place}"
    yield from _discounts(catalogue)


def _discounts(catalogue: Catalogue) -> Iterator[str]:
    for discount in catalogue.discounts:
        if not any(discount.covers(o) for o in catalogue.offerings.values()):
            yield f"{discount.place}: no model of '{discount.provider}' is '{discount.models}'"
    for first, second in combinations(catalogue.discounts, 2):
        if first.overlaps(second) and (shared := _shared(catalogue, first, second)):
            yield (
                f"{second.place}: two discounts hold for {shared}, also {first.place};"
                " state the one that applies"
            )


def _shared(catalogue: Catalogue, first: Discount, second: Discount) -> str | None:
    if not first.meters & second.meters:
        return None
    both = (o.key for o in catalogue.offerings.values() if first.covers(o) and second.covers(o))
    return next(both, None)


def _tiers(catalogue: Catalogue) -> Iterator[str]:
    order = catalogue.tiers.order
    for offering in catalogue.offerings.values():
        if offering.tier and offering.tier not in order:
            yield f"{offering.place}: tier '{offering.tier}' is none of {', '.join(order)}"
    for roles in catalogue.tiers.roles.values():
        for first, second in _twice(roles):
            yield f"{second.place}: the role overlaps that of {first.place}"
