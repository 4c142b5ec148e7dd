"""A customer's own terms: raw names, discounts, rates, commitments, and prices of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from aiaudit.pricing import currency, promises
from aiaudit.pricing.documents import Fields
from aiaudit.pricing.prices import rates_of, span_of
from aiaudit.pricing.sheets import SHEET, Sheet, sheet
from aiaudit.pricing.values import Discount, Named, Override

if TYPE_CHECKING:
    from aiaudit.pricing.commitments import Commitment
    from aiaudit.pricing.documents import Entry

_TERMS: Final = ("customer", "map", "discounts", "overrides", "commitments", "fx")
APPLIES: Final = (
    "tokens", "fees", "input", "cache_read", "cache_write_5m", "cache_write_1h", "output",
)  # fmt: skip
_HUNDRED: Final = Decimal(100)


@dataclass(slots=True, kw_only=True)
class Terms:
    """What the files of all overlay folders say together; a currency stands beside its terms."""

    sheets: list[tuple[str, Sheet]] = field(default_factory=list)
    maps: list[Named] = field(default_factory=list)
    discounts: list[Discount] = field(default_factory=list)
    overrides: list[tuple[str, Override]] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)
    fx: list[currency.Rate] = field(default_factory=list)


def read_into(terms: Terms, root: Entry) -> None:
    """Add what one overlay file says; mistakes are collected, not raised."""
    fields = root.fields((*_TERMS, *SHEET))
    if "models" in fields.found or "aliases" in fields.found:
        if fields.get("provider").empty:
            root.refuse("'provider' is missing beside 'models' or 'aliases'")
        dollars = {key: entry for key, entry in fields.found.items() if key != "currency"}
        terms.sheets.append((_currency(fields), sheet(Fields(root, dollars))))
    elif "provider" in fields.found:
        root.refuse("a provider without 'models' or 'aliases' says nothing")
    terms.maps += [_map(entry) for entry in fields.get("map").items()]
    terms.discounts += [_discount(entry) for entry in fields.get("discounts").items()]
    terms.overrides += [_override(entry) for entry in fields.get("overrides").items()]
    promised = (promises.commitment(entry) for entry in fields.get("commitments").items())
    terms.commitments += [found for found in promised if found]
    terms.fx += currency.rates_of(fields.get("fx"))


def _currency(fields: Fields) -> str:
    return fields.get("currency").text() or currency.USD


def _map(entry: Entry) -> Named:
    fields = entry.fields(("provider", "raw", "to"), ("raw", "to"))
    provider = fields.get("provider").text()
    return Named(
        provider=provider.casefold() if provider else None,
        raw=(fields.get("raw").text() or "").casefold(),
        to=fields.get("to").text() or "",
        place=entry.place,
    )


def _discount(entry: Entry) -> Discount:
    keys = ("provider", "models", "percent", "from", "until", "applies_to")
    fields = entry.fields(keys, ("provider", "percent"))
    start, until = span_of(fields)
    percent = fields.get("percent").decimal() or Decimal(0)
    if percent > _HUNDRED:
        fields.get("percent").refuse("a discount may not exceed 100 percent")
    return Discount(
        provider=fields.get("provider").text() or "",
        models=fields.get("models").text() or "*",
        percent=percent,
        applies_to=_applies(fields),
        start=start,
        until=until,
        place=entry.place,
    )


def _applies(fields: Fields) -> tuple[str, ...]:
    chosen = [item.choice(APPLIES) or "" for item in fields.get("applies_to").items()]
    return tuple(chosen) or ("tokens",)


def _override(entry: Entry) -> tuple[str, Override]:
    fields = entry.fields(("model", "from", "until", "currency", "rates"), ("model", "rates"))
    start, until = span_of(fields)
    return _currency(fields), Override(
        offering=fields.get("model").text() or "",
        rates=rates_of(fields.get("rates")),
        start=start,
        until=until,
        place=entry.place,
    )
