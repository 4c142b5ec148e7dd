"""The rates of a price for each way in which a call can be billed, defaults filled in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from aiaudit.pricing.values import RATES
from aiaudit.schema import RATE_CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiaudit.pricing.values import Policy, Price, Rates

# A price of 1 USD per million tokens is this many pico-dollars per token.
_PER_MILLION: Final = Decimal(10) ** 6
_PER_USE: Final = Decimal(10) ** 12

Meters = dict[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The rates of one rate class and context band, in pico-dollars; or why there are none."""

    rate_class: str
    band: str
    meters: Meters
    defaults: tuple[str, ...] = ()
    refused: str | None = None


def cells(price: Price, policy: Policy, own: Rates | None = None) -> Iterator[Cell]:
    """Yield a cell for each rate class and band, priced or refused.

    `own` are a customer's standard rates: defaults that rest on the input rate follow them.
    """
    fees = {meter: amount * _PER_USE for meter, amount in price.fees.items()}
    for rate_class in RATE_CLASSES:
        for band in _bands(price, rate_class):
            rates, assumed = _published(price, policy, rate_class, band)
            if rates is None:
                refused = _refusal(rate_class, band)
                yield Cell(rate_class=rate_class, band=band, meters={}, refused=refused)
                continue
            if own and rate_class == "standard" and band != "long":
                rates = {**rates, **own}
            filled, defaults = _filled(rates, policy)
            yield Cell(
                rate_class=rate_class,
                band=band,
                meters={**pico(filled), **fees},
                defaults=(*assumed, *defaults),
            )


def pico(rates: Rates) -> Meters:
    """Return rates in USD per million tokens as pico-dollars per token, by meter."""
    return {RATES[n]: rate * _PER_MILLION for n, rate in rates.items() if rate is not None}


def _bands(price: Price, rate_class: str) -> tuple[str, ...]:
    """Return the bands of a rate class, between which a request's size or its hour decides."""
    if rate_class == "standard" and price.off_peak is not None:
        return "base", "off_peak"
    return ("base",) if price.above is None else ("base", "long")


def _published(
    price: Price, policy: Policy, rate_class: str, band: str
) -> tuple[Rates | None, tuple[str, ...]]:
    """Return the published rates of a way to be billed, or what the policy puts in their place."""
    if band == "off_peak":
        return price.off_peak, ()
    mode = price.standard if rate_class == "standard" else price.modes.get(rate_class)
    if mode is not None:
        return (mode.rates if band == "base" else mode.long), ()
    standard = price.standard.rates if band == "base" else price.standard.long
    if rate_class == "batch" and policy.batch is not None and standard is not None:
        by = policy.batch
        return {n: None if v is None else v * by for n, v in standard.items()}, ("batch",)
    return None, ()


def _filled(rates: Rates, policy: Policy) -> tuple[Rates, tuple[str, ...]]:
    """Return rates with the cache rates that the policy derives from the input rate."""
    base = rates.get("input")
    filled, defaults = dict(rates), []
    for name in ("cache_read", "cache_write_5m", "cache_write_1h"):
        times: Decimal | None = getattr(policy, name)
        if filled.get(name) is None and base is not None and times is not None:
            filled[name] = base * times
            defaults.append(name)
    audio = rates.get("audio_input")
    # Audio from the cache is no cheaper than what nobody publishes a cache rate for.
    if "cache_read" in defaults and audio is not None and filled.get("audio_cache_read") is None:
        filled["audio_cache_read"] = audio * (policy.cache_read or 1)
    return filled, tuple(defaults)


def _refusal(rate_class: str, band: str) -> str:
    if rate_class == "provisioned":
        return "provisioned capacity is billed by time, not by token"
    long = " above the long-context threshold" if band == "long" else ""
    return f"no published {rate_class} rate{long}"
