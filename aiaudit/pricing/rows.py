"""The catalogue as rows of flat tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiaudit.pricing.values import ALWAYS, FOREVER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.pricing.values import Catalogue, Offering


def offerings(catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    """Yield each offering with its limits; what nobody states is None."""
    for o in catalogue.offerings.values():
        yield {
            "offering": o.key,
            "provider": o.provider,
            "model": o.model,
            "family": o.family or None,
            "operation": o.operation,
            "released": o.released,
            "retired": o.retired,
            "context": o.context,
            "max_output": o.max_output,
            "tools": None if o.features is None else "tools" in o.features,
            "vision": None if o.features is None else "vision" in o.features,
            "structured": None if o.features is None else "structured" in o.features,
            "cache_min": o.cache_minimum,
            "cache_ttl_s": o.cache_seconds,
            "tokenizer": o.tokenizer,
            "reasoning": o.reasoning,
            "snapshot": _snapshot(o),
        }


def roles(catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    """Yield each offering's dated tier: its model's role, else what an overlay says it is."""
    for offering in catalogue.offerings.values():
        dated = catalogue.tiers.roles.get(offering.model.casefold(), ())
        for role in dated:
            yield {
                "offering": offering.key,
                "tier": role.tier,
                "valid_from": role.start,
                "valid_to": role.until,
                "reason": role.reason,
            }
        if not dated and offering.tier:
            yield {
                "offering": offering.key,
                "tier": offering.tier,
                "valid_from": ALWAYS,
                "valid_to": FOREVER,
                "reason": offering.tier_basis,
            }


def aliases(catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    """Yield every other spelling, the customer's own words among them."""
    for alias in catalogue.aliases:
        yield {
            "provider": alias.provider,
            "match": alias.match,
            "kind": "pattern" if alias.pattern else "alias",
            "offering": f"{alias.provider}/{alias.to}",
            "valid_from": alias.start,
            "valid_to": alias.until,
        }
    for named in catalogue.maps:
        yield {
            "provider": named.provider,
            "match": named.raw,
            "kind": "map",
            "offering": named.to,
            "valid_from": ALWAYS,
            "valid_to": FOREVER,
        }


def _snapshot(offering: Offering) -> str | None:
    """Return the day that a dated spelling of the bare name may carry: its first release.

    A model whose price ever changed has none: its dated snapshots may have kept another price.
    """
    rates = [price.standard.rates for price in offering.prices if price.withdrawn is None]
    if offering.released is None or any(other != rates[0] for other in rates):
        return None
    return offering.released.date().isoformat()
