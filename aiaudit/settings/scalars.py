"""Read one value from text: a share, an amount, a time zone; or say in a sentence what is wrong."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, available_timezones

from aiaudit.settings.machine import physical_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import tzinfo

DEFAULT_MEMORY: Final = "60%"

_AMOUNT: Final = re.compile(r"\d{1,18}(\.\d{1,18})?", re.ASCII)
_BYTES: Final = re.compile(r"(\d{1,6})\s?([KMGT]i?B)", re.ASCII | re.IGNORECASE)
_PERCENT: Final = re.compile(r"(\d{1,3})\s?%", re.ASCII)
_MOMENT: Final = re.compile(
    r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?",
    re.ASCII,
)
_MOST_TEXT: Final = 1000
_MOST_THREADS: Final = 1024


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the hint that ends a complaint: the nearest known word, or all of them."""
    words = list(known)
    if close := get_close_matches(word[:100], words, n=1, cutoff=0.6):
        return f"did you mean {close[0]!r}?"
    return f"allowed here: {', '.join(words)}"


def text(value: str) -> str:
    """Return the text; refuse an empty or an endless one."""
    if not value.strip():
        raise ValueError("is empty")
    if len(value) > _MOST_TEXT:
        raise ValueError(f"is longer than {_MOST_TEXT} characters")
    return value


def pattern(value: str) -> str:
    """Return a pattern of file names, relative to the folder that is audited."""
    if value.startswith(("/", "~")) or "\\" in value or ":" in value[1:2]:
        raise ValueError(
            f"{value!r} is not relative; write it from the audited folder on, as a/*.csv"
        )
    return text(value)


def flag(value: str) -> bool:
    """Return true or false; nothing else is one of them."""
    if value.lower() not in {"true", "false"}:
        raise ValueError(f"{value!r} is neither true nor false")
    return value.lower() == "true"


def amount(value: str) -> Decimal:
    """Return an amount of money, exactly as it is written."""
    if not _AMOUNT.fullmatch(value):
        raise ValueError(f"{value!r} is not an amount in plain digits, such as 0.001")
    return Decimal(value)


def share(value: str) -> Decimal:
    """Return a share from 0 to 1, exactly as it is written."""
    if not _AMOUNT.fullmatch(value) or Decimal(value) > 1:
        raise ValueError(f"{value!r} is not a share from 0 to 1, such as 0.01")
    return Decimal(value)


def threads(value: str) -> int:
    """Return a number of threads."""
    if not re.fullmatch(r"\d{1,4}", value, re.ASCII) or not 1 <= int(value) <= _MOST_THREADS:
        raise ValueError(f"{value!r} is not a whole number from 1 to {_MOST_THREADS}")
    return int(value)


def memory(value: str) -> str | None:
    """Return a memory limit in bytes that the engine takes; None when the machine's is unknown."""
    if (percent := _PERCENT.fullmatch(value)) and 1 <= int(percent[1]) <= 100:  # noqa: PLR2004
        physical = physical_bytes()
        return None if physical is None else f"{physical * int(percent[1]) // 100 // 10**6}MB"
    if (size := _BYTES.fullmatch(value)) and int(size[1]):
        return f"{int(size[1])}{size[2]}"
    raise ValueError(f"{value!r} is neither a share such as 60% nor a size such as 4GB")


def zone(value: str) -> str:
    """Return the name of a time zone that this machine knows; UTC is always known."""
    if value == "UTC":
        return value
    known = available_timezones() - {"localtime"}  # another zone on every machine
    if not known:
        raise ValueError(
            f"{value!r} cannot be looked up: this machine has no time zone data;"
            " install the Python package tzdata, or use UTC"
        )
    if value not in known:
        close = get_close_matches(value[:100], sorted(known), n=1)
        hint = f"did you mean {close[0]!r}?" if close else "write one such as 'Europe/London'"
        raise ValueError(f"{value!r} is not a time zone; {hint}")
    return value


def moment(value: str, timezone: str) -> datetime:
    """Return the instant in UTC; a date is its midnight in `timezone`."""
    complaint = f"{value!r} is not a date such as 2026-11-01 or a time such as 2026-11-01T08:00"
    if not _MOMENT.fullmatch(value):
        raise ValueError(complaint)
    try:
        when = datetime.fromisoformat(value)
        zoned = when if when.tzinfo else when.replace(tzinfo=_zone(timezone))
        return zoned.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(complaint) from error


def one_of(*known: str, later: Iterable[str] = ()) -> Callable[[str], str]:
    """Return a check that a word is one of those known; `later` ones get an answer of their own."""
    unbuilt = frozenset(later)

    def check(value: str) -> str:
        if value in known:
            return value
        if value in unbuilt:
            raise ValueError(f"{value!r} is not built yet; allowed here: {', '.join(known)}")
        raise ValueError(f"{value!r} is unknown; {nearest(value, known)}")

    return check


def _zone(name: str) -> tzinfo:
    return UTC if name == "UTC" else ZoneInfo(name)
