"""Read commitments as an overlay states them, strictly: each kind has its own keys."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import yaml

from aiaudit.pricing.commitments import (
    PERIODS,
    Commitment,
    Provisioned,
    SpendCommit,
    Volume,
    VolumeTiers,
)
from aiaudit.pricing.currency import USD
from aiaudit.pricing.prices import span_of

if TYPE_CHECKING:
    from aiaudit.pricing.documents import Entry, Fields

_COMMON: Final = ("id", "provider", "kind", "models", "from", "until")
_KINDS: Final = {
    "spend_commit": ("currency", "amount", "period", "shortfall"),
    "provisioned": ("currency", "units", "price_per_unit_hour", "covers"),
    "volume_tiers": ("currency", "period", "measure", "applies_to", "tiers"),
}
_OPTIONAL: Final = {"currency", "shortfall", "covers", "measure", "applies_to"}
_HUNDRED: Final = Decimal(100)


def commitment(entry: Entry) -> Commitment | None:
    """Return the commitment that a document states; mistakes are collected, not raised."""
    given = entry.pairs().get("kind")
    kind = given.choice(_KINDS) if given else None
    if given is None:
        entry.refuse("'kind' is missing")
    if kind not in _KINDS:
        return None
    own = _KINDS[kind]
    required = [key for key in own if key not in _OPTIONAL]
    fields = entry.fields((*_COMMON, *own), ("id", "provider", *required))
    make = {"spend_commit": _spend, "provisioned": _provisioned, "volume_tiers": _volume}[kind]
    return make(fields, _terms(fields))


def _terms(fields: Fields) -> Commitment:
    start, until = span_of(fields)
    if any(at.minute or at.second or at.microsecond for at in (start, until)):
        fields.entry.refuse("a commitment begins and ends on a whole hour")
    models = fields.get("models")
    default = () if "covers" in fields.found else ("*",)
    return Commitment(
        id=fields.get("id").text() or "",
        provider=fields.get("provider").text() or "",
        models=globs(models) or default,
        currency=fields.get("currency").text() or USD,
        start=start,
        until=until,
        place=fields.entry.place,
    )


def _spend(fields: Fields, terms: Commitment) -> SpendCommit:
    return SpendCommit(
        **_shared(terms),
        amount=fields.get("amount").decimal() or Decimal(0),
        period=_period(fields),
        pay=fields.get("shortfall").choice(("pay", "none")) != "none",
    )


def _provisioned(fields: Fields, terms: Commitment) -> Provisioned:
    return Provisioned(
        **_shared(terms),
        units=fields.get("units").decimal() or Decimal(0),
        hourly=fields.get("price_per_unit_hour").decimal() or Decimal(0),
        covers=globs(fields.get("covers")),
    )


def _volume(fields: Fields, terms: Commitment) -> VolumeTiers:
    steps = [step.fields(("above", "percent"), ("above", "percent"))
             for step in fields.get("tiers").items()]  # fmt: skip
    tiers = [
        Volume(above=step.get("above").decimal() or Decimal(0),
               percent=step.get("percent").decimal() or Decimal(0))
        for step in steps
    ]  # fmt: skip
    if any(tier.percent > _HUNDRED for tier in tiers):
        fields.get("tiers").refuse("a discount may not exceed 100 percent")
    measure = fields.get("measure").choice(("spend", "tokens")) or "spend"
    whole = fields.get("applies_to").choice(("all", "above")) != "above"
    if measure == "tokens" and not whole:
        fields.entry.refuse("tiers of tokens apply to all of a period's usage")
    return VolumeTiers(
        **_shared(terms),
        period=_period(fields),
        measure=measure,
        whole=whole,
        tiers=tuple(sorted(tiers, key=lambda tier: tier.above)),
    )


def _shared(terms: Commitment) -> dict[str, Any]:
    return {name: getattr(terms, name) for name in Commitment.__dataclass_fields__}


def _period(fields: Fields) -> str:
    return fields.get("period").choice(PERIODS) or "month"


def globs(entry: Entry) -> tuple[str, ...]:
    """Return one pattern or a list of them."""
    if entry.empty:
        return ()
    if isinstance(entry.node, yaml.SequenceNode):
        return tuple(item.text() or "" for item in entry.items())
    return (entry.text() or "",)
