"""How figures are written: money, shares, counts, days; and how rounded parts add to a total."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from aiaudit.ledger import rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

MINUS: Final = "\u2212"
NOT_MEASURED: Final = "not measured"
_WHOLE: Final = Decimal(1000)  # from here on nobody reads cents
_CENTS: Final = Decimal(1)
_FINE: Final = Decimal("0.01")
_TENTH: Final = Decimal("0.1")  # percent, below which a share is only called small


def places_for(total: Decimal | None) -> int:
    """Return the decimals of all amounts of a report: whole dollars when the total is 1,000 up."""
    size = abs(total or Decimal(0))
    if size >= _WHOLE or not size:
        return 0 if size else 2
    if size >= _CENTS:
        return 2
    return 4 if size >= _FINE else 6


def usd(amount: Decimal, places: int, exact: Decimal | None = None) -> str:
    """Return `$1,234`; `<$1` when the exact amount is not zero but shows as zero."""
    if not amount and exact:
        return f"{MINUS if exact < 0 else ''}<${Decimal(1).scaleb(-places):.{places}f}"
    places = places if amount else min(places, 2)
    return f"{MINUS if amount < 0 else ''}${abs(amount):,.{places}f}"


def change(amount: Decimal, places: int, exact: Decimal | None = None) -> str:
    """Return a difference with its sign: `+$60`, `−$1,310`, `$0`."""  # noqa: RUF002 (minus)
    sign = "+" if (amount or exact or 0) > 0 else ""
    return sign + usd(amount, places, exact)


def rate(amount: Decimal | None, places: int = 4) -> str:
    """Return a cost per call with fixed decimals, so that a column can be compared."""
    if amount is None:
        return NOT_MEASURED
    return usd(rounded(amount, places), places, amount)


def rate_places(amounts: Sequence[Decimal | None]) -> int:
    """Return the decimals of a column of costs per call: four, or six where all are tiny."""
    largest = max((abs(a) for a in amounts if a is not None), default=Decimal(1))
    return 4 if largest >= Decimal("0.001") or not largest else 6


def share(part: Decimal | int | None, whole: Decimal | int | None) -> Decimal | None:
    """Return the share of a displayed part in a displayed whole; None when there is no whole."""
    return None if part is None or not whole else Decimal(part) / Decimal(whole)


def percent(ratio: Decimal | None, places: int | None = None) -> str:
    """Return a share as a percentage: no decimals, or one under ten; never 100% for less."""
    if ratio is None:
        return NOT_MEASURED
    hundred = ratio * 100
    if places is None:
        places = 0 if abs(hundred) >= Decimal("9.95") or hundred == hundred.to_integral() else 1
    if 0 < abs(hundred) < _TENTH / 2 and places == 1:
        return "under 0.1%"
    value = hundred.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    if abs(value) == Decimal(100) and abs(ratio) < 1:
        return "over 99%" if ratio > 0 else f"over {MINUS}99%"
    return f"{MINUS if value < 0 else ''}{abs(value):,}%"


def count(number: int | None) -> str:
    """Return a count with separators."""
    return NOT_MEASURED if number is None else f"{number:,}"


def apportion(parts: Sequence[Decimal], total: Decimal, places: int) -> list[Decimal]:
    """Round each part so that the rounded parts add up to the rounded total.

    The parts that lose or gain a unit are those nearest to the next one (largest remainder). A
    total that is not that of the parts is not forced upon them.
    """
    unit = Decimal(1).scaleb(-places)
    shown = [rounded(part, places) for part in parts]
    if abs(total - sum(parts, Decimal(0))) > 2 * unit:
        return shown
    missing = int((rounded(total, places) - sum(shown, Decimal(0))) / unit)
    step = unit if missing > 0 else -unit
    rest = [(parts[i] - shown[i]) * (1 if missing > 0 else -1) for i in range(len(parts))]
    order = sorted(range(len(parts)), key=lambda i: (not parts[i], -rest[i], i))
    for place in range(abs(missing) if order else 0):
        shown[order[place % len(order)]] += step
    return shown


def as_decimal(value: object) -> Decimal | None:
    """Return a cell of an audit as a Decimal, whatever kind of number it was stored as."""
    if value is None or isinstance(value, Decimal):
        return value
    try:
        return Decimal(str(value))
    except ArithmeticError:
        return None


def as_day(value: object) -> date | None:
    """Return the calendar day of a date, a timestamp or their text; None when it is neither."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def day_words(day: date, *, year: bool = True) -> str:
    """Return `4 October 2025`."""
    return f"{day.day} {day:%B}" + (f" {day.year}" if year else "")


def period_words(start: object, end: object) -> str:
    """Return a half-open period in words: `1–31 October 2025`."""  # noqa: RUF002 (en dash)
    first, last = as_day(start), as_day(end)
    if first is None or last is None:
        return "no period"
    if last > first and str(end)[11:19] in {"", "00:00", "00:00:00"}:
        last -= timedelta(days=1)
    if first == last:
        return day_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_words(last)}"  # noqa: RUF001 (en dash)
    return f"{day_words(first, year=first.year != last.year)} to {day_words(last)}"
