"""One dated price, as written by hand: rates by meter, long context, modes, fees, regions."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from aiaudit.pricing.hours import hours_of
from aiaudit.pricing.values import ALWAYS, FEES, FOREVER, MODES, RATES, Mode, Price, Rates

if TYPE_CHECKING:
    from datetime import datetime

    from aiaudit.pricing.documents import Entry, Fields

_PRICE: Final = (
    "from", "until", "recorded", "source", "confidence", "withdrawn", "rates", "long_context",
    "off_peak", "modes", "fees", "regions",
)  # fmt: skip
_CONFIDENCE: Final = ("confirmed", "catalogue", "inferred")


def rates_of(entry: Entry) -> Rates:
    """Return the rates of a mapping, in USD per million tokens; null stays unknown."""
    fields = entry.fields(RATES)
    return {name: fields.get(name).decimal() for name in fields.found}


def span_of(fields: Fields) -> tuple[datetime, datetime]:
    """Return [from, until); a missing bound is open."""
    start = fields.get("from").instant() or ALWAYS
    until = fields.get("until").instant() or FOREVER
    if start >= until:
        fields.entry.refuse("'until' is not after 'from'")
    return start, until


def price_of(entry: Entry) -> Price:
    """Return the price that a document states; mistakes are collected, not raised."""
    fields = entry.fields(_PRICE, ("rates",))
    long = fields.get("long_context").fields(("above", "inclusive", "rates"))
    start, until = span_of(fields)
    above = long.get("above").whole()
    if not fields.get("long_context").empty and above is None:
        fields.get("long_context").refuse("'above' is missing")
    hours, off_peak = _off_peak(fields.get("off_peak"))
    if hours and above is not None:
        fields.get("off_peak").refuse("off-peak hours beside long context are not supported")
    return Price(
        start=start,
        until=until,
        place=entry.place,
        recorded=fields.get("recorded").day(),
        source=fields.get("source").text() or "",
        confidence=fields.get("confidence").choice(_CONFIDENCE) or "catalogue",
        withdrawn=fields.get("withdrawn").day(),
        standard=Mode(rates=rates_of(fields.get("rates")), long=_long(long)),
        modes=_modes(fields.get("modes")),
        above=above,
        inclusive=long.get("inclusive").flag() or False,
        off_peak=off_peak,
        hours=hours,
        fees=_fees(fields.get("fees")),
        regions=_regions(fields.get("regions")),
    )


def _long(fields: Fields) -> Rates | None:
    rates = fields.get("rates")
    return None if rates.empty else rates_of(rates)


def _off_peak(entry: Entry) -> tuple[str | None, Rates | None]:
    """Return the marks of the cheaper hours, and the rates that hold in them."""
    if entry.empty:
        return None, None
    fields = entry.fields(("windows", "rates"), ("windows", "rates"))
    return hours_of(fields.get("windows")), rates_of(fields.get("rates"))


def _modes(entry: Entry) -> dict[str, Mode]:
    """Return the rates of each mode; a mode may state its own rates for long context."""
    modes = {}
    for name, mode in entry.fields(MODES).found.items():
        fields = mode.fields((*RATES, "long_context"))
        long = fields.get("long_context").fields(("rates",))
        rates = {rate: fields.get(rate).decimal() for rate in RATES if rate in fields.found}
        modes[name] = Mode(rates=rates, long=_long(long))
    return modes


def _fees(entry: Entry) -> dict[str, Decimal]:
    fees = {}
    for name, fee in entry.fields(FEES).found.items():
        fields = fee.fields(("per", "price"), ("per", "price"))
        per, price = fields.get("per").whole(), fields.get("price").decimal()
        if per and price is not None:
            fees[FEES[name]] = price / per
    return fees


def _regions(entry: Entry) -> dict[str, Decimal]:
    regions = {}
    for name, region in entry.pairs().items():
        multiplier = region.fields(("multiplier",), ("multiplier",)).get("multiplier").decimal()
        regions[name.lower()] = multiplier or Decimal(1)
    return regions
