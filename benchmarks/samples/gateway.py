"""The weekly files of the gateway, with what real exports carry: overlaps, copies, broken lines."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from .clock import MINUTE, midnight
from .spend_log import as_row, dumped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .call import Call

WEEKS: Final = tuple(
    (date(2026, 10, first), date(2026, 10, last))
    for first, last in ((1, 7), (8, 14), (15, 21), (22, 28), (29, 31))
)
_OVERLAP: Final = 2 * 60 * MINUTE  # each export begins two hours before the last one ended
_EACH_COPY: Final = 1_700  # one row in so many stands twice in its file
_EACH_BROKEN: Final = 1_000  # one line in so many cannot be used
_DAMAGES: Final = (
    (None, None),  # cut off in the middle
    ("completion_tokens", -48),
    ("prompt_tokens", "n/a"),
    ("startTime", None),
)
# Only rows of this provider are broken: it sends no export that would still know of them.
_BREAKABLE: Final = "gemini"


def name(week: tuple[date, date]) -> str:
    """Return the name of a week's file."""
    return f"{week[0]}_{week[1].day:02}.jsonl.gz"


def lines(week: tuple[date, date], days: Mapping[date, list[Call]]) -> list[str]:
    """Return the lines of a week in the order of keys and times; `days` has the day before too."""
    first, last = week
    calls = _tail_of(first - timedelta(days=1), days)
    calls += [call for day, made in days.items() if first <= day <= last for call in made]
    rows = sorted((row["api_key"], row["startTime"], dumped(row)) for row in map(as_row, calls))
    texts = [text for *_, text in rows]
    copies = texts[_EACH_COPY // 2 :: _EACH_COPY]
    return _with_broken(texts, calls, first.day) + copies


def _with_broken(texts: list[str], calls: list[Call], day: int) -> list[str]:
    breakable = [call for call in calls if call.provider == _BREAKABLE and call.reached]
    whole: list[str] = []
    for number, text in enumerate(texts, start=1):
        whole.append(text)
        if number % _EACH_BROKEN == 0:
            nth = number // _EACH_BROKEN
            whole.append(_broken(breakable[nth * 7 % len(breakable)], nth + day))
    return whole


def _tail_of(day: date, days: Mapping[date, list[Call]]) -> list[Call]:
    end = midnight(day) + 24 * 60 * MINUTE
    return [call for call in days.get(day, ()) if call.started >= end - _OVERLAP]


def _broken(call: Call, number: int) -> str:
    """Return a line of another call that came out of the export damaged."""
    row = as_row(call)
    row["request_id"] = f"{row['request_id']}-{number}"
    column, value = _DAMAGES[number % len(_DAMAGES)]
    if column is None:
        return dumped(row)[: 380 + 9 * number]
    return dumped(row | {column: value})
