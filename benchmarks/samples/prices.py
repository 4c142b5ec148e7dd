"""List prices of October 2026, and what a call costs at them, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

_MILLION: Final = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Rates:
    """USD per million tokens."""

    input: Decimal
    cache_read: Decimal
    cache_write: Decimal
    output: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Disjoint counts of a call, or of many."""

    uncached: int = 0
    cache_read: int = 0
    cache_write: int = 0
    output: int = 0

    def __add__(self, other: Tokens) -> Tokens:
        """Return the counts of both."""
        return Tokens(
            uncached=self.uncached + other.uncached,
            cache_read=self.cache_read + other.cache_read,
            cache_write=self.cache_write + other.cache_write,
            output=self.output + other.output,
        )


def _rates(text: str) -> Rates:
    return Rates(*(Decimal(rate) for rate in text.split()))


# input, cache read, cache write (five minutes), output. OpenAI of that time charges no write.
STANDARD: Final = {
    "gpt-5.5": _rates("5 0.5 0 30"),
    "gpt-5.4": _rates("2.5 0.25 0 15"),
    "gpt-5.4-mini": _rates("0.75 0.075 0 4.5"),
    "gpt-5.4-nano": _rates("0.2 0.02 0 1.25"),
    "gpt-4o-2024-08-06": _rates("2.5 1.25 0 10"),
    "gpt-4.1-mini": _rates("0.4 0.1 0 1.6"),
    "text-embedding-3-small": _rates("0.02 0 0 0"),
    "claude-opus-4-8": _rates("5 0.5 6.25 25"),
    "claude-sonnet-4-6": _rates("3 0.3 3.75 15"),
    "claude-haiku-4-5-20251001": _rates("1 0.1 1.25 5"),
    "gemini-3.5-flash": _rates("1.5 0.15 0 9"),
    "gemini-3.1-flash-lite": _rates("0.25 0.025 0 1.5"),
}
BATCH: Final = {"gpt-5.4-mini": _rates("0.375 0.0375 0 2.25")}


def parts(rates: Rates, tokens: Tokens) -> dict[str, Decimal]:
    """Return the cost in USD of each kind of token."""
    return {
        "uncached": tokens.uncached * rates.input / _MILLION,
        "cache_read": tokens.cache_read * rates.cache_read / _MILLION,
        "cache_write": tokens.cache_write * rates.cache_write / _MILLION,
        "output": tokens.output * rates.output / _MILLION,
    }


def cost(model: str, tokens: Tokens) -> Decimal:
    """Return the list price in USD; a model that has none costs 0, as gateways log it."""
    rates = STANDARD.get(model)
    return sum(parts(rates, tokens).values(), Decimal(0)) if rates else Decimal(0)
