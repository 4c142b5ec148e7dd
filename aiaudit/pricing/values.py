"""What the catalogue is made of: models, dated prices, aliases, and a customer's terms."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from aiaudit.pricing.commitments import Commitment
    from aiaudit.pricing.currency import Rate
    from aiaudit.pricing.tiers import Tiers

ALWAYS: Final = datetime(1, 1, 1)  # noqa: DTZ001  # times are UTC without a zone
FOREVER: Final = datetime(9999, 12, 31)  # noqa: DTZ001

# The rates of a sheet, in USD per million tokens, and the meter that each one prices.
RATES: Final = {
    "input": "input_uncached",
    "cache_read": "cache_read",
    "cache_write_5m": "cache_write_5m",
    "cache_write_1h": "cache_write_1h",
    "output": "output",
    "audio_input": "audio_input",
    "audio_cache_read": "audio_cache_read",
    "audio_output": "audio_output",
    "image_input": "image_input",
    "image_output": "image_output",
    "reasoning": "reasoning",
}
# Fees per use, and the meter that each one prices.
FEES: Final = {"web_search": "web_searches", "image": "images", "request": "requests"}
MODES: Final = ("batch", "flex", "priority")

Rates = dict[str, "Decimal | None"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A time [start, until) in UTC, and the line that states it."""

    start: datetime = ALWAYS
    until: datetime = FOREVER
    place: str = ""

    def overlaps(self, other: Span) -> bool:
        """Return whether some instant lies in both."""
        return self.start < other.until and other.start < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """The rates of one way to be served; `long` holds above the threshold of its price."""

    rates: Rates
    long: Rates | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Price(Span):
    """What a model costs during a time: USD per million tokens, USD per use for fees.

    Where `off_peak` rates hold at some hours, `hours` marks them and all other rates are the peak.
    """

    recorded: date | None = None
    source: str = ""
    confidence: str = "catalogue"
    withdrawn: date | None = None
    standard: Mode = field(default_factory=lambda: Mode(rates={}))
    modes: Mapping[str, Mode] = field(default_factory=dict)
    above: int | None = None
    inclusive: bool = False
    off_peak: Rates | None = None
    hours: str | None = None
    fees: Mapping[str, Decimal] = field(default_factory=dict)
    regions: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offering:
    """A model as one provider sells it; `key` is provider/id, `model` the canonical model."""

    key: str
    id: str
    provider: str
    model: str
    family: str = ""
    operation: str = "chat"
    released: datetime | None = None
    retired: datetime | None = None
    context: int | None = None
    max_output: int | None = None
    features: tuple[str, ...] | None = None
    cache_minimum: int | None = None
    cache_seconds: int | None = None
    tokenizer: str | None = None
    reasoning: str | None = None
    usage: str | None = None
    free: bool = False
    tier: str | None = None
    tier_basis: str = ""
    prices: tuple[Price, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias(Span):
    """Another spelling of an offering during a time; `pattern` marks a regular expression."""

    provider: str
    match: str
    to: str
    pattern: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What stands in where a sheet is silent: a multiple of the input rate, or nothing (None)."""

    cache_read: Decimal | None
    cache_write_5m: Decimal | None
    cache_write_1h: Decimal | None
    batch: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Discount(Span):
    """A percentage off a provider's rates, on models that a glob names."""

    provider: str
    models: str
    percent: Decimal
    applies_to: tuple[str, ...] = ("tokens",)

    @property
    def meters(self) -> frozenset[str]:
        """Return the meters that get cheaper."""
        meters: set[str] = set()
        for word in self.applies_to:
            if word == "tokens":
                meters |= set(RATES.values())
            else:
                meters |= set(FEES.values()) if word == "fees" else {RATES[word]}
        return frozenset(meters)

    def covers(self, offering: Offering) -> bool:
        """Return whether the discount is for this offering."""
        return self.provider == offering.provider and fnmatchcase(
            offering.id.casefold(), self.models.casefold()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Override(Span):
    """A customer's own standard rates for one offering."""

    offering: str
    rates: Rates


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The customer's word for what a raw name stands for; provider None means any."""

    provider: str | None
    raw: str
    to: str
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Every offering with its dated prices, and the terms of one customer when given."""

    version: str
    date: str
    sha256: str
    offerings: Mapping[str, Offering]
    aliases: tuple[Alias, ...]
    policies: Mapping[str, Policy]
    tiers: Tiers
    overlay: bool = False
    maps: tuple[Named, ...] = ()
    discounts: tuple[Discount, ...] = ()
    overrides: tuple[Override, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    fx: tuple[Rate, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def providers(self) -> tuple[str, ...]:
        """Return who bills, in order of name."""
        return tuple(sorted({offering.provider for offering in self.offerings.values()}))
