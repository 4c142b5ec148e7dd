"""Suspicious prices: the mistakes that public catalogues have made, looked for in ours."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from aiaudit.pricing.values import FOREVER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.pricing.values import Catalogue, Offering, Price, Rates

_BATCH: Final = (Decimal("0.4"), Decimal("0.8"))
_REGION: Final = (Decimal("0.5"), Decimal(2))
_WRITE_5M: Final = (Decimal(1), Decimal("1.25"))
_WRITE_1H: Final = Decimal(2)
# Nobody has asked more for a million tokens; a price in cents read as dollars would.
_HIGHEST: Final = Decimal(1000)
_LEAP: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One doubt about the catalogue: an error must be mended, a warning must be meant."""

    level: Literal["error", "warning"]
    place: str
    text: str


def lint(catalogue: Catalogue) -> tuple[Finding, ...]:
    """Return every finding, errors first, in order of place."""
    found: list[Finding] = []
    for offering in catalogue.offerings.values():
        found += _offering(catalogue, offering)
        for price in offering.prices:
            if price.withdrawn is None:
                found += doubts(offering, price)
        for before, after in pairwise(_counted(offering)):
            found += _change(offering, before, after)
    return tuple(sorted(found, key=lambda f: (f.level, f.place, f.text)))


def _error(place: str, text: str) -> Finding:
    return Finding(level="error", place=place, text=text)


def _warning(place: str, text: str) -> Finding:
    return Finding(level="warning", place=place, text=text)


def _counted(offering: Offering) -> list[Price]:
    counted = [price for price in offering.prices if price.withdrawn is None]
    return sorted(counted, key=lambda price: price.start)


def _offering(catalogue: Catalogue, offering: Offering) -> Iterator[Finding]:
    roles = catalogue.tiers.roles.get(offering.model.casefold(), ())
    if offering.operation == "chat" and not roles and not offering.tier:
        yield _warning(offering.place, f"{offering.key} has no tier: its calls stay untiered")
    if counted := _counted(offering):
        yield from _life(offering, counted[0], counted[-1])


def _life(offering: Offering, first: Price, last: Price) -> Iterator[Finding]:
    """Yield the times at which a model could be called and has no price."""
    if offering.released and first.start > offering.released:
        yield _warning(
            first.place, f"{offering.key}: released {offering.released:%Y-%m-%d}, priced only later"
        )
    if last.until < (offering.retired or FOREVER):
        yield _warning(last.place, f"{offering.key}: its last price ends before it was retired")


def doubts(offering: Offering, price: Price) -> Iterator[Finding]:
    """Yield what is odd about one price by itself."""
    name, place, rates = offering.key, price.place, price.standard.rates
    if not price.source or price.recorded is None:
        yield _warning(place, f"{name}: no source or no recorded date")
    for text in _sanity(offering, rates):
        yield _error(place, f"{name}: {text}")
    for text in _zeros(offering, price):
        yield _error(place, f"{name}: {text} is 0 but the model is not marked free")
    for text in _cache(rates):
        yield _warning(place, f"{name}: {text}")
    yield from _order(offering, price)
    for region, factor in price.regions.items():
        if not _REGION[0] <= factor <= _REGION[1]:
            yield _warning(place, f"{name}: the multiplier of {region} is {factor}")
    for mode, other in price.modes.items():
        for text in _mode(mode, rates, other.rates):
            yield _warning(place, f"{name}: {text}")


def _sanity(offering: Offering, rates: Rates) -> Iterator[str]:
    stated = {rate: value for rate, value in rates.items() if value is not None}
    if "input" not in stated:
        yield "no input rate"
    if offering.operation == "chat" and "output" not in stated:
        yield "no output rate"
    for rate, value in stated.items():
        if value and offering.free:
            yield f"{rate} is {value} but the model is marked free"
        if value > _HIGHEST:
            yield f"{rate} is {value} per million tokens; are these cents?"
    read, full = stated.get("cache_read"), stated.get("input")
    if read is not None and full is not None and read > full:
        yield f"cache_read {read} is above input {full}"


def _zeros(offering: Offering, price: Price) -> Iterator[str]:
    """Yield each rate that is nothing, in whichever way the model is served."""
    ways: dict[str, Rates] = {"": price.standard.rates, "long ": price.standard.long or {}}
    ways["off-peak "] = price.off_peak or {}
    for mode, rates in price.modes.items():
        ways |= {f"{mode} ": rates.rates, f"{mode} long ": rates.long or {}}
    for way, rates_there in ways.items():
        for rate, value in rates_there.items():
            if value == 0 and not offering.free and not _silent_zero(offering, rate):
                yield f"{way}{rate}"


def _silent_zero(offering: Offering, rate: str) -> bool:
    """Return whether a zero says that this operation answers without tokens."""
    return rate == "output" and offering.operation in ("embedding", "rerank", "moderation")


def _cache(rates: Rates) -> Iterator[str]:
    full = rates.get("input")
    if not full:
        return
    if (read := rates.get("cache_read")) == full:
        yield f"cache_read equals input {read}"
    short, long = rates.get("cache_write_5m"), rates.get("cache_write_1h")
    if short is not None and short not in [full * times for times in _WRITE_5M]:
        yield f"cache_write_5m {short} is neither 1 nor 1.25 times input {full}"
    if long is not None and long != full * _WRITE_1H:
        yield f"cache_write_1h {long} is not twice input {full}"


def _order(offering: Offering, price: Price) -> Iterator[Finding]:
    rates, long = price.standard.rates, price.standard.long
    full, out = rates.get("input"), rates.get("output")
    if offering.operation == "chat" and full and out is not None and out < full:
        yield _warning(price.place, f"{offering.key}: output {out} is below input {full}")
    standing = {"": price.standard, **price.modes}
    pairs = [(f"long {n}".strip(), m.long or {}, "base", m.rates) for n, m in standing.items()]
    pairs.append(("peak", rates, "off-peak", price.off_peak or {}))
    for way, dearer, other, base in pairs:
        for rate, value in dearer.items():
            less = base.get(rate)
            if value is not None and less is not None and value < less:
                text = f"{offering.key}: {way} {rate} {value} is below {other} {less}"
                yield _error(price.place, text)
    if long is not None and {"input", "output"} - {k for k, v in long.items() if v is not None}:
        yield _error(price.place, f"{offering.key}: long context lacks input or output")


def _mode(mode: str, standard: Rates, rates: Rates) -> Iterator[str]:
    for rate in ("input", "output"):
        base, value = standard.get(rate), rates.get(rate)
        if not base or value is None:
            continue
        if mode == "batch" and not _BATCH[0] <= value / base <= _BATCH[1]:
            yield f"batch {rate} {value} is {value / base:.2f} times standard"
        if mode == "priority" and value < base:
            yield f"priority {rate} {value} is below standard {base}"
        if mode == "flex" and value > base:
            yield f"flex {rate} {value} is above standard {base}"


def _change(offering: Offering, before: Price, after: Price) -> Iterator[Finding]:
    if before.until < after.start:
        yield _warning(after.place, f"{offering.key}: no price between {before.place} and here")
    for rate, value in after.standard.rates.items():
        old = before.standard.rates.get(rate)
        if not value or not old or after.source:
            continue
        if value > old * _LEAP or old > value * _LEAP:
            yield _error(after.place, f"{offering.key}: {rate} {old} to {value} needs a source")
