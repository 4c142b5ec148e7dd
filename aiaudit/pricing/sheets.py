"""One price sheet, as written by hand: a provider's models, their dated prices, their aliases."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from aiaudit.pricing.prices import price_of, span_of
from aiaudit.pricing.values import Alias, Offering, Policy
from aiaudit.usage import CONVENTIONS

if TYPE_CHECKING:
    from aiaudit.pricing.documents import Entry, Fields

SHEET: Final = ("schema", "provider", "currency", "source", "defaults", "models", "aliases")
_MODEL: Final = (
    "id", "model", "family", "operation", "released", "retired", "context", "max_output",
    "features", "cache", "tokenizer", "reasoning", "usage", "free", "capability", "prices",
)  # fmt: skip
_CONVENTIONS: Final = sorted({convention.family for convention in CONVENTIONS})
_OPERATIONS: Final = ("chat", "embedding", "image", "audio", "moderation", "rerank")
_FEATURES: Final = ("tools", "vision", "structured", "audio", "reasoning", "pdf", "web_search")
_BUILT_IN: Final = Policy(
    cache_read=Decimal(1), cache_write_5m=Decimal(1), cache_write_1h=Decimal(1), batch=None
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What one file says about one provider."""

    provider: str
    policy: Policy | None
    offerings: tuple[Offering, ...]
    aliases: tuple[Alias, ...]
    place: str


def sheet(fields: Fields) -> Sheet:
    """Return the sheet that a document holds; mistakes are collected, not raised."""
    provider = fields.get("provider").text() or ""
    if (currency := fields.get("currency").text() or "USD") != "USD":
        fields.get("currency").refuse(f"prices in {currency} are not supported yet; convert to USD")
    if (version := fields.get("schema").text() or "1") != "1":
        fields.get("schema").refuse(f"schema {version} is not known; this version reads schema 1")
    defaults = fields.get("defaults")
    return Sheet(
        provider=provider,
        policy=None if defaults.empty else _policy(defaults),
        offerings=tuple(_offering(entry, provider) for entry in fields.get("models").items()),
        aliases=tuple(_alias(entry, provider) for entry in fields.get("aliases").items()),
        place=fields.entry.place,
    )


def policy_of(found: Policy | None) -> Policy:
    """Return the policy of a sheet, or what holds when it states none."""
    return found or _BUILT_IN


def _policy(entry: Entry) -> Policy:
    fields = entry.fields(("missing_cache_read", "cache_write_5m", "cache_write_1h", "batch"))
    read = fields.get("missing_cache_read").choice(("input", "refuse"))
    return Policy(
        cache_read=None if read == "refuse" else Decimal(1),
        cache_write_5m=_times(fields.get("cache_write_5m"), "input", _BUILT_IN.cache_write_5m),
        cache_write_1h=_times(fields.get("cache_write_1h"), "input", _BUILT_IN.cache_write_1h),
        batch=_times(fields.get("batch"), "standard", None),
    )


def _times(entry: Entry, base: str, silent: Decimal | None) -> Decimal | None:
    """Return the multiple that a policy states, `refuse` as None."""
    if entry.empty:
        return silent
    if entry.node.value == "refuse":
        return None
    if entry.node.value == base:
        return Decimal(1)
    fields = entry.fields(("times", "by"), ("times", "by"))
    fields.get("times").choice((base,))
    return fields.get("by").decimal()


def _offering(entry: Entry, provider: str) -> Offering:
    fields = entry.fields(_MODEL, ("id",))
    cache = fields.get("cache").fields(("minimum", "lifetime_seconds"))
    capability = fields.get("capability").fields(("tier", "basis", "score"))
    name = fields.get("id").text() or ""
    features = fields.get("features")
    return Offering(
        key=f"{provider}/{name}",
        id=name,
        provider=provider,
        model=fields.get("model").text() or name,
        family=fields.get("family").text() or "",
        operation=fields.get("operation").choice(_OPERATIONS) or "chat",
        released=fields.get("released").instant(),
        retired=fields.get("retired").instant(),
        context=fields.get("context").whole(),
        max_output=fields.get("max_output").whole(),
        features=None
        if features.empty
        else tuple(feature.choice(_FEATURES) or "" for feature in features.items()),
        cache_minimum=cache.get("minimum").whole(),
        cache_seconds=cache.get("lifetime_seconds").whole(),
        tokenizer=fields.get("tokenizer").text(),
        reasoning=fields.get("reasoning").choice(("none", "optional", "always")),
        usage=fields.get("usage").choice(_CONVENTIONS),
        free=fields.get("free").flag() or False,
        tier=capability.get("tier").text(),
        tier_basis=capability.get("basis").text() or "",
        prices=tuple(price_of(price) for price in fields.get("prices").items()),
        place=entry.place,
    )


def _alias(entry: Entry, provider: str) -> Alias:
    fields = entry.fields(("match", "to", "from", "until"), ("match", "to"))
    start, until = span_of(fields)
    match = fields.get("match").text() or ""
    pattern = match.startswith("regex:")
    match = match.removeprefix("regex:").strip() if pattern else match.casefold()
    if pattern:
        try:
            re.compile(match)
        except re.error:
            fields.get("match").refuse(f"'{match}' is not a regular expression")
            match = ""
    return Alias(
        provider=provider,
        match=match,
        to=fields.get("to").text() or "",
        pattern=pattern,
        start=start,
        until=until,
        place=entry.place,
    )
