"""Exchange rates as a customer states them: what an amount in another currency is in dollars."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, TypeVar

import yaml

from aiaudit.pricing.prices import span_of
from aiaudit.pricing.values import ALWAYS, FOREVER, Mode, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from aiaudit.pricing.documents import Entry
    from aiaudit.pricing.values import Price

USD: Final = "USD"
_CODE: Final = re.compile(r"[A-Z]{3}")
_MOST_DECIMALS: Final = 9  # of a rate; amounts have 18, and their product has to fit into 38 digits
_TOO_MUCH: Final = 1_000_000
_NO_MONEY: Final = {"regions", "above"}  # what a price states beside amounts

_Term = TypeVar("_Term", bound=Span)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(Span):
    """What one unit of a currency is worth in USD during a time."""

    currency: str
    usd: Decimal

    @property
    def dated(self) -> bool:
        """Return whether the rate was stated for a time; else it holds always."""
        return (self.start, self.until) != (ALWAYS, FOREVER)


def rates_of(entry: Entry) -> Iterator[Rate]:
    """Yield the rates of an `fx` block: one for all times, or a dated list for each currency.

    A dated rate holds until the next one of its currency; mistakes are collected, not raised.
    """
    for code, stated in entry.pairs().items():
        if not _CODE.fullmatch(code) or code == USD:
            stated.refuse(f"'{code}' is no currency to convert; write it as EUR")
        elif isinstance(stated.node, yaml.SequenceNode):
            yield from _dated(code, stated)
        else:
            yield Rate(currency=code, usd=_worth(stated), place=stated.place)


def _dated(code: str, stated: Entry) -> Iterator[Rate]:
    found = []
    for entry in stated.items():
        known = entry.fields(("from", "until", "rate"), ("rate",))
        start, until = span_of(known)
        usd = _worth(known.get("rate"))
        found.append(Rate(currency=code, usd=usd, start=start, until=until, place=entry.place))
    found.sort(key=lambda rate: rate.start)
    for rate, after in pairwise(found):
        open_ended = rate.until == FOREVER and after.start > rate.start
        yield replace(rate, until=after.start) if open_ended else rate
    yield from found[-1:]


def _worth(entry: Entry) -> Decimal:
    usd = entry.decimal()
    if usd is None:
        return Decimal(1)
    if not 0 < usd < _TOO_MUCH or -int(usd.as_tuple().exponent) > _MOST_DECIMALS:
        entry.refuse(
            "an exchange rate is USD for one unit: above zero, below a million, with at most"
            f" {_MOST_DECIMALS} decimals"
        )
    return usd


def contradictions(rates: Iterable[Rate]) -> Iterator[str]:
    """Yield a line for each rate that holds while another of its currency does."""
    ordered = sorted(rates, key=lambda rate: (rate.currency, rate.start, rate.until))
    for first, second in pairwise(ordered):
        if first.currency == second.currency and first.overlaps(second):
            yield f"{second.place}: the rate of {second.currency} overlaps that of {first.place}"


def worth(rates: Iterable[Rate], currency: str, at: datetime) -> Decimal | None:
    """Return what one unit is worth in USD at an instant; None when nobody says."""
    if currency == USD:
        return Decimal(1)
    return next((r.usd for r in rates if r.currency == currency and r.start <= at < r.until), None)


def parts(term: _Term, currency: str, rates: Iterable[Rate]) -> list[tuple[_Term, Decimal]]:
    """Return the parts of a term's time during which a rate holds, each with the rate.

    A time without a rate is in no part: what is stated for it stays unknown.
    """
    held = [rate for rate in rates if rate.currency == currency and rate.overlaps(term)]
    return [
        (
            replace(term, start=max(term.start, rate.start), until=min(term.until, rate.until)),
            rate.usd,
        )
        for rate in sorted(held, key=lambda rate: rate.start)
    ]


def priced(price: Price, usd: Decimal) -> Price:
    """Return a price with every amount times a rate; multipliers and thresholds stay."""
    changed: dict[str, Any] = {
        name: _times(getattr(price, name), usd)
        for name in (f.name for f in fields(price))
        if name not in _NO_MONEY
    }
    return replace(price, **changed)


def _times(value: Any, usd: Decimal) -> Any:  # noqa: ANN401  # what a price may hold
    if isinstance(value, Decimal):
        return value * usd
    if isinstance(value, Mode):
        return replace(value, **{f.name: _times(getattr(value, f.name), usd)
                                 for f in fields(value)})  # fmt: skip
    if isinstance(value, dict):
        return {key: _times(inner, usd) for key, inner in value.items()}
    return value


def amounts(rates: Mapping[str, Decimal | None], usd: Decimal) -> dict[str, Decimal | None]:
    """Return rates by name, each times a rate of exchange."""
    return {name: None if rate is None else rate * usd for name, rate in rates.items()}
