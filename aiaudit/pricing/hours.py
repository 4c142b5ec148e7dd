"""Hours of the week at which a model is cheaper, as written by hand and as marks to look up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from aiaudit.pricing.documents import Entry

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK: Final = re.compile(r"([01][0-9]|2[0-4]):(00|15|30|45)")
# A window begins and ends at a quarter of an hour, so a week has 672 places.
QUARTERS_OF_A_DAY: Final = 96
_WEEK: Final = QUARTERS_OF_A_DAY * len(_DAYS)


def hours_of(entry: Entry) -> str:
    """Return a mark for each quarter of an hour of a week in UTC from Monday 00:00: 1 inside.

    A window is [from, until). It belongs to the day on which it begins: one of Friday that crosses
    midnight ends on Saturday. Without weekdays it begins on every day.
    """
    marks = ["0"] * _WEEK
    if not entry.items():
        entry.refuse("no window is given")
    for window in entry.items():
        fields = window.fields(("weekdays", "from", "until"), ("from", "until"))
        start, until = _quarter(fields.get("from")), _quarter(fields.get("until"))
        if start in (until, QUARTERS_OF_A_DAY):
            window.refuse("a window begins before 24:00 and ends at another time")
            continue
        length = (until - start) % QUARTERS_OF_A_DAY or QUARTERS_OF_A_DAY
        named = [day.choice(_DAYS) for day in fields.get("weekdays").items()]
        for day in map(_DAYS.index, [day for day in named if day] or _DAYS):
            for quarter in range(length):
                marks[(day * QUARTERS_OF_A_DAY + start + quarter) % _WEEK] = "1"
    return "".join(marks)


def _quarter(entry: Entry) -> int:
    """Return a time of day as the number of quarters since midnight; 24:00 is the day's end."""
    clock = _CLOCK.fullmatch(entry.text() or "")
    if clock is None or (clock[1] == "24" and clock[2] != "00"):
        entry.refuse(f"'{entry.text()}' is no quarter of an hour in UTC; write it as \"16:30\"")
        return 0
    return int(clock[1]) * 4 + int(clock[2]) // 15
