"""When people work: the days of the month, their weight, and the hours of a European office."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from random import Random

DAYS: Final = tuple(date(2026, 10, day) for day in range(1, 32))
MINUTE: Final = 60_000
_HOUR: Final = 60 * MINUTE
# From Monday to Sunday: a full desk after the weekend, and a quarter of it on the weekend.
_WEIGHTS: Final = (1.08, 1.04, 1.0, 0.98, 0.9, 0.27, 0.23)

# Calls per hour of the day in Amsterdam: quiet nights, a dent at noon, a long afternoon.
_OFFICE: Final = (
    1,
    1,
    1,
    1,
    2,
    4,
    12,
    34,
    78,
    98,
    104,
    92,
    64,
    80,
    98,
    96,
    84,
    58,
    30,
    16,
    9,
    6,
    3,
    2,
)
_WINTER: Final = date(2026, 10, 25)  # summer time ends on this Sunday, before people get up


def weight(day: date) -> float:
    """Return how busy a day is; an average working day is 1."""
    return _WEIGHTS[day.weekday()]


def midnight(day: date) -> int:
    """Return the first millisecond of a UTC day since 1970."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1000


def moments(day: date, count: int, rng: Random) -> list[int]:
    """Return `count` moments of office traffic within a UTC day, in milliseconds, in order."""
    offset = 1 if day >= _WINTER else 2
    hours = rng.choices(range(24), _OFFICE, k=count)
    return sorted(
        midnight(day) + (hour - offset) % 24 * _HOUR + int(_HOUR * rng.random()) for hour in hours
    )


def iso(moment: int) -> str:
    """Return a moment as the gateway writes it."""
    text = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=moment)).isoformat(
        timespec="milliseconds"
    )
    return text.replace("+00:00", "Z")


def day_of(moment: int) -> date:
    """Return the UTC day of a moment."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=moment)).date()
