"""The audited period against the periods of a commitment: which of them it covers, how far."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from aiaudit.pricing import PERIODS, Provisioned, SpendCommit, VolumeTiers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from typing import Any

    from aiaudit.pricing import Commitment
    from aiaudit.settings import Settings

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The audited time [start, end), in UTC."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The audited part of one period of a commitment; `share` is its part of the whole period."""

    commitment: Commitment
    period: int
    start: datetime
    end: datetime
    share: Fraction

    @property
    def hours(self) -> Fraction:
        """Return how long the part is."""
        return Fraction((self.end - self.start) // timedelta(microseconds=1), 3_600_000_000)


def window(settings: Settings, totals: Mapping[str, Any]) -> Window | None:
    """Return the audited time: as it was asked for, else the days that hold calls."""
    first, last = totals["first_day"], totals["last_day"]
    start = _utc(settings.since) or _midnight(first, settings.timezone)
    after = None if last is None else last + timedelta(days=1)
    end = _utc(settings.until) or _midnight(after, settings.timezone)
    return None if start is None or end is None or start >= end else Window(start=start, end=end)


def parts(commitment: Commitment, seen: Window) -> Iterator[Part]:
    """Yield the audited part of each period that the commitment has in this time."""
    for number, (starts, ends) in enumerate(_periods(commitment, seen)):
        start = max(starts, commitment.start, seen.start)
        end = min(ends, commitment.until, seen.end)
        if start < end:
            share = Fraction((end - start) // timedelta(microseconds=1),
                             (ends - starts) // timedelta(microseconds=1))  # fmt: skip
            yield Part(commitment=commitment, period=number, start=start, end=end, share=share)


def _periods(commitment: Commitment, seen: Window) -> Iterator[tuple[datetime, datetime]]:
    """Yield the periods that touch a time: counted from the commitment's start, else calendar."""
    if isinstance(commitment, Provisioned):
        yield commitment.start, commitment.until
        return
    assert isinstance(commitment, SpendCommit | VolumeTiers)  # noqa: S101  # there is no other kind
    anchor, step = commitment.start, PERIODS[commitment.period]
    first = max(seen.start, anchor)
    months = (first.year - anchor.year) * 12 + first.month - anchor.month
    number = max(0, months // step - 1)
    while (starts := _later(anchor, number * step)) < min(seen.end, commitment.until):
        yield starts, _later(anchor, (number + 1) * step)
        number += 1


def _later(anchor: datetime, months: int) -> datetime:
    """Return a time some months later, on the same day or the last one that the month has."""
    years, month = divmod(anchor.month - 1 + months, 12)
    year = anchor.year + years
    day = min(anchor.day, monthrange(year, month + 1)[1])
    return anchor.replace(year=year, month=month + 1, day=day)


def floor_hour(at: datetime) -> datetime:
    """Return the hour that an instant lies in."""
    return at.replace(minute=0, second=0, microsecond=0)


def ceil_hour(at: datetime) -> datetime:
    """Return the first full hour that is not before an instant."""
    floor = floor_hour(at)
    return floor if floor == at else floor + _HOUR


def _utc(moment: datetime | None) -> datetime | None:
    if moment is None or moment.tzinfo is None:
        return moment
    return moment.astimezone(UTC).replace(tzinfo=None)


def _midnight(day: date | None, zone: str) -> datetime | None:
    if day is None:
        return None
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
    return midnight.astimezone(UTC).replace(tzinfo=None)
