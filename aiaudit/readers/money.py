"""Amounts and currencies as people see them in a console: signs, separators and symbols."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from aiaudit.readers.pages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

_SYMBOLS: Final[Mapping[str, str]] = {
    "$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "A$": "AUD",
    "C$": "CAD", "CA$": "CAD", "R$": "BRL", "₩": "KRW", "CN¥": "CNY", "kr": "SEK", "HK$": "HKD",
}  # fmt: skip
# Thousands in groups of three, or of two as in India.
_GROUPED: Final = re.compile(r"-?\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?")
_DECIMAL_COMMA: Final = re.compile(r"-?\d{1,3}(?:\.\d{3})*,\d+|-?\d+,\d+")


def currency_code(symbol: str) -> str:
    """Return the ISO code of a currency's symbol; what is no known symbol stays as it is."""
    return _SYMBOLS.get(symbol.strip(), symbol.strip().upper())


def plain_number(value: Any) -> str | None:  # noqa: ANN401  # whatever a record holds
    """Return a number without symbol and separators; "(1.20)" is negative; None when empty.

    What is no number is handed on as it is, to be refused with its row.
    """
    stated = (text(value) or "").strip()
    if stated.startswith("(") and stated.endswith(")"):
        stated = f"-{stated[1:-1]}"
    for symbol in sorted(_SYMBOLS, key=len, reverse=True):
        stated = stated.replace(symbol, "")
    stated = stated.replace("\u2212", "-").replace("\u00a0", "").replace(" ", "")
    if _GROUPED.fullmatch(stated):
        stated = stated.replace(",", "")
    elif _DECIMAL_COMMA.fullmatch(stated):
        stated = stated.replace(".", "").replace(",", ".")
    return stated or None
